package dev.hairpin.model.frame;

/** The header of a frame whose tags were changed: the tags put on, and below them what is left of the captured ones. */
final class TagStack {
    private static final int TYPE = 12;
    private static final int TAG_OCTETS = 4;

    private TagStack() {}

    /** The outermost tag. */
    static int tag(Headers headers, int row, long retagging) {
        return Retagging.pushed(retagging) > 0
                ? Retagging.pushedTag(retagging, 0)
                : capturedTag(headers, row, Retagging.popped(retagging));
    }

    /** What stands behind the outermost tag. */
    static int etherType(Headers headers, int row, long retagging) {
        int pushed = Retagging.pushed(retagging);
        int popped = Retagging.popped(retagging);
        if (pushed > 1) {
            return VlanTag.tpid(Retagging.pushedTag(retagging, 1));
        }
        int below = capturedTag(headers, row, popped);
        if (pushed == 1 && below != VlanTag.NONE) {
            return VlanTag.tpid(below);
        }
        // Untagged below, or the tag below is the outermost: what stands behind that.
        return behind(headers, row, below == VlanTag.NONE ? popped : popped + 1);
    }

    /** The captured tag below {@code outer} others, or {@link VlanTag#NONE}. */
    private static int capturedTag(Headers headers, int row, int outer) {
        if (outer == 0) {
            return headers.tag[row];
        }
        int tpid = behind(headers, row, outer);
        int tci = u16(headers, row, TYPE + TAG_OCTETS * outer + 2);
        return tpid != EthernetHeader.CUT && tci != EthernetHeader.CUT && VlanTag.isTpid(tpid)
                ? VlanTag.of(tpid, tci)
                : VlanTag.NONE;
    }

    /** The two octets behind {@code tags} captured tags. */
    private static int behind(Headers headers, int row, int tags) {
        if (tags <= 1) {
            boolean tagged = headers.tag[row] != VlanTag.NONE;
            if (tags == 1 || !tagged) {
                return headers.etherType[row];
            }
            return VlanTag.tpid(headers.tag[row]);
        }
        return u16(headers, row, TYPE + TAG_OCTETS * tags);
    }

    private static int u16(Headers headers, int row, int at) {
        return at + 2 <= headers.captured[row] ? headers.slab.u16(headers.offset[row] + at) : EthernetHeader.CUT;
    }
}
