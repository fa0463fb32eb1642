package dev.hairpin.model.device;

import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.decision.Rule;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A vendor's table of choices. Immutable; every {@link Choice} has an answer. */
public final class Device {
    /** The source of an answer that an experiment gives instead of the device's own. */
    public static final String BY_EXPERIMENT = "set by the experiment";

    private final String name;
    private final String title;
    private final Map<Choice<?>, Answer> answers;

    /**
     * An answer and what it is founded on.
     *
     * @param value of the choice's type
     * @param source clause, driver, datasheet or measurement it was read from
     */
    public record Answer(Object value, Evidence evidence, String source) {}

    Device(String name, String title, Map<Choice<?>, Answer> answers) {
        for (Choice<?> choice : Choice.all()) {
            Answer answer = answers.get(choice);
            if (answer == null) {
                throw new IllegalArgumentException(name + " has no answer to " + choice);
            }
            choice.cast(answer.value());
        }
        this.name = name;
        this.title = title;
        this.answers = Collections.unmodifiableMap(new LinkedHashMap<>(answers));
    }

    /** As on the command line: {@code 82599}. */
    public String name() {
        return name;
    }

    /** What it is, in a few words. */
    public String title() {
        return title;
    }

    /** The answer to {@code choice}. */
    public <T> T get(Choice<T> choice) {
        return choice.cast(answer(choice).value());
    }

    /** The same with what it is founded on. */
    public Answer answer(Choice<?> choice) {
        Answer answer = answers.get(choice);
        if (answer == null) {
            throw new IllegalArgumentException("no such choice: " + choice);
        }
        return answer;
    }

    /** The same device with another answer to one question: an experiment's own, and so an assumption. */
    public <T> Device with(Choice<T> choice, T value) {
        Map<Choice<?>, Answer> changed = new LinkedHashMap<>(answers);
        changed.put(choice, new Answer(value, Evidence.ASSUMED, BY_EXPERIMENT));
        return new Device(name, title, changed);
    }

    /** How well a rule is founded on this device: as the weakest of the answers that it hangs on, or as the rule itself. */
    public Evidence evidence(Rule rule) {
        Evidence weakest = null;
        for (Map.Entry<Choice<?>, Answer> each : answers.entrySet()) {
            Evidence grade = each.getValue().evidence();
            if (each.getKey().founds().contains(rule) && (weakest == null || grade.compareTo(weakest) > 0)) {
                weakest = grade;
            }
        }
        return weakest == null ? rule.evidence() : weakest;
    }

    /** Where a rule comes from on this device: the sources of the answers that it hangs on, or the rule's own. */
    public String source(Rule rule) {
        StringBuilder sources = new StringBuilder();
        answers.forEach((choice, answer) -> {
            if (choice.founds().contains(rule)) {
                sources.append(sources.isEmpty() ? "" : "; ")
                        .append(choice.name())
                        .append(": ")
                        .append(answer.source());
            }
        });
        return sources.isEmpty() ? rule.source() : sources.toString();
    }

    @Override
    public String toString() {
        return name;
    }
}
