package dev.hairpin.model.match;

import java.util.Arrays;

/** How conditions came out for one frame, until it is forgotten for the next. For one thread. */
final class Memory {
    private static final int OUTCOME_BITS = 2;
    private static final int LAST_FRAME = (1 << (Integer.SIZE - 1 - OUTCOME_BITS)) - 1;

    /** Of each condition, the frame it was last asked of and how it came out for that. */
    private int[] known = new int[16];

    private int places;

    private int frame = 1;

    /** A place for one condition more. */
    int add() {
        if (places == known.length) {
            known = Arrays.copyOf(known, 2 * places);
        }
        return places++;
    }

    void forget() {
        if (frame == LAST_FRAME) {
            Arrays.fill(known, 0);
            frame = 0;
        }
        frame++;
    }

    boolean knows(int place) {
        return known[place] >>> OUTCOME_BITS == frame;
    }

    int outcome(int place) {
        return (known[place] & ((1 << OUTCOME_BITS) - 1)) + Condition.REJECT;
    }

    void remember(int place, int outcome) {
        known[place] = (frame << OUTCOME_BITS) | (outcome - Condition.REJECT);
    }
}
