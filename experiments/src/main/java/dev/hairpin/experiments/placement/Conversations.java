package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.Mac;
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
    /** How many frames an address is an end of. */
    private final Long2LongHashMap ends = new Long2LongHashMap(0);

    private final Long2LongHashMap pairs = new Long2LongHashMap(0);
    private long frames;
    private long unlisted;

    /** Counts a frame between two stations. */
    void add(long source, long destination) {
        frames++;
        long from = number(source);
        long to = number(destination);
        if (from == NONE || to == NONE) {
            unlisted++;
            return;
        }
        count(ends, source);
        if (source != destination) {
            count(ends, destination);
        }
        long pair = from << 32 | to;
        if (pairs.size() < MOST_PAIRS || pairs.containsKey(pair)) {
            count(pairs, pair);
        } else {
            unlisted++;
        }
    }

    private static void count(Long2LongHashMap counts, long key) {
        counts.put(key, counts.get(key) + 1);
    }

    private long number(long address) {
        long known = number.get(address);
        if (known != NONE || number.size() >= MOST_ADDRESSES) {
            return known;
        }
        number.put(address, number.size());
        return number.size() - 1L;
    }

    /** Frames between stations. */
    long frames() {
        return frames;
    }

    /** Frames of these that are in no count of pairs, since there are too many of them. */
    long unlisted() {
        return unlisted;
    }

    /** Frames both ends of which are among {@code stations}, but not on the same one. */
    long among(Long2LongHashMap ownerOfAddress) {
        Long2LongHashMap ownerOfNumber = new Long2LongHashMap(NONE);
        Long2LongHashMap.EntryIterator owned = ownerOfAddress.entrySet().iterator();
        while (owned.hasNext()) {
            owned.next();
            long at = number.get(owned.getLongKey());
            if (at != NONE) {
                ownerOfNumber.put(at, owned.getLongValue());
            }
        }
        long sum = 0;
        Long2LongHashMap.EntryIterator each = pairs.entrySet().iterator();
        while (each.hasNext()) {
            each.next();
            long from = ownerOfNumber.get(each.getLongKey() >>> 32);
            long to = ownerOfNumber.get(each.getLongKey() & 0xFFFF_FFFFL);
            if (from != NONE && to != NONE && from != to) {
                sum += each.getLongValue();
            }
        }
        return sum;
    }

    /** How many addresses were spoken to that were never heard. */
    long unheard(LongHashSet heard) {
        long count = 0;
        Long2LongHashMap.KeyIterator each = ends.keySet().iterator();
        while (each.hasNext()) {
            count += heard.contains(each.nextValue()) ? 0 : 1;
        }
        return count;
    }

    /** Where the capture was taken, as far as its unicast frames tell. */
    Vantage vantage() {
        long busiest = 0;
        long most = 0;
        long other = 0;
        Long2LongHashMap.EntryIterator each = ends.entrySet().iterator();
        while (each.hasNext()) {
            each.next();
            long address = each.getLongKey();
            long count = each.getLongValue();
            if (count > most || (count == most && address < busiest)) {
                other = busiest;
                busiest = address;
                most = count;
            } else {
                other = address;
            }
        }
        return Vantage.of(frames, ends.size(), busiest, most, Mac.isStation(other) ? other : busiest);
    }
}
