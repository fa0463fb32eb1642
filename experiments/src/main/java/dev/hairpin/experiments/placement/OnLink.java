package dev.hairpin.experiments.placement;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.LongHashSet;

/**
 * Which IPv4 networks are on the link: those of the addresses that ARP senders claim, reckoned as /24. A station that
 * sends from addresses of other networks which it has not claimed sends for others.
 */
final class OnLink {
    /** A link has few networks; a flood of forged ARP shall not fill the heap. */
    private static final int MOST = 1 << 12;

    /** Several addresses, where ARP tells what is on the link. */
    private static final int SEVERAL = 2;

    /** Several addresses or IPv6 networks, where nothing tells. */
    private static final int SEVERAL_UNTOLD = 3;

    private final LongHashSet networks = new LongHashSet();

    void claimed4(long address) {
        if (networks.size() < MOST) {
            networks.add(address >>> 8);
        }
    }

    /** What says that a station sends for others; empty when nothing does. */
    List<String> behind(StationTally station) {
        List<String> evidence = new ArrayList<>();
        LongHashSet outside = new LongHashSet();
        int addresses = 0;
        AddressList sources = station.sources4;
        for (int i = 0; i < sources.size(); i++) {
            long address = sources.low(i);
            if (Ip.isRoutable4(address)
                    && !station.claimed4.contains(0, address)
                    && !networks.contains(address >>> 8)) {
                addresses++;
                outside.add(address >>> 8);
            }
        }
        String count = (sources.more() ? "over " : "") + addresses;
        if (!networks.isEmpty() && addresses >= SEVERAL) {
            evidence.add(count + " IPv4 sources outside " + network(station) + " behind it");
        } else if (networks.isEmpty() && addresses >= SEVERAL_UNTOLD && outside.size() > 1) {
            evidence.add(count + " IPv4 sources of " + outside.size() + " networks (/24) behind it");
        }
        int networks6 = behind6(station);
        if (networks6 >= SEVERAL_UNTOLD) {
            evidence.add("IPv6 sources of " + networks6 + " networks (/64) behind it");
        }
        return evidence;
    }

    /** The network the station itself is in, or how many are on the link. */
    private String network(StationTally station) {
        if (station.claimed4.size() > 0) {
            return Ip.format4(station.claimed4.low(0) & ~0xFFL) + "/24";
        }
        return networks.size() == 1
                ? Ip.format4(networks.iterator().nextValue() << 8) + "/24"
                : "the " + networks.size() + " networks on the link";
    }

    private static int behind6(StationTally station) {
        LongHashSet outside = new LongHashSet();
        AddressList sources = station.sources6;
        for (int i = 0; i < sources.size(); i++) {
            if (Ip.isRoutable6(sources.high(i)) && !station.claimed6.contains(sources.high(i), sources.low(i))) {
                outside.add(sources.high(i));
            }
        }
        return outside.size();
    }
}
