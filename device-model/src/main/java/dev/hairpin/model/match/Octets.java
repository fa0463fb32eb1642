package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import org.jspecify.annotations.Nullable;

/**
 * Reads octets of a frame: those of the Ethernet header from the columns of the burst, if there is one, all others from
 * the slab.
 */
final class Octets {
    private static final int SOURCE = 6;
    private static final int TYPE = 12;
    private static final int TAG = 14;
    private static final int TYPE_BEHIND_TAG = 16;
    private static final int UNTAGGED = 14;
    private static final int TAGGED = 18;

    private Octets() {}

    /**
     * The {@code size} octets from {@code at}, or {@link Quantity#OUTSIDE} when the capture ends before the last of them.
     *
     * @param size 1, 2, 4 or 6
     */
    static long read(@Nullable Burst burst, int row, Slab slab, long offset, int captured, long at, int size) {
        if (burst == null) {
            return captured(slab, offset, captured, at, size);
        }
        int type = burst.etherType(row);
        if (type == EthernetHeader.CUT) {
            return captured(slab, offset, captured, at, size);
        }
        int tag = burst.tag(row);
        int header = tag == VlanTag.NONE ? UNTAGGED : TAGGED;
        if (at >= header) {
            int moved = headerInSlab(slab, offset, captured) - header;
            return captured(slab, offset + moved, captured - moved, at, size);
        }
        if (size == 2) {
            if (at == TYPE) {
                return tag == VlanTag.NONE ? type : VlanTag.tpid(tag);
            }
            if (at == TAG) {
                return tag & 0xFFFF;
            }
            if (at == TYPE_BEHIND_TAG) {
                return type;
            }
        } else if (size == 6 && at == 0) {
            return burst.destination(row);
        } else if (size == 6 && at == SOURCE) {
            return burst.source(row);
        }
        return assembled(burst, row, slab, offset, captured, at, size);
    }

    /** Whether these octets are a column, for frames with a tag at least. */
    static boolean isInColumns(long at, int size) {
        return size == 6 ? at == 0 || at == SOURCE : size == 2 && at >= TYPE && at <= TYPE_BEHIND_TAG && at % 2 == 0;
    }

    private static long captured(Slab slab, long offset, int captured, long at, int size) {
        if (at > captured - size) {
            return Quantity.OUTSIDE;
        }
        long from = offset + at;
        if (size == 2) {
            return slab.u16(from);
        }
        if (size == 1) {
            return slab.octet(from);
        }
        if (size == 4) {
            return slab.i32(from) & 0xFFFF_FFFFL;
        }
        return ((long) slab.u16(from) << 32) | (slab.i32(from + 2) & 0xFFFF_FFFFL);
    }

    /** As {@link EthernetHeader} reads it: with one tag at most. */
    private static int headerInSlab(Slab slab, long offset, int captured) {
        return captured >= TAGGED && VlanTag.isTpid(slab.u16(offset + TYPE)) ? TAGGED : UNTAGGED;
    }

    /** Octet by octet, some of them from columns. */
    private static long assembled(Burst burst, int row, Slab slab, long offset, int captured, long at, int size) {
        int tag = burst.tag(row);
        long value = 0;
        for (int next = (int) at; next < at + size; next++) {
            long octet;
            if (next < SOURCE) {
                octet = burst.destination(row) >>> (40 - 8 * next);
            } else if (next < TYPE) {
                octet = burst.source(row) >>> (40 - 8 * (next - SOURCE));
            } else if (tag != VlanTag.NONE && next < TYPE_BEHIND_TAG) {
                octet = (long) tag >>> (24 - 8 * (next - TYPE));
            } else if (next < (tag == VlanTag.NONE ? UNTAGGED : TAGGED)) {
                octet = (long) burst.etherType(row) >>> (8 - 8 * (next & 1));
            } else {
                octet = read(burst, row, slab, offset, captured, next, 1);
                if (octet == Quantity.OUTSIDE) {
                    return Quantity.OUTSIDE;
                }
            }
            value = (value << 8) | (octet & 0xFF);
        }
        return value;
    }
}
