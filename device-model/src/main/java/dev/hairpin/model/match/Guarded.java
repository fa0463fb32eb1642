package dev.hairpin.model.match;

import dev.hairpin.model.match.Condition.Comparison;
import org.jspecify.annotations.Nullable;

/** A number of an expression and what must hold before it is computed: that the frame is of the protocol asked. */
record Guarded(@Nullable Condition guard, Quantity quantity) {
    private static final long ALL_BITS = -1L;

    static Guarded constant(long value) {
        return new Guarded(null, new Quantity.Constant(value));
    }

    /** As libpcap does it, the guard of the right side is forgotten. */
    static Guarded computed(Quantity.Operator operator, Guarded left, Guarded right) {
        if (left.quantity instanceof Quantity.Constant first && right.quantity instanceof Quantity.Constant second) {
            long value = operator.of(first.value(), second.value());
            if (value != Quantity.OUTSIDE) {
                return new Guarded(left.guard, new Quantity.Constant(value));
            }
        }
        return new Guarded(left.guard, new Quantity.Computed(operator, left.quantity, right.quantity));
    }

    Guarded negative() {
        return new Guarded(
                guard,
                quantity instanceof Quantity.Constant constant
                        ? new Quantity.Constant(-constant.value() & Quantity.WORD)
                        : new Quantity.Negative(quantity));
    }

    /** Two numbers compared, or that comparison negated, when their guards hold. */
    static Condition relation(Guarded left, Comparison comparison, Guarded right, boolean negated) {
        Condition relation = relation(left.quantity, comparison, right.quantity);
        if (negated) {
            relation = Condition.not(relation);
        }
        Condition guard = right.guard == null ? left.guard : joined(left.guard, right.guard);
        return guard == null ? relation : Condition.all(guard, relation);
    }

    static Condition joined(@Nullable Condition first, Condition second) {
        return first == null ? second : Condition.all(first, second);
    }

    private static Condition relation(Quantity left, Comparison comparison, Quantity right) {
        if (right instanceof Quantity.Constant constant) {
            long value = constant.value();
            long least = comparison == Comparison.GREATER ? value + 1 : value;
            long most = comparison == Comparison.EQUAL ? value : Quantity.WORD;
            if (left instanceof Quantity.Computed masked
                    && masked.operator() == Quantity.Operator.AND
                    && masked.right() instanceof Quantity.Constant mask) {
                return Condition.within(masked.left(), mask.value(), least, most);
            }
            return Condition.within(left, ALL_BITS, least, most);
        }
        if (left instanceof Quantity.Constant constant) {
            long value = constant.value();
            long least = comparison == Comparison.EQUAL ? value : 0;
            long most = comparison == Comparison.GREATER ? value - 1 : value;
            return Condition.within(right, ALL_BITS, least, most);
        }
        return new Condition.Relation(left, comparison, right);
    }
}
