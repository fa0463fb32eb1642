package dev.hairpin.model.bridge;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Sets of ports by number, in the order in which they were met. */
final class PortSets {
    private final Map<BitSet, Integer> numbers = new HashMap<>();
    private final List<BitSet> sets = new ArrayList<>();

    /** The number of a set, which the caller may change afterwards. */
    int number(BitSet set) {
        Integer known = numbers.get(set);
        if (known != null) {
            return known;
        }
        BitSet copy = (BitSet) set.clone();
        numbers.put(copy, sets.size());
        sets.add(copy);
        return sets.size() - 1;
    }

    boolean contains(int number, int port) {
        return sets.get(number).get(port);
    }
}
