package dev.hairpin.model.link;

/** Times at which something comes due, first to last: when frames depart, when buffers are back. */
public final class Times {
    private static final int LEAST = 16;

    /** A ring whose length is a power of two. */
    private long[] times = new long[LEAST];

    private int first;
    private int size;

    /** Another with the same times. */
    public Times copy() {
        Times copy = new Times();
        copy.times = times.clone();
        copy.first = first;
        copy.size = size;
        return copy;
    }

    /** How many. */
    public int size() {
        return size;
    }

    /** The one that is due {@code behind} others; there must be so many. */
    public long get(int behind) {
        return times[(first + behind) & (times.length - 1)];
    }

    /** One that is due behind all others. */
    public void add(long time) {
        if (size == times.length) {
            long[] longer = new long[2 * size];
            for (int at = 0; at < size; at++) {
                longer[at] = get(at);
            }
            times = longer;
            first = 0;
        }
        times[(first + size) & (times.length - 1)] = time;
        size++;
    }

    /** The first {@code count} are over. */
    public void remove(int count) {
        first = (first + count) & (times.length - 1);
        size -= count;
    }

    /** All of them, in order. */
    public long[] toArray() {
        long[] all = new long[size];
        for (int at = 0; at < size; at++) {
            all[at] = get(at);
        }
        return all;
    }
}
