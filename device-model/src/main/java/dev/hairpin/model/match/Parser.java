package dev.hairpin.model.match;

import dev.hairpin.model.match.Qualifier.Direction;
import dev.hairpin.model.match.Qualifier.Kind;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The grammar of pcap-filter, by descent. A primitive gives its condition as it is read, because the order in which {@code
 * vlan} and the others are read is part of their meaning. So is what an address inherits: after a primitive with an
 * address it is that primitive's qualifier, after any other it is none, and an address alone is refused there.
 */
final class Parser {
    private static final int MOST_CHARACTERS = 1 << 16;
    private static final int MOST_NESTED = 200;

    private static final Map<String, Kind> KINDS =
            Map.of("host", Kind.HOST, "net", Kind.NET, "port", Kind.PORT, "portrange", Kind.PORT_RANGE);
    private static final Map<String, Integer> LLC_SUPERVISORY = Map.of("rr", 0x01, "rnr", 0x05, "rej", 0x09);
    private static final Map<String, Integer> LLC_UNNUMBERED = Map.of(
            "ui", 0x03, "ua", 0x63, "disc", 0x43, "dm", 0x0F, "sabme", 0x6F, "test", 0xE3, "xid", 0xAF, "frmr", 0x87);

    private final String expression;
    private final Primitives primitives;
    private final Cursor cursor;
    private final Arithmetic arithmetic;
    private final Operands operands;
    private int nested;

    /** A condition, and what an address after it inherits; nothing when it has no addresses itself. */
    private record Term(Condition condition, @Nullable Qualifier qualifier) {}

    Parser(String expression, Primitives primitives) {
        if (expression.length() > MOST_CHARACTERS) {
            throw new MatchRefused(
                    expression.substring(0, 40) + "...",
                    MOST_CHARACTERS + 1,
                    expression.length() + " characters",
                    "at most " + MOST_CHARACTERS);
        }
        this.expression = expression;
        this.primitives = primitives;
        this.cursor = new Cursor(expression, new Lexer(expression).tokens());
        this.arithmetic = new Arithmetic(cursor, primitives);
        this.operands = new Operands(primitives);
    }

    Condition parse() {
        if (cursor.peek().kind() == Token.Kind.END) {
            return new Condition.Always(true);
        }
        Condition condition = expression(null).condition;
        if (cursor.peek().kind() != Token.Kind.END) {
            throw cursor.refused("\"and\", \"or\" or the end");
        }
        return condition;
    }

    private Term expression(@Nullable Qualifier inherited) {
        Term term = operand(inherited);
        while (cursor.peek().is("and") || cursor.peek().is("or")) {
            boolean all = cursor.next().is("and");
            Term right = operand(term.qualifier);
            term = new Term(joined(all, term.condition, right.condition), right.qualifier);
        }
        return term;
    }

    private static Condition joined(boolean all, Condition left, Condition right) {
        return all ? Condition.all(left, right) : Condition.any(left, right);
    }

    /** A primitive, an expression in parentheses, or a further address for what is inherited. */
    private Term operand(@Nullable Qualifier inherited) {
        enter();
        try {
            Token token = cursor.peek();
            if (token.is("!")) {
                cursor.next();
                Term term = operand(inherited);
                return new Term(Condition.not(term.condition), term.qualifier);
            }
            if (token.isName()) {
                return new Term(address(inherited), inherited);
            }
            if (token.kind() == Token.Kind.NUMBER || token.is("(")) {
                return numberOrParenthesis(inherited);
            }
            if (token.kind() == Token.Kind.RESERVED
                    && Names.PROTOCOLS.contains(token.text())
                    && !cursor.peek(1).is("[")) {
                return protocol();
            }
            return arithmetic.begins() && !Names.UNSUPPORTED.contains(token.text())
                    ? new Term(arithmetic.relation(), null)
                    : reserved();
        } finally {
            nested--;
        }
    }

    /** Of an accessor's relation, an address and a parenthesis the first tokens may be the same. */
    private Term numberOrParenthesis(@Nullable Qualifier inherited) {
        int mark = cursor.mark();
        MatchRefused noRelation;
        try {
            return new Term(arithmetic.relation(), null);
        } catch (MatchRefused refused) {
            noRelation = refused;
            cursor.reset(mark);
        }
        try {
            if (cursor.holdsAddresses()) {
                return new Term(address(inherited), inherited);
            }
            cursor.next();
            Term term = expression(inherited);
            cursor.expect(")");
            return new Term(term.condition, inherited);
        } catch (MatchRefused noParenthesis) {
            // Whichever understood more of it knows better what is wrong.
            throw noRelation.column() > noParenthesis.column() ? noRelation : noParenthesis;
        }
    }

    /** A primitive that begins with a protocol. */
    private Term protocol() {
        Token protocol = cursor.next();
        Token token = cursor.peek();
        if (token.is("broadcast")) {
            return new Term(primitives.broadcast(protocol.text(), cursor.next()), null);
        }
        if (token.is("multicast")) {
            return new Term(primitives.multicast(protocol.text(), cursor.next()), null);
        }
        if (beginsQualifier(token)) {
            return qualified(protocol.text());
        }
        if (token.kind() == Token.Kind.RESERVED && Names.UNSUPPORTED.contains(token.text())) {
            throw primitives.unsupported(token);
        }
        return new Term(primitives.protocol(protocol), null);
    }

    private static boolean beginsQualifier(Token token) {
        return token.kind() == Token.Kind.RESERVED
                && (token.is("src") || token.is("dst") || token.is("proto") || KINDS.containsKey(token.text()));
    }

    private Term qualified(String protocol) {
        Direction direction = direction();
        Kind kind = Kind.NONE;
        Token token = cursor.peek();
        Kind named = token.kind() == Token.Kind.RESERVED ? KINDS.get(token.text()) : null;
        if (named != null) {
            kind = named;
            cursor.next();
        } else if (token.is("proto") && direction == Direction.NONE) {
            kind = Kind.PROTOCOL;
            cursor.next();
        }
        Qualifier qualifier = new Qualifier(protocol, direction, kind);
        return new Term(address(qualifier), qualifier);
    }

    private Direction direction() {
        Token first = cursor.peek();
        if (!first.is("src") && !first.is("dst")) {
            return Direction.NONE;
        }
        cursor.next();
        Token joint = cursor.peek();
        String other = first.is("src") ? "dst" : "src";
        if ((joint.is("or") || joint.is("and")) && cursor.peek(1).is(other)) {
            cursor.next();
            cursor.next();
            return joint.is("or") ? Direction.EITHER : Direction.BOTH;
        }
        return first.is("src") ? Direction.SOURCE : Direction.DESTINATION;
    }

    /** A primitive that begins with any other reserved word. */
    private Term reserved() {
        Token token = cursor.peek();
        if (beginsQualifier(token)) {
            return qualified("");
        }
        if (token.kind() != Token.Kind.RESERVED) {
            throw cursor.refused("a primitive");
        }
        cursor.next();
        Condition condition = switch (token.text()) {
            case "vlan" -> primitives.vlan(cursor.beginsNumber() ? cursor.number() : null);
            case "less" -> length(0, cursor.plainNumber());
            case "greater" -> length(cursor.plainNumber(), Quantity.WORD);
            case "broadcast" -> primitives.broadcast("", token);
            case "multicast" -> primitives.multicast("", token);
            case "byte" -> octet();
            case "llc" -> llc();
            default ->
                throw Names.UNSUPPORTED.contains(token.text())
                        ? primitives.unsupported(token)
                        : primitives.refused(token, "a primitive");
        };
        return new Term(condition, null);
    }

    private static Condition length(long least, long most) {
        return Condition.within(new Quantity.Length(), -1L, least, most);
    }

    /** {@code byte 5 = 3}; for {@code &} and {@code |} libpcap compiles code that loads nothing. */
    private Condition octet() {
        Quantity octet = new Quantity.Field(cursor.plainNumber(), 1);
        Token operator = cursor.next();
        if (!operator.is("=") && !operator.is("<") && !operator.is(">")) {
            throw primitives.refused(operator, "\"=\", \"<\" or \">\"");
        }
        long value = cursor.plainNumber();
        long least = operator.is("=") ? value : operator.is(">") ? value + 1 : 0;
        long most = operator.is("=") ? value : operator.is(">") ? Quantity.WORD : value - 1;
        return Condition.within(octet, -1L, least, most);
    }

    private Condition llc() {
        Token token = cursor.peek();
        if (token.kind() != Token.Kind.NAME && !token.is("rnr")) {
            return primitives.llc(0, 0);
        }
        cursor.next();
        Integer supervisory = LLC_SUPERVISORY.get(token.text());
        Integer unnumbered = LLC_UNNUMBERED.get(token.text());
        if (supervisory != null) {
            return primitives.llc(supervisory, 0x0F);
        }
        if (unnumbered != null) {
            return primitives.llc(unnumbered, 0xEF);
        }
        return switch (token.text()) {
            case "i" -> primitives.llc(0, 1);
            case "s" -> primitives.llc(1, 3);
            case "u" -> primitives.llc(3, 3);
            default -> throw primitives.refused(token, "a type of LLC frame, such as ui");
        };
    }

    /** An address, number or name, or several of them in parentheses. */
    private Condition address(@Nullable Qualifier as) {
        enter();
        try {
            Token token = cursor.peek();
            if (as == null) {
                throw cursor.refused(
                        "a primitive; before \"" + token.text() + "\" is none whose qualifier it could share");
            }
            if (token.is("!")) {
                cursor.next();
                return Condition.not(address(as));
            }
            if (cursor.beginsNumber()) {
                return operands.number(cursor.number(), as);
            }
            if (token.is("(")) {
                cursor.next();
                Condition addresses = addresses(as);
                cursor.expect(")");
                return addresses;
            }
            if (!token.isName()) {
                throw cursor.refused(
                        token.kind() == Token.Kind.RESERVED
                                ? "an address, a number or a name; as a name it would be \"\\" + token.text() + "\""
                                : "an address, a number or a name");
            }
            cursor.next();
            return token.kind() == Token.Kind.IPV4 || token.kind() == Token.Kind.IPV6
                    ? operands.address(token, cursor, as)
                    : operands.name(token, as);
        } finally {
            nested--;
        }
    }

    private Condition addresses(Qualifier as) {
        if (cursor.peek().is("(") && !cursor.beginsNumber()) {
            throw primitives.refused(cursor.peek(1), "a number, where a parenthesis begins with another");
        }
        Condition addresses = address(as);
        while (cursor.peek().is("and") || cursor.peek().is("or")) {
            boolean all = cursor.next().is("and");
            addresses = joined(all, addresses, address(as));
        }
        return addresses;
    }

    private void enter() {
        if (nested == MOST_NESTED) {
            throw new MatchRefused(
                    expression, cursor.peek().column(), "what is nested deeper than " + MOST_NESTED, "less");
        }
        nested++;
    }
}
