package dev.hairpin.model.relay;

import java.util.Arrays;

/**
 * Remembers the numbers of outcomes by two words that hold all that they depend on. How many there are follows from the
 * configuration, not from the traffic. Open addressing; for one thread.
 */
public final class DecisionMemo {
    /** Nothing is remembered. */
    public static final int UNKNOWN = -1;

    private long[] first = new long[256];
    private long[] second = new long[256];
    private int[] outcome = new int[256];
    private int size;

    public DecisionMemo() {
        Arrays.fill(outcome, UNKNOWN);
    }

    public int get(long one, long two) {
        int mask = outcome.length - 1;
        for (int slot = home(one, two) & mask; ; slot = (slot + 1) & mask) {
            if (outcome[slot] == UNKNOWN || (first[slot] == one && second[slot] == two)) {
                return outcome[slot];
            }
        }
    }

    public void put(long one, long two, int number) {
        if (2 * (size + 1) > outcome.length) {
            grow();
        }
        set(one, two, number);
        size++;
    }

    private void set(long one, long two, int number) {
        int mask = outcome.length - 1;
        int slot = home(one, two) & mask;
        while (outcome[slot] != UNKNOWN) {
            slot = (slot + 1) & mask;
        }
        first[slot] = one;
        second[slot] = two;
        outcome[slot] = number;
    }

    private void grow() {
        long[] ones = first;
        long[] twos = second;
        int[] numbers = outcome;
        first = new long[2 * ones.length];
        second = new long[first.length];
        outcome = new int[first.length];
        Arrays.fill(outcome, UNKNOWN);
        for (int old = 0; old < numbers.length; old++) {
            if (numbers[old] != UNKNOWN) {
                set(ones[old], twos[old], numbers[old]);
            }
        }
    }

    private static int home(long one, long two) {
        long mixed = (one ^ Long.rotateLeft(two * 0x9E37_79B9_7F4A_7C15L, 29)) * 0xBF58_476D_1CE4_E5B9L;
        return (int) (mixed >>> 32);
    }
}
