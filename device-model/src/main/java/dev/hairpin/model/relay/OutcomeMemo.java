package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import java.util.Arrays;
import java.util.function.Supplier;

/** Remembers the numbers of outcomes by a small index, so that the usual frame costs one array access. */
final class OutcomeMemo {
    private static final int UNKNOWN = -1;

    private final Outcomes outcomes;
    private int[] numbers;

    OutcomeMemo(Outcomes outcomes) {
        this.outcomes = outcomes;
        this.numbers = new int[0];
    }

    /** The number for {@code index}, worked out by {@code outcome} the first time. */
    int get(int index, Supplier<Outcome> outcome) {
        if (index < numbers.length && numbers[index] != UNKNOWN) {
            return numbers[index];
        }
        if (index >= numbers.length) {
            int before = numbers.length;
            numbers = Arrays.copyOf(numbers, Math.max(2 * before, index + 16));
            Arrays.fill(numbers, before, numbers.length, UNKNOWN);
        }
        numbers[index] = outcomes.number(outcome.get());
        return numbers[index];
    }
}
