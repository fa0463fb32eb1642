package dev.hairpin.model.frame;

/**
 * A VLAN tag as an {@code int}: TPID in the upper 16 bits, tag control information (PCP 3, DEI 1, VID 12 bits) in the
 * lower (802.1Q-2022 9.6). {@link #NONE} stands for an untagged frame; no tag has a TPID of zero.
 */
public final class VlanTag {
    /** No tag. */
    public static final int NONE = 0;

    /** Customer VLAN tag. */
    public static final int TPID_C = 0x8100;

    /** Service VLAN tag. */
    public static final int TPID_S = 0x88A8;

    private VlanTag() {}

    /** A tag of its two halves. */
    public static int of(int tpid, int tci) {
        return (tpid << 16) | (tci & 0xFFFF);
    }

    /** Whether an EtherType announces a tag that is parsed. */
    public static boolean isTpid(int etherType) {
        return etherType == TPID_C || etherType == TPID_S;
    }

    public static int tpid(int tag) {
        return tag >>> 16;
    }

    /** VLAN identifier, 0 to 4095; 0 is a priority tag. */
    public static int vid(int tag) {
        return tag & 0xFFF;
    }

    /** Priority code point, 0 to 7. */
    public static int pcp(int tag) {
        return (tag >>> 13) & 7;
    }

    /** Drop eligible indicator. */
    public static boolean dei(int tag) {
        return (tag & 0x1000) != 0;
    }

    /** The same tag with another VLAN identifier. */
    public static int withVid(int tag, int vid) {
        return (tag & ~0xFFF) | vid;
    }

    /** The same tag with another priority code point. */
    public static int withPcp(int tag, int pcp) {
        return (tag & ~0xE000) | (pcp << 13);
    }
}
