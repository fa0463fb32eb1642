package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.Component;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.bridge.FdbEntry;
import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.bridge.PortState;
import dev.hairpin.model.bridge.RouterPort;
import dev.hairpin.model.bridge.Snooping;
import dev.hairpin.model.bridge.SpanningTree;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads the bridge. */
final class BridgeReader {
    /** What changes and policies call it. */
    static final String NAME = "bridge";

    static final String EXPECTED = "a bridge such as { ports { p0 { to = nic0 } } }";

    private static final String FDB = "entries such as { mac = \"02:00:00:00:00:01\", port = p0 }";
    private static final String MDB = "entries such as { group = 239.1.1.1, port = p0 }";

    private final Set<String> nics;
    private final Map<String, String> ends;
    private final Set<String> taken;
    private final PolicyReader policies;

    /**
     * @param nics by name
     * @param ends what a port can lead to, each with its NIC: a NIC, or one of its wires where each has a port of its own
     * @param taken names in a run that no port of the bridge may have
     */
    BridgeReader(Set<String> nics, Map<String, String> ends, Set<String> taken, PolicyReader policies) {
        this.nics = nics;
        this.ends = ends;
        this.taken = taken;
        this.policies = policies;
    }

    /** A bridge as it stands in a file, without changes. */
    Optional<TopologyFile.Bridge> read(Block block) {
        long latency = block.get("latency", 0L, entry -> entry.quantity(Quantities::time, 0));
        List<TopologyFile.Port> connected = new ArrayList<>();
        BridgeSettings plain = set(block, BridgeSettings.of(ports(block, connected)));
        List<FdbEntry> fdb = new ArrayList<>();
        block.ifPresent(
                "fdb",
                entry -> entry.list(FDB)
                        .forEach(one -> one.block(FDB).ifPresent(address -> fdb.addAll(addresses(address, plain)))));
        List<MdbEntry> mdb = new ArrayList<>();
        block.ifPresent("mdb", entry -> {
            if (!plain.snooping().on()) {
                entry.warn("means nothing without snooping");
            }
            entry.list(MDB)
                    .forEach(one ->
                            one.block(MDB).flatMap(group -> group(group, plain)).ifPresent(mdb::add));
        });
        Policy policy = block.get("policy", Policy.NONE, entry -> policies.read(entry, target(plain.names())));
        block.done();
        return block.build(() -> plain.withStations(fdb).withGroups(mdb).withPolicy(forBridges(policy)))
                .map(settings -> new TopologyFile.Bridge(settings, connected, latency, List.of()));
    }

    /** The bridge as a place for policies. */
    static PolicyReader.Target target(List<String> ports) {
        return new PolicyReader.Target(NAME, ports, true);
    }

    /** Rules that are a NIC's have been told already. */
    private static Policy forBridges(Policy policy) {
        return new Policy(policy.rules().stream()
                .filter(rule -> !(rule.action() instanceof PolicyAction.SwitchLocally))
                .toList());
    }

    private BridgeSettings set(Block block, BridgeSettings usual) {
        Map<String, Integer> protocols = Map.of("802.1Q", VlanTag.TPID_C, "802.1ad", VlanTag.TPID_S);
        BridgeSettings set = usual.withComponent(block.get(
                        "component",
                        Component.C_VLAN,
                        entry -> entry.oneOf(
                                Block.words(Component.class), "c-vlan, s-vlan, tpmr or linux", Component.C_VLAN)))
                .withSpanningTree(block.get(
                        "spanning-tree",
                        SpanningTree.OFF,
                        entry -> entry.oneOf(Block.words(SpanningTree.class), "off or user-space", SpanningTree.OFF)))
                .withVlanFiltering(block.get("vlan-filtering", false, entry -> entry.isSwitch(false)))
                .withProtocol(block.get(
                        "protocol",
                        VlanTag.TPID_C,
                        entry -> entry.oneOf(protocols, "802.1Q or 802.1ad", VlanTag.TPID_C)))
                .withSharedLearning(block.get("shared-learning", false, entry -> entry.isSwitch(false)))
                .withAgeing(block.get(
                        "ageing",
                        BridgeSettings.DEFAULT_AGEING,
                        entry -> entry.quantity(Quantities::time, BridgeSettings.DEFAULT_AGEING)))
                .withMaxLearned(block.get("max-learned", 0, entry -> entry.number(0, 1_000_000_000, 0)))
                .withLearnsLinkLocal(block.get("learns-link-local", true, entry -> entry.isSwitch(true)))
                .withSnooping(block.get("snooping", Snooping.OFF, BridgeReader::snooping));
        int mask = block.get("group-fwd-mask", 0, entry -> entry.mask(0xFFF8));
        if (mask != 0 && set.component() != Component.LINUX) {
            block.ifPresent("group-fwd-mask", entry -> entry.warn("means nothing without component = linux"));
        }
        if (!set.vlanFiltering()) {
            block.ifPresent("protocol", entry -> entry.warn("means nothing without vlan-filtering"));
            block.ifPresent("shared-learning", entry -> entry.warn("means nothing without vlan-filtering"));
        }
        return set.withGroupForwardMask(mask);
    }

    private static Snooping snooping(Entry entry) {
        if (entry.isText() && entry.text("").filter("querier"::equals).isPresent()) {
            return Snooping.ON.withQuerier(true);
        }
        return entry.oneOf(
                Map.of(
                        "on",
                        Snooping.ON,
                        "yes",
                        Snooping.ON,
                        "true",
                        Snooping.ON,
                        "off",
                        Snooping.OFF,
                        "no",
                        Snooping.OFF,
                        "false",
                        Snooping.OFF),
                "on, off, or querier, which prunes without waiting for a query",
                Snooping.OFF);
    }

    private List<BridgePort> ports(Block block, List<TopologyFile.Port> connected) {
        List<BridgePort> ports = new ArrayList<>();
        Map<String, String> byEnd = new HashMap<>();
        String expected = "ports such as { p0 { to = nic0 } }";
        boolean filtering = block.get("vlan-filtering", false, entry -> entry.isSwitch(false));
        block.require("ports", expected).flatMap(entry -> entry.block(expected)).ifPresent(all -> {
            all.each(
                    "a port",
                    (name, entry) -> entry.block("a port such as { to = nic0 }").ifPresent(port -> {
                        if (nics.contains(name)) {
                            entry.wrong("found a port named as the NIC " + name + ", expected another name");
                        } else if (taken.contains(name)) {
                            entry.wrong("found a port named " + name + ", as something of a NIC or the bridge itself,"
                                    + " expected another name");
                        }
                        connected.add(port.find("to")
                                .map(to -> to(name, to, byEnd))
                                .orElse(new TopologyFile.Port(name, "", "")));
                        ports.add(port(name, port, filtering));
                    }));
            ends.keySet().stream()
                    .filter(end -> !byEnd.containsKey(end))
                    .sorted(Block.COUNTED)
                    .forEach(end -> all.wrong("found no port to " + end + ", expected one with to = " + end));
        });
        return ports;
    }

    private static BridgePort port(String name, Block block, boolean filtering) {
        BridgePort port = BridgePort.named(name);
        for (PortFlag flag : PortFlag.values()) {
            boolean usual = flag.is(port);
            boolean on = block.get(flag.key(), usual, one -> one.isSwitch(usual));
            if (flag == PortFlag.MAB && on && !port.locked()) {
                block.ifPresent(flag.key(), one -> one.wrong("found a port that is not locked, expected locked = on"));
            } else {
                port = flag.with(port, on);
            }
        }
        port = port.withState(block.get(
                        "state",
                        PortState.FORWARDING,
                        one -> one.oneOf(
                                Block.words(PortState.class),
                                "disabled, listening, learning, forwarding or blocking",
                                PortState.FORWARDING)))
                .withRouter(block.get(
                        "router",
                        RouterPort.QUERIED,
                        one -> one.oneOf(
                                Block.words(RouterPort.class), "never, queried or always", RouterPort.QUERIED)))
                .withStorm(StormReader.read(block));
        port = vlans(block, port, filtering);
        block.done();
        return port;
    }

    private static BridgePort vlans(Block block, BridgePort usual, boolean filtering) {
        if (!filtering) {
            block.ifPresent("pvid", entry -> entry.warn("means nothing without vlan-filtering"));
            block.ifPresent("vlans", entry -> entry.warn("means nothing without vlan-filtering"));
        }
        int pvid = block.get(
                "pvid",
                usual.pvid(),
                entry -> entry.isText() && entry.text("").filter("none"::equals).isPresent()
                        ? BridgePort.NO_PVID
                        : entry.number(1, 4094, usual.pvid()));
        Map<Integer, Boolean> vlans = new TreeMap<>();
        if (pvid != BridgePort.NO_PVID) {
            vlans.put(pvid, true);
        }
        block.find("vlans")
                .flatMap(entry -> entry.block("VLANs such as { 10 = tagged, 20-29 = untagged }"))
                .ifPresent(all -> all.each("a VLAN", (name, entry) -> vlan(name, entry, vlans)));
        return usual.withPvid(BridgePort.NO_PVID).withVlans(vlans).withPvid(pvid);
    }

    private static void vlan(String range, Entry entry, Map<Integer, Boolean> vlans) {
        boolean untagged = entry.oneOf(Map.of("tagged", false, "untagged", true), "tagged or untagged", false);
        List<Integer> vids = new ArrayList<>();
        VsiReader.range(range, entry, vids);
        vids.forEach(vid -> vlans.put(vid, untagged));
    }

    private TopologyFile.Port to(String port, Entry entry, Map<String, String> connected) {
        TopologyFile.Port nobody = new TopologyFile.Port(port, "", "");
        String end = entry.text("a NIC").orElse("");
        String nic = ends.get(end);
        if (nic == null) {
            Set<String> sorted = new TreeSet<>(ends.keySet());
            entry.wrong("found " + end + ", expected " + String.join(" or ", sorted) + Nearest.hint(end, sorted));
            return nobody;
        }
        String other = connected.putIfAbsent(end, port);
        if (other != null) {
            entry.wrong("found " + end + ", which port " + other + " is connected to, expected a port for each NIC");
        }
        return new TopologyFile.Port(port, nic, end.equals(nic) ? "" : end.substring(nic.length() + 1));
    }

    /** Without a VLAN it is set in all of the port's, and for when VLANs play no part. */
    private static List<FdbEntry> addresses(Block block, BridgeSettings bridge) {
        OptionalLong mac = block.require("mac", "an address such as \"02:00:00:00:00:01\"")
                .map(Entry::station)
                .orElse(OptionalLong.empty());
        int port = port(block, bridge);
        Optional<Entry> vlan = block.find("vlan");
        int vid = vlan.map(entry -> entry.number(1, 4094, 0)).orElse(0);
        Map<String, EntryKind> kinds =
                Map.of("static", EntryKind.STATIC, "sticky", EntryKind.STICKY, "permanent", EntryKind.LOCAL);
        EntryKind kind = block.get(
                "kind", EntryKind.STATIC, entry -> entry.oneOf(kinds, "static, sticky or permanent", EntryKind.STATIC));
        block.done();
        if (mac.isEmpty() || port < 0) {
            return List.of();
        }
        if (!bridge.vlanFiltering()) {
            vlan.ifPresent(entry -> entry.warn("hides the address without vlan-filtering"));
        }
        BridgePort at = bridge.ports().get(port);
        if (vid > 0 && bridge.vlanFiltering() && !at.vlans().containsKey(vid)) {
            vlan.ifPresent(entry -> entry.wrong("found VLAN " + vid + ", expected one that " + at.name()
                    + " is in: "
                    + String.join(
                            ", ",
                            at.vlans().keySet().stream().map(String::valueOf).toList())));
            return List.of();
        }
        Set<Integer> vids = new TreeSet<>(Set.of(vid));
        if (vid == 0 && bridge.vlanFiltering()) {
            vids.addAll(at.vlans().keySet());
        }
        return vids.stream()
                .map(one -> new FdbEntry(mac.getAsLong(), one, port, kind))
                .toList();
    }

    private static Optional<MdbEntry> group(Block block, BridgeSettings bridge) {
        Optional<Entry> entry = block.require("group", GroupAddress.EXPECTED);
        Optional<String> group = entry.flatMap(one -> one.text(GroupAddress.EXPECTED));
        OptionalLong mac = group.map(GroupAddress::mac).orElse(OptionalLong.empty());
        if (group.isPresent() && mac.isEmpty()) {
            entry.ifPresent(one -> one.wrong("found " + group.get() + ", expected " + GroupAddress.EXPECTED));
        }
        int port = port(block, bridge);
        int vid = block.get("vlan", 0, one -> one.number(1, 4094, 0));
        block.done();
        return mac.isPresent() && port >= 0 ? Optional.of(new MdbEntry(mac.getAsLong(), vid, port)) : Optional.empty();
    }

    /** Its number, or -1 and a problem. */
    private static int port(Block block, BridgeSettings bridge) {
        String expected = "a port of the bridge: " + String.join(", ", bridge.names());
        Entry entry = block.require("port", expected).orElse(null);
        String name = entry == null ? null : entry.text(expected).orElse(null);
        if (entry == null || name == null) {
            return -1;
        }
        int port = bridge.names().indexOf(name);
        if (port < 0) {
            entry.wrong("found " + name + ", expected " + expected + Nearest.hint(name, bridge.names()));
        }
        return port;
    }
}
