package dev.hairpin.experiments.run;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * By which ports frames go between NICs and bridge; all other ports are ends, where stations are.
 *
 * @param toBridge for the NIC's port of each wire the one at its other end
 * @param toNic likewise for the bridge's
 */
public record Wires(Map<String, String> toBridge, Map<String, String> toNic) {
    public Wires {
        toBridge = Map.copyOf(toBridge);
        toNic = Map.copyOf(toNic);
    }

    /** @param toNic for the bridge's port of each wire the NIC's at its other end */
    public static Wires of(Map<String, String> toNic) {
        Map<String, String> toBridge = new LinkedHashMap<>();
        toNic.forEach((bridge, nic) -> toBridge.put(nic, bridge));
        return new Wires(toBridge, toNic);
    }

    /** Whether frames leave a NIC by that port. */
    public boolean isAtNic(String port) {
        return toBridge.containsKey(port);
    }

    /** Whether frames leave the bridge by that port for a NIC. */
    public boolean isAtBridge(String port) {
        return toNic.containsKey(port);
    }

    /** The port that a copy comes to which leaves by {@code port}; that itself where it is an end. */
    public String otherEnd(String port) {
        return toBridge.getOrDefault(port, toNic.getOrDefault(port, port));
    }

    /** Whether stations are at that port. */
    public boolean isEnd(String port) {
        return !isAtNic(port) && !isAtBridge(port);
    }
}
