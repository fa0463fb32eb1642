package dev.hairpin.persistence.plugin;

import akka.NotUsed;
import akka.actor.ExtendedActorSystem;
import akka.japi.Pair;
import akka.pattern.Patterns;
import akka.persistence.FilteredPayload;
import akka.persistence.Persistence;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.EventAdapters;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.CurrentPersistenceIdsQuery;
import akka.persistence.query.javadsl.EventsByPersistenceIdQuery;
import akka.persistence.query.javadsl.ReadJournal;
import akka.stream.javadsl.Source;
import com.typesafe.config.Config;
import dev.hairpin.persistence.store.EventCursor;
import dev.hairpin.persistence.store.RocksJournal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Akka Persistence's queries over the journal that this actor system writes; configuration {@code hairpin.read}. Offsets
 * are sequence numbers. Events come through the event adapters of the configured journal.
 *
 * <p>Queries read in chunks as they are asked for more, so a slow one holds nothing.
 */
public final class RocksReadJournal
        implements ReadJournal,
                CurrentPersistenceIdsQuery,
                CurrentEventsByPersistenceIdQuery,
                EventsByPersistenceIdQuery {
    /** Its name in the configuration, as {@code PersistenceQuery} wants it. */
    public static final String IDENTIFIER = "hairpin.read";

    private static final int CHUNK = 32;

    private final ExtendedActorSystem system;
    private final RocksJournal journal;
    private final Payloads payloads;
    private final EventAdapters adapters;
    private final Executor reading;
    private final Duration refresh;

    RocksReadJournal(ExtendedActorSystem system, Config config) {
        this.system = system;
        this.journal = RocksJournals.get(system).of(config);
        this.payloads = new Payloads(system);
        this.adapters = Persistence.get(system).adaptersFor(config.getString("journal"));
        this.reading = system.dispatchers().lookup(config.getString("dispatcher"));
        this.refresh = config.getDuration("refresh-interval");
    }

    @Override
    public Source<String, NotUsed> currentPersistenceIds() {
        return Source.lazySource(() -> Source.from(journal.ids())).mapMaterializedValue(later -> NotUsed.getInstance());
    }

    @Override
    public Source<EventEnvelope, NotUsed> currentEventsByPersistenceId(String persistenceId, long from, long to) {
        return Source.lazySource(() -> {
                    long last = Math.min(to, journal.highest(persistenceId));
                    return Source.unfoldAsync(
                                    from,
                                    next -> CompletableFuture.supplyAsync(
                                            () -> chunk(persistenceId, next, last), reading))
                            .mapConcat(chunk -> chunk);
                })
                .mapMaterializedValue(later -> NotUsed.getInstance());
    }

    /** Goes on as events are written, up to {@code to}. New ones are looked for every {@code refresh-interval}. */
    @Override
    public Source<EventEnvelope, NotUsed> eventsByPersistenceId(String persistenceId, long from, long to) {
        return Source.unfoldAsync(from, next -> next > to ? nothing() : await(persistenceId, next, to))
                .mapConcat(chunk -> chunk);
    }

    private static CompletionStage<Optional<Pair<Long, List<EventEnvelope>>>> nothing() {
        return CompletableFuture.completedFuture(Optional.empty());
    }

    private CompletionStage<Optional<Pair<Long, List<EventEnvelope>>>> await(String id, long from, long to) {
        return CompletableFuture.supplyAsync(() -> chunk(id, from, to), reading)
                .thenCompose(chunk -> chunk.isPresent()
                        ? CompletableFuture.completedFuture(chunk)
                        : Patterns.after(
                                refresh,
                                system.scheduler(),
                                system.dispatcher(),
                                () -> CompletableFuture.completedFuture(Optional.of(Pair.create(from, List.of())))));
    }

    /** The next events and where to go on after them; empty when there are none. */
    private Optional<Pair<Long, List<EventEnvelope>>> chunk(String id, long from, long to) {
        List<EventEnvelope> events = new ArrayList<>(CHUNK);
        long next = from;
        try (EventCursor cursor = journal.events(id, from, to)) {
            for (int read = 0; read < CHUNK && cursor.next(); read++) {
                add(payloads.event(id, cursor.event()), events);
                next = cursor.event().sequence() + 1;
            }
        }
        return next == from ? Optional.empty() : Optional.of(Pair.create(next, events));
    }

    private void add(PersistentRepr event, List<EventEnvelope> to) {
        Object payload = event.payload();
        if (payload instanceof FilteredPayload) {
            return;
        }
        for (Object adapted : CollectionConverters.asJava(adapters.get(payload.getClass())
                .fromJournal(payload, event.manifest())
                .events())) {
            to.add(new EventEnvelope(
                    Offset.sequence(event.sequenceNr()),
                    event.persistenceId(),
                    event.sequenceNr(),
                    adapted,
                    event.timestamp(),
                    event.metadata()));
        }
    }
}
