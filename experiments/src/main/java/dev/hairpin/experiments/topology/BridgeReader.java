package dev.hairpin.experiments.topology;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Reads the bridge. */
final class BridgeReader {
    /** What changes and policies call it. */
    static final String NAME = "bridge";

    static final String EXPECTED = "a bridge such as { ports { p0 { to = nic0 } } }";

    private final Set<String> nics;

    BridgeReader(Set<String> nics) {
        this.nics = nics;
    }

    TopologyFile.Bridge read(Block block) {
        long latency = block.get("latency", 0L, entry -> entry.quantity(Quantities::time, 0));
        List<TopologyFile.Port> ports = new ArrayList<>();
        Map<String, String> connected = new HashMap<>();
        block.require("ports", "ports such as { p0 { to = nic0 } }")
                .flatMap(entry -> entry.block("ports such as { p0 { to = nic0 } }"))
                .ifPresent(all -> {
                    all.each(
                            "a port",
                            (name, entry) -> entry.block("a port such as { to = nic0 }")
                                    .ifPresent(port -> ports.add(port(name, entry, port, connected))));
                    nics.stream()
                            .filter(nic -> !connected.containsKey(nic))
                            .sorted(Block.COUNTED)
                            .forEach(nic -> all.wrong("found no port to " + nic + ", expected one with to = " + nic));
                });
        block.done();
        return new TopologyFile.Bridge(ports, latency);
    }

    private TopologyFile.Port port(String name, Entry entry, Block block, Map<String, String> connected) {
        if (nics.contains(name)) {
            entry.wrong("found a port named as the NIC " + name + ", expected another name");
        }
        String[] nic = {""};
        block.ifPresent("to", to -> nic[0] = to(name, to, connected));
        block.done();
        return new TopologyFile.Port(name, nic[0]);
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
}
