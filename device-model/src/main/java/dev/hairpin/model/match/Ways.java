package dev.hairpin.model.match;

import dev.hairpin.model.match.Claim.Masked;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways in which a condition can hold. Each is what must be so of some quantities, and a frame for which the condition
 * holds is on one of them; not every frame on a way is one for which it holds. Where that would make them many, the ways
 * say less.
 */
final class Ways {
    /** Of one condition, at most. */
    static final int MOST = 16;

    /** Conditions one within another, after which nothing is said: the stack is finite. */
    private static final int MOST_DEPTH = 500;

    /**
     * One of them.
     *
     * @param claims what values each of some quantities has, which it does not have when it cannot be read
     */
    record Way(Map<Masked, Values> claims) {
        private static final Way ANY = new Way(Map.of());

        /** What is on both, or null when nothing can be. */
        @Nullable
        Way and(Way other) {
            Map<Masked, Values> both = new HashMap<>(claims);
            for (Map.Entry<Masked, Values> claim : other.claims.entrySet()) {
                Values mine = both.get(claim.getKey());
                Values left = mine == null ? claim.getValue() : mine.and(claim.getValue());
                if (left.isEmpty()) {
                    return null;
                }
                both.put(claim.getKey(), left);
            }
            return new Way(both);
        }

        List<Claim> cheapestFirst() {
            return claims.entrySet().stream()
                    .map(claim -> new Claim(claim.getKey(), claim.getValue()))
                    .sorted(Comparator.comparingInt(
                            claim -> claim.of().quantity().cost()))
                    .toList();
        }

        /** One that has what is on either. */
        private Way or(Way other) {
            Map<Masked, Values> either = new HashMap<>();
            for (Map.Entry<Masked, Values> claim : claims.entrySet()) {
                Values theirs = other.claims.get(claim.getKey());
                if (theirs != null) {
                    either.put(claim.getKey(), claim.getValue().or(theirs));
                }
            }
            return new Way(either);
        }

        /** Whether {@link #or} would add nothing that is on neither. */
        private boolean isNextTo(Way other) {
            Set<Masked> quantities = claims.keySet();
            if (!quantities.equals(other.claims.keySet())) {
                return false;
            }
            int different = 0;
            for (Map.Entry<Masked, Values> claim : claims.entrySet()) {
                Values theirs = other.claims.getOrDefault(claim.getKey(), Values.NONE);
                different += claim.getValue().equals(theirs) ? 0 : 1;
            }
            return different <= 1;
        }
    }

    private Ways() {}

    /** None when the condition cannot hold. */
    static List<Way> of(Condition condition) {
        return of(condition, true, 0);
    }

    /** Whether a frame can be on a way of the one and on a way of the other. */
    static boolean meet(Way one, List<Way> others) {
        for (Way other : others) {
            if (one.and(other) != null) {
                return true;
            }
        }
        return false;
    }

    private static List<Way> of(Condition condition, boolean holds, int depth) {
        if (depth == MOST_DEPTH) {
            return List.of(Way.ANY);
        }
        if (condition instanceof Condition.Not not) {
            return of(not.condition(), !holds, depth + 1);
        }
        if (condition instanceof Condition.All all) {
            return of(all.parts(), holds, holds, depth);
        }
        if (condition instanceof Condition.Any any) {
            return of(any.parts(), !holds, holds, depth);
        }
        if (condition instanceof Condition.Always always) {
            return always.holds() == holds ? List.of(Way.ANY) : List.of();
        }
        Claim claim = Claim.of(condition, holds);
        if (claim == null) {
            return List.of(Way.ANY);
        }
        return claim.values().isEmpty() ? List.of() : List.of(new Way(Map.of(claim.of(), claim.values())));
    }

    private static List<Way> of(Condition[] parts, boolean each, boolean hold, int depth) {
        List<List<Way>> ways = new ArrayList<>();
        for (Condition part : parts) {
            ways.add(of(part, hold, depth + 1));
        }
        return each ? crossed(ways) : joined(ways);
    }

    /** On a way of each. Those that have fewer come first, for they leave less of the others. */
    private static List<Way> crossed(List<List<Way>> all) {
        List<List<Way>> fewestFirst = new ArrayList<>(all);
        fewestFirst.sort(Comparator.comparingInt(List::size));
        List<Way> crossed = List.of(Way.ANY);
        for (List<Way> ways : fewestFirst) {
            List<Way> finer = crossed(crossed, ways);
            crossed = finer.size() > MOST ? crossed(crossed, List.of(span(ways))) : finer;
        }
        return crossed;
    }

    private static List<Way> crossed(List<Way> some, List<Way> others) {
        List<Way> crossed = new ArrayList<>();
        for (Way one : some) {
            for (Way other : others) {
                Way both = one.and(other);
                if (both != null) {
                    crossed.add(both);
                }
            }
        }
        return crossed;
    }

    /** On a way of any. */
    private static List<Way> joined(List<List<Way>> all) {
        List<Way> joined = new ArrayList<>();
        for (List<Way> ways : all) {
            for (Way way : ways) {
                if (way.claims.isEmpty()) {
                    return List.of(way);
                }
                add(way, joined);
            }
        }
        return joined.size() > MOST ? List.of(span(joined)) : joined;
    }

    private static void add(Way way, List<Way> into) {
        for (int at = 0; at < into.size(); at++) {
            if (into.get(at).isNextTo(way)) {
                into.set(at, into.get(at).or(way));
                return;
            }
        }
        into.add(way);
    }

    private static Way span(List<Way> ways) {
        Way span = ways.get(0);
        for (Way way : ways) {
            span = span.or(way);
        }
        return span;
    }
}
