package dev.hairpin.model.decision;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The outcomes that a stage has met, numbered from 0 in the order in which it met them. Only grows. It is a dictionary,
 * not a state that decides: an event carries the entries it is the first to use, so that a reader of the events has it
 * too.
 */
public final class Outcomes {
    private final List<Outcome> byNumber = new ArrayList<>();
    private final Map<Outcome, Integer> numbers = new HashMap<>();

    /** The number of {@code outcome}, which is taken in when it is new. */
    public int number(Outcome outcome) {
        Integer known = numbers.get(outcome);
        if (known != null) {
            return known;
        }
        int number = byNumber.size();
        byNumber.add(outcome);
        numbers.put(outcome, number);
        return number;
    }

    public Outcome get(int number) {
        return byNumber.get(number);
    }

    public int size() {
        return byNumber.size();
    }

    /** Those from number {@code first} on. */
    public List<Outcome> from(int first) {
        return List.copyOf(byNumber.subList(first, byNumber.size()));
    }

    /** Takes in what an event defined. Idempotent; throws when the event does not fit to what is known. */
    public void define(int first, List<Outcome> outcomes) {
        for (int i = 0; i < outcomes.size(); i++) {
            if (number(outcomes.get(i)) != first + i) {
                throw new IllegalStateException("outcome " + (first + i) + " is already known under another number");
            }
        }
    }
}
