package dev.hairpin.model.match;

import dev.hairpin.model.match.Claim.Masked;
import dev.hairpin.model.match.Ways.Way;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The values of one quantity, parted where what ways ask of it begins to differ.
 *
 * @param starts where each range begins; it ends before the next
 * @param sets of each range, the ways on which its values can be
 * @param asking the ways that ask anything
 * @param silent the others; all that is left when the quantity cannot be read
 */
record Partition(Masked of, long[] starts, List<BitSet> sets, BitSet asking, BitSet silent) {
    static Partition of(Masked of, List<Way> ways) {
        BitSet asking = new BitSet();
        TreeSet<Long> cuts = new TreeSet<>(Set.of(0L));
        for (int way = 0; way < ways.size(); way++) {
            Values values = ways.get(way).claims().get(of);
            if (values != null) {
                asking.set(way);
                for (int range = 0; range < values.ranges(); range++) {
                    cuts.add(values.least(range));
                    cuts.add(values.most(range) + 1);
                }
            }
        }
        cuts.remove(Long.MIN_VALUE);
        long[] starts = cuts.stream().mapToLong(Long::longValue).toArray();
        BitSet silent = new BitSet();
        silent.set(0, ways.size());
        silent.andNot(asking);
        List<BitSet> sets = new ArrayList<>();
        for (int range = 0; range < starts.length; range++) {
            sets.add((BitSet) silent.clone());
        }
        asking.stream().forEach(way -> {
            Values values = ways.get(way).claims().getOrDefault(of, Values.NONE);
            for (int range = 0; range < values.ranges(); range++) {
                int next = Arrays.binarySearch(starts, values.least(range));
                while (next < starts.length && starts[next] <= values.most(range)) {
                    sets.get(next++).set(way);
                }
            }
        });
        return new Partition(of, starts, sets, asking, silent);
    }

    /** How many ways a value leaves out, as a mean over the ranges. */
    double leftOut() {
        long left = 0;
        for (BitSet set : sets) {
            left += set.cardinality();
        }
        return asking.cardinality() + silent.cardinality() - (double) left / sets.size();
    }

    boolean isSingle(int range) {
        return range + 1 < starts.length && starts[range + 1] == starts[range] + 1;
    }

    /** Whether all ranges of more than one value have the same set, which is then that of the last. */
    boolean isOfSingles() {
        Set<BitSet> wide = new HashSet<>();
        for (int range = 0; range < starts.length; range++) {
            if (!isSingle(range)) {
                wide.add(sets.get(range));
            }
        }
        return wide.size() == 1;
    }

    /** Different sets as words, one upon another; fills in for each range where its set begins. */
    long[] flat(int words, int[] setOf) {
        Map<BitSet, Integer> begins = new HashMap<>();
        List<BitSet> different = new ArrayList<>();
        for (int range = 0; range < setOf.length; range++) {
            BitSet set = sets.get(range);
            if (begins.putIfAbsent(set, words * different.size()) == null) {
                different.add(set);
            }
            setOf[range] = begins.getOrDefault(set, 0);
        }
        long[] flat = new long[words * different.size()];
        for (int at = 0; at < different.size(); at++) {
            long[] set = different.get(at).toLongArray();
            System.arraycopy(set, 0, flat, at * words, set.length);
        }
        return flat;
    }

    /** As many words as there are ways for. */
    static long[] words(BitSet set, int words) {
        return Arrays.copyOf(set.toLongArray(), words);
    }
}
