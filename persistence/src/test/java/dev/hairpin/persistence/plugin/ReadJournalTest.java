package dev.hairpin.persistence.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import akka.persistence.query.EventEnvelope;
import akka.persistence.query.Offset;
import akka.persistence.query.PersistenceQuery;
import akka.stream.KillSwitches;
import akka.stream.UniqueKillSwitch;
import akka.stream.javadsl.Keep;
import akka.stream.javadsl.Sink;
import akka.stream.javadsl.SinkQueueWithCancel;
import akka.stream.javadsl.Source;
import dev.hairpin.persistence.RandomEvents;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReadJournalTest {
    private static final long ALL = Long.MAX_VALUE;

    @TempDir
    private Path folder;

    private JournalUnderTest journal;
    private RocksReadJournal read;

    @BeforeEach
    void start() {
        journal = new JournalUnderTest(
                TestConfig.with("hairpin.read.refresh-interval = 5ms").withFallback(TestConfig.in(folder)));
        read = PersistenceQuery.get(journal.system())
                .getReadJournalFor(RocksReadJournal.class, RocksReadJournal.IDENTIFIER);
    }

    @AfterEach
    void end() {
        journal.close();
    }

    private <T> List<T> all(Source<T, ?> source) throws Exception {
        return get(source.runWith(Sink.seq(), journal.system()));
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    }

    @Test
    void tellsTheIdsThatThereAre() throws Exception {
        assertThat(all(read.currentPersistenceIds())).isEmpty();
        journal.writeStrings("b", 1, 2);
        journal.writeStrings("a", 1, 1);
        journal.delete("a", 1);
        assertThat(all(read.currentPersistenceIds())).containsExactly("a", "b");
    }

    @Test
    void tellsTheEventsThatThereAre() throws Exception {
        journal.writeStrings("a", 1, 100);
        journal.writeStrings("b", 1, 5);
        List<EventEnvelope> events = all(read.currentEventsByPersistenceId("a", 0, ALL));
        assertThat(events).hasSize(100);
        assertThat(events.get(41).event()).isEqualTo("a-42");
        assertThat(events.get(41).offset()).isEqualTo(Offset.sequence(42));
        assertThat(events.get(41).persistenceId()).isEqualTo("a");
        assertThat(numbers(events)).isSorted().doesNotHaveDuplicates();
        assertThat(numbers(all(read.currentEventsByPersistenceId("a", 10, 12)))).containsExactly(10L, 11L, 12L);
        assertThat(all(read.currentEventsByPersistenceId("nobody", 0, ALL))).isEmpty();
    }

    @Test
    void passesOverWhatWasDeletedOrRejected() throws Exception {
        journal.writeStrings("a", 1, 5);
        journal.delete("a", 2);
        journal.writeStrings("a", 8, 9);
        assertThat(numbers(all(read.currentEventsByPersistenceId("a", 0, ALL)))).containsExactly(3L, 4L, 5L, 8L, 9L);
    }

    @Test
    void tellsEventsOfStages() throws Exception {
        Object event = new RandomEvents(3).decided();
        journal.writeAll(JournalUnderTest.atomic(JournalUnderTest.event("a", 1, event)));
        assertThat(all(read.currentEventsByPersistenceId("a", 0, ALL)).get(0).event())
                .isEqualTo(event);
    }

    @Test
    void goesOnAsEventsAreWritten() throws Exception {
        journal.writeStrings("a", 1, 2);
        SinkQueueWithCancel<EventEnvelope> live =
                read.eventsByPersistenceId("a", 1, ALL).runWith(Sink.queue(), journal.system());
        assertNext(live, 1, 2);
        journal.writeStrings("a", 3, 50);
        assertNext(live, 3, 50);
        journal.writeStrings("a", 51, 51);
        assertNext(live, 51, 51);
        live.cancel();
    }

    @Test
    void aLiveQueryEndsAtItsBound() throws Exception {
        CompletionStage<List<EventEnvelope>> live =
                read.eventsByPersistenceId("a", 0, 3).runWith(Sink.seq(), journal.system());
        journal.writeStrings("a", 1, 5);
        assertThat(numbers(get(live))).containsExactly(1L, 2L, 3L);
    }

    @Test
    void aLiveQueryCanBeStopped() throws Exception {
        var running = read.eventsByPersistenceId("a", 0, ALL)
                .viaMat(KillSwitches.single(), Keep.right())
                .toMat(Sink.seq(), Keep.both())
                .run(journal.system());
        UniqueKillSwitch off = running.first();
        off.shutdown();
        assertThat(get(running.second())).isEmpty();
    }

    private static void assertNext(SinkQueueWithCancel<EventEnvelope> live, int from, int to) throws Exception {
        for (long i = from; i <= to; i++) {
            assertThat(get(live.pull()).orElseThrow().sequenceNr()).isEqualTo(i);
        }
    }

    private static List<Long> numbers(List<EventEnvelope> events) {
        return events.stream().map(EventEnvelope::sequenceNr).toList();
    }
}
