package dev.hairpin.experiments.testkit;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.persistence.stage.StageJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Every decision of a run as a row, by stage, and what follows from them for the ends; worked out here once more and in
 * the plainest way, so that the projections have something to be held against.
 */
public final class Ledger implements DecisionLog {
    private final Map<String, List<String>> ports = new HashMap<>();
    private final Map<String, Outcomes> outcomes = new HashMap<>();
    private final Map<String, List<Row>> rows = new TreeMap<>();
    private final Arrived arrivals = new Arrived();

    /** One decision; the outcome is in names. */
    public record Row(long time, long number, Rule rule, String ingress, String egress, String dropped) {}

    /** What the journal in {@code folder} holds. */
    public static Ledger of(Path folder) {
        Ledger ledger = new Ledger();
        try (StageJournal journal = StageJournal.open(folder)) {
            journal.forEach(ledger);
        }
        return ledger;
    }

    @Override
    public void stage(String stage, List<String> names) {
        ports.put(stage, names);
        outcomes.put(stage, new Outcomes());
        rows.put(stage, new ArrayList<>());
    }

    @Override
    public void decided(String stage, Decided event) {
        List<String> names = at(ports, stage);
        Outcomes known = at(outcomes, stage);
        known.define(event.firstNewOutcome(), event.newOutcomes());
        for (int row = 0; row < event.size(); row++) {
            Outcome outcome = known.get(event.outcome(row));
            at(rows, stage)
                    .add(new Row(
                            event.time(row),
                            event.number(row),
                            outcome.rule(),
                            names.get(outcome.ingress()),
                            outcome.egressText(names),
                            outcome.droppedText(names)));
        }
    }

    /** Rows by stage. */
    public Map<String, List<Row>> rows() {
        return rows;
    }

    /** The rows of {@code stage}, none when it has decided nothing. */
    public List<Row> rows(String stage) {
        return rows.getOrDefault(stage, List.of());
    }

    /** Where this ledger's run is told what arrives. */
    public Arrived arrivals() {
        return arrivals;
    }

    /** How many rows a rule has. */
    public long count(Rule rule) {
        return rows.values().stream()
                .flatMap(List::stream)
                .filter(row -> row.rule() == rule)
                .count();
    }

    /** How many copies of each frame each end has to get, less those that its queue dropped. Keyed {@code 12 vf0}. */
    public Map<String, Integer> fates() {
        Map<String, Integer> fates = new HashMap<>();
        rows.forEach((stage, decisions) -> {
            for (Row row : decisions) {
                if (row.rule().takesBack()) {
                    fates.merge(row.number() + " " + row.ingress(), -1, Integer::sum);
                    continue;
                }
                for (String port : row.egress().split(" ", -1)) {
                    fates.merge(row.number() + " " + port, 1, Integer::sum);
                }
            }
        });
        fates.keySet().removeIf(key -> !key.matches("[0-9]+ (vf|pf|ext).*"));
        fates.values().removeIf(copies -> copies == 0);
        return fates;
    }

    private static <T> T at(Map<String, T> map, String stage) {
        T value = map.get(stage);
        if (value == null) {
            throw new IllegalStateException("a decision of " + stage + " before it was opened");
        }
        return value;
    }

    /** Frame numbers in the order in which each end got them. */
    public static final class Arrived implements Receiver {
        private final Map<Integer, List<Long>> byEnd = new TreeMap<>();

        @Override
        public void received(int end, dev.hairpin.model.frame.Burst burst) {
            List<Long> numbers = byEnd.computeIfAbsent(end, unknown -> new ArrayList<>());
            for (int row = 0; row < burst.size(); row++) {
                numbers.add(burst.number(row));
            }
        }

        /** By end. */
        public Map<Integer, List<Long>> byEnd() {
            return byEnd;
        }

        /** How many copies of each frame, keyed as {@link Ledger#fates}. */
        public Map<String, Integer> copies(List<String> ends) {
            Map<String, Integer> copies = new HashMap<>();
            byEnd.forEach((end, numbers) ->
                    numbers.forEach(number -> copies.merge(number + " " + ends.get(end), 1, Integer::sum)));
            return copies;
        }
    }
}
