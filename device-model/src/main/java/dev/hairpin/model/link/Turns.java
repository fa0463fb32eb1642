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

    /** Those that cannot send what they have, for the time being. */
    private final BitSet stalled = new BitSet();

    private boolean strict;

    /** Octets that each may still send in its turn. */
    private final long[] deficit;

    /** Of each, the first that has its priority: those that have it take turns among themselves. */
    private int[] group = {};

    /** By group, whose turn it is. */
    private final int[] turn;

    /** Turns of {@code count}, without shares yet. */
    public Turns(int count) {
        deficit = new long[count];
        turn = new int[count];
        // The first turn is that of the first.
        Arrays.fill(turn, count - 1);
    }

    private Turns(Turns other) {
        weight = other.weight;
        quantum = other.quantum;
        priority = other.priority;
        strict = other.strict;
        deficit = other.deficit.clone();
        group = other.group;
        turn = other.turn.clone();
        hasLeast.or(other.hasLeast);
        hasMost.or(other.hasMost);
        stalled.or(other.stalled);
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
        group = new int[priorities.length];
        for (int one = 0; one < group.length; one++) {
            while (priorities[group[one]] != priorities[one]) {
                group[one]++;
            }
        }
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

    /** Of each what is left of its turn, and whose turn it is. */
    public long[] state() {
        long[] state = Arrays.copyOf(deficit, 2 * deficit.length);
        for (int of = 0; of < turn.length; of++) {
            state[deficit.length + of] = turn[of];
        }
        return state;
    }

    /** Goes on from where another was. */
    public void restore(long[] state) {
        System.arraycopy(state, 0, deficit, 0, deficit.length);
        for (int of = 0; of < turn.length; of++) {
            turn[of] = (int) state[deficit.length + of];
        }
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
        turn[group[one]] = one;
    }

    /** It has nothing left to send, and what was left of its turn is lost. */
    public void rests(int one) {
        waits.clear(one);
        deficit[one] = 0;
    }

    /** Whether one stands still: it sends nothing, and what is left of its turn stays. */
    public void stalls(int one, boolean stands) {
        stalled.set(one, stands);
    }

    /** Whether one stands still. */
    public boolean isStalled(int one) {
        return stalled.get(one);
    }

    /** Whether anybody has something to send and does not stand still. */
    public boolean anyWaits() {
        int one = waits.nextSetBit(0);
        while (one >= 0 && stalled.get(one)) {
            one = waits.nextSetBit(one + 1);
        }
        return one >= 0;
    }

    /** When the first of those that wait may begin under its maximum; {@link Long#MAX_VALUE} where all stand still. */
    public long earliest(Server[] most) {
        if (hasMost.isEmpty() && stalled.isEmpty()) {
            return Long.MIN_VALUE;
        }
        long earliest = Long.MAX_VALUE;
        for (int one = waits.nextSetBit(0); one >= 0; one = waits.nextSetBit(one + 1)) {
            if (stalled.get(one)) {
                continue;
            }
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
        int first = strict ? first(now, most) : 0;
        int one = turn[first];
        boolean goesOn = waits.get(one) && group[one] == first && mayBegin(one, now, most);
        while (!goesOn || deficit[one] < head.applyAsInt(one)) {
            one = after(one, now, most, first);
            deficit[one] += (long) quantum * weight[one];
            goesOn = true;
        }
        turn[first] = one;
        return one;
    }

    /** One sends so many octets in its turn. */
    public void spent(int one, int octets) {
        deficit[one] -= octets;
    }

    private int after(int before, long now, Server[] most, int first) {
        int one = before;
        do {
            one = waits.nextSetBit(one + 1);
            if (one < 0) {
                one = waits.nextSetBit(0);
            }
        } while (group[one] != first || !mayBegin(one, now, most));
        return one;
    }

    /** The group of the greatest priority of which one may begin. */
    private int first(long now, Server[] most) {
        int greatest = -1;
        for (int one = waits.nextSetBit(0); one >= 0; one = waits.nextSetBit(one + 1)) {
            if (mayBegin(one, now, most) && (greatest < 0 || priority[one] > priority[greatest])) {
                greatest = one;
            }
        }
        return group[greatest];
    }

    private boolean mayBegin(int one, long now, Server[] most) {
        return !stalled.get(one) && (!hasMost.get(one) || most[one].earliest() <= now);
    }
}
