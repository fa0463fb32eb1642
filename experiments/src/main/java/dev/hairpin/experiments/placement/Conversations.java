package dev.hairpin.experiments.placement;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.LongHashSet;

/** Counts who sends unicast frames to whom. */
final class Conversations {
    /** Addresses told apart. */
    static final int MOST_ADDRESSES = 1 << 17;

    /** Pairs of addresses told apart. */
    static final int MOST_PAIRS = 1 << 20;

    private static final int NONE = -1;

    private final Long2LongHashMap number = new Long2LongHashMap(NONE);
    private long[] address = new long[64];
    /** How many frames the address of a number is an end of. */
    private long[] ends = new long[64];

    /** Frames by the numbers of source and destination. Its iterators are not shared, so any thread may read it. */
    private final Long2LongHashMap pairs = new Long2LongHashMap(64, 0.6f, 0, false);

    private long frames;
    private long unlisted;

    /** Counts a frame from one station to another. */
    void add(long source, long destination) {
        frames++;
        int from = number(source);
        int to = number(destination);
        if (from == NONE || to == NONE) {
            unlisted++;
            return;
        }
        ends[from]++;
        ends[to]++;
        long pair = (long) from << 32 | to;
        long before = pairs.get(pair);
        if (before > 0 || pairs.size() < MOST_PAIRS) {
            pairs.put(pair, before + 1);
        } else {
            unlisted++;
        }
    }

    private int number(long of) {
        int known = (int) number.get(of);
        int size = number.size();
        if (known != NONE || size >= MOST_ADDRESSES) {
            return known;
        }
        if (size == ends.length) {
            address = Arrays.copyOf(address, 2 * size);
            ends = Arrays.copyOf(ends, 2 * size);
        }
        address[size] = of;
        number.put(of, size);
        return size;
    }

    /** Frames from one station to another. */
    long frames() {
        return frames;
    }

    /** Frames of these that are in no count of pairs, since there are too many of them. */
    long unlisted() {
        return unlisted;
    }

    /**
     * Frames from one owner to another.
     *
     * @param ownerOfAddress whose an address is, negative for nobody's
     */
    long between(Long2LongHashMap ownerOfAddress) {
        long sum = 0;
        Long2LongHashMap.EntryIterator each = pairs.entrySet().iterator();
        while (each.hasNext()) {
            each.next();
            long from = ownerOfAddress.get(address[(int) (each.getLongKey() >>> 32)]);
            long to = ownerOfAddress.get(address[(int) each.getLongKey()]);
            sum += from >= 0 && to >= 0 && from != to ? each.getLongValue() : 0;
        }
        return sum;
    }

    /** How many addresses were spoken to that were never heard. */
    long unheard(LongHashSet heard) {
        return IntStream.range(0, number.size())
                .filter(i -> !heard.contains(address[i]))
                .count();
    }

    /** Where the capture was taken, as far as its unicast frames tell. */
    Vantage vantage() {
        int size = number.size();
        int busiest = 0;
        for (int i = 1; i < size; i++) {
            if (ends[i] > ends[busiest] || (ends[i] == ends[busiest] && address[i] < address[busiest])) {
                busiest = i;
            }
        }
        // With two ends the other is the one that is not the busiest.
        return Vantage.of(frames, size, address[busiest], ends[busiest], address[size == 2 ? 1 - busiest : busiest]);
    }
}
