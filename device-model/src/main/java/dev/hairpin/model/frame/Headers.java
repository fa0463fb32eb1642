package dev.hairpin.model.frame;

import java.util.Arrays;

/**
 * What frames are wherever they pass, in columns. Bursts share it: a frame that goes on takes its time and port along and
 * leaves its header where it is. Changed by the one {@link BurstBuilder} that gathers it, and by nobody once a burst has
 * it.
 */
final class Headers {
    /** Of no frames. */
    static final Headers NONE = new Headers(0);

    /** Where the octets of all rows are; that of {@link Slab#NONE} as long as there are no rows. */
    Slab slab = Slab.NONE;

    final long[] number;
    final long[] destination;
    final long[] source;
    final int[] tag;
    final int[] etherType;
    final long[] offset;
    final int[] captured;
    final int[] length;

    Headers(int rows) {
        number = new long[rows];
        destination = new long[rows];
        source = new long[rows];
        tag = new int[rows];
        etherType = new int[rows];
        offset = new long[rows];
        captured = new int[rows];
        length = new int[rows];
    }

    private Headers(Headers other, int rows) {
        slab = other.slab;
        number = Arrays.copyOf(other.number, rows);
        destination = Arrays.copyOf(other.destination, rows);
        source = Arrays.copyOf(other.source, rows);
        tag = Arrays.copyOf(other.tag, rows);
        etherType = Arrays.copyOf(other.etherType, rows);
        offset = Arrays.copyOf(other.offset, rows);
        captured = Arrays.copyOf(other.captured, rows);
        length = Arrays.copyOf(other.length, rows);
    }

    /** The octets of the rows to come are in {@code octets}, as those of all rows before. */
    void within(Slab octets) {
        if (slab != octets) {
            if (slab != Slab.NONE) {
                throw new IllegalArgumentException("frames of two slabs in one burst");
            }
            slab = octets;
        }
    }

    /** Another of so many rows, the first of which are the same. */
    Headers resized(int rows) {
        return new Headers(this, rows);
    }

    int rows() {
        return number.length;
    }

    /** Makes row {@code row} the same as row {@code from} of another. */
    void set(int row, Headers other, int from) {
        within(other.slab);
        number[row] = other.number[from];
        destination[row] = other.destination[from];
        source[row] = other.source[from];
        tag[row] = other.tag[from];
        etherType[row] = other.etherType[from];
        offset[row] = other.offset[from];
        captured[row] = other.captured[from];
        length[row] = other.length[from];
    }
}
