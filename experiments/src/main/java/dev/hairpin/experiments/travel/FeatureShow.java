package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.travel.Asked.NotUnderstood;
import dev.hairpin.model.offload.Offloads;
import dev.hairpin.model.ring.HostSide;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code ethtool -k}: what a function's NIC does for its guest. The layout is that of ethtool 6.1, down to {@code highdma}; what the
 * model has nothing of is {@code off [fixed]}.
 */
final class FeatureShow {
    private static final String FIXED = " [fixed]";

    private final List<String> lines = new ArrayList<>();

    private FeatureShow() {}

    static Answer of(StateAt state, Netdev device) throws NotUnderstood {
        HostSide.Function function = RingShow.function(state, device, "-k");
        Offloads set = function.offloads();
        FeatureShow show = new FeatureShow();
        show.lines.add("Features for " + device.name() + ":");
        show.add("rx-checksumming", set.rx());
        show.add("tx-checksumming", set.tx());
        show.fixed("\ttx-checksum-ipv4", false);
        show.add("\ttx-checksum-ip-generic", set.tx());
        show.fixed("\ttx-checksum-ipv6", false);
        show.fixed("\ttx-checksum-fcoe-crc", false);
        show.fixed("\ttx-checksum-sctp", false);
        show.add("scatter-gather", true);
        show.fixed("\ttx-scatter-gather", true);
        show.fixed("\ttx-scatter-gather-fraglist", false);
        show.add("tcp-segmentation-offload", set.tso());
        show.add("\ttx-tcp-segmentation", set.tso());
        show.fixed("\ttx-tcp-ecn-segmentation", false);
        show.fixed("\ttx-tcp-mangleid-segmentation", false);
        show.add("\ttx-tcp6-segmentation", set.tso());
        show.fixed("generic-segmentation-offload", false);
        show.fixed("generic-receive-offload", false);
        show.fixed("large-receive-offload", false);
        show.add("rx-vlan-offload", set.rxVlan());
        show.add("tx-vlan-offload", set.txVlan());
        show.fixed("ntuple-filters", false);
        show.fixed("receive-hashing", function.queues() > 1);
        show.fixed("highdma", true);
        return new Answer(show.lines, List.of());
    }

    private void add(String feature, boolean on) {
        lines.add(feature + (on ? ": on" : ": off"));
    }

    private void fixed(String feature, boolean on) {
        lines.add(feature + (on ? ": on" : ": off") + FIXED);
    }
}
