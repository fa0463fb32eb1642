package dev.hairpin.actors.link;

import akka.actor.typed.ActorSystem;
import akka.persistence.query.EventEnvelope;
import akka.persistence.query.PersistenceQuery;
import akka.persistence.query.javadsl.CurrentEventsByPersistenceIdQuery;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import dev.hairpin.model.decision.Decided;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * How the events that a stage's journal holds already are read once more, to let out again what they had let out. Whatever
 * journal is configured, it is asked through Akka's query interface.
 */
public final class RecordedEvents {
    private final ActorSystem<?> system;
    private final CurrentEventsByPersistenceIdQuery journal;
    private final String ids;

    private RecordedEvents(ActorSystem<?> system, CurrentEventsByPersistenceIdQuery journal, String ids) {
        this.system = system;
        this.journal = journal;
        this.ids = ids;
    }

    /**
     * @param plugin the configuration id of the read journal, such as {@code hairpin.read}
     * @param ids what the persistence ids of the run's stages begin with
     */
    public static RecordedEvents of(ActorSystem<?> system, String plugin, String ids) {
        return new RecordedEvents(
                system,
                PersistenceQuery.get(system).getReadJournalFor(CurrentEventsByPersistenceIdQuery.class, plugin),
                ids);
    }

    /** The persistence id of {@code stage}. */
    String id(String stage) {
        return ids + stage;
    }

    /** The decisions of {@code stage} behind its event {@code sequence}, of which the first is 1. */
    Reader behind(String stage, long sequence) {
        return new Reader(journal.currentEventsByPersistenceId(id(stage), sequence + 1, Long.MAX_VALUE)
                .map(EventEnvelope::event)
                .collectType(Decided.class)
                .runWith(Sink.queue(), system));
    }

    /** One stage's decisions, one after the other. */
    static final class Reader implements AutoCloseable {
        private final SinkQueueWithCancel<Decided> events;

        private Reader(SinkQueueWithCancel<Decided> events) {
            this.events = events;
        }

        /** The next, or empty at the end of the journal. Not to be asked again before it has answered. */
        CompletionStage<Optional<Decided>> next() {
            return events.pull();
        }

        @Override
        public void close() {
            events.cancel();
        }
    }
}
