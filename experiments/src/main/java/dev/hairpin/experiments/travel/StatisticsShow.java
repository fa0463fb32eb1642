package dev.hairpin.experiments.travel;

import dev.hairpin.model.offload.Checksums;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code ethtool -S DEV}: what the device has counted, and what was dropped, for each reason that there was. Received is as
 * in {@link LinkStatistics}.
 */
final class StatisticsShow {
    private StatisticsShow() {}

    static Answer of(StateAt state, Netdev device) {
        List<String> lines = new ArrayList<>(List.of("NIC statistics:"));
        counters(state, device).forEach((name, value) -> lines.add("     " + name + ": " + value));
        return new Answer(lines, List.of());
    }

    /** By the name that each has there. */
    static Map<String, Long> counters(StateAt state, Netdev device) {
        return counters(state.counted(device.port()), device.sendsToRelay());
    }

    private static Map<String, Long> counters(PortCounters counted, boolean function) {
        PortCounters.Passed rx = function ? counted.out() : counted.in();
        PortCounters.Passed tx = function ? counted.in() : counted.out();
        Map<String, Long> counters = new LinkedHashMap<>();
        passed("rx", rx, counters);
        passed("tx", tx, counters);
        for (int queue = 0; queue < counted.queues().size(); queue++) {
            PortCounters.Queue ring = counted.queues().get(queue);
            counters.put("rx_queue_" + queue + "_packets", ring.frames());
            counters.put("rx_queue_" + queue + "_bytes", ring.octets());
            counters.put("rx_queue_" + queue + "_drops", ring.dropped());
        }
        for (Checksums.Status status : Checksums.Status.values()) {
            Long count = counted.checked().get(status);
            if (count != null) {
                counters.put(named(status), count);
            }
        }
        (function ? counted.outDropped() : counted.inDropped())
                .forEach((reason, count) ->
                        counters.put("rx_dropped_" + reason.name().toLowerCase(Locale.ROOT), count));
        (function ? counted.inDropped() : counted.outDropped())
                .forEach((reason, count) ->
                        counters.put("tx_dropped_" + reason.name().toLowerCase(Locale.ROOT), count));
        return counters;
    }

    /** As igbvf calls them; the last as mlx5 does, since Intel's drivers do not count it. */
    private static String named(Checksums.Status status) {
        return switch (status) {
            case GOOD -> "rx_csum_offload_good";
            case BAD -> "rx_csum_offload_errors";
            case NONE -> "rx_csum_none";
        };
    }

    private static void passed(String way, PortCounters.Passed passed, Map<String, Long> counters) {
        counters.put(way + "_packets", passed.frames());
        counters.put(way + "_bytes", passed.octets());
        counters.put(way + "_multicast", passed.multicast());
        counters.put(way + "_broadcast", passed.broadcast());
    }
}
