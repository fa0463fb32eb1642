package dev.hairpin.persistence.plugin;

import static dev.hairpin.persistence.plugin.JournalUnderTest.atomic;
import static dev.hairpin.persistence.plugin.JournalUnderTest.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol;
import akka.persistence.PersistentRepr;
import com.typesafe.config.Config;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.persistence.RandomEvents;
import dev.hairpin.persistence.plugin.JournalUnderTest.Replayed;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * What every journal that Hairpin runs on must do, as its configuration alone makes it: the cases that Akka asks of a
 * journal, and after them those that Hairpin adds. A subclass says which journal.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JournalContract {
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final long ALL = Long.MAX_VALUE;

    private JournalUnderTest journal;
    /** Has five events, a-1 to a-5, of its own in each test. */
    private String id;

    /** The configuration of an actor system on the journal; always the same one, so that it can be left and reopened. */
    abstract Config config();

    /** Akka leaves it open, and nothing of Hairpin's asks for it. */
    boolean replaysOnlyTheLastOneIfAsked() {
        return true;
    }

    @BeforeAll
    void start() {
        journal = new JournalUnderTest(config());
    }

    @AfterAll
    void end() {
        journal.close();
    }

    @BeforeEach
    void writeFive() {
        id = "id-" + NEXT.incrementAndGet();
        journal.writeStrings(id, 1, 5);
    }

    private void restart() {
        journal.close();
        journal = new JournalUnderTest(config());
    }

    @Test
    void replaysAll() {
        Replayed replayed = journal.replayAll(id);
        assertThat(replayed.payloads()).containsExactly("a-1", "a-2", "a-3", "a-4", "a-5");
        assertThat(replayed.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L);
        assertThat(replayed.highest()).isEqualTo(5);
        assertThat(replayed.events()).allSatisfy(event -> {
            assertThat(event.persistenceId()).isEqualTo(id);
            assertThat(event.writerUuid()).isEqualTo(JournalUnderTest.WRITER);
            assertThat(event.deleted()).isFalse();
        });
    }

    @Test
    void replaysFromALowerBound() {
        assertThat(journal.replay(id, 3, ALL, ALL).numbers()).containsExactly(3L, 4L, 5L);
    }

    @Test
    void replaysToAnUpperBound() {
        Replayed replayed = journal.replay(id, 1, 3, ALL);
        assertThat(replayed.numbers()).containsExactly(1L, 2L, 3L);
        assertThat(replayed.highest()).isEqualTo(5);
    }

    @Test
    void replaysNoMoreThanTheLimit() {
        assertThat(journal.replay(id, 1, ALL, 3).numbers()).containsExactly(1L, 2L, 3L);
    }

    @Test
    void replaysBetweenBounds() {
        assertThat(journal.replay(id, 2, 3, ALL).numbers()).containsExactly(2L, 3L);
    }

    @Test
    void replaysBetweenBoundsNoMoreThanTheLimit() {
        assertThat(journal.replay(id, 2, 5, 2).numbers()).containsExactly(2L, 3L);
    }

    @Test
    void replaysOneWhenTheBoundsAreEqual() {
        assertThat(journal.replay(id, 2, 2, ALL).numbers()).containsExactly(2L);
    }

    @Test
    void replaysOneWhenTheLimitIsOne() {
        assertThat(journal.replay(id, 2, 4, 1).numbers()).containsExactly(2L);
    }

    @Test
    void replaysNoneWhenTheLimitIsNone() {
        assertThat(journal.replay(id, 2, 4, 0).numbers()).isEmpty();
    }

    @Test
    void replaysNoneWhenTheLowerBoundIsAboveTheUpper() {
        assertThat(journal.replay(id, 3, 2, ALL).numbers()).isEmpty();
    }

    @Test
    void replaysNoneOfAnUnknownId() {
        Replayed replayed = journal.replay("nobody", 1, ALL, ALL);
        assertThat(replayed.numbers()).isEmpty();
        assertThat(replayed.highest()).isZero();
    }

    @Test
    void tellsTheHighestNumberWithoutReplaying() {
        Replayed replayed = journal.replay(id, 1, 0, ALL);
        assertThat(replayed.numbers()).isEmpty();
        assertThat(replayed.highest()).isEqualTo(5);
    }

    @Test
    void doesNotReplayWhatWasDeleted() {
        journal.delete(id, 3);
        Replayed replayed = journal.replayAll(id);
        assertThat(replayed.numbers()).containsExactly(4L, 5L);
        assertThat(journal.replay(id, 2, 4, ALL).numbers()).containsExactly(4L);
        assertThat(replayed.highest()).isEqualTo(5);
    }

    @Test
    void keepsTheHighestNumberWhenSomeWereDeleted() {
        journal.delete(id, 3);
        assertThat(journal.replay(id, 1, 0, ALL).highest()).isEqualTo(5);
    }

    @Test
    void keepsTheHighestNumberWhenAllWereDeleted() {
        journal.delete(id, ALL);
        Replayed replayed = journal.replayAll(id);
        assertThat(replayed.numbers()).isEmpty();
        assertThat(replayed.highest()).isEqualTo(5);
    }

    @Test
    void rejectsAloneWhatCannotBeSerializedInTheMiddleOfABatch() {
        List<Object> answers = journal.write(
                atomic(event(id, 6, "a-6")),
                atomic(event(id, 7, new NotForAnySerializer())),
                atomic(event(id, 8, "a-8")));
        assertThat(answers.get(0)).isInstanceOf(JournalProtocol.WriteMessagesSuccessful$.class);
        assertThat(answers.get(1)).isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
        assertThat(answers.get(2)).isInstanceOf(JournalProtocol.WriteMessageRejected.class);
        assertThat(answers.get(3)).isInstanceOf(JournalProtocol.WriteMessageSuccess.class);
        Replayed replayed = journal.replayAll(id);
        assertThat(replayed.numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 8L);
        assertThat(replayed.highest()).isEqualTo(8);
    }

    @Test
    void rejectsAnAtomicWriteWhole() {
        List<Object> answers = journal.write(
                atomic(event(id, 6, "a-6"), event(id, 7, new NotForAnySerializer()), event(id, 8, "a-8")));
        assertThat(answers.subList(1, 4))
                .allSatisfy(each -> assertThat(each).isInstanceOf(JournalProtocol.WriteMessageRejected.class));
        assertThat(journal.replayAll(id).highest()).isEqualTo(5);
    }

    @Test
    void writesSeveralEventsAtOnce() {
        journal.writeAll(atomic(event(id, 6, "a-6"), event(id, 7, "a-7")), atomic(event(id, 8, "a-8")));
        assertThat(journal.replayAll(id).numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void serializesEvents() {
        StageEvent event = new RandomEvents(1).decided();
        journal.writeAll(atomic(event(id, 6, event)));
        Object replayed = journal.replay(id, 6, 6, ALL).payloads().get(0);
        assertThat(replayed).isEqualTo(event).isNotSameAs(event);
    }

    @Test
    void keepsMetadataManifestAndTimestamp() {
        PersistentRepr event =
                event(id, 6, "a-6").withMetadata("meta").withManifest("adapted").withTimestamp(1234567890123L);
        journal.writeAll(atomic(event));
        PersistentRepr replayed = journal.replay(id, 6, 6, ALL).events().get(0);
        assertThat(JournalUnderTest.metadata(replayed)).isEqualTo("meta");
        assertThat(replayed.manifest()).isEqualTo("adapted");
        assertThat(replayed.timestamp()).isPositive();
    }

    @Test
    void replaysOnlyTheLastOne() {
        assumeTrue(replaysOnlyTheLastOneIfAsked(), "akka-persistence-jdbc 5 knows no replay of the last event alone");
        assertThat(journal.replay(id, -1, ALL, ALL).numbers()).containsExactly(5L);
    }

    @Test
    void keepsEverythingOverARestart() {
        StageEvent event = new RandomEvents(2).decided();
        journal.writeAll(atomic(event(id, 6, event)));
        restart();
        Replayed replayed = journal.replayAll(id);
        assertThat(replayed.payloads()).containsExactly("a-1", "a-2", "a-3", "a-4", "a-5", event);
        assertThat(replayed.highest()).isEqualTo(6);
    }

    @Test
    void goesOnAfterARestart() {
        restart();
        journal.writeStrings(id, 6, 7);
        restart();
        journal.writeStrings(id, 8, 8);
        assertThat(journal.replayAll(id).numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
    }

    @Test
    void keepsDeletionsAndTheHighestNumberOverARestart() {
        journal.delete(id, ALL);
        restart();
        Replayed replayed = journal.replayAll(id);
        assertThat(replayed.numbers()).isEmpty();
        assertThat(replayed.highest()).isEqualTo(5);
        journal.writeStrings(id, 6, 6);
        assertThat(journal.replayAll(id).numbers()).containsExactly(6L);
    }

    @Test
    void keepsARejectedNumberApartFromALostOneOverARestart() {
        journal.write(atomic(event(id, 6, new NotForAnySerializer())), atomic(event(id, 7, "a-7")));
        restart();
        assertThat(journal.replayAll(id).numbers()).containsExactly(1L, 2L, 3L, 4L, 5L, 7L);
        assertThat(journal.replay(id, 6, ALL, ALL).numbers()).containsExactly(7L);
    }

    @Test
    void keepsInterleavedIdsApart() {
        String other = id + "/other";
        for (int i = 1; i <= 20; i++) {
            journal.writeAll(atomic(event(other, i, "b-" + i)));
            journal.writeAll(atomic(event(id, 5 + i, "a-" + (5 + i))));
        }
        journal.delete(id, 10);
        assertThat(journal.replayAll(id).numbers()).hasSize(15).startsWith(11L).isSorted();
        Replayed replayed = journal.replayAll(other);
        assertThat(replayed.payloads())
                .hasSize(20)
                .allSatisfy(each -> assertThat((String) each).startsWith("b-"));
        assertThat(replayed.numbers()).isSorted();
    }

    @Test
    void idsThatBeginAlikeAreDifferent() {
        journal.writeStrings(id + "1", 1, 2);
        journal.writeStrings(id + "ü", 1, 3);
        assertThat(journal.replayAll(id + "1").highest()).isEqualTo(2);
        assertThat(journal.replayAll(id + "ü").highest()).isEqualTo(3);
        assertThat(journal.replayAll(id).highest()).isEqualTo(5);
    }

    @Test
    void keepsTheOrderOfManyEvents() {
        List<AtomicWrite> writes = new ArrayList<>();
        for (int i = 6; i <= 500; i++) {
            writes.add(atomic(event(id, i, "a-" + i)));
            if (writes.size() == 45) {
                journal.writeAll(writes.toArray(AtomicWrite[]::new));
                writes.clear();
            }
        }
        journal.writeAll(writes.toArray(AtomicWrite[]::new));
        Replayed replayed = journal.replayAll(id);
        assertThat(replayed.numbers()).hasSize(500).isSorted().doesNotHaveDuplicates();
        assertThat(replayed.payloads()).endsWith("a-499", "a-500");
    }

    @Test
    void keepsBigEvents() {
        String big = "x".repeat(3_000_000);
        journal.writeAll(atomic(event(id, 6, big)));
        assertThat(journal.replay(id, 6, 6, ALL).payloads()).containsExactly(big);
    }

    @Test
    void refusesANumberThatWasUsed() {
        List<Object> answers = journal.write(atomic(event(id, 5, "another's")));
        assertThat(answers.get(0)).isInstanceOf(JournalProtocol.WriteMessagesFailed.class);
        assertThat(journal.replayAll(id).payloads()).containsExactly("a-1", "a-2", "a-3", "a-4", "a-5");
        journal.writeStrings(id, 6, 6);
    }

    /** Nothing is bound to it, and Java serialization is off. */
    private static final class NotForAnySerializer {}
}
