package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.match.Claim.Masked;
import dev.hairpin.model.match.Ways.Way;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some of a list's expressions, by the ways on which they can hold: on which of these a frame can be is found for all of
 * them together, quantity by quantity, and only what is left is evaluated.
 */
final class Block {
    /** A bit for each in every set, so that a set stays short. */
    static final int MOST_WAYS = 1_024;

    private static final int MOST_DIMENSIONS = 16;

    /** A dimension that only so many of the ways ask for is not worth it: they will ask themselves. */
    private static final int FEW = 1;

    private final Dimension[] dimensions;

    /** What is to be evaluated, if the frame can be on it. */
    private final Step[] steps;

    private final long[] all;

    /** On which the frame at hand can be, once that was found. */
    private final long[] left;

    private boolean narrowed;

    /** The dimensions that were looked at for it. */
    private int seen;

    /**
     * One of an expression's ways.
     *
     * @param expression where it is in the list
     * @param behind the first way of the next expression
     * @param claims when the expression holds for every frame of which they are true, otherwise null
     * @param places of each claim, its dimension as a bit
     */
    private record Step(int expression, int behind, Condition condition, Claim @Nullable [] claims, int[] places) {}

    /**
     * @param ways in the order of their expressions
     * @param expressions of each way, its expression in the list
     * @param originals of the list, as they were written
     * @param conditions of the list, as they are to be evaluated
     */
    Block(List<Way> ways, List<Integer> expressions, List<Condition> originals, Condition[] conditions) {
        int words = (ways.size() + Long.SIZE - 1) / Long.SIZE;
        this.all = new long[words];
        this.left = new long[words];
        this.dimensions = dimensions(ways, words);
        this.steps = new Step[ways.size()];
        int behind = ways.size();
        for (int way = ways.size() - 1; way >= 0; way--) {
            all[way / Long.SIZE] |= 1L << way;
            int expression = expressions.get(way);
            if (way + 1 < ways.size() && expressions.get(way + 1) != expression) {
                behind = way + 1;
            }
            List<Claim> claims = ways.get(way).cheapestFirst();
            boolean enough = Contradiction.covers(originals.get(expression), claims);
            int[] places = claims.stream().mapToInt(claim -> place(claim.of())).toArray();
            steps[way] = new Step(
                    expression, behind, conditions[expression], enough ? claims.toArray(new Claim[0]) : null, places);
        }
    }

    private static Dimension[] dimensions(List<Way> ways, int words) {
        Set<Masked> quantities = new LinkedHashSet<>();
        ways.forEach(way -> quantities.addAll(way.claims().keySet()));
        List<Partition> partitions = new ArrayList<>();
        for (Masked quantity : quantities) {
            Partition partition = Partition.of(quantity, ways);
            if (partition.asking().cardinality() > FEW) {
                partitions.add(partition);
            }
        }
        partitions.sort(Comparator.comparingDouble(
                partition -> -partition.leftOut() / partition.of().quantity().cost()));
        return partitions.stream()
                .limit(MOST_DIMENSIONS)
                .map(partition -> new Dimension(partition, words))
                .toArray(Dimension[]::new);
    }

    private int place(Masked quantity) {
        for (int dimension = 0; dimension < dimensions.length; dimension++) {
            if (dimensions[dimension].isOf(quantity)) {
                return 1 << dimension;
            }
        }
        return 0;
    }

    /** Another frame is at hand. */
    void forget() {
        narrowed = false;
    }

    /**
     * The first expression that the frame at hand matches, of those with the way {@code from} or a later one, or {@link
     * MatchList#NONE}. The other parameters are those of {@link Quantity#of}.
     */
    int next(int from, Burst burst, int row, Slab slab, long offset, int captured, int length) {
        if (!narrowed) {
            narrow(burst, row, slab, offset, captured, length);
        }
        int way = left(from);
        while (way < steps.length) {
            Step step = steps[way];
            Claim[] claims = step.claims;
            if (claims == null) {
                if (step.condition.of(burst, row, slab, offset, captured, length) == Condition.TRUE) {
                    return step.expression;
                }
                way = left(step.behind);
            } else {
                int claim = 0;
                while (claim < claims.length
                        && ((seen & step.places[claim]) != 0
                                || claims[claim].isTrue(burst, row, slab, offset, captured, length))) {
                    claim++;
                }
                if (claim == claims.length) {
                    return step.expression;
                }
                way = left(way + 1);
            }
        }
        return MatchList.NONE;
    }

    private void narrow(Burst burst, int row, Slab slab, long offset, int captured, int length) {
        System.arraycopy(all, 0, left, 0, all.length);
        seen = 0;
        for (int at = 0; at < dimensions.length; at++) {
            if (dimensions[at].asking(left) > FEW) {
                dimensions[at].narrow(left, burst, row, slab, offset, captured, length);
                seen |= 1 << at;
            }
        }
        narrowed = true;
    }

    /** The first way that the frame can be on, {@code from} or later; how many there are when there is none. */
    private int left(int from) {
        int word = from / Long.SIZE;
        if (word >= left.length) {
            return steps.length;
        }
        long rest = left[word] & (-1L << from);
        while (rest == 0) {
            if (++word == left.length) {
                return steps.length;
            }
            rest = left[word];
        }
        return word * Long.SIZE + Long.numberOfTrailingZeros(rest);
    }
}
