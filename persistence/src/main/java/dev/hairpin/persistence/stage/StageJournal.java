package dev.hairpin.persistence.stage;

import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.model.decision.StageOpened;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import dev.hairpin.persistence.event.EventCodec;
import dev.hairpin.persistence.home.JournalHome;
import dev.hairpin.persistence.store.Events;
import dev.hairpin.persistence.store.Stored;
import dev.hairpin.persistence.store.StoredEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the stages of a run decided, as its journal tells it: read-only, and as it was when this was opened. A run that
 * still goes on is not disturbed. All that is read is checked; {@link JournalDamage} names the stage's persistence id and
 * the event.
 */
public final class StageJournal implements AutoCloseable {
    /** Name of the journal's folder in a run's. */
    public static final String FOLDER = "journal";

    private final StoredEvents journal;
    private final Map<String, Stage> stages;

    private StageJournal(StoredEvents journal) {
        this.journal = journal;
        this.stages = new TreeMap<>();
        for (String id : journal.ids()) {
            add(id);
        }
    }

    /**
     * Opens the journal of the run in {@code runDir}.
     *
     * @throws JournalRefused when there is none that could be read
     */
    public static StageJournal open(Path runDir) {
        StoredEvents journal = JournalHome.of(runDir.resolve(FOLDER)).open();
        try {
            return new StageJournal(journal);
        } catch (JournalException e) {
            journal.close();
            throw e;
        }
    }

    /** Takes the id in when its first event opens a stage; other actors' journals are none of ours. */
    private void add(String id) {
        try (Events cursor = journal.events(id, 1, Long.MAX_VALUE)) {
            if (!cursor.next() || cursor.event().serializer() != EventCodec.SERIALIZER) {
                return;
            }
            if (!(decode(id, cursor.event()) instanceof StageOpened opened)) {
                throw new JournalDamage("the first event does not open the stage")
                        .at(id, cursor.event().sequence());
            }
            if (stages.put(opened.stage(), new Stage(id, opened, cursor.event().sequence())) != null) {
                throw new JournalDamage("opens the stage " + opened.stage() + " a second time").at(id, 1);
            }
        }
    }

    /** Names of all stages, ascending. */
    public List<String> stages() {
        return List.copyOf(stages.keySet());
    }

    /** The event by which {@code stage} begins: its name and its ports. */
    public StageOpened opened(String stage) {
        return known(stage).opened;
    }

    /** All that {@code stage} decided, from the start. To be closed. */
    public DecidedCursor decided(String stage) {
        return decided(known(stage), new Outcomes(), known(stage).openedAt);
    }

    /**
     * What {@code stage} decided behind the last event that {@code before} has gone to, a cursor of an earlier reading of
     * the same run, which may be closed and is not to be used again. To be closed.
     */
    public DecidedCursor decided(String stage, DecidedCursor before) {
        return decided(known(stage), before.outcomes(), before.last());
    }

    private DecidedCursor decided(Stage stage, Outcomes outcomes, long last) {
        Events events = journal.events(stage.id, last + 1, Long.MAX_VALUE);
        return new DecidedCursor(stage.id, stage.opened.ports().size(), events, outcomes, last);
    }

    /** Tells {@code log} everything, stage by stage in the order of {@link #stages}. */
    public void forEach(DecisionLog log) {
        for (String stage : stages.keySet()) {
            log.stage(stage, opened(stage).ports());
            try (DecidedCursor cursor = decided(stage)) {
                while (cursor.next()) {
                    log.decided(stage, cursor.event());
                }
            }
        }
    }

    /** Octets of the journal where it is kept. */
    public long bytes() {
        return journal.bytes();
    }

    @Override
    public void close() {
        journal.close();
    }

    private Stage known(String stage) {
        Stage known = stages.get(stage);
        if (known == null) {
            throw new IllegalArgumentException("no stage '" + stage + "'; there are " + stages.keySet());
        }
        return known;
    }

    /** The event of a stage, or {@link JournalDamage} with its place. */
    static StageEvent decode(String id, Stored stored) {
        try {
            if (stored.serializer() != EventCodec.SERIALIZER
                    || !stored.manifest().equals(EventCodec.VERSION)) {
                throw new JournalDamage("written by serializer " + stored.serializer() + ", version '"
                        + stored.manifest() + "'; expected " + EventCodec.SERIALIZER + ", '" + EventCodec.VERSION
                        + "'");
            }
            return EventCodec.decode(stored.array(), stored.payloadOffset(), stored.payloadLength());
        } catch (JournalDamage e) {
            throw e.at(id, stored.sequence());
        }
    }

    private record Stage(String id, StageOpened opened, long openedAt) {}
}
