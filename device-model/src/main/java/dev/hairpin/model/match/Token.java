package dev.hairpin.model.match;

/**
 * A word or sign of an expression.
 *
 * @param text as written, except that a reserved word has its one spelling and {@code \ip} is without the backslash
 * @param value of a number
 * @param column where it begins, from 1
 */
record Token(Kind kind, String text, long value, int column) {
    enum Kind {
        NUMBER,
        /** Any word that is not reserved, and any after a backslash. */
        NAME,
        ETHERNET,
        /** Two to four numbers with dots between. */
        IPV4,
        IPV6,
        RESERVED,
        SIGN,
        END
    }

    boolean is(String reserved) {
        return (kind == Kind.RESERVED || kind == Kind.SIGN) && text.equals(reserved);
    }

    /** Something an expression asks for with {@code host}, {@code port} and the like, other than a number. */
    boolean isName() {
        return kind == Kind.NAME || kind == Kind.ETHERNET || kind == Kind.IPV4 || kind == Kind.IPV6;
    }

    /** For a message. */
    String described() {
        return kind == Kind.END ? "the end" : "\"" + text + "\"";
    }
}
