package dev.hairpin.model.match;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a way through a condition on which it can hold: one that asks nothing of a quantity that another part of the
 * same way denies. When there is none, no frame matches. It compares ranges and values of the same quantity under the same
 * mask, and does no arithmetic, so it finds contradictions such as {@code ip and arp} and not every one there is.
 */
final class Contradiction {
    /** Steps after which the search ends without a finding; conditions by hand need some tens. */
    private static final int MOST_STEPS = 20_000;

    /** Conditions one upon another, after which what follows is taken to be possible: the stack is finite. */
    private static final int MOST_DEPTH = 500;

    /** What is still to be shown, the first first. */
    private record Goals(
            Condition condition, boolean holds, @Nullable Goals rest) {}

    /** What the way so far says of a quantity. */
    private record Known(long least, long most, Set<Long> excluded) {
        private static final Known NOTHING = new Known(0, Long.MAX_VALUE, Set.of());

        private boolean isPossible() {
            return least <= most && !(least == most && excluded.contains(least));
        }
    }

    private record Masked(Quantity quantity, long mask) {}

    private int steps;
    private int depth;

    private Contradiction() {}

    static boolean isIn(Condition condition) {
        return !new Contradiction().isPossible(new Goals(condition, true, null), Map.of());
    }

    private boolean isPossible(@Nullable Goals goals, Map<Object, Known> known) {
        if (goals == null || steps++ > MOST_STEPS || depth == MOST_DEPTH) {
            return true;
        }
        depth++;
        boolean possible = isNextPossible(goals, known);
        depth--;
        return possible;
    }

    private boolean isNextPossible(Goals goals, Map<Object, Known> known) {
        Condition condition = goals.condition;
        boolean holds = goals.holds;
        if (condition instanceof Condition.Not not) {
            return isPossible(new Goals(not.condition(), !holds, goals.rest), known);
        }
        if (condition instanceof Condition.All all) {
            return areParts(all.parts(), true, goals, known);
        }
        if (condition instanceof Condition.Any any) {
            return areParts(any.parts(), false, goals, known);
        }
        if (condition instanceof Condition.Always always) {
            return always.holds() == holds && isPossible(goals.rest, known);
        }
        if (condition instanceof Condition.OneOf some) {
            return isOneOf(some, holds, goals.rest, known);
        }
        if (condition instanceof Condition.Within within) {
            return isWithin(within, holds, goals.rest, known);
        }
        Known one = holds ? new Known(1, 1, Set.of()) : new Known(0, 0, Set.of());
        Known before = known.get(condition);
        return before == null
                ? isPossible(goals.rest, with(known, condition, one))
                : before.equals(one) && isPossible(goals.rest, known);
    }

    /** All of them must hold, or one must not; the other way round for those of which any must hold. */
    private boolean areParts(Condition[] parts, boolean all, Goals goals, Map<Object, Known> known) {
        if (goals.holds == all) {
            Goals next = goals.rest;
            for (int part = parts.length - 1; part >= 0; part--) {
                next = new Goals(parts[part], goals.holds, next);
            }
            return isPossible(next, known);
        }
        for (Condition part : parts) {
            if (isPossible(new Goals(part, goals.holds, goals.rest), known)) {
                return true;
            }
        }
        return false;
    }

    private boolean isOneOf(Condition.OneOf some, boolean holds, @Nullable Goals rest, Map<Object, Known> known) {
        Goals next = rest;
        for (long value : some.values()) {
            Condition one = new Condition.Within(some.field(), some.mask(), value, value);
            if (!holds) {
                next = new Goals(one, false, next);
            } else if (isPossible(new Goals(one, true, rest), known)) {
                return true;
            }
        }
        return !holds && isPossible(next, known);
    }

    private boolean isWithin(Condition.Within within, boolean holds, @Nullable Goals rest, Map<Object, Known> known) {
        Masked key = new Masked(within.quantity(), within.mask());
        Known before = known.getOrDefault(key, Known.NOTHING);
        if (holds) {
            return isPossible(rest, known, key, narrowed(before, within.least(), within.most()));
        }
        if (within.least() == within.most()) {
            Set<Long> excluded = new HashSet<>(before.excluded);
            excluded.add(within.least());
            return isPossible(rest, known, key, new Known(before.least, before.most, excluded));
        }
        return isPossible(rest, known, key, narrowed(before, 0, within.least() - 1))
                || isPossible(rest, known, key, narrowed(before, within.most() + 1, Long.MAX_VALUE));
    }

    private boolean isPossible(@Nullable Goals rest, Map<Object, Known> known, Masked key, Known now) {
        if (!now.isPossible()) {
            return false;
        }
        return isPossible(rest, with(known, key, now));
    }

    private static Known narrowed(Known known, long least, long most) {
        return new Known(Math.max(known.least, least), Math.min(known.most, most), known.excluded);
    }

    private static Map<Object, Known> with(Map<Object, Known> known, Object key, Known now) {
        Map<Object, Known> more = new HashMap<>(known);
        more.put(key, now);
        return more;
    }
}
