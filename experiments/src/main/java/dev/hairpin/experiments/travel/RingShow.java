package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.travel.Asked.NotUnderstood;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.ring.HostSide;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * {@code ethtool -g}, {@code -c} and {@code -x}: the rings of a function, their interrupts, and how a frame is given one of
 * them. The layouts are those of ethtool 6.1; what the model has nothing of is {@code n/a}.
 */
final class RingShow {
    /** Descriptors of a ring of igbvf and ixgbevf at most; the drivers' {@code IGBVF_MAX_RXD}, {@code IXGBEVF_MAX_RXD}. */
    private static final int MOST = 4_096;

    private static final int NANOS_A_MICROSECOND = 1_000;
    private static final int ENTRIES_A_LINE = 8;
    private static final String NONE = "n/a";

    private RingShow() {}

    /** {@code ethtool -g}. */
    static Answer rings(StateAt state, Netdev device) throws NotUnderstood {
        HostSide.Function function = function(state, device, "-g");
        List<String> lines =
                new ArrayList<>(List.of("Ring parameters for " + device.name() + ":", "Pre-set maximums:"));
        sizes(Integer.toString(MOST), Integer.toString(MOST), lines);
        lines.add("Current hardware settings:");
        sizes(size(function.receives().buffers()), size(function.sends().ring()), lines);
        lines.add("RX Buf Len:\t\t" + NONE);
        lines.add("CQE Size:\t\t" + NONE);
        lines.add("TX Push:\toff");
        lines.add("TCP data split:\t" + NONE);
        return new Answer(lines, List.of());
    }

    private static void sizes(String rx, String tx, List<String> lines) {
        lines.add("RX:\t\t" + rx);
        lines.add("RX Mini:\t" + NONE);
        lines.add("RX Jumbo:\t" + NONE);
        lines.add("TX:\t\t" + tx);
    }

    private static String size(int frames) {
        return frames == Integer.MAX_VALUE ? NONE : Integer.toString(frames);
    }

    /** {@code ethtool -c}. */
    static Answer interrupts(StateAt state, Netdev device) throws NotUnderstood {
        long micros = function(state, device, "-c").receives().itr() / NANOS_A_MICROSECOND;
        List<String> lines = new ArrayList<>(List.of(
                "Coalesce parameters for " + device.name() + ":",
                "Adaptive RX: off  TX: off",
                "stats-block-usecs: " + NONE,
                "sample-interval: " + NONE,
                "pkt-rate-low: " + NONE,
                "pkt-rate-high: " + NONE,
                "",
                "rx-usecs: " + micros));
        for (String none : List.of(
                "rx-frames rx-usecs-irq rx-frames-irq",
                "tx-usecs tx-frames tx-usecs-irq tx-frames-irq",
                "rx-usecs-low rx-frame-low tx-usecs-low tx-frame-low",
                "rx-usecs-high rx-frame-high tx-usecs-high tx-frame-high")) {
            for (String name : none.split(" ", -1)) {
                lines.add(name + ": " + NONE);
            }
            lines.add("");
        }
        lines.add("CQE mode RX: " + NONE + "  TX: " + NONE);
        lines.add("");
        return new Answer(lines, List.of());
    }

    /** {@code ethtool -x}. */
    static Answer hashing(StateAt state, Netdev device) throws NotUnderstood {
        HostSide.Function function = function(state, device, "-x");
        List<String> lines = new ArrayList<>();
        lines.add(
                "RX flow hash indirection table for " + device.name() + " with " + function.queues() + " RX ring(s):");
        List<Integer> table = function.rss().table();
        for (int first = 0; first < table.size(); first += ENTRIES_A_LINE) {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%5d: ", first));
            for (int ring : table.subList(first, Math.min(table.size(), first + ENTRIES_A_LINE))) {
                line.append(String.format(Locale.ROOT, " %5d", ring));
            }
            lines.add(line.toString());
        }
        lines.add("RSS hash key:");
        lines.add(function.rss().key().replaceAll("(..)(?!$)", "$1:"));
        lines.add("RSS hash function:");
        lines.add("    toeplitz: on");
        lines.add("    xor: off");
        lines.add("    crc32: off");
        return new Answer(lines, List.of());
    }

    /** The rings of a function; {@code option} is what was asked of it. */
    static HostSide.Function function(StateAt state, Netdev device, String option) throws NotUnderstood {
        for (StateAt.Nic nic : state.nics()) {
            List<Vsi> vsis = nic.settings().vsis();
            for (int port = 0; port < vsis.size(); port++) {
                if (device.name().equals(nic.prefix() + vsis.get(port).name())) {
                    return nic.settings().host().functions().get(port);
                }
            }
        }
        throw new NotUnderstood("found " + device.name() + " for ethtool " + option
                + ", expected a function of a NIC: nothing else has rings");
    }
}
