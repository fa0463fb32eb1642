package dev.hairpin.model.match;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a way through conditions on which they can come out as asked: one that asks nothing of a quantity that another
 * part of the same way denies. When there is none, no frame lets them. It compares ranges and values of the same quantity
 * under the same mask, knows that a frame ends in one place only, and does no arithmetic; so it finds contradictions such
 * as {@code ip and arp} and not every one there is.
 */
final class Contradiction {
    /** Steps after which the search ends without a finding; conditions by hand need some tens. */
    private static final int MOST_STEPS = 20_000;

    /** The same for a pair of conditions, of which there are many. */
    private static final int MOST_STEPS_OF_PAIRS = 4_000;

    /** The same for the ways of a condition, of which there are more. */
    private static final int MOST_STEPS_OF_WAYS = 500;

    /** Conditions one upon another, after which what follows is taken to be possible: the stack is finite. */
    private static final int MOST_DEPTH = 500;

    /** How a condition shall come out. */
    private enum Outcome {
        TRUE,
        FALSE,
        REJECT,
        /** One of the two others. */
        NOT_TRUE
    }

    /** What is still to be shown, the first first. */
    private record Goals(
            Condition condition, Outcome outcome, @Nullable Goals rest) {}

    private final int mostSteps;
    private int steps;
    private int depth;

    private Contradiction(int mostSteps) {
        this.mostSteps = mostSteps;
    }

    /** Whether the condition holds for no frame. */
    static boolean isIn(Condition condition) {
        return !new Contradiction(MOST_STEPS).isPossible(new Goals(condition, Outcome.TRUE, null), Path.START);
    }

    /** Whether {@code wide} holds for every frame for which {@code narrow} does. */
    static boolean covers(Condition wide, Condition narrow) {
        Goals goals = new Goals(narrow, Outcome.TRUE, new Goals(wide, Outcome.NOT_TRUE, null));
        return !new Contradiction(MOST_STEPS_OF_PAIRS).isPossible(goals, Path.START);
    }

    /** Whether {@code wide} holds for every frame of which all claims are true. */
    static boolean covers(Condition wide, List<Claim> claims) {
        Path path = Path.START;
        for (Claim claim : claims) {
            path = path == null ? null : path.claimed(claim);
        }
        return !new Contradiction(MOST_STEPS_OF_WAYS).isPossible(new Goals(wide, Outcome.NOT_TRUE, null), path);
    }

    /** A path that is null was found to contradict itself. */
    private boolean isPossible(@Nullable Goals goals, @Nullable Path path) {
        if (path == null) {
            return false;
        }
        if (goals == null || steps++ > mostSteps || depth == MOST_DEPTH) {
            return true;
        }
        depth++;
        boolean possible = isNextPossible(goals.condition, goals.outcome, goals.rest, path);
        depth--;
        return possible;
    }

    private boolean isNextPossible(Condition condition, Outcome outcome, @Nullable Goals rest, Path path) {
        if (outcome == Outcome.NOT_TRUE) {
            return isPossible(new Goals(condition, Outcome.FALSE, rest), path)
                    || isPossible(new Goals(condition, Outcome.REJECT, rest), path);
        }
        if (condition instanceof Condition.Not not) {
            return isPossible(new Goals(not.condition(), negated(outcome), rest), path);
        }
        if (condition instanceof Condition.All all) {
            return areParts(all.parts(), Outcome.TRUE, outcome, rest, path);
        }
        if (condition instanceof Condition.Any any) {
            return areParts(any.parts(), Outcome.FALSE, outcome, rest, path);
        }
        if (condition instanceof Condition.Always always) {
            return outcome == (always.holds() ? Outcome.TRUE : Outcome.FALSE) && isPossible(rest, path);
        }
        if (condition instanceof Condition.Relation relation) {
            return outcome == Outcome.REJECT
                    ? isPossible(rest, path.cut(relation.left())) || isPossible(rest, path.cut(relation.right()))
                    : isPossible(rest, path.related(relation, outcome == Outcome.TRUE));
        }
        Claim claim = Claim.of(condition, outcome != Outcome.FALSE);
        if (claim == null) {
            return isPossible(rest, path);
        }
        return isPossible(rest, outcome == Outcome.REJECT ? path.cut(claim.of().quantity()) : path.claimed(claim));
    }

    private static Outcome negated(Outcome outcome) {
        return switch (outcome) {
            case TRUE -> Outcome.FALSE;
            case FALSE -> Outcome.TRUE;
            default -> outcome;
        };
    }

    /** Parts of which the next is asked only while they come out as {@code onward}. */
    private boolean areParts(Condition[] parts, Outcome onward, Outcome outcome, @Nullable Goals rest, Path path) {
        if (outcome == onward) {
            return isPossible(each(parts, parts.length, onward, rest), path);
        }
        for (int part = 0; part < parts.length; part++) {
            // What must be read is known best by what was asked before; for the others that is not worth the steps.
            Goals before = rest;
            if (outcome == Outcome.REJECT) {
                before = each(parts, part, onward, rest);
                steps += part;
            }
            if (isPossible(new Goals(parts[part], outcome, before), path)) {
                return true;
            }
        }
        return false;
    }

    private static @Nullable Goals each(Condition[] parts, int count, Outcome outcome, @Nullable Goals rest) {
        Goals goals = rest;
        for (int part = count - 1; part >= 0; part--) {
            goals = new Goals(parts[part], outcome, goals);
        }
        return goals;
    }
}
