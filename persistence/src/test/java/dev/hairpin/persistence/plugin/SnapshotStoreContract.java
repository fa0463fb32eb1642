package dev.hairpin.persistence.plugin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.DeleteSnapshotSuccess;
import akka.persistence.DeleteSnapshotsSuccess;
import akka.persistence.Persistence;
import akka.persistence.SaveSnapshotSuccess;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotProtocol;
import akka.persistence.SnapshotSelectionCriteria;
import akka.testkit.javadsl.TestKit;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.hairpin.model.decision.StageSnapshot;
import dev.hairpin.persistence.RandomEvents;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import scala.Option;

/**
 * What every snapshot store that Hairpin runs on must do: the cases that Akka asks of one, and after them those that
 * Hairpin adds. A subclass says which store.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SnapshotStoreContract {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final long ANY = Long.MAX_VALUE;

    private JournalUnderTest system;
    private TestKit probe;
    private ActorRef store;
    /** Has five snapshots of its own, s-1 to s-5, of the events 10 to 14. */
    private String id;

    private List<SnapshotMetadata> saved;

    abstract Config config();

    /** Nothing of Hairpin's sets one. */
    boolean heedsALowerBound() {
        return true;
    }

    @BeforeAll
    void start() {
        open();
    }

    private void open() {
        system = new JournalUnderTest(config());
        ActorSystem akka = system.system();
        probe = new TestKit(akka);
        store = Persistence.get(akka).snapshotStoreFor("", ConfigFactory.empty());
    }

    @AfterAll
    void end() {
        system.close();
    }

    private void restart() {
        system.close();
        open();
    }

    @BeforeEach
    void saveFive() {
        id = "snap-" + NEXT.incrementAndGet();
        saved = new ArrayList<>();
        for (int i = 1; i <= 5; i++) {
            saved.add(save(new SnapshotMetadata(id, 9 + i, 0), "s-" + i));
        }
    }

    private SnapshotMetadata save(SnapshotMetadata metadata, Object state) {
        store.tell(new SnapshotProtocol.SaveSnapshot(metadata, state), probe.getRef());
        return probe.expectMsgClass(PATIENCE, SaveSnapshotSuccess.class).metadata();
    }

    private @Nullable SelectedSnapshot load(String of, SnapshotSelectionCriteria criteria, long to) {
        store.tell(new SnapshotProtocol.LoadSnapshot(of, criteria, to), probe.getRef());
        Option<SelectedSnapshot> loaded = probe.expectMsgClass(PATIENCE, SnapshotProtocol.LoadSnapshotResult.class)
                .snapshot();
        return loaded.isEmpty() ? null : loaded.get();
    }

    private @Nullable Object state(SnapshotSelectionCriteria criteria, long to) {
        SelectedSnapshot loaded = load(id, criteria, to);
        return loaded == null ? null : loaded.snapshot();
    }

    private static SnapshotSelectionCriteria upTo(long sequence, long timestamp) {
        return SnapshotSelectionCriteria.create(sequence, timestamp);
    }

    @Test
    void loadsNoneOfAnUnknownId() {
        assertThat(load("nobody", SnapshotSelectionCriteria.latest(), ANY)).isNull();
    }

    @Test
    void loadsNoneOfAnEarlierTimestamp() {
        assertThat(state(upTo(ANY, 100), ANY)).isNull();
    }

    @Test
    void loadsNoneOfAnEarlierNumber() {
        assertThat(state(upTo(7, ANY), ANY)).isNull();
        assertThat(state(SnapshotSelectionCriteria.latest(), 7)).isNull();
    }

    @Test
    void loadsTheLatest() {
        SelectedSnapshot loaded = load(id, SnapshotSelectionCriteria.latest(), ANY);
        assertThat(loaded).isEqualTo(SelectedSnapshot.create(saved.get(4), "s-5"));
    }

    @Test
    void loadsTheLatestUpToANumber() {
        assertThat(state(upTo(13, ANY), ANY)).isEqualTo("s-4");
        assertThat(state(SnapshotSelectionCriteria.latest(), 13)).isEqualTo("s-4");
    }

    @Test
    void loadsTheLatestUpToANumberAndATimestamp() {
        String other = id + "-timed";
        for (int i = 1; i <= 5; i++) {
            keepAt(other, i, 1000L * i);
        }
        SelectedSnapshot loaded = load(other, upTo(4, 3500), ANY);
        assertThat(loaded).isNotNull();
        assertThat(loaded.metadata().sequenceNr()).isEqualTo(3);
        assertThat(loaded.metadata().timestamp()).isEqualTo(3000);
        SelectedSnapshot between = load(other, SnapshotSelectionCriteria.create(ANY, 2500, 2, 2000), ANY);
        assertThat(between).isNotNull();
        assertThat(between.metadata().sequenceNr()).isEqualTo(2);
    }

    /** Saves a snapshot with a timestamp of the test's choice, by the store's own way in. */
    abstract void keepAt(String of, long sequence, long timestamp);

    JournalUnderTest system() {
        return system;
    }

    @Test
    void deletesOne() {
        SnapshotMetadata third = saved.get(2);
        store.tell(new SnapshotProtocol.DeleteSnapshot(third), probe.getRef());
        probe.expectMsgClass(PATIENCE, DeleteSnapshotSuccess.class);
        assertThat(state(upTo(third.sequenceNr(), third.timestamp()), ANY)).isEqualTo("s-2");
        assertThat(state(SnapshotSelectionCriteria.latest(), ANY)).isEqualTo("s-5");
    }

    @Test
    void deletesOneByItsNumberAlone() {
        store.tell(new SnapshotProtocol.DeleteSnapshot(new SnapshotMetadata(id, 14, 0)), probe.getRef());
        probe.expectMsgClass(PATIENCE, DeleteSnapshotSuccess.class);
        assertThat(state(SnapshotSelectionCriteria.latest(), ANY)).isEqualTo("s-4");
    }

    @Test
    void deletesThoseUpToABound() {
        store.tell(new SnapshotProtocol.DeleteSnapshots(id, upTo(12, ANY)), probe.getRef());
        probe.expectMsgClass(PATIENCE, DeleteSnapshotsSuccess.class);
        assertThat(state(upTo(12, ANY), ANY)).isNull();
        assertThat(state(upTo(13, ANY), ANY)).isEqualTo("s-4");
    }

    @Test
    void deletesNoneOutsideTheBounds() {
        assumeTrue(
                heedsALowerBound(), "akka-persistence-jdbc 5 deletes snapshots up to a bound, and heeds no lower one");
        store.tell(
                new SnapshotProtocol.DeleteSnapshots(id, SnapshotSelectionCriteria.create(12, ANY, 11, 0)),
                probe.getRef());
        probe.expectMsgClass(PATIENCE, DeleteSnapshotsSuccess.class);
        assertThat(state(upTo(12, ANY), ANY)).isEqualTo("s-1");
        assertThat(state(upTo(13, ANY), ANY)).isEqualTo("s-4");
    }

    @Test
    void replacesTheOneOfTheSameNumber() {
        save(new SnapshotMetadata(id, 14, 0), "s-5 again");
        assertThat(state(SnapshotSelectionCriteria.latest(), ANY)).isEqualTo("s-5 again");
    }

    @Test
    void keepsBigSnapshots() {
        String big = "x".repeat(2_000_000);
        save(new SnapshotMetadata(id, 20, 0), big);
        assertThat(state(SnapshotSelectionCriteria.latest(), ANY)).isEqualTo(big);
    }

    @Test
    void serializesSnapshots() {
        RandomEvents random = new RandomEvents(1);
        StageSnapshot snapshot = new StageSnapshot(4, List.of(random.outcome()), random.learned(), random.metered(), 3);
        save(new SnapshotMetadata(id, 20, 0), snapshot);
        assertThat(state(SnapshotSelectionCriteria.latest(), ANY))
                .isEqualTo(snapshot)
                .isNotSameAs(snapshot);
    }

    @Test
    void keepsMetadata() {
        save(new SnapshotMetadata(id, 20, 0, Option.apply("meta")), "s");
        SelectedSnapshot loaded = load(id, SnapshotSelectionCriteria.latest(), ANY);
        assertThat(loaded).isNotNull();
        assertThat(loaded.metadata().metadata()).isEqualTo(Option.apply("meta"));
    }

    @Test
    void keepsSnapshotsOverARestart() {
        restart();
        assertThat(state(SnapshotSelectionCriteria.latest(), ANY)).isEqualTo("s-5");
    }

    @Test
    void keepsSnapshotsApartFromEvents() {
        system.writeStrings(id, 1, 3);
        assertThat(state(SnapshotSelectionCriteria.latest(), ANY)).isEqualTo("s-5");
        assertThat(system.replayAll(id).highest()).isEqualTo(3);
    }
}
