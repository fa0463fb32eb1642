package dev.hairpin.experiments.testkit;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.persistence.event.EventCodec;
import dev.hairpin.persistence.stage.StageJournal;
import dev.hairpin.persistence.store.Durability;
import dev.hairpin.persistence.store.Entry;
import dev.hairpin.persistence.store.EventCursor;
import dev.hairpin.persistence.store.RocksJournal;
import dev.hairpin.persistence.store.Stored;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;

/** The events of a run's journal, and journals written from them as an actor would: with valid checksums. */
public final class JournalCopy {
    private final List<Event> events = new ArrayList<>();

    private JournalCopy() {}

    /** An event of a stage; a stage is opened before its first wave. */
    private record Event(Entry entry, long wave, int stage) {}

    /** Reads the journal of the run in {@code folder}. */
    public static JournalCopy of(Path folder) {
        JournalCopy copy = new JournalCopy();
        try (RocksJournal journal = RocksJournal.openForReading(folder.resolve(StageJournal.FOLDER))) {
            List<String> ids = journal.ids();
            for (String id : ids) {
                try (EventCursor cursor = journal.events(id, 1, Long.MAX_VALUE)) {
                    // Checkpoints are left behind: a run does without.
                    while (cursor.next() && cursor.event().serializer() == EventCodec.SERIALIZER) {
                        Entry entry = entry(id, cursor.event());
                        StageEvent event = EventCodec.decode(entry.payload(), 0, entry.payload().length);
                        long wave = event instanceof Decided decided ? decided.wave() : -1;
                        copy.events.add(new Event(entry, wave, order(id)));
                    }
                }
            }
        }
        // As they are durable when one wave is under way at a time.
        copy.events.sort(Comparator.comparingLong(Event::wave).thenComparingInt(Event::stage));
        return copy;
    }

    /** Where on a frame's way a stage stands. */
    private static int order(String id) {
        if (id.endsWith(".tx")) {
            return id.startsWith("uplink") ? 1 : 0;
        }
        return id.equals("bridge") ? 2 : id.endsWith(".out") ? 3 : id.startsWith("vf") ? 5 : 4;
    }

    private static Entry entry(String id, Stored stored) {
        return new Entry(
                id, stored.sequence(), stored.serializer(), stored.manifest(), stored.envelope(), stored.payload());
    }

    public int size() {
        return events.size();
    }

    /** Each event's stage and octets, in one order. */
    public List<String> octets() {
        return events.stream()
                .map(event -> event.entry.id() + " " + HexFormat.of().formatHex(event.entry.payload()))
                .toList();
    }

    /** The number of the event that {@code stage} decided frame {@code number} in, or -1. */
    public int decidedIn(String stage, long number) {
        for (int at = 0; at < events.size(); at++) {
            Entry entry = events.get(at).entry;
            if (entry.id().equals(stage)
                    && EventCodec.decode(entry.payload(), 0, entry.payload().length) instanceof Decided decided) {
                for (int row = 0; row < decided.size(); row++) {
                    if (decided.number(row) == number) {
                        return at;
                    }
                }
            }
        }
        return -1;
    }

    /** Writes the first {@code count} events to the run in {@code folder}, event {@code altered} as {@code otherwise}. */
    public void write(Path folder, int count, int altered, UnaryOperator<Decided> otherwise) {
        try (RocksJournal journal = RocksJournal.openForWriting(folder.resolve(StageJournal.FOLDER))) {
            for (int at = 0; at < count; at++) {
                Entry entry = events.get(at).entry;
                if (at == altered
                        && EventCodec.decode(entry.payload(), 0, entry.payload().length) instanceof Decided decided) {
                    entry = new Entry(
                            entry.id(),
                            entry.sequence(),
                            entry.serializer(),
                            entry.manifest(),
                            entry.envelope(),
                            EventCodec.encode(otherwise.apply(decided)));
                }
                journal.append(List.of(entry), Durability.BACKGROUND);
            }
        }
    }
}
