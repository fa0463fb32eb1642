package dev.hairpin.model.match;

import dev.hairpin.model.match.Condition.Comparison;

/** The part of the grammar that computes: accessors, operators, relations. */
final class Arithmetic {
    /** Binds closer than any operator. */
    private static final int SIGN = 6;

    private static final int MOST_NESTED = 200;
    private static final int LARGEST_SHIFT = 31;

    private final Cursor cursor;
    private final Primitives primitives;
    private int nested;

    Arithmetic(Cursor cursor, Primitives primitives) {
        this.cursor = cursor;
        this.primitives = primitives;
    }

    /** Whether what follows computes, when it is neither a number nor a parenthesis. */
    boolean begins() {
        return cursor.peek().is("-")
                || cursor.peek().is("len")
                || cursor.peek(1).is("[");
    }

    /** {@code arithmetic relation arithmetic}. */
    Condition relation() {
        nested = 0;
        Guarded left = arithmetic(Integer.MIN_VALUE);
        String operator =
                cursor.peek().kind() == Token.Kind.SIGN ? cursor.peek().text() : "";
        Comparison comparison = switch (operator) {
            case "=", "!=" -> Comparison.EQUAL;
            case ">", "<=" -> Comparison.GREATER;
            case ">=", "<" -> Comparison.AT_LEAST;
            default -> throw cursor.refused("an operator or a relation such as \"=\"");
        };
        cursor.next();
        Guarded right = arithmetic(Integer.MIN_VALUE);
        boolean negated = operator.equals("!=") || operator.equals("<") || operator.equals("<=");
        return Guarded.relation(left, comparison, right, negated);
    }

    /**
     * Operands and operators up to one that the operator before, of the given precedence, binds as close as. One of the
     * two without a precedence lets all others be taken.
     */
    private Guarded arithmetic(int before) {
        if (++nested > MOST_NESTED) {
            throw cursor.refused("less that is nested");
        }
        Guarded left = operand();
        while (cursor.peek().kind() == Token.Kind.SIGN) {
            Quantity.Operator operator = Quantity.Operator.of(cursor.peek().text());
            if (operator == null || (before != 0 && operator.precedence() != 0 && operator.precedence() <= before)) {
                break;
            }
            cursor.next();
            Token token = cursor.peek();
            Guarded right = arithmetic(operator.precedence());
            check(operator, right.quantity(), token);
            left = Guarded.computed(operator, left, right);
        }
        nested--;
        return left;
    }

    private void check(Quantity.Operator operator, Quantity right, Token token) {
        if (!(right instanceof Quantity.Constant constant)) {
            return;
        }
        switch (operator) {
            case DIVIDE, REMAINDER -> {
                if (constant.value() == 0) {
                    throw primitives.refused(token, "a divisor other than zero");
                }
            }
            case LEFT, RIGHT -> {
                if (constant.value() > LARGEST_SHIFT) {
                    throw primitives.refused(token, "a shift of at most " + LARGEST_SHIFT + " bits");
                }
            }
            default -> {
                // Anything goes.
            }
        }
    }

    private Guarded operand() {
        Token token = cursor.peek();
        if (token.kind() == Token.Kind.NUMBER) {
            return Guarded.constant(cursor.next().value());
        }
        if (token.is("-")) {
            cursor.next();
            return arithmetic(SIGN).negative();
        }
        if (token.is("len")) {
            cursor.next();
            return new Guarded(null, new Quantity.Length());
        }
        if (token.is("(")) {
            cursor.next();
            Guarded inner = arithmetic(Integer.MIN_VALUE);
            cursor.expect(")");
            return inner;
        }
        if (!cursor.peek(1).is("[")) {
            throw cursor.refused("a number, \"len\" or octets such as \"ip[0]\"");
        }
        return accessor();
    }

    private Guarded accessor() {
        Token of = cursor.next();
        if (of.kind() == Token.Kind.RESERVED && Names.UNSUPPORTED.contains(of.text())) {
            throw primitives.unsupported(of);
        }
        if (of.kind() != Token.Kind.RESERVED || !Names.PROTOCOLS.contains(of.text())) {
            throw primitives.refused(of, "a protocol whose octets can be asked for");
        }
        cursor.expect("[");
        Guarded index = arithmetic(Integer.MIN_VALUE);
        int size = 1;
        if (cursor.peek().is(":")) {
            cursor.next();
            Token token = cursor.peek();
            long octets = cursor.plainNumber();
            if (octets != 1 && octets != 2 && octets != 4) {
                throw primitives.refused(token, "1, 2 or 4 octets");
            }
            size = (int) octets;
        }
        cursor.expect("]");
        return primitives.octets(of, index, size);
    }
}
