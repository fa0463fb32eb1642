package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import org.jspecify.annotations.Nullable;

/**
 * A number computed of a frame: unsigned, 32 bits as in BPF, 48 for an Ethernet address. Equal quantities are the same
 * number for every frame.
 */
sealed interface Quantity {
    /** Instead of the number, when octets behind the capture's end are read or a divisor is zero: no frame matches. */
    long OUTSIDE = -1;

    long WORD = 0xFFFF_FFFFL;

    /** See {@link FrameMatch}; without a burst the row has no meaning. Seven numbers, because nothing is allocated. */
    long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length);

    /** How long it takes, compared with one that is in a column. */
    default int cost() {
        return 6;
    }

    /** No frame has more. */
    default long most() {
        return WORD;
    }

    /** The greatest number of that many octets. */
    static long most(int octets) {
        return (1L << (Byte.SIZE * octets)) - 1;
    }

    /** Always the same. */
    record Constant(long value) implements Quantity {
        @Override
        public long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            return value;
        }
    }

    /** Octets on the wire. */
    record Length() implements Quantity {
        @Override
        public long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            return length;
        }

        @Override
        public int cost() {
            return 1;
        }
    }

    /** Octets at a known place. */
    record Field(long at, int size) implements Quantity {
        @Override
        public long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            return Octets.read(burst, row, slab, offset, captured, at, size);
        }

        @Override
        public long most() {
            return Quantity.most(size);
        }

        @Override
        public int cost() {
            return Octets.isInColumns(at, size) ? 1 : 2;
        }
    }

    /** Octets at a computed place. */
    record Indexed(long base, int size, Quantity index) implements Quantity {
        @Override
        public long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            long at = index.of(burst, row, slab, offset, captured, length);
            return at == OUTSIDE ? OUTSIDE : Octets.read(burst, row, slab, offset, captured, base + at, size);
        }

        @Override
        public long most() {
            return Quantity.most(size);
        }
    }

    /** Octets behind the IPv4 header that begins at {@code header}, as long as it says. */
    record BehindIpv4(long header, int size, Quantity index) implements Quantity {
        @Override
        public long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            long at = index.of(burst, row, slab, offset, captured, length);
            long first = Octets.read(burst, row, slab, offset, captured, header, 1);
            if (at == OUTSIDE || first == OUTSIDE) {
                return OUTSIDE;
            }
            long behind = (4 * (first & 0xF) + at) & WORD;
            return Octets.read(burst, row, slab, offset, captured, header + behind, size);
        }

        @Override
        public long most() {
            return Quantity.most(size);
        }

        @Override
        public int cost() {
            return 4;
        }
    }

    /** The two's complement. */
    record Negative(Quantity operand) implements Quantity {
        @Override
        public long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            long value = operand.of(burst, row, slab, offset, captured, length);
            return value == OUTSIDE ? OUTSIDE : -value & WORD;
        }
    }

    /** Both sides are computed before. */
    record Computed(Operator operator, Quantity left, Quantity right) implements Quantity {
        @Override
        public long of(@Nullable Burst burst, int row, Slab slab, long offset, int captured, int length) {
            long first = left.of(burst, row, slab, offset, captured, length);
            long second = right.of(burst, row, slab, offset, captured, length);
            return first == OUTSIDE || second == OUTSIDE ? OUTSIDE : operator.of(first, second);
        }
    }

    /** Arithmetic of 32 bits, unsigned. */
    enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        REMAINDER("%"),
        AND("&"),
        OR("|"),
        XOR("^"),
        LEFT("<<"),
        RIGHT(">>");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        static @Nullable Operator of(String symbol) {
            for (Operator operator : values()) {
                if (operator.symbol.equals(symbol)) {
                    return operator;
                }
            }
            return null;
        }

        /**
         * How close it binds. Zero for the two to which the grammar of libpcap gives no precedence: what stands to the
         * right of them is taken as far as it goes, and they take the operand to their left from any other.
         */
        int precedence() {
            return switch (this) {
                case OR -> 1;
                case AND -> 2;
                case LEFT, RIGHT -> 3;
                case ADD, SUBTRACT -> 4;
                case MULTIPLY, DIVIDE -> 5;
                case REMAINDER, XOR -> 0;
            };
        }

        long of(long left, long right) {
            return switch (this) {
                case ADD -> (left + right) & WORD;
                case SUBTRACT -> (left - right) & WORD;
                case MULTIPLY -> (left * right) & WORD;
                case DIVIDE -> right == 0 ? OUTSIDE : left / right;
                case REMAINDER -> right == 0 ? OUTSIDE : left % right;
                case AND -> left & right;
                case OR -> left | right;
                case XOR -> left ^ right;
                case LEFT -> right < Integer.SIZE ? (left << right) & WORD : 0;
                case RIGHT -> right < Integer.SIZE ? left >>> right : 0;
            };
        }
    }
}
