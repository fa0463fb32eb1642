package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalException;
import java.util.ArrayDeque;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Syncs a database in a thread of its own: soon after something was written, at once when somebody waits for it. Whoever
 * waits while a sync is under way shares the next one.
 */
final class Syncer implements AutoCloseable {
    private static final long DELAY_MILLIS = 100;

    private final Runnable sync;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Waiter> waiters = new ArrayDeque<>();
    private final Thread thread = new Thread(this::run, "hairpin-journal-sync");
    private long written;
    private long synced;
    private boolean closing;
    private @Nullable JournalException failed;

    Syncer(Runnable sync) {
        this.sync = sync;
        thread.setDaemon(true);
        thread.start();
    }

    /** Something was written; it will be synced before long. */
    void written() {
        lock.lock();
        try {
            written++;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Completes when all that was written before is on the disk. */
    CompletionStage<Void> synced() {
        CompletableFuture<Void> done = new CompletableFuture<>();
        lock.lock();
        try {
            if (failed != null) {
                done.completeExceptionally(failed);
            } else if (synced == written) {
                done.complete(null);
            } else {
                waiters.add(new Waiter(written, done));
                changed.signalAll();
            }
        } finally {
            lock.unlock();
        }
        return done;
    }

    private void run() {
        try {
            for (long upTo = awaitWork(); upTo > 0; upTo = awaitWork()) {
                sync.run();
                completeUpTo(upTo);
            }
        } catch (JournalException e) {
            fail(e);
        } catch (InterruptedException e) {
            fail(new JournalException("the journal's sync was interrupted", e));
        }
    }

    /** Waits until it is time to sync, and says up to which write; 0 at the end. */
    private long awaitWork() throws InterruptedException {
        lock.lock();
        try {
            while (synced == written && !closing) {
                changed.await();
            }
            long nanos = TimeUnit.MILLISECONDS.toNanos(DELAY_MILLIS);
            while (nanos > 0 && waiters.isEmpty() && !closing) {
                nanos = changed.awaitNanos(nanos);
            }
            return synced == written ? 0 : written;
        } finally {
            lock.unlock();
        }
    }

    private void completeUpTo(long upTo) {
        ArrayDeque<Waiter> done = new ArrayDeque<>();
        lock.lock();
        try {
            synced = upTo;
            while (!waiters.isEmpty() && waiters.getFirst().upTo <= upTo) {
                done.add(waiters.removeFirst());
            }
        } finally {
            lock.unlock();
        }
        done.forEach(waiter -> waiter.done.complete(null));
    }

    private void fail(JournalException e) {
        ArrayDeque<Waiter> all;
        lock.lock();
        try {
            failed = e;
            all = waiters.clone();
            waiters.clear();
        } finally {
            lock.unlock();
        }
        all.forEach(waiter -> waiter.done.completeExceptionally(e));
    }

    /** Syncs what is left and ends. */
    @Override
    public void close() {
        lock.lock();
        try {
            closing = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private record Waiter(long upTo, CompletableFuture<Void> done) {}
}
