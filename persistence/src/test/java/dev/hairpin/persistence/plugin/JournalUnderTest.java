package dev.hairpin.persistence.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.AtomicWrite;
import akka.persistence.JournalProtocol;
import akka.persistence.Persistence;
import akka.persistence.PersistentEnvelope;
import akka.persistence.PersistentRepr;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * An actor system with the journal that it is configured to use, spoken to as persistent actors do, by Akka's journal
 * protocol.
 */
final class JournalUnderTest implements AutoCloseable {
    static final String WRITER = "5f8a4a0e-6f0c-4d3e-9d0a-0d0c8b1f2a3b";

    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int INSTANCE = 1;

    private final ActorSystem system;
    private final ActorRef journal;
    private final TestKit probe;

    JournalUnderTest(Config config) {
        this.system = ActorSystem.create("journal-test", config.withFallback(ConfigFactory.load()));
        this.journal = Persistence.get(system).journalFor("", ConfigFactory.empty());
        this.probe = new TestKit(system);
    }

    ActorSystem system() {
        return system;
    }

    /** What was replayed, and the highest sequence number that was told with it. */
    record Replayed(List<PersistentRepr> events, long highest) {
        List<Long> numbers() {
            return events.stream().map(PersistentRepr::sequenceNr).toList();
        }

        List<Object> payloads() {
            return events.stream().map(PersistentRepr::payload).toList();
        }
    }

    static PersistentRepr event(String id, long sequence, Object payload) {
        return PersistentRepr.apply(payload, sequence, id, "", false, ActorRef.noSender(), WRITER);
    }

    static AtomicWrite atomic(PersistentRepr... events) {
        return AtomicWrite.apply(seq(List.of(events)));
    }

    private static <T> Seq<T> seq(List<? extends T> list) {
        return CollectionConverters.<T>asScala(new ArrayList<T>(list)).toSeq();
    }

    /** Sends {@code writes} in one message and gives the journal's answers. */
    List<Object> write(AtomicWrite... writes) {
        List<PersistentEnvelope> envelopes = List.of(writes);
        journal.tell(new JournalProtocol.WriteMessages(seq(envelopes), probe.getRef(), INSTANCE), ActorRef.noSender());
        List<Object> answers = new ArrayList<>();
        Object first = probe.receiveOne(PATIENCE);
        answers.add(first);
        int events = 0;
        for (AtomicWrite write : writes) {
            events += write.size();
        }
        for (int i = 0; i < events; i++) {
            answers.add(probe.receiveOne(PATIENCE));
        }
        return answers;
    }

    /** Writes strings {@code a-FROM} to {@code a-TO}, each on its own, in one message. */
    void writeStrings(String id, int from, int to) {
        AtomicWrite[] writes = new AtomicWrite[to - from + 1];
        for (int i = 0; i < writes.length; i++) {
            writes[i] = atomic(event(id, from + i, "a-" + (from + i)));
        }
        writeAll(writes);
    }

    /** As {@link #write}, and all of it succeeds. */
    void writeAll(AtomicWrite... writes) {
        List<Object> answers = write(writes);
        assertThat(answers.get(0)).isInstanceOf(JournalProtocol.WriteMessagesSuccessful$.class);
        assertThat(answers.subList(1, answers.size()))
                .allSatisfy(each -> assertThat(each).isInstanceOf(JournalProtocol.WriteMessageSuccess.class));
    }

    Replayed replay(String id, long from, long to, long max) {
        return replay(id, from, to, max, new ArrayList<>());
    }

    Replayed replayAll(String id) {
        return replay(id, 1, Long.MAX_VALUE, Long.MAX_VALUE);
    }

    private Replayed replay(String id, long from, long to, long max, List<PersistentRepr> events) {
        journal.tell(new JournalProtocol.ReplayMessages(from, to, max, id, probe.getRef()), ActorRef.noSender());
        while (true) {
            Object answer = probe.receiveOne(PATIENCE);
            if (answer instanceof JournalProtocol.ReplayedMessage replayed) {
                events.add(replayed.persistent());
            } else if (answer instanceof JournalProtocol.RecoverySuccess success) {
                return new Replayed(events, success.highestSequenceNr());
            } else {
                throw new AssertionError("not a replay's answer: " + answer);
            }
        }
    }

    /** The answer to a replay that fails. */
    Throwable replayFailure(String id) {
        journal.tell(
                new JournalProtocol.ReplayMessages(1, Long.MAX_VALUE, Long.MAX_VALUE, id, probe.getRef()),
                ActorRef.noSender());
        Object answer = probe.receiveOne(PATIENCE);
        while (answer instanceof JournalProtocol.ReplayedMessage) {
            answer = probe.receiveOne(PATIENCE);
        }
        return ((JournalProtocol.ReplayMessagesFailure) answer).cause();
    }

    void delete(String id, long to) {
        journal.tell(new JournalProtocol.DeleteMessagesTo(id, to, probe.getRef()), ActorRef.noSender());
        assertThat(probe.receiveOne(PATIENCE)).isInstanceOf(akka.persistence.DeleteMessagesSuccess.class);
    }

    /** The metadata of an event, or null. */
    static @Nullable Object metadata(PersistentRepr event) {
        Option<Object> metadata = event.metadata();
        return metadata.isDefined() ? metadata.get() : null;
    }

    /** Ends the actor system and waits until its journal is closed. */
    @Override
    public void close() {
        try {
            system.terminate();
            scala.concurrent.Await.ready(
                    system.whenTerminated(), scala.concurrent.duration.Duration.create(30, TimeUnit.SECONDS));
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError("the actor system does not end", e);
        }
    }
}
