package dev.hairpin.model.offload;

import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.VlanTag;

/**
 * What a function's NIC does for its guest, in the words of {@code ethtool -K}.
 *
 * @param tso segments TCP frames that are longer than the MTU, {@code tso}; needs {@code tx}, as in Linux, which drops the one
 *     where the other is missing ({@code netdev_fix_features})
 * @param tx fills in the checksums of IPv4, TCP and UDP of what the guest sends, {@code tx}
 * @param rx tells the guest whether those of what it receives are right, {@code rx}
 * @param txVlan puts on the tag that the guest gives in a descriptor: tx-vlan-offload
 * @param rxVlan takes the tag off and gives it to the guest in a descriptor: rx-vlan-offload
 * @param mtu of the guest's device: octets of the longest IP packet
 * @param mss octets of TCP payload in a segment as the guest asks for it, or 0 for as many as the MTU leaves room for
 */
public record Offloads(boolean tso, boolean tx, boolean rx, boolean txVlan, boolean rxVlan, int mtu, int mss) {
    /** Ethernet's usual MTU. */
    public static final int USUAL_MTU = 1_500;

    /** IPv4 must pass this (RFC 791); X3100's least too. */
    public static final int LEAST_MTU = 68;

    /** So small a segment is none: it would be more header than anybody sends. */
    public static final int LEAST_MSS = 8;

    /** None. */
    public static final Offloads NONE = new Offloads(false, false, false, false, false, USUAL_MTU, 0);

    private static final int TAG_OCTETS = 4;

    public Offloads {
        if (tso && !tx) {
            throw new IllegalArgumentException("tso without tx: a segment needs its checksums");
        }
        if (mtu < LEAST_MTU || mtu > FrameNumber.MOST_MSS) {
            throw new IllegalArgumentException("an MTU of " + mtu + ", expected " + LEAST_MTU + " to 65535");
        }
        if (mss != 0 && (mss < LEAST_MSS || mss > FrameNumber.MOST_MSS)) {
            throw new IllegalArgumentException("an MSS of " + mss + ", expected " + LEAST_MSS + " to 65535");
        }
    }

    /** By how many octets a frame with that outermost tag is shorter in the guest's memory when it is sent. */
    public int sparedSending(int tag) {
        return txVlan && VlanTag.tpid(tag) == VlanTag.TPID_C ? TAG_OCTETS : 0;
    }

    /** Likewise, when it is received. */
    public int sparedReceiving(int tag) {
        return rxVlan && VlanTag.tpid(tag) == VlanTag.TPID_C ? TAG_OCTETS : 0;
    }
}
