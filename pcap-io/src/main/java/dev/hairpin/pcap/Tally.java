package dev.hairpin.pcap;

import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;

/** Counts of things by kind, in the order in which the kinds were first met, for at most {@value #KINDS} kinds. */
final class Tally {
    /** A hostile file may have millions of kinds; beyond these they are counted together. */
    private static final int KINDS = 64;

    private int[] kinds = new int[4];
    private long[] counts = new long[4];
    private int size;
    private long others;

    void add(int kind) {
        for (int row = 0; row < size; row++) {
            if (kinds[row] == kind) {
                counts[row]++;
                return;
            }
        }
        if (size == KINDS) {
            others++;
            return;
        }
        if (size == kinds.length) {
            kinds = Arrays.copyOf(kinds, 2 * size);
            counts = Arrays.copyOf(counts, 2 * size);
        }
        kinds[size] = kind;
        counts[size++] = 1;
    }

    long total() {
        long total = others;
        for (int row = 0; row < size; row++) {
            total += counts[row];
        }
        return total;
    }

    Map<String, Long> byName(IntFunction<String> name) {
        Map<String, Long> named = new LinkedHashMap<>();
        for (int row = 0; row < size; row++) {
            named.merge(name.apply(kinds[row]), counts[row], Long::sum);
        }
        if (others > 0) {
            named.put("others", others);
        }
        return Collections.unmodifiableMap(named);
    }
}
