package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalException;
import java.util.function.Consumer;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * The keys and values of the database in order, as they were when this was opened. May be closed by the database at any
 * time, from any thread, because native memory must not outlive it: every later call throws.
 */
final class Rows implements AutoCloseable {
    private final RocksIterator iterator;
    private final Consumer<Rows> onClose;
    private boolean closed;

    Rows(RocksIterator iterator, Consumer<Rows> onClose) {
        this.iterator = iterator;
        this.onClose = onClose;
    }

    /** To the first key that is {@code key} or after it; false when there is none. */
    synchronized boolean seek(byte[] key) {
        checkOpen();
        iterator.seek(key);
        return valid();
    }

    /** To the last key that is {@code key} or before it; false when there is none. */
    synchronized boolean seekBack(byte[] key) {
        checkOpen();
        iterator.seekForPrev(key);
        return valid();
    }

    /** To the next key; false when there is none, then and ever after. */
    synchronized boolean next() {
        checkOpen();
        if (!iterator.isValid()) {
            return false;
        }
        iterator.next();
        return valid();
    }

    /** To the key before; false when there is none, then and ever after. */
    synchronized boolean previous() {
        checkOpen();
        if (!iterator.isValid()) {
            return false;
        }
        iterator.prev();
        return valid();
    }

    synchronized byte[] key() {
        checkOpen();
        return iterator.key();
    }

    synchronized byte[] value() {
        checkOpen();
        return iterator.value();
    }

    private boolean valid() {
        if (iterator.isValid()) {
            return true;
        }
        try {
            iterator.status();
        } catch (RocksDBException e) {
            throw Database.failure("cannot read the journal", e);
        }
        return false;
    }

    private void checkOpen() {
        if (closed) {
            throw new JournalException("the journal was closed while it was read");
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            iterator.close();
        }
        onClose.accept(this);
    }
}
