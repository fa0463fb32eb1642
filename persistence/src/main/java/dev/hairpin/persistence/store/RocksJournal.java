package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.rocksdb.RocksDBException;
import org.rocksdb.WriteBatch;

/**
 * The journal of a run: events and snapshots of all persistence ids, in one folder. One writer at a time, in one process;
 * readers any number, while it is written too. Safe for many threads.
 *
 * <p>Events of an id carry ascending sequence numbers. A batch is durable whole or not at all, and what survives a crash
 * is a prefix of the batches in the order of their appends, over all ids: so no event is there without those that led to
 * it. After a failed write the journal takes no more, and everything acknowledged before stays readable.
 */
public final class RocksJournal implements StoredEvents {
    private final Database database;
    private final @Nullable Syncer syncer;
    private final Snapshots snapshots;
    private final Object lock = new Object();
    private final Ids ids;
    private final Stored.Writer writer = new Stored.Writer();
    private final ByteBuffer key = ByteBuffer.allocateDirect(Keys.RECORD_KEY);
    private long sinceNewLog;

    private RocksJournal(Database database) {
        this.database = database;
        this.ids = Ids.read(database);
        this.snapshots = new Snapshots(this, database);
        this.syncer = database.isWritable() ? new Syncer(database::sync) : null;
    }

    /**
     * Opens the journal in {@code folder} for writing, or makes one where there is nothing yet.
     *
     * @throws JournalRefused when somebody else is writing it, or the folder holds something else
     * @throws JournalDamage when it is damaged otherwise than by a torn end, which is what a crash leaves
     */
    public static RocksJournal openForWriting(Path folder) {
        return open(Database.forWriting(folder));
    }

    /** Opens the journal in {@code folder} as it is now, for reading. Nothing is written to the folder. */
    public static RocksJournal openForReading(Path folder) {
        return open(Database.forReading(folder));
    }

    private static RocksJournal open(Database database) {
        try {
            return new RocksJournal(database);
        } catch (JournalException e) {
            database.close();
            throw e;
        }
    }

    public Path folder() {
        return database.folder();
    }

    /**
     * Appends {@code entries} whole or not at all, and returns when they are as durable as {@code durability} says.
     *
     * @throws JournalRefused when a sequence number is not above all that its id ever had; nothing was written
     */
    public void append(List<Entry> entries, Durability durability) {
        try {
            appendAsync(entries, durability).toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof JournalException failure ? failure : e;
        }
    }

    /**
     * As {@link #append}, but waits only for the operating system: on return readers see the entries and their order is
     * settled. The stage completes when they are as durable as {@code durability} says.
     */
    public CompletionStage<Void> appendAsync(List<Entry> entries, Durability durability) {
        if (entries.isEmpty()) {
            return CompletableFuture.completedFuture(null);
        }
        synchronized (lock) {
            try (WriteBatch batch = new WriteBatch()) {
                put(entries, batch);
                write(batch);
                for (Entry entry : entries) {
                    Id id = ids.findOrAdd(entry.id());
                    id.highest = id.pending;
                    id.stored = true;
                }
            } catch (RocksDBException e) {
                throw Database.failure("cannot put events together", e);
            } finally {
                for (Entry entry : entries) {
                    Id id = ids.findOrAdd(entry.id());
                    id.pending = id.highest;
                }
            }
        }
        return durability == Durability.ALWAYS ? syncer().synced() : CompletableFuture.completedFuture(null);
    }

    private void put(List<Entry> entries, WriteBatch batch) throws RocksDBException {
        for (Entry entry : entries) {
            Id id = ids.findOrAdd(entry.id());
            if (entry.sequence() <= id.pending) {
                throw new JournalRefused(entry.id() + ": event " + entry.sequence() + " does not follow on "
                        + id.pending + "; has another writer been at it?");
            }
            Ids.store(id, batch);
            Keys.putRecord(key, Keys.EVENTS, id.number, entry.sequence());
            batch.put(
                    key,
                    writer.write(
                            key.duplicate(),
                            entry.sequence() - id.pending,
                            entry.serializer(),
                            entry.manifest(),
                            entry.envelope(),
                            entry.payload()));
            id.pending = entry.sequence();
        }
    }

    /** The highest sequence number that an event of {@code id} ever had, deleted ones included; 0 when it had none. */
    public long highest(String id) {
        synchronized (lock) {
            Id known = ids.find(id);
            return known == null ? 0 : known.highest;
        }
    }

    @Override
    public List<String> ids() {
        synchronized (lock) {
            return ids.withEvents();
        }
    }

    /** The events of {@code id} from number {@code from} to {@code to}, both included, that are there now. */
    @Override
    public EventCursor events(String id, long from, long to) {
        synchronized (lock) {
            Id known = ids.find(id);
            return known == null
                    ? new EventCursor(null, id, 0, from, to, 0)
                    : new EventCursor(database.rows(), id, known.number, from, to, known.deletedTo);
        }
    }

    /** Deletes the events of {@code id} up to number {@code to}, included. Its highest number stays what it is. */
    public void deleteEvents(String id, long to) {
        synchronized (lock) {
            Id known = ids.find(id);
            long last = known == null ? 0 : Math.min(to, known.highest);
            if (known == null || last <= known.deletedTo) {
                return;
            }
            try (WriteBatch batch = new WriteBatch()) {
                batch.deleteRange(
                        Keys.record(Keys.EVENTS, known.number, 0), Keys.record(Keys.EVENTS, known.number, last + 1));
                batch.put(
                        Keys.deletion(known.number),
                        ByteBuffer.allocate(Long.BYTES).putLong(last).array());
                write(batch);
                known.deletedTo = last;
            } catch (RocksDBException e) {
                throw Database.failure("cannot delete events", e);
            }
        }
    }

    /** The snapshots. */
    public Snapshots snapshots() {
        return snapshots;
    }

    @Nullable
    Integer numberOf(String id) {
        synchronized (lock) {
            Id known = ids.find(id);
            return known == null ? null : Integer.valueOf(known.number);
        }
    }

    /** Writes what {@code change} of {@code name} puts into a batch, after all appends before it. */
    void write(String name, Change change) {
        synchronized (lock) {
            Id id = ids.findOrAdd(name);
            try (WriteBatch batch = new WriteBatch()) {
                Ids.store(id, batch);
                change.putInto(id.number, batch, writer, key);
                write(batch);
                id.stored = true;
            } catch (RocksDBException e) {
                throw Database.failure("cannot put a change together", e);
            }
        }
    }

    private void write(WriteBatch batch) {
        database.write(batch);
        syncer().written();
        sinceNewLog += batch.getDataSize();
        if (sinceNewLog >= Tuning.SWITCH_AFTER) {
            sinceNewLog = 0;
            database.beginNewLog();
        }
    }

    private Syncer syncer() {
        if (syncer == null) {
            throw new JournalRefused(folder() + " was opened for reading");
        }
        return syncer;
    }

    /** Syncs to the disk all that was appended before. */
    public void sync() {
        database.sync();
    }

    /** Octets of the journal's files. */
    @Override
    public long bytes() {
        return bytesOnDisk(folder());
    }

    /** Octets of the files in {@code folder}. */
    public static long bytesOnDisk(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.mapToLong(RocksJournal::size).sum();
        } catch (IOException e) {
            throw new JournalException(folder + ": " + e.getMessage(), e);
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (NoSuchFileException e) {
            return 0;
        } catch (IOException e) {
            throw new JournalException(file + ": " + e.getMessage(), e);
        }
    }

    /** Syncs, and gives the folder back. Cursors that are still open end with an exception. Idempotent. */
    @Override
    public void close() {
        synchronized (lock) {
            if (syncer != null) {
                syncer.close();
            }
            database.close();
        }
    }

    /** Puts something of the id with this number into a batch. */
    @FunctionalInterface
    interface Change {
        void putInto(int number, WriteBatch batch, Stored.Writer writer, ByteBuffer key) throws RocksDBException;
    }
}
