package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.bridge.FdbEntry;
import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.bridge.PortState;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Refused;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** {@code bridge link|vlan|fdb|mdb} for ports of the bridge, with the refusals of the kernel's bridge. */
final class BridgeCommand {
    private static final List<String> FLAGS =
            Stream.of(PortFlag.values()).map(PortFlag::word).toList();
    private static final List<String> STATES = PortFlag.STATES.stream()
            .map(state -> state.name().toLowerCase(Locale.ROOT))
            .toList();

    private final Words words;
    private final List<String> ports;

    /** @param ports of the bridge */
    BridgeCommand(Words words, List<String> ports) {
        this.words = words;
        this.ports = ports;
    }

    private String port() throws ChangeInvalid {
        return words.take(ports, "a port of the bridge: " + String.join(", ", ports));
    }

    /** Behind {@code bridge link set dev PORT}. */
    Change link(String port) throws ChangeInvalid {
        List<String> options = new ArrayList<>(FLAGS);
        options.add("state");
        Map<PortFlag, Boolean> flags = new EnumMap<>(PortFlag.class);
        UnaryOperator<BridgePort> effect = before -> before;
        do {
            String option = words.take(options, String.join(", ", options));
            if (option.equals("state")) {
                PortState state = state();
                effect = before -> before.withState(state);
            } else {
                flags.put(PortFlag.values()[FLAGS.indexOf(option)], words.takeSwitch());
            }
        } while (!words.atEnd());
        UnaryOperator<BridgePort> state = effect;
        return atPort(port, before -> state.apply(flagged(before, flags)));
    }

    private static BridgePort flagged(BridgePort before, Map<PortFlag, Boolean> flags) {
        boolean locked = flags.getOrDefault(PortFlag.LOCKED, before.locked());
        boolean mab = flags.getOrDefault(PortFlag.MAB, before.mab());
        if (mab && !locked) {
            throw new Refused("mab on a port that is not locked (EINVAL)");
        }
        BridgePort after = before;
        for (Map.Entry<PortFlag, Boolean> flag : flags.entrySet()) {
            after = flag.getKey().with(after, flag.getValue());
        }
        return after;
    }

    private PortState state() throws ChangeInvalid {
        if (words.peek().matches("[0-4]")) {
            return PortFlag.STATES.get(words.takeNumber("a state"));
        }
        String word = words.take(STATES, "0 to 4, or one of " + String.join(", ", STATES));
        return PortFlag.STATES.get(STATES.indexOf(word));
    }

    /** Behind {@code bridge vlan}. */
    Change vlan() throws ChangeInvalid {
        boolean add = words.take(List.of("add", "del"), "add or del").equals("add");
        words.take(List.of("dev"), "dev");
        String port = port();
        words.take(List.of("vid"), "vid");
        int vid = words.takeNumber("a VLAN from 1 to 4094");
        boolean pvid = false;
        boolean untagged = false;
        while (!words.atEnd()) {
            switch (words.take(List.of("pvid", "untagged", "master"), "pvid or untagged")) {
                case "pvid" -> pvid = true;
                case "untagged" -> untagged = true;
                default -> {}
            }
        }
        boolean toPvid = pvid;
        boolean leavesUntagged = untagged;
        return new Change.AtBridge(before -> {
            if (vid < 1 || vid > 4094) {
                throw new Refused("VLAN " + vid + ", expected 1 to 4094 (EINVAL)");
            }
            int number = before.number(port);
            return add
                    ? before.withPort(number, one -> member(one, vid, toPvid, leavesUntagged))
                    : before.withoutVlan(number, vid);
        });
    }

    /** Added again without {@code pvid}, a VLAN is the PVID no more. */
    private static BridgePort member(BridgePort port, int vid, boolean pvid, boolean untagged) {
        BridgePort member = port.withVlan(vid, untagged);
        int kept = port.pvid() == vid ? BridgePort.NO_PVID : port.pvid();
        return member.withPvid(pvid ? vid : kept);
    }

    /** Behind {@code bridge fdb}. */
    Change fdb() throws ChangeInvalid {
        String verb = words.take(List.of("add", "replace", "del"), "add, replace or del");
        long mac = words.takeMac();
        words.take(List.of("dev"), "dev");
        String port = port();
        int vid = 0;
        // Permanent is what iproute2 asks for unless told otherwise.
        String state = "permanent";
        boolean sticky = false;
        List<String> options = List.of("vlan", "static", "dynamic", "permanent", "local", "sticky", "master");
        while (!words.atEnd()) {
            String option = words.take(options, "vlan, static, dynamic, permanent, sticky or master");
            switch (option) {
                case "vlan" -> vid = words.takeNumber("a VLAN from 1 to 4094");
                case "static", "dynamic", "permanent" -> state = option;
                case "local" -> state = "permanent";
                case "sticky" -> sticky = true;
                default -> {}
            }
        }
        int vlan = vid;
        String asked = state;
        boolean stays = sticky;
        return new Change.AtBridge(before -> verb.equals("del")
                ? removed(before, mac, vlan, before.number(port))
                : added(
                        before,
                        mac,
                        vids(before, vlan, before.number(port)),
                        new Kept(before.number(port), kind(asked, stays), verb.equals("add"))));
    }

    /** An entry to be: where, of which kind, and whether there must be none yet. */
    private record Kept(int port, EntryKind kind, boolean anew) {}

    private static EntryKind kind(String state, boolean sticky) {
        if (sticky && state.equals("permanent")) {
            throw new Refused("sticky needs static, for permanent entries are the bridge's own (EINVAL)");
        }
        if (state.equals("dynamic") && !sticky) {
            throw new Refused("an entry that ages is learned; static, sticky and permanent ones are set");
        }
        return sticky ? EntryKind.STICKY : state.equals("static") ? EntryKind.STATIC : EntryKind.LOCAL;
    }

    private static BridgeSettings added(BridgeSettings before, long mac, List<Integer> vids, Kept kept) {
        if (!Mac.isStation(mac)) {
            throw new Refused(Mac.format(mac) + " is no station's address (EINVAL)");
        }
        List<FdbEntry> fdb = new ArrayList<>(before.stations());
        for (int vid : vids) {
            boolean there = fdb.removeIf(other -> other.address() == mac && other.vid() == vid);
            if (there && kept.anew) {
                throw new Refused(Mac.format(mac) + " is there (EEXIST)");
            }
            fdb.add(new FdbEntry(mac, vid, kept.port, kept.kind));
        }
        return before.withStations(fdb);
    }

    /** Without a VLAN an entry is made for all VLANs of the port, and for frames of none. */
    private static List<Integer> vids(BridgeSettings before, int vlan, int number) {
        BridgePort port = before.ports().get(number);
        if (vlan == 0) {
            TreeSet<Integer> all = new TreeSet<>(port.vlans().keySet());
            all.add(0);
            return List.copyOf(all);
        }
        if (!port.vlans().containsKey(vlan)) {
            throw new Refused(port.name() + " is not in VLAN " + vlan + " (EINVAL)");
        }
        return List.of(vlan);
    }

    private static BridgeSettings removed(BridgeSettings before, long mac, int vlan, int port) {
        List<Integer> vids = vids(before, vlan, port);
        List<FdbEntry> fdb = new ArrayList<>(before.stations());
        boolean any =
                fdb.removeIf(other -> other.address() == mac && vids.contains(other.vid()) && other.port() == port);
        if (!any) {
            throw new Refused(Mac.format(mac) + " is not set at "
                    + before.names().get(port) + ": only what was set can be deleted");
        }
        return before.withStations(fdb);
    }

    /** Behind {@code bridge mdb}. */
    Change mdb() throws ChangeInvalid {
        boolean add = words.take(List.of("add", "del"), "add or del").equals("add");
        words.take(List.of("dev"), "dev");
        words.take(List.of(BridgeReader.NAME), BridgeReader.NAME);
        words.take(List.of("port"), "port");
        String port = port();
        words.take(List.of("grp"), "grp");
        OptionalLong mac = GroupAddress.mac(words.peek());
        if (mac.isEmpty()) {
            throw words.wrong(GroupAddress.EXPECTED);
        }
        String group = words.take("a group");
        boolean permanent = words.took("permanent");
        int vid = words.took("vid") ? words.takeNumber("a VLAN from 1 to 4094") : 0;
        permanent |= words.took("permanent");
        words.end(permanent ? "vid or the end of the line" : "vid, permanent or the end of the line");
        return new Change.AtBridge(before -> {
            if (vid > 4094) {
                throw new Refused("VLAN " + vid + ", expected 1 to 4094 (EINVAL)");
            }
            MdbEntry entry = new MdbEntry(mac.getAsLong(), vid, before.number(port));
            return add ? joined(before, entry, group) : parted(before, entry, group);
        });
    }

    private static BridgeSettings joined(BridgeSettings before, MdbEntry entry, String group) {
        if (GroupAddress.isForEverybody(group)) {
            throw new Refused(group + " is for everybody (EINVAL)");
        }
        if (before.groups().contains(entry)) {
            throw new Refused(group + " is there (EEXIST)");
        }
        List<MdbEntry> mdb = new ArrayList<>(before.groups());
        mdb.add(entry);
        return before.withGroups(mdb);
    }

    private static BridgeSettings parted(BridgeSettings before, MdbEntry entry, String group) {
        List<MdbEntry> mdb = new ArrayList<>(before.groups());
        if (!mdb.remove(entry)) {
            throw new Refused(group + " is not set at " + before.names().get(entry.port()) + " (EINVAL)");
        }
        return before.withGroups(mdb);
    }

    private static Change atPort(String port, UnaryOperator<BridgePort> effect) {
        return new Change.AtBridge(before -> before.withPort(before.number(port), effect));
    }
}
