package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Receive side scaling of one function: which of its receive rings a frame goes to. The hash is over the addresses of IPv4 or
 * IPv6, and over the ports of TCP behind them; its lowest bits choose an entry of the indirection table, and that the ring.
 * What is no IP, or is not captured as far as its addresses, goes to ring 0.
 *
 * <p>Read behind the outermost tag of the frame as it is at this point of its way, since the device looks behind no other
 * (82599 datasheet 7.1.2.8; QEMU {@code igb_core.c}). A fragment, a datagram of another protocol, and IPv6 with extension
 * headers are hashed by their addresses. Reads octets where they are; makes no object for a frame.
 */
public final class Rss {
    /** Entries of the indirection table of 82576 and 82599. */
    public static final int ENTRIES = 128;

    /** In place of a hash: the frame has none. */
    public static final long NO_HASH = -1;

    /** The key that Microsoft's vectors are for; drivers make one by chance, which a run could not repeat. */
    public static final String KEY = "6d5a56da255b0ec24167253d43a38fb0d0ca2bcbae7b30b477cb2da38030f20c6a42b73bbeac01fa";

    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int TCP = 6;
    private static final int UDP = 17;

    /** More Fragments and the fragment's offset. */
    private static final int FRAGMENT = 0x3FFF;

    private static final int ADDRESSES = 12;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int IPV6_ADDRESSES = 32;
    private static final int PORTS = 4;

    private final Toeplitz toeplitz;
    private final Settings settings;
    private final int[] table;

    /** See the settings. */
    public Rss(Settings settings) {
        this.settings = settings;
        this.toeplitz = new Toeplitz(HexFormat.of().parseHex(settings.key()));
        this.table = settings.table().stream().mapToInt(Integer::intValue).toArray();
    }

    /**
     * What a guest has set.
     *
     * @param key 80 hexadecimal digits
     * @param table rings by entry; as many entries as a power of two
     * @param udp whether the ports of UDP are hashed as those of TCP; igb and ixgbe leave them out unless told, since
     *     fragments of a datagram would overtake others
     */
    public record Settings(String key, List<Integer> table, boolean udp) {
        public Settings {
            table = List.copyOf(table);
            if (!key.matches("[0-9a-f]{" + 2 * Toeplitz.KEY_OCTETS + "}")) {
                throw new IllegalArgumentException("an RSS key of other than 80 hexadecimal digits: " + key);
            }
            if (Integer.bitCount(table.size()) != 1) {
                throw new IllegalArgumentException("an indirection table of " + table.size() + " entries");
            }
        }

        /** Rings in turn, as Linux has it unless told otherwise ({@code ethtool_rxfh_indir_default}). */
        public static Settings of(int rings) {
            return new Settings(
                    KEY,
                    IntStream.range(0, ENTRIES)
                            .map(entry -> entry % rings)
                            .boxed()
                            .toList(),
                    false);
        }
    }

    /** The ring of a frame. */
    public int ring(Burst burst, int row) {
        long hash = hash(burst, row);
        return hash == NO_HASH ? 0 : table[(int) hash & (table.length - 1)];
    }

    /** The hash of a frame, 32 bits, or {@link #NO_HASH}. */
    public long hash(Burst burst, int row) {
        int etherType = burst.etherType(row);
        if (etherType != IPV4 && etherType != IPV6) {
            return NO_HASH;
        }
        long ip = packet(burst, row);
        long end = burst.offset(row) + burst.captured(row);
        return etherType == IPV4 ? ipv4(burst.slab(), ip, end) : ipv6(burst.slab(), ip, end);
    }

    /** Where the IP header of a frame begins that has one behind its outermost tag. */
    private static long packet(Burst burst, int row) {
        long at = burst.offset(row) + ADDRESSES;
        if (burst.retagging(row) == Retagging.NONE) {
            return at + 2 + (burst.tag(row) == VlanTag.NONE ? 0 : 4);
        }
        // Tags that are no longer on the frame still stand in its captured octets.
        long end = burst.offset(row) + burst.captured(row);
        while (at + 2 <= end && VlanTag.isTpid(burst.slab().u16(at))) {
            at += 4;
        }
        return at + 2;
    }

    /** Reads eight octets at a time: version, length and fragment; protocol and source; destination; ports. */
    private long ipv4(Slab slab, long ip, long end) {
        if (ip + IPV4_HEADER > end) {
            return NO_HASH;
        }
        long first = slab.i64(ip);
        if (first >>> 60 != 4) {
            return NO_HASH;
        }
        long second = slab.i64(ip + 8);
        int hash = toeplitz.of((int) second, 0) ^ toeplitz.of(slab.i32(ip + 16), 4);
        long ports = ip + 4 * (first >>> 56 & 0xF);
        boolean whole = (first & FRAGMENT) == 0;
        if (whole && hasPorts((int) (second >>> 48) & 0xFF) && ports >= ip + IPV4_HEADER && ports + PORTS <= end) {
            hash ^= toeplitz.of(slab.i32(ports), 8);
        }
        return hash & 0xFFFF_FFFFL;
    }

    private long ipv6(Slab slab, long ip, long end) {
        if (ip + IPV6_HEADER > end || slab.octet(ip) >>> 4 != 6) {
            return NO_HASH;
        }
        int hash = 0;
        for (int at = 0; at < IPV6_ADDRESSES; at += 4) {
            hash ^= toeplitz.of(slab.i32(ip + 8 + at), at);
        }
        long ports = ip + IPV6_HEADER;
        if (hasPorts(slab.octet(ip + 6)) && ports + PORTS <= end) {
            hash ^= toeplitz.of(slab.i32(ports), IPV6_ADDRESSES);
        }
        return hash & 0xFFFF_FFFFL;
    }

    private boolean hasPorts(int protocol) {
        return protocol == TCP || (protocol == UDP && settings.udp());
    }
}
