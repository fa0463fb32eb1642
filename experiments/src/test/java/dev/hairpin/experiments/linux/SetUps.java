package dev.hairpin.experiments.linux;

import static dev.hairpin.experiments.linux.Command.bridge;
import static dev.hairpin.experiments.linux.Command.function;
import static dev.hairpin.experiments.linux.SetUp.GROUP;
import static dev.hairpin.experiments.linux.SetUp.PLAIN_GROUP;
import static dev.hairpin.experiments.linux.SetUp.SHARED_GROUP;
import static dev.hairpin.experiments.linux.SetUp.WANDERER;

import dev.hairpin.experiments.linux.SetUp.Feature;
import dev.hairpin.model.bridge.RouterPort;
import dev.hairpin.model.bridge.Snooping;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.StationMode;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** All that is compared. */
final class SetUps {
    private static final String MASK = "ip link set bridge type bridge group_fwd_mask ";

    /** The first stations outside of a NIC. */
    private static final long EXT0 = 0x0200_0000_0201L;

    private static final long EXT1 = 0x0200_0000_0202L;

    private SetUps() {}

    static List<SetUp> all() {
        return Stream.of(relays(), macvlans(), bridges(), ports(), tables(), List.of(vlans()))
                .flatMap(List::stream)
                .toList();
    }

    private static List<SetUp> relays() {
        return List.of(
                SetUp.lan("VEB", Mode.VEB, false),
                SetUp.lan("VEB, the bridge reflects", Mode.VEB, true),
                SetUp.lan("VEPA", Mode.VEPA, true),
                SetUp.lan("VEPA, the bridge knows all stations", Mode.VEPA, true)
                        .warm(),
                SetUp.lan("VEPA, the bridge does not reflect", Mode.VEPA, false));
    }

    private static List<SetUp> bridges() {
        return List.of(
                SetUp.bridge("bridge", false),
                SetUp.bridge("bridge, two ports reflect", true),
                SetUp.bridge("bridge, two ports reflect, it knows all stations", true)
                        .warm());
    }

    /** Modes that only macvlan has, the lists of mode source, and modes that change. */
    private static List<SetUp> macvlans() {
        return List.of(
                SetUp.lan("macvlan private", Mode.VEPA, true, functions(Xcast.MULTI, StationMode.PRIVATE, 4)),
                SetUp.lan("macvlan passthru", Mode.VEPA, false, functions(Xcast.ALLMULTI, StationMode.PASSTHRU, 1)),
                SetUp.lan(
                        "macvlan passthru, the bridge reflects",
                        Mode.VEPA,
                        true,
                        functions(Xcast.ALLMULTI, StationMode.PASSTHRU, 1)),
                SetUp.lan("macvlan source", Mode.VEPA, true, functions(Xcast.MULTI, StationMode.SOURCE, 4))
                        .rounds(
                                List.of(lists("vf0", "set", EXT0), lists("vf1", "set", EXT0, EXT1)),
                                List.of(lists("vf0", "add", SetUp.function(1)), lists("vf1", "del", EXT0)),
                                List.of(lists("vf1", "flush"), lists("vf2", "set", EXT0, EXT1), nodst("vf3", EXT0)),
                                List.of(lists("vf0", "flush"), lists("vf3", "add", SetUp.function(2)))),
                SetUp.lan(
                                "macvlan in all modes but passthru",
                                Mode.VEPA,
                                true,
                                functions(
                                        Xcast.MULTI,
                                        StationMode.BRIDGE,
                                        StationMode.BRIDGE,
                                        StationMode.VEPA,
                                        StationMode.PRIVATE,
                                        StationMode.SOURCE,
                                        StationMode.VEPA))
                        .rounds(
                                List.of(lists("vf4", "set", EXT0, SetUp.function(0))),
                                List.of(mode("vf0", StationMode.VEPA), mode("vf3", StationMode.BRIDGE)),
                                List.of(mode("vf1", StationMode.PRIVATE), mode("vf0", StationMode.BRIDGE)),
                                List.of(mode("vf4", StationMode.BRIDGE), mode("vf2", StationMode.BRIDGE))),
                SetUp.lan(
                                "macvlan in mode bridge, and source keeping frames to itself",
                                Mode.VEB,
                                false,
                                functions(
                                        Xcast.ALLMULTI,
                                        StationMode.BRIDGE,
                                        StationMode.BRIDGE,
                                        StationMode.SOURCE,
                                        StationMode.BRIDGE))
                        .rounds(
                                List.of(nodst("vf2", SetUp.function(0), EXT1)),
                                List.of(lists("vf2", "set", SetUp.function(1)))));
    }

    private static List<Vsi> functions(Xcast xcast, StationMode mode, int count) {
        StationMode[] modes = new StationMode[count];
        Arrays.fill(modes, mode);
        return functions(xcast, modes);
    }

    private static List<Vsi> functions(Xcast xcast, StationMode... modes) {
        List<Vsi> functions = new ArrayList<>();
        for (int i = 0; i < modes.length; i++) {
            List<Long> groups =
                    i % 4 == 1 ? List.of(GROUP, SHARED_GROUP) : i % 4 == 2 ? List.of(SHARED_GROUP) : List.of();
            functions.add(new Vsi(
                    "vf" + i,
                    List.of(SetUp.function(i)),
                    groups,
                    VsiSettings.DEFAULT.withMode(modes[i]).withXcast(i == 3 ? Xcast.ALLMULTI : xcast)));
        }
        return functions;
    }

    /** {@code how} is add, del, set or flush. */
    private static Command lists(String name, String how, Long... addresses) {
        List<Long> named = List.of(addresses);
        String words = String.join(" ", named.stream().map(Mac::format).toList());
        return function(name, ("macaddr " + how + " " + words).strip(), before -> {
            List<Long> sources =
                    new ArrayList<>(how.equals("set") || how.equals("flush") ? List.of() : before.sources());
            if (how.equals("del")) {
                sources.removeAll(named);
            } else {
                sources.addAll(named);
            }
            return before.withSources(sources);
        });
    }

    /** Frames from these sources go nowhere else. */
    private static Command nodst(String name, Long... addresses) {
        Command listed = lists(name, "set", addresses);
        String words = listed.line().substring(listed.line().indexOf("macaddr"));
        return function(
                name,
                "mode source nodst " + words,
                before -> listed.function().apply(before).withConsumes(true));
    }

    private static Command mode(String name, StationMode mode) {
        return function(
                name,
                "mode " + mode.name().toLowerCase(Locale.ROOT),
                before -> before.withMode(mode).withSources(List.of()));
    }

    /** What is set at ports. */
    private static List<SetUp> ports() {
        return List.of(
                SetUp.bridge("bridge, isolated ports", false)
                        .rounds(
                                ports("isolated on", 0, 1),
                                ports("hairpin on", 0, 2),
                                ports("isolated off", 1),
                                ports("isolated on", 1, 2, 3, 4)),
                SetUp.bridge("bridge, ports that do not learn", true)
                        .rounds(ports("learning off", 0), ports("learning off", 1, 2), ports("learning on", 0)),
                SetUp.bridge("bridge, ports that do not flood", false)
                        .rounds(
                                ports("flood off", 1),
                                ports("flood on mcast_flood off", 1),
                                ports("mcast_flood on bcast_flood off hairpin on", 1),
                                ports("flood off mcast_flood off bcast_flood off hairpin off", 1, 2, 3, 4)),
                SetUp.bridge("bridge, states of a port", true)
                        .rounds(
                                ports("state disabled", 1),
                                ports("state listening", 1),
                                ports("state learning", 1),
                                ports("state blocking", 1),
                                both(ports("state disabled", 0, 2), ports("state listening", 3, 4)),
                                both(ports("state forwarding", 0, 2), ports("state forwarding", 3, 4))),
                SetUp.bridge("bridge, a locked port", true)
                        .rounds(
                                ports("locked on learning off", 0),
                                List.of(entry("replace", 0x0200_0000_0200L, 0, "static")),
                                List.of(bridge("bridge link set dev p1 locked on learning on")),
                                ports("locked off learning on", 0, 1)),
                SetUp.bridge("bridge, a locked port that passes by addresses", false)
                        .needing(Feature.MAB)
                        .rounds(
                                List.of(
                                        bridge("bridge link set dev p0 locked on learning on"),
                                        bridge(
                                                "netlink p0 mab 1",
                                                before -> before.withPort(0, port -> port.withMab(true)))),
                                List.of(entry("replace", 0x0200_0000_0200L, 0, "static"))));
    }

    private static List<Command> ports(String options, int... numbers) {
        return Arrays.stream(numbers)
                .mapToObj(number -> bridge("bridge link set dev p" + number + " " + options))
                .toList();
    }

    private static List<Command> both(List<Command> first, List<Command> then) {
        return Stream.concat(first.stream(), then.stream()).toList();
    }

    private static Command entry(String verb, long address, int port, String kind) {
        return bridge("bridge fdb " + verb + " " + Mac.format(address) + " dev p" + port + " master " + kind);
    }

    /** What is set for the bridge and in its tables. */
    private static List<SetUp> tables() {
        return List.of(
                SetUp.bridge("bridge, entries made by hand", true)
                        .rounds(
                                List.of(
                                        entry("add", WANDERER, 1, "static"),
                                        entry("add", WANDERER + 1, 1, "static sticky"),
                                        entry("add", WANDERER + 2, 2, "permanent")),
                                List.of(
                                        entry("replace", WANDERER, 3, "static sticky"),
                                        entry("replace", WANDERER + 1, 0, "permanent"),
                                        entry("replace", WANDERER + 2, 0, "static")),
                                List.of(entry("del", WANDERER, 3, ""), entry("del", WANDERER + 1, 0, "")),
                                ports("isolated on", 0, 1)),
                SetUp.bridge("bridge, reserved groups that are relayed", true)
                        .rounds(
                                List.of(bridge(MASK + "0xfff8", before -> before.withGroupForwardMask(0xFFF8))),
                                List.of(bridge(MASK + "0x4008", before -> before.withGroupForwardMask(0x4008))),
                                ports("mcast_flood off", 1, 2),
                                List.of(
                                        bridge(MASK + "0", before -> before.withGroupForwardMask(0)),
                                        bridge(
                                                "ip link set bridge type bridge no_linklocal_learn 1",
                                                before -> before.withLearnsLinkLocal(false)))),
                SetUp.bridge("bridge, few addresses learned", true)
                        .needing(Feature.FDB_MAX_LEARNED)
                        .rounds(
                                List.of(limit(3), entry("add", WANDERER + 1, 1, "static sticky")),
                                List.of(entry("del", WANDERER + 1, 1, "")),
                                List.of(limit(0)),
                                List.of(limit(2))),
                SetUp.bridge("bridge, ageing at once", true)
                        .warm()
                        .rounds(
                                List.of(),
                                List.of(bridge(
                                        "ip link set bridge type bridge ageing_time 0",
                                        before -> before.withAgeing(0))),
                                List.of(
                                        entry("add", WANDERER, 1, "static"),
                                        entry("add", WANDERER + 1, 1, "static sticky"))),
                SetUp.bridge("bridge, groups made by hand", false)
                        .rounds(
                                List.of(
                                        bridge(
                                                "ip link set bridge type bridge mcast_snooping 1",
                                                before -> before.withSnooping(Snooping.ON)),
                                        group("add", 1),
                                        group("add", 2)),
                                both(List.of(group("del", 1)), ports("hairpin on", 2)),
                                List.of(bridge(
                                        "bridge link set dev p3 mcast_router 2",
                                        before -> before.withPort(3, port -> port.withRouter(RouterPort.ALWAYS)))),
                                ports("isolated on mcast_flood off", 0, 2)));
    }

    private static Command group(String verb, int port) {
        return bridge(
                "bridge mdb " + verb + " dev bridge port p" + port + " grp " + Mac.format(PLAIN_GROUP) + " permanent");
    }

    private static Command limit(int most) {
        return bridge("netlink bridge fdb_max_learned " + most, before -> before.withMaxLearned(most));
    }

    /** Access ports, a trunk, and a port of both. */
    private static SetUp vlans() {
        return SetUp.bridge("bridge, VLANs told apart", true)
                .needing(Feature.VLAN_FILTERING)
                .rounds(
                        List.of(bridge(
                                "ip link set bridge type bridge vlan_filtering 1",
                                before -> before.withVlanFiltering(true))),
                        List.of(
                                bridge("bridge vlan add dev p0 vid 10 pvid untagged"),
                                bridge("bridge vlan add dev p1 vid 10"),
                                bridge("bridge vlan add dev p2 vid 10"),
                                bridge("bridge vlan add dev p2 vid 20 pvid")),
                        List.of(
                                bridge("bridge vlan del dev p1 vid 1"),
                                bridge("bridge vlan del dev p3 vid 1"),
                                bridge("bridge vlan add dev p3 vid 10 untagged")),
                        List.of(bridge("bridge fdb replace " + Mac.format(WANDERER + 1)
                                + " dev p1 master static sticky vlan 10")));
    }
}
