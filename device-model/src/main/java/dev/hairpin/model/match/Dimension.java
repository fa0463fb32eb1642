package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.match.Claim.Masked;
import java.util.Arrays;

/**
 * A quantity of which several ways ask something: its value for a frame tells at once on which of them the frame can
 * still be. Sets of ways are bits, 64 in a word.
 */
final class Dimension {
    /** A number multiplied by it has upper bits that depend on all of its own: 2^64 by the golden ratio. */
    private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

    private final Masked of;
    private final int words;
    private final long[] asking;

    /** The set for when the quantity cannot be read. */
    private final long[] silent;

    /** All others, one upon another. */
    private final long[] sets;

    /** Where ranges of values begin; or single values, each near the place to which it is hashed. */
    private final long[] values;

    /** Of each of them, the first word of its set. */
    private final int[] setOf;

    private final boolean hashed;
    private final int shift;

    /** The set of the values that are not among the single ones. */
    private final int otherwise;

    Dimension(Partition partition, int words) {
        this.of = partition.of();
        this.words = words;
        this.asking = Partition.words(partition.asking(), words);
        this.silent = Partition.words(partition.silent(), words);
        long[] starts = partition.starts();
        int[] setOfRange = new int[starts.length];
        this.sets = partition.flat(words, setOfRange);
        this.otherwise = setOfRange[starts.length - 1];
        this.hashed = partition.isOfSingles();
        if (!hashed) {
            this.shift = 0;
            this.values = starts;
            this.setOf = setOfRange;
            return;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(starts.length);
        this.shift = Long.SIZE - bits - 1;
        this.values = new long[2 << bits];
        this.setOf = new int[2 << bits];
        Arrays.fill(values, Quantity.OUTSIDE);
        Arrays.fill(setOf, otherwise);
        for (int range = 0; range < starts.length; range++) {
            if (partition.isSingle(range)) {
                int place = hashed(starts[range]);
                values[place] = starts[range];
                setOf[place] = setOfRange[range];
            }
        }
    }

    /** Leaves those of the ways on which the frame can be. */
    void narrow(long[] ways, Burst burst, int row, Slab slab, long offset, int captured, int length) {
        long value = of.read(burst, row, slab, offset, captured, length);
        if (value == Quantity.OUTSIDE) {
            for (int word = 0; word < words; word++) {
                ways[word] &= silent[word];
            }
            return;
        }
        int set = setOf[hashed ? hashed(value) : range(value)];
        for (int word = 0; word < words; word++) {
            ways[word] &= sets[set + word];
        }
    }

    boolean isOf(Masked quantity) {
        return of.equals(quantity);
    }

    /** How many of the ways ask something of it. */
    int asking(long[] ways) {
        int count = 0;
        for (int word = 0; word < words; word++) {
            count += Long.bitCount(ways[word] & asking[word]);
        }
        return count;
    }

    /** Where the value is, or the free place where it would be. */
    private int hashed(long value) {
        int place = (int) ((value * SPREAD) >>> shift);
        while (values[place] != value && values[place] != Quantity.OUTSIDE) {
            place = (place + 1) & (values.length - 1);
        }
        return place;
    }

    private int range(long value) {
        int least = 0;
        int most = values.length - 1;
        while (least < most) {
            int middle = (least + most + 1) >>> 1;
            if (values[middle] <= value) {
                least = middle;
            } else {
                most = middle - 1;
            }
        }
        return least;
    }
}
