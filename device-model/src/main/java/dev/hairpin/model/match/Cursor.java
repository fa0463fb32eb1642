package dev.hairpin.model.match;

import java.util.List;
import java.util.Set;

/** A place among the tokens of an expression. */
final class Cursor {
    private static final Set<String> RELATIONS = Set.of("=", "!=", "<", "<=", ">", ">=");

    private final String expression;
    private final List<Token> tokens;
    private int at;

    Cursor(String expression, List<Token> tokens) {
        this.expression = expression;
        this.tokens = tokens;
    }

    Token peek() {
        return peek(0);
    }

    Token peek(int ahead) {
        return tokens.get(Math.min(at + ahead, tokens.size() - 1));
    }

    Token next() {
        Token token = peek();
        at++;
        return token;
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    void expect(String sign) {
        if (!peek().is(sign)) {
            throw refused("\"" + sign + "\"");
        }
        next();
    }

    /** A number, and not in parentheses. */
    long plainNumber() {
        if (peek().kind() != Token.Kind.NUMBER) {
            throw refused("a number");
        }
        return next().value();
    }

    /** Whether a number follows, which may stand in parentheses. */
    boolean beginsNumber() {
        int open = count("(", 0);
        if (peek(open).kind() != Token.Kind.NUMBER) {
            return false;
        }
        return count(")", open + 1) >= open;
    }

    /** That number. */
    Token number() {
        int open = count("(", 0);
        at += open;
        Token number = next();
        at += open;
        return number;
    }

    /**
     * Whether what follows is an address or addresses in parentheses, and not a condition: if the first that is neither a
     * parenthesis nor {@code not} is an address, or a number with which nothing is computed or compared.
     */
    boolean holdsAddresses() {
        int first = 0;
        while (peek(first).is("(") || peek(first).is("!")) {
            first++;
        }
        if (peek(first).kind() != Token.Kind.NUMBER) {
            return peek(first).isName();
        }
        Token behind = peek(first + 1 + count(")", first + 1));
        return behind.kind() != Token.Kind.SIGN
                || (!RELATIONS.contains(behind.text()) && Quantity.Operator.of(behind.text()) == null);
    }

    /** What stands here is refused. */
    MatchRefused refused(String expected) {
        Token token = peek();
        return new MatchRefused(expression, token.column(), token.described(), expected);
    }

    private int count(String sign, int from) {
        int count = 0;
        while (peek(from + count).is(sign)) {
            count++;
        }
        return count;
    }
}
