package dev.hairpin.experiments.travel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code ip -s} shows below a virtual function. */
final class FunctionStatistics {
    private FunctionStatistics() {}

    static List<String> text(PortCounters counted) {
        PortCounters.Passed rx = counted.out();
        PortCounters.Passed tx = counted.in();
        return List.of(
                "    RX: bytes  packets  mcast   bcast   dropped ",
                String.format(
                        Locale.ROOT,
                        "    %10d %8d %7d %7d %8d ",
                        rx.octets(),
                        rx.frames(),
                        rx.multicast(),
                        rx.broadcast(),
                        counted.allOutDropped()),
                "    TX: bytes  packets   dropped ",
                String.format(Locale.ROOT, "    %10d %8d %8d ", tx.octets(), tx.frames(), counted.allInDropped()));
    }

    static Map<String, Object> object(PortCounters counted) {
        PortCounters.Passed rx = counted.out();
        PortCounters.Passed tx = counted.in();
        Map<String, Object> received = new LinkedHashMap<>();
        received.put("bytes", rx.octets());
        received.put("packets", rx.frames());
        received.put("multicast", rx.multicast());
        received.put("broadcast", rx.broadcast());
        received.put("dropped", counted.allOutDropped());
        Map<String, Object> sent = new LinkedHashMap<>();
        sent.put("tx_bytes", tx.octets());
        sent.put("tx_packets", tx.frames());
        sent.put("dropped", counted.allInDropped());
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("rx", received);
        both.put("tx", sent);
        return both;
    }
}
