package dev.hairpin.model.offload;

import dev.hairpin.model.frame.Slab;

/**
 * The checksums of IPv4, TCP and UDP (RFC 791, 9293, 768, 8200 8.1), as a NIC checks those of a frame that it receives. For one
 * thread.
 */
public final class Checksums {
    private static final int IPV4_ADDRESSES = 12;
    private static final int IPV6_ADDRESSES = 8;
    private static final int TCP_FIELD = 16;
    private static final int UDP_FIELD = 6;

    private final PacketLayers layers = new PacketLayers();

    /** What the NIC tells of a frame. */
    public enum Status {
        /** All that it has are right: Linux's CHECKSUM_UNNECESSARY. */
        GOOD,
        /** One of them is wrong. */
        BAD,
        /**
         * Not looked at, or not all: no IP, a fragment, neither TCP nor UDP, UDP without one, or not captured as far as its end.
         * Linux's CHECKSUM_NONE.
         */
        NONE
    }

    /**
     * Checks a frame.
     *
     * @param length octets on the wire
     */
    public Status status(Slab slab, long offset, int captured, int length) {
        if (!layers.read(slab, offset, captured)) {
            return Status.NONE;
        }
        if (!layers.isV6() && header(slab, offset, layers) != 0xFFFF) {
            return Status.BAD;
        }
        int end = layers.end(length);
        if (layers.transport() == PacketLayers.NOWHERE || end == PacketLayers.NOWHERE || end > captured) {
            return Status.NONE;
        }
        boolean without = layers.protocol() == PacketLayers.UDP && slab.u16(offset + field(layers)) == 0;
        if (without) {
            return layers.isV6() ? Status.BAD : Status.NONE;
        }
        return transport(slab, offset, layers, end) == 0xFFFF ? Status.GOOD : Status.BAD;
    }

    /** Where the checksum of TCP or UDP stands. */
    static int field(PacketLayers layers) {
        return layers.transport() + (layers.protocol() == PacketLayers.TCP ? TCP_FIELD : UDP_FIELD);
    }

    /** The sum of the IPv4 header, its checksum included. */
    private static int header(Slab slab, long offset, PacketLayers layers) {
        return folded(sum(slab, offset + layers.network(), layers.ipv4Header(slab, offset)));
    }

    /** The sum of TCP or UDP and what goes with it of IP, its checksum included. */
    private static int transport(Slab slab, long offset, PacketLayers layers, int end) {
        int length = end - layers.transport();
        return folded(pseudo(slab, offset, layers, length) + sum(slab, offset + layers.transport(), length));
    }

    /** The sum of the pseudo-header: addresses, protocol and length. */
    static long pseudo(Slab slab, long offset, PacketLayers layers, int length) {
        long ip = offset + layers.network();
        long addresses = layers.isV6() ? sum(slab, ip + IPV6_ADDRESSES, 32) : sum(slab, ip + IPV4_ADDRESSES, 8);
        return addresses + layers.protocol() + (length >>> 16) + (length & 0xFFFF);
    }

    /** Sums 16-bit words; an odd octet is the upper half of one. */
    static long sum(Slab slab, long from, int octets) {
        long sum = 0;
        int at = 0;
        for (; at + 2 <= octets; at += 2) {
            sum += slab.u16(from + at);
        }
        return at < octets ? sum + ((long) slab.octet(from + at) << 8) : sum;
    }

    /** In 16 bits, carries added again. */
    static int folded(long sum) {
        long folded = sum;
        while (folded >>> 16 != 0) {
            folded = (folded & 0xFFFF) + (folded >>> 16);
        }
        return (int) folded;
    }
}
