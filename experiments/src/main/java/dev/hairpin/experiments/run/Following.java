package dev.hairpin.experiments.run;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.stage.DecidedCursor;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads a run that another process may still be writing, each time what has become durable since. The writer is not
 * disturbed. What is read at one time is in the order of {@link Decisions}; a stage that is behind the others may add, the
 * next time, decisions that belong before.
 */
public final class Following {
    private final RunFolder run;

    /** By stage, the cursor that has come to the end of what was there the last time. */
    private final Map<String, DecidedCursor> read = new TreeMap<>();

    public Following(RunFolder run) {
        this.run = run;
    }

    /**
     * Gives {@code reading} the decisions that no earlier call has given.
     *
     * @return whether there may be more later: the run was not sealed when this began
     */
    public boolean more(RunFolder.Reading<?> reading) throws IOException {
        boolean sealed = run.isFinished();
        try (StageJournal journal = StageJournal.open(run.path())) {
            read(journal, reading);
        } catch (JournalException e) {
            // A journal of which nothing was read yet may be in the making. What is wrong with it then will show again.
            if (sealed || !read.isEmpty()) {
                throw e;
            }
        }
        return !sealed;
    }

    private void read(StageJournal journal, RunFolder.Reading<?> reading) throws IOException {
        List<Decisions.Recording> recordings = new ArrayList<>();
        try {
            for (String stage : journal.stages()) {
                DecidedCursor before = read.get(stage);
                DecidedCursor events = before == null ? journal.decided(stage) : journal.decided(stage, before);
                Decided known = dictionary(events);
                boolean[] begun = {false};
                recordings.add(new Decisions.Recording(
                        stage, journal.opened(stage).ports(), () -> {
                            if (!begun[0]) {
                                begun[0] = true;
                                return known;
                            }
                            return next(events);
                        }));
                read.put(stage, events);
            }
            reading.of(new Decisions(recordings));
        } finally {
            read.values().forEach(DecidedCursor::close);
        }
    }

    private static @Nullable Decided next(DecidedCursor events) {
        return events.next() ? events.event() : null;
    }

    /** An event that decides nothing and has all outcomes so far. */
    private static Decided dictionary(DecidedCursor events) {
        return new Decided(
                0, 0, new long[0], new long[0], new int[0], 0, events.outcomes().from(0), Learned.NOTHING);
    }
}
