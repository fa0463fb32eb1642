package dev.hairpin.model.match;

import java.util.Arrays;

/** A set of numbers from zero up, as ranges. Immutable; equal sets are equal. */
final class Values {
    static final Values NONE = new Values(new long[0]);
    static final Values ALL = of(0, Long.MAX_VALUE);

    /** The least and the most of each range, in order, with numbers left out between any two. */
    private final long[] bounds;

    private Values(long[] bounds) {
        this.bounds = bounds;
    }

    /** From {@code least} to {@code most}; none when that is less. */
    static Values of(long least, long most) {
        return least > most ? NONE : new Values(new long[] {least, most});
    }

    static Values each(long[] values) {
        Values all = NONE;
        for (long value : values) {
            all = all.or(of(value, value));
        }
        return all;
    }

    boolean isEmpty() {
        return bounds.length == 0;
    }

    int ranges() {
        return bounds.length / 2;
    }

    long least(int range) {
        return bounds[2 * range];
    }

    long most(int range) {
        return bounds[2 * range + 1];
    }

    boolean has(long value) {
        for (int at = 0; at < bounds.length; at += 2) {
            if (value <= bounds[at + 1]) {
                return value >= bounds[at];
            }
        }
        return false;
    }

    /** What is in both. */
    Values and(Values other) {
        long[] both = new long[bounds.length + other.bounds.length];
        int size = 0;
        int mine = 0;
        int theirs = 0;
        while (mine < ranges() && theirs < other.ranges()) {
            long least = Math.max(least(mine), other.least(theirs));
            long most = Math.min(most(mine), other.most(theirs));
            if (least <= most) {
                both[size++] = least;
                both[size++] = most;
            }
            if (most(mine) < other.most(theirs)) {
                mine++;
            } else {
                theirs++;
            }
        }
        return new Values(Arrays.copyOf(both, size));
    }

    /** What is in one of them. */
    Values or(Values other) {
        return not().and(other.not()).not();
    }

    /** What is not in it. */
    Values not() {
        long[] gaps = new long[bounds.length + 2];
        int size = 0;
        long next = 0;
        for (int range = 0; range < ranges(); range++) {
            if (least(range) > next) {
                gaps[size++] = next;
                gaps[size++] = least(range) - 1;
            }
            if (most(range) == Long.MAX_VALUE) {
                return new Values(Arrays.copyOf(gaps, size));
            }
            next = most(range) + 1;
        }
        gaps[size++] = next;
        gaps[size++] = Long.MAX_VALUE;
        return new Values(Arrays.copyOf(gaps, size));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Values values && Arrays.equals(bounds, values.bounds);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bounds);
    }

    @Override
    public String toString() {
        return Arrays.toString(bounds);
    }
}
