package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A condition on a frame. It holds, or does not, or rejects the frame whatever the rest of the expression says, as a BPF
 * program does that reads behind the end.
 */
sealed interface Condition {
    int FALSE = 0;
    int TRUE = 1;
    int REJECT = -1;

    /** A mask that leaves the quantity as it is. */
    long ALL_BITS = -1L;

    /** {@link #TRUE}, {@link #FALSE} or {@link #REJECT}. The parameters are those of {@link Quantity#of}. */
    int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length);

    static Condition within(Quantity quantity, long mask, long least, long most) {
        if (quantity instanceof Quantity.Constant constant) {
            return new Always((constant.value() & mask) >= least && (constant.value() & mask) <= most);
        }
        if (least == most && quantity instanceof Quantity.Field field) {
            long free = ~mask & field.most();
            // What the mask leaves free is at the end: such values are a range, which compares with other ranges.
            if ((free & (free + 1)) == 0 && (least & ~(mask & field.most())) == 0) {
                return new Within(quantity, ALL_BITS, least, least | free);
            }
        }
        return new Within(quantity, mask, least, most);
    }

    static Condition equal(long at, int size, long value) {
        return new Within(new Quantity.Field(at, size), ALL_BITS, value, value);
    }

    /** Masked octets. */
    static Condition equal(long at, int size, long value, long mask) {
        return within(new Quantity.Field(at, size), mask, value, value);
    }

    /** Every one, from left to right, up to the first that does not hold. */
    static Condition all(Condition... parts) {
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            if (part instanceof All all) {
                flat.addAll(Arrays.asList(all.parts));
            } else {
                flat.add(part);
            }
        }
        return new All(flat.toArray(new Condition[0]));
    }

    /** Any one, from left to right, up to the first that holds. */
    static Condition any(Condition... parts) {
        List<Condition> flat = new ArrayList<>();
        for (Condition part : parts) {
            for (Condition one : part instanceof Any any ? any.parts : new Condition[] {part}) {
                Condition joined = flat.isEmpty() ? null : OneOf.join(flat.get(flat.size() - 1), one);
                if (joined == null) {
                    flat.add(one);
                } else {
                    flat.set(flat.size() - 1, joined);
                }
            }
        }
        return flat.size() == 1 ? flat.get(0) : new Any(flat.toArray(new Condition[0]));
    }

    static Condition not(Condition condition) {
        return condition instanceof Not not ? not.condition : new Not(condition);
    }

    /** Reads nothing. */
    record Always(boolean holds) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            return holds ? TRUE : FALSE;
        }
    }

    /** A quantity, masked, lies in a range. */
    record Within(Quantity quantity, long mask, long least, long most) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            // Most are fields; asking first spares the call through the interface.
            long value = quantity instanceof Quantity.Field field
                    ? Octets.read(burst, row, slab, offset, captured, field.at(), field.size())
                    : quantity.of(burst, row, slab, offset, captured, length);
            if (value == Quantity.OUTSIDE) {
                return REJECT;
            }
            value &= mask;
            return value >= least && value <= most ? TRUE : FALSE;
        }
    }

    /** A field, masked, is one of some values: several {@link Within} that read it once. */
    record OneOf(Quantity.Field field, long mask, long[] values) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            long value = Octets.read(burst, row, slab, offset, captured, field.at(), field.size());
            if (value == Quantity.OUTSIDE) {
                return REJECT;
            }
            value &= mask;
            for (long candidate : values) {
                if (candidate == value) {
                    return TRUE;
                }
            }
            return FALSE;
        }

        private static @Nullable Condition join(Condition left, Condition right) {
            if (!(right instanceof Within added)
                    || added.least != added.most
                    || !(added.quantity instanceof Quantity.Field field)) {
                return null;
            }
            long[] values;
            if (left instanceof OneOf some && some.field.equals(field) && some.mask == added.mask) {
                values = Arrays.copyOf(some.values, some.values.length + 1);
            } else if (left instanceof Within one
                    && one.least == one.most
                    && one.quantity.equals(field)
                    && one.mask == added.mask) {
                values = new long[] {one.least, 0};
            } else {
                return null;
            }
            values[values.length - 1] = added.least;
            return new OneOf(field, added.mask, values);
        }
    }

    /** Two quantities compared, both computed before. */
    record Relation(Quantity left, Comparison comparison, Quantity right) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            long first = left.of(burst, row, slab, offset, captured, length);
            long second = right.of(burst, row, slab, offset, captured, length);
            if (first == Quantity.OUTSIDE || second == Quantity.OUTSIDE) {
                return REJECT;
            }
            boolean holds = switch (comparison) {
                case EQUAL -> first == second;
                case GREATER -> first > second;
                case AT_LEAST -> first >= second;
            };
            return holds ? TRUE : FALSE;
        }
    }

    /** The others are these, negated. */
    enum Comparison {
        EQUAL,
        GREATER,
        AT_LEAST
    }

    /** Does not hold; rejects where that rejects. */
    record Not(Condition condition) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            int outcome = condition.of(burst, row, slab, offset, captured, length);
            return outcome == REJECT ? REJECT : TRUE - outcome;
        }
    }

    record All(Condition[] parts) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            for (Condition part : parts) {
                int outcome = part.of(burst, row, slab, offset, captured, length);
                if (outcome != TRUE) {
                    return outcome;
                }
            }
            return TRUE;
        }
    }

    record Any(Condition[] parts) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            for (Condition part : parts) {
                int outcome = part.of(burst, row, slab, offset, captured, length);
                if (outcome != FALSE) {
                    return outcome;
                }
            }
            return FALSE;
        }
    }

    /** A condition that stands in several places of a {@link MatchList} and is computed for each frame once. */
    record Remembered(Condition condition, Memory memory, int place) implements Condition {
        @Override
        public int of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            if (memory.knows(place)) {
                return memory.outcome(place);
            }
            int outcome = condition.of(burst, row, slab, offset, captured, length);
            memory.remember(place, outcome);
            return outcome;
        }
    }
}
