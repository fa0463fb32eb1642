package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import org.jspecify.annotations.Nullable;

/** What a condition says of one quantity, and all it says: that it can be read, and that it is one of some values. */
record Claim(Masked of, Values values) {
    /** A quantity, some bits of it. */
    record Masked(Quantity quantity, long mask) {
        /** Its value for a frame, or {@link Quantity#OUTSIDE}; the parameters are those of {@link Quantity#of}. */
        long read(Burst burst, int row, Slab slab, long offset, int captured, int length) {
            // Most are fields; asking first spares the call through the interface.
            long value = quantity instanceof Quantity.Field field
                    ? Octets.read(burst, row, slab, offset, captured, field.at(), field.size())
                    : quantity.of(burst, row, slab, offset, captured, length);
            return value == Quantity.OUTSIDE ? Quantity.OUTSIDE : value & mask;
        }

        /** What it can be at all. */
        Values all() {
            long most = quantity.most();
            return Values.of(0, mask < 0 ? most : Math.min(most, mask));
        }
    }

    /** Whether it is true of a frame; the parameters are those of {@link Quantity#of}. */
    boolean isTrue(Burst burst, int row, Slab slab, long offset, int captured, int length) {
        long value = of.read(burst, row, slab, offset, captured, length);
        return value != Quantity.OUTSIDE && values.has(value);
    }

    /** What it says to hold, or not to hold; null when it is no such condition. */
    static @Nullable Claim of(Condition condition, boolean holds) {
        Masked of;
        Values values;
        if (condition instanceof Condition.Within within) {
            of = new Masked(within.quantity(), within.mask());
            values = Values.of(within.least(), within.most());
        } else if (condition instanceof Condition.OneOf some) {
            of = new Masked(some.field(), some.mask());
            values = Values.each(some.values());
        } else {
            return null;
        }
        return new Claim(of, (holds ? values : values.not()).and(of.all()));
    }
}
