package dev.hairpin.experiments.travel;

import dev.hairpin.model.decision.DropReason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The statistics of a device as {@code ip -s} shows them. Received by a function is what the relay gives it; received by a
 * port of the bridge, or by the NIC's wire port, is what comes to the relay by it.
 *
 * @param missed frames for which there was no place in the ring or queue
 * @param rxDropped frames and copies that were dropped otherwise
 */
record LinkStatistics(PortCounters.Passed rx, PortCounters.Passed tx, long rxDropped, long missed, long txDropped) {
    private static final int LONGEST_COMPRESSED = "compressed".length();

    static LinkStatistics of(Netdev device, PortCounters counted) {
        long full = counted.outDropped(DropReason.NO_RX_BUFFER)
                + counted.outDropped(DropReason.QUEUE_FULL)
                + counted.outDropped(DropReason.PAUSED);
        return device.sendsToRelay()
                ? new LinkStatistics(
                        counted.out(), counted.in(), counted.allOutDropped() - full, full, counted.allInDropped())
                : new LinkStatistics(counted.in(), counted.out(), counted.allInDropped(), 0, counted.allOutDropped());
    }

    List<String> text() {
        long[] received = {rx.octets(), rx.frames(), 0, rxDropped, missed, rx.multicast()};
        long[] sent = {tx.octets(), tx.frames(), 0, txDropped, 0, 0};
        int[] widths = {10, 7, 6, 7, 7, 7};
        for (int column = 0; column < widths.length; column++) {
            widths[column] = Math.max(
                    widths[column],
                    Math.max(
                            Long.toString(received[column]).length(),
                            Long.toString(sent[column]).length()));
        }
        return List.of(
                head("RX", widths, "packets", "errors", "dropped", "missed", "mcast"),
                row(widths, received),
                head("TX", widths, "packets", "errors", "dropped", "carrier", "collsns"),
                row(widths, sent));
    }

    private static String head(String way, int[] widths, String... names) {
        StringBuilder line = new StringBuilder("    " + way + ": ").append(right("bytes", widths[0] - 4));
        for (int column = 0; column < names.length; column++) {
            line.append(' ').append(right(names[column], widths[column + 1]));
        }
        // Linux keeps a place for a column that is seldom there.
        return line.append(' ').append(" ".repeat(LONGEST_COMPRESSED)).toString();
    }

    private static String row(int[] widths, long[] values) {
        StringBuilder line = new StringBuilder("    ");
        for (int column = 0; column < values.length; column++) {
            line.append(right(Long.toString(values[column]), widths[column])).append(' ');
        }
        return line.toString();
    }

    private static String right(String text, int width) {
        return String.format(Locale.ROOT, "%" + width + "s", text);
    }

    Map<String, Object> object() {
        Map<String, Object> received = new LinkedHashMap<>();
        received.put("bytes", rx.octets());
        received.put("packets", rx.frames());
        received.put("errors", 0);
        received.put("dropped", rxDropped);
        received.put("over_errors", 0);
        received.put("multicast", rx.multicast());
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("bytes", tx.octets());
        sent.put("packets", tx.frames());
        sent.put("errors", 0);
        sent.put("dropped", txDropped);
        sent.put("carrier_errors", 0);
        sent.put("collisions", 0);
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("rx", received);
        both.put("tx", sent);
        return both;
    }
}
