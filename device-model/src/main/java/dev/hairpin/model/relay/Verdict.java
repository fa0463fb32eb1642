package dev.hairpin.model.relay;

import org.jspecify.annotations.Nullable;

/**
 * What a policy says of a frame.
 *
 * @param end how it ends
 * @param redirect the port to redirect to, where it ends so
 * @param mirrors ports that get a copy, ascending
 * @param vid the VLAN it is put in, or 0
 * @param pcp its new priority, or -1
 * @param rules numbers, from 1, of the rules that said so, ascending
 */
record Verdict(End end, int redirect, int[] mirrors, int vid, int pcp, int[] rules) {
    /** No rule applied. */
    static final Verdict NONE = new Verdict(End.PERMIT, -1, new int[0], 0, -1, new int[0]);

    /** How a policy ends. */
    enum End {
        /** The relay's mode decides. */
        PERMIT,
        DROP,
        /** Dropped, for its bucket had too little. */
        OVER_RATE,
        REDIRECT,
        HAIRPIN,
        SWITCH_LOCALLY
    }

    /** Whether it changes the frame's tag. */
    boolean retags() {
        return vid != 0 || pcp >= 0;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
