package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;

/**
 * The beginning of one captured frame: addresses, the stack of VLAN tags, and what is behind them. A view that moves from
 * frame to frame. Total: whatever the octets, nothing is thrown; what the capture does not hold reads as {@link #CUT}.
 */
final class FrameHeaders {
    /** Not there. */
    static final int CUT = -1;

    /** Octets up to the end of the source address. */
    static final int ADDRESSES = 12;

    private static final long MAC = 0xFFFF_FFFF_FFFFL;
    private static final int MOST_TAGS = 3;
    private static final int LEAST_ETHERTYPE = 0x600;
    private static final int SNAP = 0xAAAA;

    private Slab slab = Slab.of(new byte[0]);
    private long offset;
    private int captured;
    private int tags;
    private int etherType;
    private int payload;

    /** The source address of a frame; zero when the capture does not hold all of it. */
    static long source(Slab slab, long offset, int captured) {
        return captured < ADDRESSES ? 0 : slab.i64(offset + ADDRESSES - Long.BYTES) & MAC;
    }

    /** Moves to the frame of {@code captured} octets at {@code offset}. */
    void read(Slab slab, long offset, int captured) {
        this.slab = slab;
        this.offset = offset;
        this.captured = captured;
        tags = 0;
        payload = ADDRESSES + 2;
        etherType = u16(ADDRESSES);
        while (isTag(etherType) && tags < MOST_TAGS) {
            tags++;
            etherType = u16(payload + 2);
            payload += 4;
        }
    }

    private static boolean isTag(int etherType) {
        return etherType == 0x8100 || etherType == 0x88A8 || etherType == 0x9100;
    }

    /** The destination address; zero when the capture does not hold all of it. */
    long destination() {
        return captured < 6 ? 0 : ((long) u16(0) << 32) | (slab.i32(offset + 2) & 0xFFFF_FFFFL);
    }

    /** The source address; zero when the capture does not hold all of it. */
    long source() {
        return source(slab, offset, captured);
    }

    /** The outermost VLAN tag, without priority, or {@link VlanTag#NONE}. */
    int tag() {
        int tpid = u16(ADDRESSES);
        int tci = u16(ADDRESSES + 2);
        return VlanTag.isTpid(tpid) && tci != CUT ? VlanTag.of(tpid, VlanTag.vid(tci)) : VlanTag.NONE;
    }

    /** How many VLAN tags. */
    int tags() {
        return tags;
    }

    /** EtherType or length behind the tags, or {@link #CUT}. */
    int etherType() {
        return etherType;
    }

    /** Where what the frame carries begins. */
    int payload() {
        return payload;
    }

    /** DSAP and SSAP of an LLC frame, or {@link #CUT} for any other. */
    int llc() {
        return etherType >= 0 && etherType < LEAST_ETHERTYPE ? u16(payload) : CUT;
    }

    /** The protocol of a SNAP frame, or {@link #CUT} for any other. */
    int snap() {
        return llc() == SNAP ? u16(payload + 6) : CUT;
    }

    /** How many octets of the frame there are from {@code at} on; negative when it ends before. */
    int remaining(int at) {
        return captured - at;
    }

    int octet(int at) {
        return has(at, 1) ? slab.octet(offset + at) : CUT;
    }

    int u16(int at) {
        return has(at, 2) ? slab.u16(offset + at) : CUT;
    }

    /** Four octets, or {@link #CUT}, which none reads as. */
    long u32(int at) {
        return has(at, 4) ? slab.i32(offset + at) & 0xFFFF_FFFFL : CUT;
    }

    /** Eight octets, or zero. */
    long i64(int at) {
        return has(at, 8) ? slab.i64(offset + at) : 0;
    }

    private boolean has(int at, int octets) {
        return at >= 0 && captured - at >= octets;
    }
}
