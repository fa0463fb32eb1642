package dev.hairpin.experiments.projection;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.persistence.stage.StageJournal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Holds a journal against the same run decided anew: is told the new decisions, and reads the journal's beside them, row by
 * row. How either was cut into events makes no difference.
 */
public final class Verification implements DecisionLog, AutoCloseable {
    private final JournalAhead journal;
    private final Learned known;
    private final Map<String, Stage> stages = new TreeMap<>();
    private @Nullable Difference first;
    private long equal;

    /**
     * Where journal and new run part.
     *
     * @param number the frame
     * @param recorded what the journal says; nothing where it ends
     * @param decided what was decided now, likewise
     */
    public record Difference(String stage, long number, Side recorded, Side decided) {}

    /** One side of a difference: a decision, in words, and the states that led to it. */
    public static final class Side {
        private final String decision;
        private final String configuration;
        private final Beliefs bridge;

        Side(String decision, String configuration, Beliefs bridge) {
            this.decision = decision;
            this.configuration = configuration;
            this.bridge = bridge;
        }

        public String decision() {
            return decision;
        }

        /** The changes of the stage's configuration that held. */
        public String configuration() {
            return configuration;
        }

        /** What the bridge's filtering database had of an address, as its last wave before left it. */
        public String entries(long address) {
            return bridge.entries(address);
        }
    }

    /** @param known what the bridge's filtering database holds at the start */
    public Verification(StageJournal journal, Learned known) {
        this.journal = new JournalAhead(journal);
        this.known = known;
    }

    @Override
    public void stage(String stage, List<String> ports) {
        Stage opened = new Stage(stage, ports, journal);
        if (stage.equals(Lan.BRIDGE)) {
            opened.recorded.begin(known);
            opened.decided.begin(known);
        }
        stages.put(stage, opened);
    }

    @Override
    public void decided(String stage, Decided event) {
        Stage beside = stages.get(stage);
        if (first != null || beside == null) {
            return;
        }
        int same = beside.compare(event);
        equal += same;
        if (same < event.size()) {
            first = new Difference(
                    stage,
                    event.number(same),
                    beside.recorded(this),
                    new Side(beside.words(event, same), beside.decided.configuration(), bridge(false)));
            return;
        }
        beside.decided.take(event);
    }

    /** The first difference, once all was decided again; what the journal holds beyond that is one, too. */
    public Optional<Difference> difference() {
        for (Map.Entry<String, Stage> stage : stages.entrySet()) {
            Stage beside = stage.getValue();
            if (first == null && beside.advance()) {
                first = new Difference(
                        stage.getKey(),
                        beside.event.number(beside.row),
                        beside.recorded(this),
                        new Side("nothing", beside.decided.configuration(), bridge(false)));
            }
        }
        return Optional.ofNullable(first);
    }

    /** Decisions that are the same. */
    public long equal() {
        return equal;
    }

    private Beliefs bridge(boolean ofJournal) {
        Stage bridge = stages.get(Lan.BRIDGE);
        return bridge == null ? new Beliefs(List.of()) : ofJournal ? bridge.recorded : bridge.decided;
    }

    @Override
    public void close() {
        journal.close();
    }

    private static String words(long time, long number, Outcome outcome, List<String> ports) {
        String dropped = outcome.drops() == 0 ? "" : ", dropped " + outcome.droppedText(ports);
        return "frame " + FrameNumber.text(number) + " at " + DecisionTable.seconds(time) + " from "
                + ports.get(outcome.ingress()) + ": " + outcome.rule() + " > "
                + (outcome.copies() == 0 ? "nowhere" : outcome.egressText(ports)) + dropped;
    }

    /** A stage on both sides: the journal's is at {@link #row} of {@link #event}. */
    private static final class Stage {
        private final String name;
        private final List<String> ports;
        private final JournalAhead journal;
        private final Outcomes there = new Outcomes();
        private final Outcomes here = new Outcomes();

        /** By number of an outcome there, that of the one here which is found to be the same, and 1. */
        private int[] alike = new int[16];

        private final Beliefs recorded;
        private final Beliefs decided;
        private Decided event = Decided.nothing(0);
        private int row;
        private boolean ended;

        Stage(String name, List<String> ports, JournalAhead journal) {
            this.name = name;
            this.ports = ports;
            this.journal = journal;
            this.recorded = new Beliefs(ports);
            this.decided = new Beliefs(ports);
            this.ended = !journal.has(name);
        }

        /** Whether the journal has another decision. What an event changes holds once all of it is passed. */
        boolean advance() {
            while (!ended && row >= event.size()) {
                recorded.take(event);
                Decided next = journal.next(name);
                if (next == null) {
                    ended = true;
                    event = Decided.nothing(0);
                } else {
                    there.define(next.firstNewOutcome(), next.newOutcomes());
                    event = next;
                    row = 0;
                }
            }
            return !ended;
        }

        /** How many of the first decisions of {@code now} the journal has, too. */
        int compare(Decided now) {
            here.define(now.firstNewOutcome(), now.newOutcomes());
            int at = 0;
            while (at < now.size() && advance()) {
                Decided then = event;
                int rows = Math.min(now.size() - at, then.size() - row);
                for (int end = at + rows; at < end; at++) {
                    if (now.number(at) != then.number(row)
                            || now.time(at) != then.time(row)
                            || !isAlike(then.outcome(row), now.outcome(at))) {
                        return at;
                    }
                    row++;
                }
            }
            return at;
        }

        private boolean isAlike(int outcomeThere, int outcomeHere) {
            if (outcomeThere >= alike.length) {
                alike = Arrays.copyOf(alike, 2 * outcomeThere);
            }
            if (alike[outcomeThere] == outcomeHere + 1) {
                return true;
            }
            if (!there.get(outcomeThere).equals(here.get(outcomeHere))) {
                return false;
            }
            alike[outcomeThere] = outcomeHere + 1;
            return true;
        }

        Side recorded(Verification all) {
            String decision = advance()
                    ? Verification.words(
                            event.time(row), event.number(row), there.get(event.outcome(row)), journal.ports(name))
                    : "nothing";
            return new Side(decision, recorded.configuration(), all.bridge(true));
        }

        String words(Decided now, int at) {
            return Verification.words(now.time(at), now.number(at), here.get(now.outcome(at)), ports);
        }
    }
}
