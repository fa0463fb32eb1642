package dev.hairpin.experiments.topology;

/** A line that is no change: says where, what was found, and what iproute2 would expect. */
public final class ChangeInvalid extends Exception {
    private static final long serialVersionUID = 1L;

    private final int column;

    ChangeInvalid(int column, String found, String expected) {
        super("column " + column + ": found " + found + ", expected " + expected);
        this.column = column;
    }

    /** Where in the line, counting characters from 1. */
    public int column() {
        return column;
    }
}
