package dev.hairpin.model.match;

/** An expression that is none, or that uses what is not supported; says where, what was found, and what was expected. */
public final class MatchRefused extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final int column;
    private final String found;
    private final String expected;

    MatchRefused(String expression, int column, String found, String expected) {
        super("match \"" + expression + "\", column " + column + ": found " + found + ", expected " + expected);
        this.column = column;
        this.found = found;
        this.expected = expected;
    }

    /** Where, counting characters from 1. */
    public int column() {
        return column;
    }

    /** What stands there. */
    public String found() {
        return found;
    }

    /** What could have stood there. */
    public String expected() {
        return expected;
    }
}
