package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;
import org.rocksdb.FlushOptions;
import org.rocksdb.Options;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksObject;
import org.rocksdb.Status;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * RocksDB with its native memory and its failures kept in order: nothing is called on what was closed, a database of
 * which a write failed takes no more, and exceptions are Hairpin's. Safe for many threads.
 */
final class Database implements AutoCloseable {
    /**
     * A reader may find that the writer just replaced a file, and looks again. What it finds twice, word for word, while
     * the manifest stays what it is, is so.
     */
    private static final long PAUSE_NANOS = 2_000_000;

    private final Path folder;
    private final boolean writable;
    private final Options options;
    private final RocksDB rocks;
    private final ReadOptions readOptions = new ReadOptions().setFillCache(false);
    private final WriteOptions writeOptions = new WriteOptions();
    private final FlushOptions begin = new FlushOptions().setWaitForFlush(false);
    private final FlushOptions complete = new FlushOptions().setWaitForFlush(true);
    private final ReentrantReadWriteLock life = new ReentrantReadWriteLock();
    private final Set<Rows> reading = ConcurrentHashMap.newKeySet();
    private boolean closed;
    private volatile @Nullable JournalException failed;

    private Database(Path folder, boolean writable, Options options, RocksDB rocks) {
        this.folder = folder;
        this.writable = writable;
        this.options = options;
        this.rocks = rocks;
    }

    /** Opens or makes it, for this process alone. */
    static Database forWriting(Path folder) {
        if (!FormatFile.exists(folder)) {
            FormatFile.create(folder);
        }
        LogFile.checkAll(folder);
        Options options = Tuning.options();
        try {
            return new Database(folder, true, options, RocksDB.open(options, folder.toString()));
        } catch (RocksDBException e) {
            options.close();
            String message = String.valueOf(e.getMessage());
            if (message.contains("lock") && message.contains("LOCK")) {
                throw new JournalRefused(folder + " is being written already: a journal has one writer at a time", e);
            }
            throw failure("cannot open the journal " + folder, e);
        }
    }

    /** Opens it as it is now. A writer, of this process or another, may go on meanwhile; what it writes is not seen. */
    static Database forReading(Path folder) {
        if (!FormatFile.exists(folder)) {
            throw new JournalRefused(folder + ": there is no journal");
        }
        String failedBefore = "";
        while (true) {
            LogFile.checkAll(folder);
            ManifestMark before = ManifestMark.of(folder);
            Options options = Tuning.options().setCreateIfMissing(false);
            try {
                RocksDB rocks = RocksDB.openReadOnly(options, folder.toString());
                if (before.equals(ManifestMark.of(folder))) {
                    return new Database(folder, false, options, rocks);
                }
                rocks.close();
                options.close();
            } catch (RocksDBException e) {
                options.close();
                String message = String.valueOf(e.getMessage());
                if (message.equals(failedBefore) && before.equals(ManifestMark.of(folder))) {
                    throw failure("cannot open the journal " + folder, e);
                }
                failedBefore = message;
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }
    }

    Path folder() {
        return folder;
    }

    boolean isWritable() {
        return writable;
    }

    /** All rows as they are now. */
    Rows rows() {
        life.readLock().lock();
        try {
            checkOpen();
            Rows rows = new Rows(rocks.newIterator(readOptions), reading::remove);
            reading.add(rows);
            return rows;
        } finally {
            life.readLock().unlock();
        }
    }

    /** Hands {@code batch} to the operating system, whole or not at all. */
    void write(WriteBatch batch) {
        whileUsable("cannot write the journal", () -> rocks.write(writeOptions, batch));
    }

    /** Syncs all that was written before to the disk. */
    void sync() {
        whileUsable("cannot sync the journal", rocks::syncWal);
    }

    /** Begins a new log. The caller lets nobody write meanwhile; so all of the old one is on disk before. */
    void beginNewLog() {
        whileUsable("cannot write the journal", () -> {
            rocks.syncWal();
            rocks.flush(begin);
        });
    }

    private void whileUsable(String what, NativeCall call) {
        life.readLock().lock();
        try {
            checkOpen();
            if (!writable) {
                throw new JournalRefused(folder + " was opened for reading");
            }
            JournalException earlier = failed;
            if (earlier != null) {
                throw new JournalException("the journal takes no more: " + earlier.getMessage(), earlier);
            }
            call.run();
        } catch (RocksDBException e) {
            JournalException failure = failure(what + " " + folder, e);
            failed = failure;
            throw failure;
        } finally {
            life.readLock().unlock();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new JournalException("the journal " + folder + " is closed");
        }
    }

    /** What RocksDB's exception means here. */
    static JournalException failure(String what, RocksDBException e) {
        String message = what + ": " + e.getMessage();
        Status status = e.getStatus();
        if (status != null && status.getCode() == Status.Code.Corruption) {
            return new JournalDamage(message, e);
        }
        return new JournalException(message, e);
    }

    /**
     * Ends all reading, brings what was written into its final files, and gives the folder back. Everything that was
     * handed to the operating system stays there even when this throws, which it does when anything has failed, be it
     * before. Idempotent.
     */
    @Override
    public void close() {
        life.writeLock().lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            List.copyOf(reading).forEach(Rows::close);
            if (writable && failed == null) {
                rocks.syncWal();
                rocks.flush(complete);
            }
            rocks.closeE();
        } catch (RocksDBException e) {
            failed = failed == null ? failure("cannot close the journal " + folder, e) : failed;
        } finally {
            rocks.close();
            List.of(options, readOptions, writeOptions, begin, complete).forEach(RocksObject::close);
            life.writeLock().unlock();
        }
        JournalException failure = failed;
        if (failure != null) {
            throw new JournalException(String.valueOf(failure.getMessage()), failure);
        }
    }

    @FunctionalInterface
    private interface NativeCall {
        void run() throws RocksDBException;
    }
}
