package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.stage.StageJournal;
import dev.hairpin.persistence.store.RocksJournal;
import dev.hairpin.persistence.store.Snapshot;
import dev.hairpin.persistence.store.SnapshotRange;
import dev.hairpin.persistence.store.Snapshots;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a run in actors ends before its end, and how it is taken up again. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // only so that a run which does not end is told from one that takes long
class ActorRunTest {
    private static final Means TWO_THREADS = new Means(2, 3, false);
    private static final Receiver NOBODY = (end, burst) -> {};

    /** What a test throws. */
    private static final class Intended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Intended() {
            super("the test wants it so");
        }
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aRunThatIsInterruptedAgainAndAgainEndsAsOneThatIsNot(Mode mode, @TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        Runs.Digest whole = runs.rig(mode, Runs.TIGHT, 4096);
        Ledger expected = runs.ledger(mode, Runs.TIGHT);
        // 1,936 waves of one frame: snapshots fall due after 512, 1,024 and 1,536 events of a relay's direction.
        for (int waves : new int[] {3, 511, 513, 700, 1025, 1030, 1935}) {
            assertThatThrownBy(() ->
                            runs.actors(mode, Runs.TIGHT, TWO_THREADS, folder, until(waves, runs.feed(1)), NOBODY))
                    .isInstanceOf(RunFailed.class)
                    .hasRootCauseInstanceOf(Intended.class);
            Ledger begun = Ledger.of(folder);
            begun.rows()
                    .forEach((stage, rows) -> assertThat(rows)
                            .as("what %s had decided after %d waves", stage, waves)
                            .isEqualTo(expected.rows(stage).subList(0, rows.size())));
        }
        assertThat(latestSnapshot(folder, mode.word() + ".tx"))
                .as("events of tx in a snapshot")
                .isGreaterThanOrEqualTo(1536);
        Ledger.Arrived arrived = new Ledger.Arrived();
        assertThat(runs.actors(mode, Runs.TIGHT, 1, TWO_THREADS, folder, arrived))
                .isEqualTo(whole);
        assertThat(arrived.byEnd()).isEqualTo(expected.arrivals().byEnd());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void aRunThatIsToldToStopKeepsWhatItHasFedAndIsTakenUpToTheSameEnd(Mode mode, @TempDir Path folder)
            throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        Ledger expected = runs.ledger(mode, Runs.TIGHT);
        for (int waves : new int[] {0, 1, 40, 41}) {
            CompletableFuture<Void> stop = new CompletableFuture<>();
            Feed feed = runs.feed(16);
            AtomicInteger fed = new AtomicInteger();
            Feed stopping = () -> {
                if (fed.getAndIncrement() == waves) {
                    stop.complete(null);
                }
                return feed.next();
            };
            assertThatThrownBy(() -> runs.actors(mode, Runs.TIGHT, TWO_THREADS.until(stop), folder, stopping, NOBODY))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining("it was told to");
            Map<String, List<Ledger.Row>> begun = Ledger.of(folder).rows();
            begun.forEach((stage, rows) -> assertThat(rows)
                    .as("what %s had decided after %d waves", stage, waves)
                    .isEqualTo(expected.rows(stage).subList(0, rows.size())));
            assertThat(begun.get(mode.word() + ".tx"))
                    .as("what was fed is decided, %d waves and more", waves)
                    .hasSizeGreaterThan(waves);
        }
        assertThat(runs.actors(mode, Runs.TIGHT, 16, TWO_THREADS, folder, NOBODY))
                .isEqualTo(runs.rig(mode, Runs.TIGHT, 4096));
    }

    @Test
    void theWallClockHoldsBackOnlyWhatNoJournalHolds(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        Runs.Digest whole = runs.actors(Mode.VEPA, Runs.TIGHT, 64, TWO_THREADS.at(20_000), folder, NOBODY);
        assertThat(whole).isEqualTo(runs.rig(Mode.VEPA, Runs.TIGHT, 4096));
        // At one frame a second this would take half an hour.
        assertThat(runs.actors(Mode.VEPA, Runs.TIGHT, 64, TWO_THREADS.at(1), folder, NOBODY))
                .isEqualTo(whole);
    }

    @Test
    void aFinishedRunThatIsTakenUpDecidesNothingMore(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        Runs.Digest whole = runs.actors(Mode.VEPA, Runs.TIGHT, 64, TWO_THREADS, folder, NOBODY);
        long events = events(folder);
        Ledger.Arrived arrived = new Ledger.Arrived();
        assertThat(runs.actors(Mode.VEPA, Runs.TIGHT, 64, TWO_THREADS, folder, arrived))
                .isEqualTo(whole);
        assertThat(events(folder)).isEqualTo(events);
        assertThat(arrived.byEnd())
                .isEqualTo(runs.ledger(Mode.VEPA, Runs.TIGHT).arrivals().byEnd());
    }

    @Test
    void aReceiverThatThrowsEndsTheRunAndTheJournalCanBeTakenUp(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        AtomicInteger bursts = new AtomicInteger();
        assertThatThrownBy(() -> runs.actors(Mode.VEPA, Limits.NONE, 16, TWO_THREADS, folder, (end, burst) -> {
                    if (bursts.incrementAndGet() == 100) {
                        throw new Intended();
                    }
                }))
                .isInstanceOf(RunFailed.class)
                .hasRootCauseInstanceOf(Intended.class)
                .hasMessageContaining("the test wants it so");
        assertThat(Runs.journal(folder).decisions()).isPositive();
        assertThat(runs.actors(Mode.VEPA, Limits.NONE, 16, TWO_THREADS, folder, NOBODY))
                .isEqualTo(runs.rig(Mode.VEPA, Limits.NONE, 4096));
    }

    @Test
    void aFeedThatThrowsAtOnceEndsTheRun(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        assertThatThrownBy(
                        () -> runs.actors(Mode.VEB, Limits.NONE, TWO_THREADS, folder, until(0, runs.feed(16)), NOBODY))
                .isInstanceOf(RunFailed.class)
                .hasRootCauseInstanceOf(Intended.class);
    }

    @Test
    void aRunOverTheJournalOfAnotherCaptureIsRefusedByItsStagesAndHarmsNothing(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        Runs.Digest whole = runs.actors(Mode.VEPA, Limits.NONE, 64, TWO_THREADS, folder, NOBODY);
        Runs other = Runs.of(Captures.sample("host.pcap"), 4);
        assertThatThrownBy(() -> other.actors(Mode.VEPA, Limits.NONE, 64, TWO_THREADS, folder, NOBODY))
                .isInstanceOf(RunFailed.class)
                .hasMessageContaining("is it the same capture?");
        assertThat(Runs.journal(folder)).isEqualTo(whole);
    }

    @Test
    void aJournalThatCannotBeOpenedEndsTheRunAndSaysWhy(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        Files.writeString(folder.resolve(StageJournal.FOLDER), "a file where a folder has to be");
        assertThatThrownBy(() -> runs.actors(Mode.VEB, Limits.NONE, 64, TWO_THREADS, folder, NOBODY))
                .isInstanceOf(RunFailed.class)
                .hasMessageContaining(StageJournal.FOLDER);
    }

    @Test
    void aJournalThatAnotherRunWritesEndsTheRunAndSaysWhy(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        try (RocksJournal taken = RocksJournal.openForWriting(folder.resolve(StageJournal.FOLDER))) {
            assertThat(taken.ids()).isEmpty();
            assertThatThrownBy(() -> runs.actors(Mode.VEB, Limits.NONE, 64, TWO_THREADS, folder, NOBODY))
                    .isInstanceOf(RunFailed.class)
                    .hasMessageContaining(StageJournal.FOLDER);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void actorsShareAsManyThreadsAsTheyAreGiven(int threads, @TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        Set<String> seen = ConcurrentHashMap.newKeySet();
        Feed feed = runs.feed(1);
        Feed watched = () -> {
            seen.add(Thread.currentThread().getName());
            return feed.next();
        };
        runs.actors(
                Mode.VEPA,
                Limits.NONE,
                new Means(threads, 8, false),
                folder,
                watched,
                (end, burst) -> seen.add(Thread.currentThread().getName()));
        assertThat(seen).hasSizeBetween(1, threads);
    }

    /** Feeds so many waves of {@code feed} and then fails. */
    private static Feed until(int waves, Feed feed) {
        AtomicInteger fed = new AtomicInteger();
        return () -> {
            if (fed.getAndIncrement() == waves) {
                throw new Intended();
            }
            return feed.next();
        };
    }

    /** The number of the last event that is in a snapshot, or -1. */
    private static long latestSnapshot(Path folder, String id) {
        try (RocksJournal journal = RocksJournal.openForReading(folder.resolve(StageJournal.FOLDER))) {
            return journal.snapshots()
                    .latest(id, SnapshotRange.ALL, new Snapshots.Reader<Long>() {
                        @Override
                        public Optional<Long> read(Snapshot snapshot) {
                            return Optional.of(snapshot.sequence());
                        }

                        @Override
                        public void unreadable(JournalDamage damage) {
                            throw new AssertionError(damage);
                        }
                    })
                    .orElse(-1L);
        }
    }

    private static long events(Path folder) {
        try (RocksJournal journal = RocksJournal.openForReading(folder.resolve(StageJournal.FOLDER))) {
            return journal.ids().stream().mapToLong(journal::highest).sum();
        }
    }
}
