package dev.hairpin.persistence.plugin;

import akka.dispatch.Futures;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import com.typesafe.config.Config;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.store.Entry;
import dev.hairpin.persistence.store.EventCursor;
import dev.hairpin.persistence.store.RocksJournal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import scala.concurrent.ExecutionContext;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/**
 * Akka Persistence's journal over {@link RocksJournal}; configuration {@code hairpin.journal}.
 *
 * <p>Messages are written in this actor's own thread, one batch a message, before the next message is looked at; so
 * whatever asks later, a restarted writer above all, finds them. An event is acknowledged when it is as durable as {@code
 * sync} says. An event that cannot be serialized is rejected alone.
 */
public final class RocksJournalPlugin extends AsyncWriteJournal {
    /** In place of the first sequence number: of the events there are, only the last one. */
    private static final long ONLY_LAST = -1;

    private final JournalInUse journal;
    private final Payloads payloads;
    private final ExecutionContext replaying;

    /** Made by Akka, with what is configured. */
    public RocksJournalPlugin(Config config) {
        this.journal = new JournalInUse(context().system(), config);
        this.payloads = new Payloads(context().system());
        this.replaying = context().system().dispatchers().lookup(config.getString("replay-dispatcher"));
    }

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        List<Entry> entries = new ArrayList<>();
        List<Optional<Exception>> results = new ArrayList<>();
        for (AtomicWrite message : messages) {
            results.add(serialize(message, entries));
        }
        try {
            CompletionStage<Iterable<Optional<Exception>>> written =
                    journal.get().appendAsync(entries, journal.durability()).thenApply(done -> results);
            return FutureConverters.asScala(written);
        } catch (JournalException e) {
            return Futures.failed(e);
        }
    }

    /** Adds all of {@code message} to {@code entries}, or nothing and says why. */
    private Optional<Exception> serialize(AtomicWrite message, List<Entry> entries) {
        int before = entries.size();
        try {
            for (PersistentRepr event : CollectionConverters.asJava(message.payload())) {
                entries.add(payloads.entry(event));
            }
            return Optional.empty();
        } catch (Exception e) {
            entries.subList(before, entries.size()).clear();
            return Optional.of(e);
        }
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return Futures.future(
                () -> {
                    journal.get().deleteEvents(persistenceId, toSequenceNr);
                    return null;
                },
                replaying);
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replayCallback) {
        return Futures.future(
                () -> {
                    replay(persistenceId, from, to, max, replayCallback);
                    return null;
                },
                replaying);
    }

    private void replay(String id, long from, long to, long max, Consumer<PersistentRepr> callback) {
        long first = from == ONLY_LAST ? Math.min(to, journal.get().highest(id)) : from;
        try (EventCursor cursor = journal.get().events(id, first, to)) {
            for (long given = 0; given < max && cursor.next(); given++) {
                callback.accept(payloads.event(id, cursor.event()));
            }
        }
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long fromSequenceNr) {
        try {
            return Futures.successful(journal.get().highest(persistenceId));
        } catch (JournalException e) {
            return Futures.failed(e);
        }
    }
}
