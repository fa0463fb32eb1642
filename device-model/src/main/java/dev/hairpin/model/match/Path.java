package dev.hairpin.model.match;

import org.jspecify.annotations.Nullable;

/**
 * What is known of a frame on one way through conditions: the values that quantities can have, which of them can be read
 * and which cannot. Each step gives the path with what it adds, or null when that contradicts what was known.
 *
 * @param of a masked quantity, a relation or a quantity that may be unreadable
 * @param values that it can have; of a relation 1 for holds, of a quantity 1 for can be read
 * @param readTo octets that the frame has at least
 * @param cutBefore octets that it does not have
 */
record Path(@Nullable Path before, Object of, Values values, long readTo, long cutBefore) {
    static final Path START = new Path(null, "", Values.ALL, 0, Long.MAX_VALUE);

    private static final Values YES = Values.of(1, 1);
    private static final Values NO = Values.of(0, 0);

    @Nullable
    Path claimed(Claim claim) {
        Path read = read(claim.of().quantity());
        return read == null ? null : read.with(claim.of(), claim.of().all(), claim.values());
    }

    @Nullable
    Path related(Condition.Relation relation, boolean holds) {
        Path left = read(relation.left());
        Path both = left == null ? null : left.read(relation.right());
        return both == null ? null : both.with(relation, Values.ALL, holds ? YES : NO);
    }

    /** The quantity cannot be read. */
    @Nullable
    Path cut(Quantity quantity) {
        if (quantity instanceof Quantity.Constant || quantity instanceof Quantity.Length) {
            return null;
        }
        if (quantity instanceof Quantity.Field field) {
            long end = field.at() + field.size();
            return end <= readTo ? null : new Path(before, of, values, readTo, Math.min(cutBefore, end));
        }
        return with(quantity, Values.ALL, NO);
    }

    /** The quantity can be read. */
    private @Nullable Path read(Quantity quantity) {
        if (quantity instanceof Quantity.Constant || quantity instanceof Quantity.Length) {
            return this;
        }
        if (quantity instanceof Quantity.Field field) {
            long end = field.at() + field.size();
            return end >= cutBefore ? null : new Path(before, of, values, Math.max(readTo, end), cutBefore);
        }
        Path path = this;
        if (quantity instanceof Quantity.BehindIpv4 behind) {
            path = read(new Quantity.Field(behind.header(), 1));
        }
        return path == null ? null : path.with(quantity, Values.ALL, YES);
    }

    private @Nullable Path with(Object added, Values all, Values now) {
        Values known = all;
        for (Path path = this; path != null; path = path.before) {
            if (path.of.equals(added)) {
                known = path.values;
                break;
            }
        }
        Values left = known.and(now);
        if (left.isEmpty()) {
            return null;
        }
        return left.equals(known) ? this : new Path(this, added, left, readTo, cutBefore);
    }
}
