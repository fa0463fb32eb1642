package dev.hairpin.experiments.topology;

import dev.hairpin.experiments.topology.BridgeSetUp.Address;
import dev.hairpin.experiments.topology.BridgeSetUp.Component;
import dev.hairpin.experiments.topology.BridgeSetUp.Group;
import dev.hairpin.experiments.topology.BridgeSetUp.Kind;
import dev.hairpin.experiments.topology.PortSetUp.Flag;
import dev.hairpin.experiments.topology.PortSetUp.State;
import dev.hairpin.model.policy.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
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

    private static final long USUAL_AGEING = 300_000_000_000L;
    private static final String FDB = "entries such as { mac = \"02:00:00:00:00:01\", port = p0 }";
    private static final String MDB = "entries such as { group = 239.1.1.1, port = p0 }";

    private final Set<String> nics;
    private final PolicyReader policies;

    BridgeReader(Set<String> nics, PolicyReader policies) {
        this.nics = nics;
        this.policies = policies;
    }

    TopologyFile.Bridge read(Block block) {
        long latency = block.get("latency", 0L, entry -> entry.quantity(Quantities::time, 0));
        long ageing = block.get("ageing", USUAL_AGEING, entry -> entry.quantity(Quantities::time, USUAL_AGEING));
        Component component = block.get(
                "component",
                Component.C_VLAN,
                entry -> entry.oneOf(Block.words(Component.class), "c-vlan, s-vlan or tpmr", Component.C_VLAN));
        boolean filtering = block.get("vlan-filtering", false, entry -> entry.isSwitch(false));
        List<PortSetUp> ports = ports(block, filtering);
        Map<String, PortSetUp> byName = new TreeMap<>(Block.COUNTED);
        ports.forEach(port -> byName.put(port.name(), port));
        List<Address> fdb = new ArrayList<>();
        block.ifPresent(
                "fdb",
                entry -> entry.list(FDB)
                        .forEach(one -> one.block(FDB)
                                .flatMap(address -> address(address, byName, filtering))
                                .ifPresent(fdb::add)));
        List<Group> mdb = new ArrayList<>();
        block.ifPresent(
                "mdb",
                entry -> entry.list(MDB)
                        .forEach(one -> one.block(MDB)
                                .flatMap(group -> group(group, byName))
                                .ifPresent(mdb::add)));
        Policy policy = block.get("policy", Policy.NONE, entry -> policies.read(entry, target(ports)));
        block.done();
        return new TopologyFile.Bridge(
                new BridgeSetUp(component, filtering, ageing, ports, fdb, mdb, policy), latency, List.of());
    }

    static PolicyReader.Target target(List<PortSetUp> ports) {
        return new PolicyReader.Target(NAME, ports.stream().map(PortSetUp::name).toList(), true);
    }

    private List<PortSetUp> ports(Block block, boolean filtering) {
        List<PortSetUp> ports = new ArrayList<>();
        Map<String, String> connected = new HashMap<>();
        String expected = "ports such as { p0 { to = nic0 } }";
        block.require("ports", expected).flatMap(entry -> entry.block(expected)).ifPresent(all -> {
            all.each(
                    "a port",
                    (name, entry) -> entry.block("a port such as { to = nic0 }")
                            .ifPresent(port -> ports.add(port(name, entry, port, connected, filtering))));
            nics.stream()
                    .filter(nic -> !connected.containsKey(nic))
                    .sorted(Block.COUNTED)
                    .forEach(nic -> all.wrong("found no port to " + nic + ", expected one with to = " + nic));
        });
        return ports;
    }

    private PortSetUp port(String name, Entry entry, Block block, Map<String, String> connected, boolean filtering) {
        if (nics.contains(name)) {
            entry.wrong("found a port named as the NIC " + name + ", expected another name");
        }
        PortSetUp port = PortSetUp.of(name, block.get("to", "", to -> to(name, to, connected)));
        for (Flag flag : Flag.values()) {
            boolean usual = port.is(flag);
            port = port.with(flag, block.get(key(flag), usual, one -> one.isSwitch(usual)));
        }
        State state = block.get(
                "state",
                State.FORWARDING,
                one -> one.oneOf(
                        Block.words(State.class),
                        "disabled, listening, learning, forwarding or blocking",
                        State.FORWARDING));
        port = vlans(block, port.in(state), filtering);
        block.done();
        return port;
    }

    /** As the standard calls it. */
    private static String key(Flag flag) {
        return flag == Flag.HAIRPIN
                ? "reflective-relay"
                : flag.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static PortSetUp vlans(Block block, PortSetUp usual, boolean filtering) {
        if (!filtering) {
            block.ifPresent("pvid", entry -> entry.warn("means nothing without vlan-filtering"));
            block.ifPresent("vlans", entry -> entry.warn("means nothing without vlan-filtering"));
        }
        int pvid = block.get(
                "pvid",
                usual.pvid(),
                entry -> entry.isText() && entry.text("").filter("none"::equals).isPresent()
                        ? 0
                        : entry.number(1, 4094, usual.pvid()));
        Map<Integer, Boolean> vlans = new TreeMap<>();
        if (pvid > 0) {
            vlans.put(pvid, true);
        }
        block.find("vlans")
                .flatMap(entry -> entry.block("VLANs such as { 10 = tagged, 20-29 = untagged }"))
                .ifPresent(all -> all.each("a VLAN", (name, entry) -> vlan(name, entry, vlans)));
        return usual.withVlans(pvid, vlans);
    }

    private static void vlan(String range, Entry entry, Map<Integer, Boolean> vlans) {
        boolean untagged = entry.oneOf(Map.of("tagged", false, "untagged", true), "tagged or untagged", false);
        List<Integer> vids = new ArrayList<>();
        VsiReader.range(range, entry, vids);
        vids.forEach(vid -> vlans.put(vid, untagged));
    }

    private String to(String port, Entry entry, Map<String, String> connected) {
        String nic = entry.text("a NIC").orElse("");
        if (!nics.contains(nic)) {
            Set<String> sorted = new TreeSet<>(nics);
            entry.wrong("found " + nic + ", expected " + String.join(" or ", sorted) + Nearest.hint(nic, sorted));
            return "";
        }
        String other = connected.putIfAbsent(nic, port);
        if (other != null) {
            entry.wrong("found " + nic + ", which port " + other + " is connected to, expected a port for each NIC");
        }
        return nic;
    }

    private static Optional<Address> address(Block block, Map<String, PortSetUp> ports, boolean filtering) {
        OptionalLong mac = block.require("mac", "an address such as \"02:00:00:00:00:01\"")
                .map(Entry::station)
                .orElse(OptionalLong.empty());
        Optional<PortSetUp> port = port(block, ports);
        Optional<Entry> vlan = block.find("vlan");
        int vid = vlan.map(entry -> entry.number(1, 4094, 0)).orElse(0);
        Kind kind = block.get(
                "kind",
                Kind.STATIC,
                entry -> entry.oneOf(Block.words(Kind.class), "dynamic, static or permanent", Kind.STATIC));
        boolean sticky = block.get("sticky", false, entry -> entry.isSwitch(false));
        block.done();
        if (vid > 0 && filtering && port.isPresent() && !port.get().vlans().containsKey(vid)) {
            vlan.ifPresent(entry -> entry.wrong("found VLAN " + vid + ", expected one that "
                    + port.get().name() + " is in: "
                    + String.join(
                            ", ",
                            port.get().vlans().keySet().stream()
                                    .map(String::valueOf)
                                    .toList())));
        }
        return mac.isPresent() && port.isPresent()
                ? Optional.of(new Address(mac.getAsLong(), vid, port.get().name(), kind, sticky))
                : Optional.empty();
    }

    private static Optional<Group> group(Block block, Map<String, PortSetUp> ports) {
        Optional<Entry> entry = block.require("group", GroupAddress.EXPECTED);
        Optional<String> group = entry.flatMap(one -> one.text(GroupAddress.EXPECTED));
        boolean good = group.filter(GroupAddress::is).isPresent();
        if (group.isPresent() && !good) {
            entry.ifPresent(one -> one.wrong("found " + group.get() + ", expected " + GroupAddress.EXPECTED));
        }
        Optional<PortSetUp> port = port(block, ports);
        int vid = block.get("vlan", 0, one -> one.number(1, 4094, 0));
        block.done();
        return good ? port.map(at -> new Group(group.get(), vid, at.name())) : Optional.empty();
    }

    private static Optional<PortSetUp> port(Block block, Map<String, PortSetUp> ports) {
        String expected = "a port of the bridge: " + String.join(", ", ports.keySet());
        return block.require("port", expected)
                .flatMap(entry -> entry.text(expected).flatMap(name -> {
                    PortSetUp port = ports.get(name);
                    if (port == null) {
                        entry.wrong("found " + name + ", expected " + expected + Nearest.hint(name, ports.keySet()));
                    }
                    return Optional.ofNullable(port);
                }));
    }
}
