package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;
import java.util.Optional;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The snapshots in a journal: of each persistence id at most one for a sequence number. They only save time; a snapshot
 * that cannot be read is passed over.
 */
public final class Snapshots {
    private final RocksJournal journal;
    private final Database database;

    Snapshots(RocksJournal journal, Database database) {
        this.journal = journal;
        this.database = database;
    }

    /** Saves {@code snapshot} in place of one with the same number. It survives the end of the process. */
    public void save(Snapshot snapshot) {
        journal.write(snapshot.id(), (number, batch, writer, key) -> {
            Keys.putRecord(key, Keys.SNAPSHOTS, number, snapshot.sequence());
            batch.put(
                    key,
                    writer.write(
                            key.duplicate(),
                            snapshot.timestamp(),
                            snapshot.serializer(),
                            snapshot.manifest(),
                            snapshot.envelope(),
                            snapshot.payload()));
        });
    }

    /**
     * Gives the snapshots of {@code id} in {@code range} to {@code reader}, latest first, until it makes something of
     * one.
     */
    public <T> Optional<T> latest(String id, SnapshotRange range, Reader<T> reader) {
        Integer number = journal.numberOf(id);
        if (number == null || range.toSequence() < 0) {
            return Optional.empty();
        }
        try (Rows rows = database.rows()) {
            boolean more = rows.seekBack(Keys.record(Keys.SNAPSHOTS, number, range.toSequence()));
            while (more && Keys.isRecordOf(rows.key(), Keys.SNAPSHOTS, number)) {
                long sequence = Keys.sequenceOf(rows.key());
                if (sequence < range.fromSequence()) {
                    break;
                }
                Optional<T> read = read(id, rows, sequence, range, reader);
                if (read.isPresent()) {
                    return read;
                }
                more = rows.previous();
            }
            return Optional.empty();
        } catch (JournalDamage e) {
            reader.unreadable(e);
            return Optional.empty();
        }
    }

    private static <T> Optional<T> read(String id, Rows rows, long sequence, SnapshotRange range, Reader<T> reader) {
        Stored stored;
        try {
            stored = Stored.read(rows.key(), rows.value());
        } catch (JournalDamage e) {
            reader.unreadable(new JournalDamage("snapshot: " + e.what(), e).at(id, sequence));
            return Optional.empty();
        }
        if (!range.hasTimestamp(stored.mark())) {
            return Optional.empty();
        }
        return reader.read(new Snapshot(
                id,
                sequence,
                stored.mark(),
                stored.serializer(),
                stored.manifest(),
                stored.envelope(),
                stored.payload()));
    }

    /** Deletes the snapshots of {@code id} in {@code range}. One that cannot be read counts as of any timestamp. */
    public void delete(String id, SnapshotRange range) {
        if (journal.numberOf(id) != null) {
            journal.write(id, (number, batch, writer, key) -> putDeletions(number, range, batch));
        }
    }

    private void putDeletions(int number, SnapshotRange range, WriteBatch batch) throws RocksDBException {
        try (Rows rows = database.rows()) {
            boolean more = rows.seek(Keys.record(Keys.SNAPSHOTS, number, Math.max(0, range.fromSequence())));
            while (more && Keys.isRecordOf(rows.key(), Keys.SNAPSHOTS, number)) {
                if (Keys.sequenceOf(rows.key()) > range.toSequence()) {
                    break;
                }
                if (isIn(range, rows)) {
                    batch.delete(rows.key());
                }
                more = rows.next();
            }
        }
    }

    private static boolean isIn(SnapshotRange range, Rows rows) {
        try {
            return range.hasTimestamp(Stored.read(rows.key(), rows.value()).mark());
        } catch (JournalDamage e) {
            return true;
        }
    }

    /** Makes something of a snapshot. */
    public interface Reader<T> {
        /** What {@code snapshot} is, or empty when this cannot tell and an earlier one is to be tried. */
        Optional<T> read(Snapshot snapshot);

        /** Told of a snapshot that is passed over because it is damaged. */
        void unreadable(JournalDamage damage);
    }
}
