package dev.hairpin.model.relay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy says of a frame.
 *
 * @param end how it ends
 * @param redirect the port to redirect to, where it ends so
 * @param mirrors copies of the frame as it was when their rule was met
 * @param vid the VLAN it is put in, or 0
 * @param pcp its new priority, or -1
 * @param rules numbers, from 1, of the rules that said so, ascending
 */
public record Verdict(End end, int redirect, List<Mirror> mirrors, int vid, int pcp, int[] rules) {
    /** No rule applied. */
    public static final Verdict NONE = new Verdict(End.PERMIT, -1, List.of(), 0, -1, new int[0]);

    /** How a policy ends. */
    public enum End {
        /** The relay's mode decides. */
        PERMIT,
        DROP,
        /** Dropped, for its bucket had too little. */
        OVER_RATE,
        REDIRECT,
        HAIRPIN,
        SWITCH_LOCALLY
    }

    /**
     * A copy more.
     *
     * @param port that gets it
     * @param vid the VLAN that earlier rules had put the frame in, or 0
     * @param pcp the priority they had given it, or -1
     */
    public record Mirror(int port, int vid, int pcp) {}

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return System.identityHashCode(this);
    }
}
