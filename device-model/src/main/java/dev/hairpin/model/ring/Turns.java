package dev.hairpin.model.ring;

import dev.hairpin.model.link.Server;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** Whose turn it is to send among the functions that have something to send. */
final class Turns {
    /** What a turn is worth for a weight of 1, in octets: a whole frame of the usual longest, so that each turn sends one. */
    private static final int QUANTUM = 1_518;

    private int[] weight = {};
    private int[] priority = {};

    /** Functions that have something to send, and those with a minimum or a maximum. */
    private final BitSet waits = new BitSet();

    private final BitSet hasLeast = new BitSet();
    private final BitSet hasMost = new BitSet();
    private final BitSet stalled = new BitSet();
    private boolean strict;

    /** Octets that a function may still send in its turn. */
    private final long[] deficit;

    private int turn;

    Turns(List<Share> shares) {
        deficit = new long[shares.size()];
        // The first turn is that of the first.
        turn = deficit.length - 1;
        under(shares);
    }

    private Turns(Turns other) {
        weight = other.weight;
        priority = other.priority;
        strict = other.strict;
        deficit = other.deficit.clone();
        turn = other.turn;
        hasLeast.or(other.hasLeast);
        hasMost.or(other.hasMost);
        stalled.or(other.stalled);
    }

    /** From now on with other shares; whose turn it is, and what is left of it, stays. */
    void under(List<Share> shares) {
        weight = shares.stream().mapToInt(Share::weight).toArray();
        priority = shares.stream().mapToInt(Share::priority).toArray();
        strict = shares.stream().mapToInt(Share::priority).distinct().count() > 1;
        for (int function = 0; function < weight.length; function++) {
            hasLeast.set(function, shares.get(function).minRate() > 0);
            hasMost.set(function, shares.get(function).maxRate() != Server.UNLIMITED);
        }
    }

    /** Another with the same turns, where nobody has something to send. */
    Turns copy() {
        return new Turns(this);
    }

    /** Whose turn it is, and by function what is left of it. */
    long[] state() {
        long[] state = Arrays.copyOf(deficit, deficit.length + 1);
        state[deficit.length] = turn;
        return state;
    }

    /** Goes on from where another was. */
    void restore(long[] state) {
        System.arraycopy(state, 0, deficit, 0, deficit.length);
        turn = (int) state[deficit.length];
    }

    void waits(int function) {
        waits.set(function);
    }

    /** Whether a function is behind its minimum. */
    boolean isBehind(int function, long now, Server[] least) {
        return hasLeast.get(function) && least[function].earliest() <= now;
    }

    /** The turn went to a function which had one frame to send. */
    void hasHad(int function) {
        turn = function;
    }

    /** It has nothing left to send, and what was left of its turn is lost. */
    void rests(int function) {
        waits.clear(function);
        deficit[function] = 0;
    }

    /** Whether its ring is served. */
    void stalls(int function, boolean stands) {
        stalled.set(function, stands);
    }

    boolean isStalled(int function) {
        return stalled.get(function);
    }

    /** When the first of those that wait may begin under its maximum; {@link Long#MAX_VALUE} where all stand still. */
    long earliest(Server[] most) {
        if (hasMost.isEmpty() && stalled.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (int function = waits.nextSetBit(0); function >= 0; function = waits.nextSetBit(function + 1)) {
            if (stalled.get(function)) {
                continue;
            }
            earliest = Math.min(earliest, hasMost.get(function) ? most[function].earliest() : Long.MIN_VALUE);
        }
        return earliest;
    }

    /** The function that is behind its minimum, the longest behind of all; -1 for none. */
    int behind(long now, Server[] most, Server[] least) {
        int longest = -1;
        for (int function = hasLeast.nextSetBit(0); function >= 0; function = hasLeast.nextSetBit(function + 1)) {
            if (waits.get(function)
                    && mayBegin(function, now, most)
                    && isBehind(function, now, least)
                    && (longest < 0 || least[function].earliest() < least[longest].earliest())) {
                longest = function;
            }
        }
        return longest;
    }

    /**
     * The function whose turn it is; there must be one that may begin.
     *
     * @param head octets of the first frame of a function
     */
    int next(long now, Server[] most, IntUnaryOperator head) {
        int greatest = strict ? greatest(now, most) : 0;
        boolean goesOn = waits.get(turn) && isOf(greatest, turn) && mayBegin(turn, now, most);
        while (!goesOn || deficit[turn] < head.applyAsInt(turn)) {
            turn = after(turn, now, most, greatest);
            deficit[turn] += (long) QUANTUM * weight[turn];
            goesOn = true;
        }
        return turn;
    }

    void spent(int function, int octets) {
        deficit[function] -= octets;
    }

    private int after(int before, long now, Server[] most, int greatest) {
        int function = before;
        do {
            function = waits.nextSetBit(function + 1);
            if (function < 0) {
                function = waits.nextSetBit(0);
            }
        } while (!isOf(greatest, function) || !mayBegin(function, now, most));
        return function;
    }

    private int greatest(long now, Server[] most) {
        int greatest = Integer.MIN_VALUE;
        for (int function = waits.nextSetBit(0); function >= 0; function = waits.nextSetBit(function + 1)) {
            if (mayBegin(function, now, most)) {
                greatest = Math.max(greatest, priority[function]);
            }
        }
        return greatest;
    }

    private boolean isOf(int greatest, int function) {
        return !strict || priority[function] == greatest;
    }

    private boolean mayBegin(int function, long now, Server[] most) {
        return !stalled.get(function) && (!hasMost.get(function) || most[function].earliest() <= now);
    }
}
