package dev.hairpin.model.link;

import java.util.Arrays;
import java.util.BitSet;
import java.util.function.IntUnaryOperator;

/**
 * Whose turn it is to send among those that have something to send: functions that share a NIC, classes that share a wire. The
 * greatest priority first; among those that have it turns by weight, deficit round robin. Mutable.
 */
public final class Turns {
    /** A whole frame of the usual longest: what a turn is worth at least, in octets, so that each turn sends one. */
    private static final int LONGEST = 1_518;

    private int[] weight = {};

    /** What a turn is worth for a weight of 1, in octets. */
    private int quantum;

    private int[] priority = {};

    /** Those that have something to send, and those with a minimum or a maximum. */
    private final BitSet waits = new BitSet();

    private final BitSet hasLeast = new BitSet();
    private final BitSet hasMost = new BitSet();
    private boolean strict;

    /** Octets that each may still send in its turn. */
    private final long[] deficit;

    private int turn;

    /** Turns of {@code count}, without shares yet. */
    public Turns(int count) {
        deficit = new long[count];
        // The first turn is that of the first.
        turn = count - 1;
    }

    private Turns(Turns other) {
        weight = other.weight;
        quantum = other.quantum;
        priority = other.priority;
        strict = other.strict;
        deficit = other.deficit.clone();
        turn = other.turn;
        hasLeast.or(other.hasLeast);
        hasMost.or(other.hasMost);
    }

    /**
     * From now on with other shares; whose turn it is, and what is left of it, stays. Takes the arrays over.
     *
     * @param weights of turns, at least 1 each; a turn of the least of them sends one frame
     * @param priorities the greater goes first
     */
    public void under(int[] weights, int[] priorities) {
        int least = Arrays.stream(weights).min().orElse(1);
        weight = weights;
        quantum = (LONGEST + least - 1) / least;
        priority = priorities;
        strict = Arrays.stream(priorities).distinct().count() > 1;
    }

    /** Whether one of them has a minimum, and whether a maximum. */
    public void limited(int which, boolean toLeast, boolean toMost) {
        hasLeast.set(which, toLeast);
        hasMost.set(which, toMost);
    }

    /** Another with the same turns, where nobody has something to send. */
    public Turns copy() {
        return new Turns(this);
    }

    /** Whose turn it is, and of each what is left of it. */
    public long[] state() {
        long[] state = Arrays.copyOf(deficit, deficit.length + 1);
        state[deficit.length] = turn;
        return state;
    }

    /** Goes on from where another was. */
    public void restore(long[] state) {
        System.arraycopy(state, 0, deficit, 0, deficit.length);
        turn = (int) state[deficit.length];
    }

    /** One has something to send. */
    public void waits(int one) {
        waits.set(one);
    }

    /** Whether one is behind its minimum. */
    public boolean isBehind(int one, long now, Server[] least) {
        return hasLeast.get(one) && least[one].earliest() <= now;
    }

    /** The turn went to one that had one frame to send. */
    public void hasHad(int one) {
        turn = one;
    }

    /** It has nothing left to send, and what was left of its turn is lost. */
    public void rests(int one) {
        waits.clear(one);
        deficit[one] = 0;
    }

    /** Whether anybody has something to send. */
    public boolean anyWaits() {
        return !waits.isEmpty();
    }

    /** One is held back: what it has to send it cannot, and what is left of its turn stays. */
    public void isHeld(int one) {
        waits.clear(one);
    }

    /** When the first of those that wait may begin under its maximum. */
    public long earliest(Server[] most) {
        if (hasMost.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (int one = waits.nextSetBit(0); one >= 0; one = waits.nextSetBit(one + 1)) {
            earliest = Math.min(earliest, hasMost.get(one) ? most[one].earliest() : Long.MIN_VALUE);
        }
        return earliest;
    }

    /** The one that is behind its minimum, the longest behind of all; -1 for none. */
    public int behind(long now, Server[] most, Server[] least) {
        int longest = -1;
        for (int one = hasLeast.nextSetBit(0); one >= 0; one = hasLeast.nextSetBit(one + 1)) {
            if (waits.get(one)
                    && mayBegin(one, now, most)
                    && isBehind(one, now, least)
                    && (longest < 0 || least[one].earliest() < least[longest].earliest())) {
                longest = one;
            }
        }
        return longest;
    }

    /**
     * Whose turn it is; there must be one that may begin.
     *
     * @param head octets of the first frame that one has
     */
    public int next(long now, Server[] most, IntUnaryOperator head) {
        int greatest = strict ? greatest(now, most) : 0;
        boolean goesOn = waits.get(turn) && isOf(greatest, turn) && mayBegin(turn, now, most);
        while (!goesOn || deficit[turn] < head.applyAsInt(turn)) {
            turn = after(turn, now, most, greatest);
            deficit[turn] += (long) quantum * weight[turn];
            goesOn = true;
        }
        return turn;
    }

    /** One sends so many octets in its turn. */
    public void spent(int one, int octets) {
        deficit[one] -= octets;
    }

    private int after(int before, long now, Server[] most, int greatest) {
        int one = before;
        do {
            one = waits.nextSetBit(one + 1);
            if (one < 0) {
                one = waits.nextSetBit(0);
            }
        } while (!isOf(greatest, one) || !mayBegin(one, now, most));
        return one;
    }

    private int greatest(long now, Server[] most) {
        int greatest = Integer.MIN_VALUE;
        for (int one = waits.nextSetBit(0); one >= 0; one = waits.nextSetBit(one + 1)) {
            if (mayBegin(one, now, most)) {
                greatest = Math.max(greatest, priority[one]);
            }
        }
        return greatest;
    }

    private boolean isOf(int greatest, int one) {
        return !strict || priority[one] == greatest;
    }

    private boolean mayBegin(int one, long now, Server[] most) {
        return !hasMost.get(one) || most[one].earliest() <= now;
    }
}
