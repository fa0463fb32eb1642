package dev.hairpin.model.wire;

import dev.hairpin.model.frame.VlanTag;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The traffic classes of a wire port: to which of them frames of a priority go, and how they share the wire (802.1Q-2022 8.6.6,
 * 8.6.8 and clause 37, as {@code dcb ets} of iproute2 sets it).
 *
 * @param classOf by priority, the class of its frames
 * @param selection by class
 * @param bandwidth by class, its share in percent, 100 of all together, or 0 where none shares; what a strict class has means
 *     nothing. One with a share of 0 is served when no other may send, as mlx5 does it
 */
public record TrafficClasses(List<Integer> classOf, List<Selection> selection, List<Integer> bandwidth) {
    /** There are no more (802.1Q-2022 8.6.6). */
    public static final int MOST = 8;

    /** Priorities of a tag. */
    public static final int PRIORITIES = 8;

    /** All in one, first in first out: as a port is unless it is set. */
    public static final TrafficClasses ONE = new TrafficClasses(
            Collections.nCopies(PRIORITIES, 0),
            Collections.nCopies(MOST, Selection.STRICT),
            Collections.nCopies(MOST, 0));

    private static final int ALL = 100;

    public TrafficClasses {
        classOf = List.copyOf(classOf);
        selection = List.copyOf(selection);
        bandwidth = List.copyOf(bandwidth);
        if (classOf.size() != PRIORITIES || selection.size() != MOST || bandwidth.size() != MOST) {
            throw new IllegalArgumentException("classes of " + classOf.size() + " priorities, " + selection.size()
                    + " selections and " + bandwidth.size() + " bandwidths, expected " + MOST + " each");
        }
        if (classOf.stream().anyMatch(tc -> tc < 0 || tc >= MOST)
                || bandwidth.stream().anyMatch(share -> share < 0 || share > ALL)) {
            throw new IllegalArgumentException("classes " + classOf + " and bandwidths " + bandwidth
                    + ", expected classes 0 to 7 and bandwidths 0 to 100 %");
        }
        int sum = bandwidth.stream().mapToInt(Integer::intValue).sum();
        if (sum != ALL && (sum != 0 || selection.contains(Selection.ETS))) {
            throw new IllegalArgumentException("bandwidths of all classes sum to " + sum + " %, expected 100");
        }
    }

    /** How many there are: those up to the greatest that a priority goes to. */
    public int count() {
        return Collections.max(classOf) + 1;
    }

    /** The priority of a frame by its outermost tag; an untagged frame's is 0 (802.1Q-2022 6.9.3, the port's default). */
    static int priority(int tag) {
        return tag == VlanTag.NONE ? 0 : VlanTag.pcp(tag);
    }

    /** The class of a frame by its outermost tag. */
    public int of(int tag) {
        return classOf.get(priority(tag));
    }

    /** By class, the weight of its turns: who takes no turns with others weighs as little as the least of those who do. */
    int[] weights() {
        int least = IntStream.range(0, MOST)
                .filter(this::shares)
                .map(bandwidth::get)
                .min()
                .orElse(1);
        return IntStream.range(0, MOST)
                .map(tc -> shares(tc) ? bandwidth.get(tc) : least)
                .toArray();
    }

    private boolean shares(int tc) {
        return selection.get(tc) == Selection.ETS && bandwidth.get(tc) > 0;
    }

    /** By class, what goes before what: strict classes by their number, then all that have a share, then those without. */
    int[] ranks() {
        int[] ranks = new int[MOST];
        for (int tc = 0; tc < MOST; tc++) {
            ranks[tc] = selection.get(tc) == Selection.STRICT ? 2 + tc : shares(tc) ? 1 : 0;
        }
        return ranks;
    }

    /** {@code prio-tc 0:0 1:0 ... tc-tsa 0:strict ... tc-bw 0:0 ...}, as {@code dcb ets set} takes it. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("prio-tc");
        for (int priority = 0; priority < PRIORITIES; priority++) {
            text.append(' ').append(priority).append(':').append(classOf.get(priority));
        }
        text.append(" tc-tsa");
        for (int tc = 0; tc < MOST; tc++) {
            text.append(' ').append(tc).append(':').append(selection.get(tc).word());
        }
        text.append(" tc-bw");
        for (int tc = 0; tc < MOST; tc++) {
            text.append(' ').append(tc).append(':').append(bandwidth.get(tc));
        }
        return text.toString();
    }
}
