package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.JournalCopy;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Reached;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.model.topology.SeekableFeed;
import dev.hairpin.persistence.stage.StageJournal;
import dev.hairpin.persistence.store.RocksJournal;
import dev.hairpin.persistence.store.SnapshotRange;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A run that was stopped goes on from its checkpoint: not from the start of the capture, and to the same end. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // only so that a run which does not end is told from one that takes long
class CheckpointTest {
    private static final Means TWO_THREADS = new Means(2, 3, false);
    private static final Receiver NOBODY = (end, burst) -> {};
    private static final String CHECKPOINT = "checkpoint";

    /** There is a checkpoint behind wave 63, 127, 191, ... */
    private static final int WAVES = 64;

    private Runs runs;

    @BeforeEach
    void open() throws Exception {
        runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void itIsTakenUpFromTheLastCheckpointAndEndsAsOneThatWasNotStopped(Mode mode, @TempDir Path folder)
            throws Exception {
        Ledger expected = runs.ledger(mode, Runs.TIGHT);
        Reached reached = new Reached(expected.arrivals().byEnd());
        // Waves of two frames, so that queues are full and frames under way wherever a wave ends.
        long before = -1;
        for (int waves : new int[] {10, 60, 3, 40, 64, 200, 1, 300}) {
            CutFeed feed = new CutFeed(runs.feed(2), waves);
            Ledger.Arrived arrived = new Ledger.Arrived();
            assertThatThrownBy(() -> runs.actors(mode, Runs.TIGHT, TWO_THREADS, folder, feed, arrived))
                    .isInstanceOf(RunFailed.class)
                    .hasRootCauseInstanceOf(Intended.class);
            reached.goesOn("stopped after " + waves + " waves", arrived.byEnd());
            assertThat(feed.first).as("wave it goes on with").isGreaterThanOrEqualTo(before);
            assertThat(feed.first % WAVES).isZero();
            before = feed.first;
        }
        assertThat(before).as("wave that the last one went on with").isGreaterThanOrEqualTo(3 * WAVES);
        Ledger.Arrived arrived = new Ledger.Arrived();
        assertThat(runs.actors(mode, Runs.TIGHT, 2, TWO_THREADS, folder, arrived))
                .isEqualTo(runs.rig(mode, Runs.TIGHT, 4096));
        reached.goesOn("to the end", arrived.byEnd());
        reached.isComplete("to the end");
    }

    @Test
    void withoutACheckpointThatCanBeReadItBeginsAnewAndEndsTheSame(@TempDir Path folder) throws Exception {
        stop(folder, 400);
        try (RocksJournal journal = RocksJournal.openForWriting(folder.resolve(StageJournal.FOLDER))) {
            journal.snapshots().delete(CHECKPOINT, SnapshotRange.ALL);
        }
        CutFeed feed = new CutFeed(runs.feed(2), Integer.MAX_VALUE);
        assertThat(runs.actors(Mode.VEPA, Runs.TIGHT, TWO_THREADS, folder, feed, NOBODY))
                .isEqualTo(runs.rig(Mode.VEPA, Runs.TIGHT, 4096));
        assertThat(feed.first).isZero();
    }

    @Test
    void ofAFinishedRunNothingIsDecidedAnew(@TempDir Path folder) throws Exception {
        Runs.Digest whole = runs.actors(Mode.VEPA, Runs.TIGHT, 2, TWO_THREADS, folder, NOBODY);
        int events = JournalCopy.of(folder).size();
        CutFeed feed = new CutFeed(runs.feed(2), Integer.MAX_VALUE);
        assertThat(runs.actors(Mode.VEPA, Runs.TIGHT, TWO_THREADS, folder, feed, NOBODY))
                .isEqualTo(whole);
        assertThat(feed.first).isEqualTo(runs.frames() / 2 / WAVES * WAVES);
        assertThat(JournalCopy.of(folder).size()).isEqualTo(events);
    }

    private void stop(Path folder, int waves) {
        assertThatThrownBy(() -> runs.actors(
                        Mode.VEPA, Runs.TIGHT, TWO_THREADS, folder, new CutFeed(runs.feed(2), waves), NOBODY))
                .hasRootCauseInstanceOf(Intended.class);
    }

    /** What a test throws. */
    private static final class Intended extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Intended() {
            super("the test wants it so");
        }
    }

    /** Fails after so many waves, and remembers with which it began. */
    private static final class CutFeed implements SeekableFeed {
        private final SeekableFeed feed;
        private int left;

        /** The wave it began with. */
        long first = -1;

        CutFeed(SeekableFeed feed, int waves) {
            this.feed = feed;
            this.left = waves;
        }

        @Override
        public Batch[] next() {
            if (left == 0) {
                throw new Intended();
            }
            left--;
            Batch[] wave = feed.next();
            first = first < 0 ? wave[0].wave() : first;
            return wave;
        }

        @Override
        public Position position() {
            return feed.position();
        }

        @Override
        public void seek(Position position) {
            feed.seek(position);
        }

        @Override
        public Slab slab() {
            return feed.slab();
        }
    }
}
