package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.bench.Workload;
import dev.hairpin.experiments.testkit.Child;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.stage.StageJournal;
import dev.hairpin.persistence.store.RocksJournal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run that is killed, and killed again each time it is resumed, once at least one more event is durable. {@code
 * -Dhairpin.kills=N} says how often, {@code -Dhairpin.frames=N} in how long a run, {@code -Dhairpin.pace=N} how many frames a
 * second, {@code -Dhairpin.seed=SEED} at which moments.
 */
@Timeout(value = 4, unit = TimeUnit.HOURS) // only so that a run which does not end is told from one that takes long
class KilledAgainAndAgainTest {
    private static final int KILLS = Integer.getInteger("hairpin.kills", 3);
    private static final int FRAMES = Integer.getInteger("hairpin.frames", 20_000);
    private static final long SEED = Long.getLong("hairpin.seed", 4711);

    /** Frames of a wave; and so many waves each kill may use up, of those that there are. */
    private static final int WAVE = 64;

    private static final int SLOW = Integer.getInteger("hairpin.pace", 2_000);

    @Test
    void aRunThatIsKilledAgainAndAgainEndsWithTheDigestOfOneThatIsNot(@TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Path capture = folder.resolve("load.pcap");
        Workload.write(capture, FRAMES, SEED);
        Path whole = folder.resolve("whole");
        List<String> options = List.of("--mode", "vepa", "--map", Workload.map(), "--wave", "" + WAVE);
        List<Object> replay = new ArrayList<>(List.of("replay", capture, "--out", whole));
        replay.addAll(options);
        hairpin(replay.toArray()).well();

        Path run = folder.resolve("run");
        List<String> words = new ArrayList<>(List.of("replay", capture.toString(), "--out", run.toString()));
        words.addAll(options);
        words.addAll(List.of("--pace", "" + SLOW));
        int most = Math.max(1, FRAMES / WAVE / KILLS);
        for (int kill = 0; kill < KILLS; kill++) {
            long before = events(run);
            long enough = before + 1 + random.nextInt(most);
            Process child = Child.hairpin(folder.resolve("log"), words);
            try {
                while (events(run) < enough && !child.waitFor(25, TimeUnit.MILLISECONDS)) {
                    // It has not come so far yet.
                }
                assertThat(child.isAlive())
                        .as("seed %d, kill %d: still runs; it said %s", SEED, kill, Child.log(folder.resolve("log")))
                        .isTrue();
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(events(run)).as("durable by kill %d", kill).isGreaterThan(before);
            words = List.of("resume", run.toString(), "--pace", "" + SLOW);
        }
        hairpin("resume", run).well();
        assertThat(hairpin("digest", run).well().out())
                .isEqualTo(hairpin("digest", whole).well().out());
        assertThat(hairpin("verify", run, "--journal-only").well().out()).contains("as sealed: timed");
    }

    /** Durable events of the edge relay's first direction. */
    private static long events(Path run) {
        try (RocksJournal journal = RocksJournal.openForReading(run.resolve(StageJournal.FOLDER))) {
            return journal.highest("vepa.tx");
        } catch (JournalException notThereYet) {
            return 0;
        }
    }
}
