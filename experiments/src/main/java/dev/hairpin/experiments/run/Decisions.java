package dev.hairpin.experiments.run;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.relay.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All decisions of a run, in the order of (time, frame number, way through the topology). A cursor: {@link #next} goes to
 * the next decision, and the other methods speak of it.
 */
public final class Decisions {
    private final List<Stage> stages = new ArrayList<>();
    private final PriorityQueue<Stage> heads = new PriorityQueue<>(Comparator.comparingLong((Stage stage) -> stage.time)
            .thenComparingLong(stage -> FrameNumber.order(stage.number))
            .thenComparingInt(stage -> stage.order)
            .thenComparing(stage -> stage.name));
    private @Nullable Stage current;

    /**
     * A stage's part of a journal.
     *
     * @param ports names that its outcomes refer to
     * @param events gives its events one by one, null at the end
     */
    public record Recording(String stage, List<String> ports, Supplier<@Nullable Decided> events) {}

    public Decisions(List<Recording> recordings) {
        for (Recording recording : recordings) {
            Stage stage = new Stage(recording, stages.size());
            stages.add(stage);
            if (stage.advance()) {
                heads.add(stage);
            }
        }
    }

    /** Goes to the next decision; false at the end. */
    public boolean next() {
        Stage stage = current;
        if (stage != null && stage.advance()) {
            heads.add(stage);
        }
        current = heads.poll();
        return current != null;
    }

    /** How many stages there are; each has a number below. */
    public int stages() {
        return stages.size();
    }

    /** The number of the stage that decided. */
    public int stage() {
        return current().index;
    }

    /** The name of stage {@code number}. */
    public String stageName(int number) {
        return stages.get(number).name;
    }

    /** The names of the ports of stage {@code number}. */
    public List<String> ports(int number) {
        return stages.get(number).ports;
    }

    /** When it was decided, in nanoseconds. */
    public long time() {
        return current().time;
    }

    /** The frame. */
    public long number() {
        return current().number;
    }

    /** The number of the outcome in the stage's dictionary. */
    public int outcomeNumber() {
        Stage stage = current();
        return stage.event.outcome(stage.row);
    }

    /** What the wave of the decision taught the filtering database: of each entry the last state. */
    public Decided.Learned learned() {
        return current().event.effects().learned();
    }

    public Outcome outcome() {
        return current().outcomes.get(outcomeNumber());
    }

    private Stage current() {
        if (current == null) {
            throw new IllegalStateException("not at a decision");
        }
        return current;
    }

    /** Where on a frame's way a stage stands. */
    private static int order(String stage) {
        List<String> way = List.of("tx", "bridge", "out", "rx");
        List<String> words = List.of(stage.split("\\.", -1));
        int suffix = way.indexOf(words.get(words.size() - 1));
        boolean relay = words.size() > 1
                && Stream.of(Mode.values())
                        .anyMatch(mode -> words.get(words.size() - 2).equals(mode.word()));
        return 2 * suffix + (relay ? 0 : 1);
    }

    private static final class Stage {
        private final String name;
        private final List<String> ports;
        private final int index;
        private final int order;
        private final Supplier<@Nullable Decided> events;
        private final Outcomes outcomes = new Outcomes();
        private Decided event = Decided.nothing(0);
        private int row = -1;
        private long time;
        private long number;

        Stage(Recording recording, int index) {
            this.name = recording.stage();
            this.ports = recording.ports();
            this.index = index;
            this.order = order(name);
            this.events = recording.events();
        }

        boolean advance() {
            row++;
            while (row >= event.size()) {
                Decided next = events.get();
                if (next == null) {
                    return false;
                }
                outcomes.define(next.firstNewOutcome(), next.newOutcomes());
                event = next;
                row = 0;
            }
            time = event.time(row);
            number = event.number(row);
            return true;
        }
    }
}
