package dev.hairpin.model.frame;

/**
 * What relays have done to the tags of a frame since it was captured, as a {@code long}: so many tags of the captured
 * frame taken off, and on what is left up to three put on. {@link #NONE} is a frame as captured. The octets of a frame never
 * change; this is applied where they are read or written.
 *
 * <p>Bits 0 to 3 count the tags taken off, bits 4 and 5 those put on; these follow, the outermost first, in 17 bits each:
 * one for the TPID, 16 for the tag control information.
 */
public final class Retagging {
    /** As captured. */
    public static final long NONE = 0;

    /** More tags cannot be put on a frame. */
    public static final int MOST_PUSHED = 3;

    private static final int TAG_OCTETS = 4;

    /** Destination and source, behind which tags stand. */
    private static final int ADDRESSES = 12;

    private static final int COUNT_SHIFT = 4;
    private static final int FIRST_SHIFT = 6;
    private static final int TAG_BITS = 17;
    private static final long TAG_MASK = (1L << TAG_BITS) - 1;
    private static final int MOST_POPPED = 15;

    private Retagging() {}

    /** With {@code tag} put on as the outermost; throws {@link IllegalStateException} when there are three already. */
    public static long push(long retagging, int tag) {
        int pushed = pushed(retagging);
        if (pushed == MOST_PUSHED) {
            throw new IllegalStateException("a fourth tag on one frame");
        }
        long stack = retagging >>> FIRST_SHIFT;
        long service = VlanTag.tpid(tag) == VlanTag.TPID_S ? 1L << 16 : 0;
        return ((((stack << TAG_BITS) | service | (tag & 0xFFFF)) << FIRST_SHIFT)
                        | ((long) (pushed + 1) << COUNT_SHIFT))
                | popped(retagging);
    }

    /** With the outermost tag taken off; the frame must have one. */
    public static long pop(long retagging) {
        int pushed = pushed(retagging);
        if (pushed > 0) {
            return ((retagging >>> (FIRST_SHIFT + TAG_BITS)) << FIRST_SHIFT)
                    | ((long) (pushed - 1) << COUNT_SHIFT)
                    | popped(retagging);
        }
        if (popped(retagging) == MOST_POPPED) {
            throw new IllegalStateException("a sixteenth tag taken off one frame");
        }
        return retagging + 1;
    }

    /** How many tags of the captured frame are taken off. */
    public static int popped(long retagging) {
        return (int) (retagging & 0xF);
    }

    /** How many tags are put on. */
    public static int pushed(long retagging) {
        return (int) (retagging >>> COUNT_SHIFT) & 3;
    }

    /** The tag that was put on, counted from the outermost; see {@link VlanTag}. */
    public static int pushedTag(long retagging, int fromOutermost) {
        int tag = (int) ((retagging >>> (FIRST_SHIFT + TAG_BITS * fromOutermost)) & TAG_MASK);
        return VlanTag.of((tag >>> 16) == 1 ? VlanTag.TPID_S : VlanTag.TPID_C, tag);
    }

    /** By how many octets the frame is longer than it was captured; negative when shorter. */
    public static int longer(long retagging) {
        return TAG_OCTETS * (pushed(retagging) - popped(retagging));
    }

    /**
     * The octets of a frame as it is now, as far as the capture has them.
     *
     * @param offset where the captured octets begin
     * @param captured how many there are
     */
    public static byte[] octets(Slab slab, long offset, int captured, long retagging) {
        int kept = Math.min(ADDRESSES, captured);
        int off = Math.min(captured - kept, TAG_OCTETS * popped(retagging));
        int on = captured < ADDRESSES ? 0 : TAG_OCTETS * pushed(retagging);
        byte[] octets = new byte[captured - off + on];
        slab.copy(offset, octets, 0, kept);
        for (int at = 0; at < on; at += TAG_OCTETS) {
            int tag = pushedTag(retagging, at / TAG_OCTETS);
            for (int octet = 0; octet < TAG_OCTETS; octet++) {
                octets[kept + at + octet] = (byte) (tag >>> (24 - 8 * octet));
            }
        }
        slab.copy(offset + kept + off, octets, kept + on, captured - kept - off);
        return octets;
    }
}
