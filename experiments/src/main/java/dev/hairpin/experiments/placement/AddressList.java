package dev.hairpin.experiments.placement;

import java.util.Arrays;

/** Some network addresses without repetition, up to a bound: a host has few, and of a router's many a few are enough. */
final class AddressList {
    /** Kept of each list. */
    static final int MOST = 16;

    private long[] high = new long[1];
    private long[] low = new long[1];
    private int size;
    private boolean more;

    /** Adds an IPv4 address, or an IPv6 address in two halves, unless it is there or the list is full. */
    void add(long highHalf, long lowHalf) {
        if (contains(highHalf, lowHalf)) {
            return;
        }
        if (size == MOST) {
            more = true;
            return;
        }
        if (size == low.length) {
            high = Arrays.copyOf(high, 2 * size);
            low = Arrays.copyOf(low, 2 * size);
        }
        high[size] = highHalf;
        low[size] = lowHalf;
        size++;
    }

    boolean contains(long highHalf, long lowHalf) {
        for (int i = 0; i < size; i++) {
            if (low[i] == lowHalf && high[i] == highHalf) {
                return true;
            }
        }
        return false;
    }

    int size() {
        return size;
    }

    /** The upper half; zero for IPv4. */
    long high(int i) {
        return high[i];
    }

    long low(int i) {
        return low[i];
    }

    /** Whether addresses were left out because the list is full. */
    boolean more() {
        return more;
    }
}
