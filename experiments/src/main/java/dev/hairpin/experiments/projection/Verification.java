package dev.hairpin.experiments.projection;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.persistence.stage.DecidedCursor;
import dev.hairpin.persistence.stage.StageJournal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds a journal against the same run decided anew: is told the new decisions, and reads the journal's beside them, row by
 * row. How either was cut into events makes no difference.
 */
public final class Verification implements DecisionLog, AutoCloseable {
    private final StageJournal journal;
    private final Map<String, Stage> stages = new HashMap<>();
    private @Nullable Difference first;
    private long equal;

    /**
     * Where journal and new run part.
     *
     * @param number the frame
     * @param recorded what the journal says, in words; {@code nothing} where it ends
     * @param decided what was decided now, likewise
     */
    public record Difference(String stage, long number, String recorded, String decided) {}

    public Verification(StageJournal journal) {
        this.journal = journal;
    }

    @Override
    public void stage(String stage, List<String> ports) {
        stages.put(stage, new Stage(ports, journal.stages().contains(stage) ? journal.decided(stage) : null));
    }

    @Override
    public void decided(String stage, Decided event) {
        Stage recorded = stages.get(stage);
        if (first != null || recorded == null) {
            return;
        }
        recorded.outcomes.define(event.firstNewOutcome(), event.newOutcomes());
        for (int row = 0; row < event.size(); row++) {
            Outcome outcome = recorded.outcomes.get(event.outcome(row));
            if (!recorded.nextIs(event.time(row), event.number(row), outcome)) {
                first = new Difference(
                        stage,
                        event.number(row),
                        recorded.inWords(),
                        words(event.time(row), event.number(row), outcome, recorded.ports));
                return;
            }
            equal++;
        }
    }

    /** The first difference, once all was decided again; what the journal holds beyond that is one, too. */
    public Optional<Difference> difference() {
        for (Map.Entry<String, Stage> stage : stages.entrySet()) {
            if (first == null && stage.getValue().advance()) {
                first = new Difference(
                        stage.getKey(),
                        stage.getValue().number(),
                        stage.getValue().inWords(),
                        "nothing");
            }
        }
        return Optional.ofNullable(first);
    }

    /** Decisions that are the same. */
    public long equal() {
        return equal;
    }

    @Override
    public void close() {
        stages.values().forEach(Stage::close);
    }

    private static String words(long time, long number, Outcome outcome, List<String> ports) {
        String dropped = outcome.drops() == 0 ? "" : ", dropped " + outcome.droppedText(ports);
        return "frame " + number + " at " + DecisionTable.seconds(time) + " from " + ports.get(outcome.ingress()) + ": "
                + outcome.rule() + " > " + (outcome.copies() == 0 ? "nowhere" : outcome.egressText(ports)) + dropped;
    }

    /** The journal of a stage, read row by row. */
    private static final class Stage {
        private final List<String> ports;
        private final @Nullable DecidedCursor events;
        private final Outcomes outcomes = new Outcomes();
        private Decided event = Decided.nothing(0);
        private int row = -1;
        private boolean ended;

        Stage(List<String> ports, @Nullable DecidedCursor events) {
            this.ports = ports;
            this.events = events;
            this.ended = events == null;
        }

        boolean advance() {
            row++;
            while (!ended && row >= event.size()) {
                if (events == null || !events.next()) {
                    ended = true;
                } else {
                    event = events.event();
                    row = 0;
                }
            }
            return !ended;
        }

        boolean nextIs(long time, long number, Outcome outcome) {
            return advance()
                    && event.time(row) == time
                    && event.number(row) == number
                    && events != null
                    && events.outcome(row).equals(outcome);
        }

        long number() {
            return event.number(row);
        }

        String inWords() {
            return ended || events == null
                    ? "nothing"
                    : words(event.time(row), event.number(row), events.outcome(row), ports);
        }

        void close() {
            if (events != null) {
                events.close();
            }
        }
    }
}
