package dev.hairpin.model.match;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts an expression into tokens; at each place the longest that fits, as libpcap does. */
final class Lexer {
    private static final Pattern WORD = Pattern.compile("[A-Za-z0-9](?:[-_.A-Za-z0-9]*[.A-Za-z0-9])?");
    private static final Pattern ESCAPED = Pattern.compile("\\\\[^ !()\\n\\t]+");
    private static final Pattern WITH_COLONS = Pattern.compile("[0-9A-Fa-f:.]+");
    private static final Pattern NUMBER = Pattern.compile("[0-9]+|0[xX][0-9A-Fa-f]+");
    private static final Pattern IPV4 = Pattern.compile("[0-9]+(?:\\.[0-9]+){1,3}");
    private static final Pattern ETHERNET =
            Pattern.compile("HH?([:.-])HH?(?:\\1HH?){4}|HHHH\\.HHHH\\.HHHH|H{12}".replace("H", "[0-9A-Fa-f]"));
    private static final Pattern SIGN = Pattern.compile("&&|\\|\\||>=|<=|!=|==|<<|>>|[-+*/%:\\[\\]!<>()&|^=]");

    private final String expression;

    Lexer(String expression) {
        this.expression = expression;
    }

    /** The last is {@link Token.Kind#END}. */
    List<Token> tokens() {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < expression.length()) {
            if (" \t\r\n".indexOf(expression.charAt(at)) >= 0) {
                at++;
                continue;
            }
            String text = withColons(at);
            if (text.isEmpty()) {
                text = match(WORD, at);
                if (text.isEmpty()) {
                    text = match(ESCAPED, at);
                    tokens.add(text.isEmpty() ? sign(at) : new Token(Token.Kind.NAME, text.substring(1), 0, at + 1));
                    at += text.isEmpty() ? match(SIGN, at).length() : text.length();
                    continue;
                }
                tokens.add(word(text, at + 1));
            } else {
                tokens.add(address(text, at + 1));
            }
            at += text.length();
        }
        tokens.add(new Token(Token.Kind.END, "", 0, expression.length() + 1));
        return tokens;
    }

    /** An Ethernet address or one of IPv6 from {@code at}, or what looks like one; empty when there is none. */
    private String withColons(int at) {
        String run = match(WITH_COLONS, at);
        if (run.startsWith(":") && !run.startsWith("::")) {
            return "";
        }
        long colons = run.chars().filter(c -> c == ':').count();
        return colons < 2 ? "" : run;
    }

    private Token address(String text, int column) {
        if (ETHERNET.matcher(text).matches()) {
            return new Token(Token.Kind.ETHERNET, text, 0, column);
        }
        if (Addresses.ipv6(text).isEmpty()) {
            throw new MatchRefused(expression, column, "\"" + text + "\"", "an Ethernet or IPv6 address");
        }
        return new Token(Token.Kind.IPV6, text, 0, column);
    }

    private Token word(String text, int column) {
        if (ETHERNET.matcher(text).matches()) {
            return new Token(Token.Kind.ETHERNET, text, 0, column);
        }
        if (NUMBER.matcher(text).matches()) {
            return new Token(Token.Kind.NUMBER, text, number(text, column), column);
        }
        if (IPV4.matcher(text).matches()) {
            return new Token(Token.Kind.IPV4, text, 0, column);
        }
        Integer value = Names.number(text);
        if (value != null) {
            return new Token(Token.Kind.NUMBER, text, value, column);
        }
        String reserved = Names.reserved(text);
        if (reserved != null) {
            return new Token(Token.Kind.RESERVED, reserved, 0, column);
        }
        return new Token(Token.Kind.NAME, text, 0, column);
    }

    /** Decimal, hexadecimal after 0x, octal after 0. */
    private long number(String text, int column) {
        boolean hexadecimal = text.startsWith("0x") || text.startsWith("0X");
        boolean octal = !hexadecimal && text.length() > 1 && text.startsWith("0");
        try {
            long value = Long.parseLong(hexadecimal ? text.substring(2) : text, hexadecimal ? 16 : octal ? 8 : 10);
            if (value <= Quantity.WORD) {
                return value;
            }
        } catch (NumberFormatException refusedBelow) {
            // Too long even for 64 bits, or an 8 or 9 in an octal number.
        }
        throw new MatchRefused(
                expression,
                column,
                "\"" + text + "\"",
                octal ? "an octal number of 32 bits, since it begins with 0" : "a number of 32 bits");
    }

    private Token sign(int at) {
        String text = match(SIGN, at);
        return switch (text) {
            case "" ->
                throw new MatchRefused(
                        expression, at + 1, "\"" + expression.charAt(at) + "\"", "a word, a number or an operator");
            case "&&" -> new Token(Token.Kind.RESERVED, "and", 0, at + 1);
            case "||" -> new Token(Token.Kind.RESERVED, "or", 0, at + 1);
            case "!" -> new Token(Token.Kind.RESERVED, "!", 0, at + 1);
            case "==" -> new Token(Token.Kind.SIGN, "=", 0, at + 1);
            default -> new Token(Token.Kind.SIGN, text, 0, at + 1);
        };
    }

    private String match(Pattern pattern, int at) {
        Matcher matcher = pattern.matcher(expression).region(at, expression.length());
        return matcher.lookingAt() ? matcher.group() : "";
    }
}
