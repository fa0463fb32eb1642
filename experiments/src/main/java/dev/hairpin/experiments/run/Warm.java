package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.Placement;
import dev.hairpin.experiments.placement.Placement.Learning;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.topology.LanNic;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the bridge of a LAN that was up before the capture began has learned: each station in the VLANs of its frames, as
 * they come to the bridge, as far as the port of arrival learns.
 */
final class Warm {
    private final List<LanNic> nics;
    private final BridgeSettings bridge;

    Warm(List<LanNic> nics, BridgeSettings bridge) {
        this.nics = nics;
        this.bridge = bridge;
    }

    /** What it knows at {@code firstTime}, in nanoseconds; nothing when the placement wants it cold. */
    Learned known(Placement placement, long firstTime) {
        Map<Integer, Integer> behind = new HashMap<>();
        Map<Integer, Integer> portVlan = new HashMap<>();
        int source = 0;
        for (LanNic nic : nics) {
            for (Vsi vsi : nic.settings().vsis()) {
                behind.put(source, nic.bridgePort());
                portVlan.put(source++, vsi.settings().portVlan());
            }
        }
        for (int port = 0; port < bridge.ports().size(); port++) {
            int at = port;
            if (nics.stream().noneMatch(nic -> nic.bridgePorts().contains(at))) {
                behind.put(source++, port);
            }
        }
        return most(placement.known(firstTime, (from, address, sent) -> {
            int vlan = portVlan.getOrDefault(from, 0);
            int tag = vlan == 0 ? sent : VlanTag.of(VlanTag.TPID_C, vlan);
            int port = behind.getOrDefault(from, 0);
            return bridge.learns(port, address, tag).stream()
                    .mapToObj(key -> new Learning.Entry(key, port))
                    .findFirst()
                    .or(Optional::empty);
        }));
    }

    /** No more than the bridge has places for. */
    private Learned most(Learned known) {
        int most = bridge.maxLearned() == 0 ? known.size() : Math.min(known.size(), bridge.maxLearned());
        return new Learned(
                Arrays.copyOf(known.key(), most), Arrays.copyOf(known.port(), most), Arrays.copyOf(known.seen(), most));
    }
}
