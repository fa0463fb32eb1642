package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.bench.Workload;
import dev.hairpin.experiments.testkit.Child;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.stage.StageJournal;
import dev.hairpin.persistence.store.RocksJournal;
import java.nio.file.Files;
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

    /** Rings that fill, and control operations of guest, host and experimenter while they do. */
    private static final String RINGS = """
            nics.nic0 {
              mode = veb
              tx-rate = 3Gbit
              pcie { generation = 1, lanes = 4, payload = 128, buffer = 20 }
              vfs {
                %s
              }
            }
            bridge.ports { p0 { to = nic0 }, ext0 {} }
            changes = [
              { at = 2ms, do = "ethtool -L vf1 combined 2" }
              { at = 3ms, in = vf2, do = "ip link set dev eth0 promisc on" }
              { at = 4ms, do = "ethtool -G vf3 rx 9 tx 1" }
              { at = 5ms, do = "ip link set dev nic0 vf 0 max_tx_rate 200 vf 4 min_tx_rate 700" }
              { at = 6ms, do = "fault vf5 dma-error", for = 1ms }
              { at = 7ms, do = "fault vf6 tx-stall", for = 500us }
              { at = 8ms, in = vf3, do = "ip link set dev nic0 vf 3 trust on" }
            ]
            """;

    @Test
    void aRunThatIsKilledAgainAndAgainEndsWithTheDigestOfOneThatIsNot(@TempDir Path folder) throws Exception {
        Path capture = capture(folder);
        List<String> options = List.of("--mode", "vepa", "--map", Workload.map());
        endsAsOneThatIsNotKilled(folder, capture, options, "vepa.tx", KILLS);
    }

    @Test
    void soDoesOneWithRingsAndOperationsAndItAnswersAsTheOther(@TempDir Path folder) throws Exception {
        Path capture = capture(folder);
        StringBuilder vfs = new StringBuilder();
        for (int vf = 0; vf < Workload.EACH; vf++) {
            vfs.append("vf").append(vf).append(" { mac = \"02:00:00:00:00:0").append(vf + 1);
            vfs.append("\", queues = 4, ring = 4, refill = 2, itr = 40us, tx-ring = 3 }\n");
        }
        Path lan = Files.writeString(folder.resolve("lan.conf"), RINGS.formatted(vfs));
        List<String> options = List.of("--topology", lan.toString(), "--multicast", "all");
        endsAsOneThatIsNotKilled(folder, capture, options, "veb.tx", Math.max(2, KILLS / 6));
        Path whole = folder.resolve("whole");
        Path run = folder.resolve("run");
        assertThat(hairpin("verify", run).well().out()).contains("decisions are the same");
        for (String moment : List.of("@0.0025", "@0.0065", "")) {
            for (String function : List.of("vf1", "vf3", "vf5")) {
                for (String option : List.of("-S", "-g", "-x")) {
                    assertThat(hairpin("at", run + moment, "ethtool", option, function)
                                    .well()
                                    .out())
                            .as("%s of %s %s", option, function, moment)
                            .isEqualTo(hairpin("at", whole + moment, "ethtool", option, function)
                                    .well()
                                    .out());
                }
            }
        }
        Path[] forks = {folder.resolve("fork of whole"), folder.resolve("fork of run")};
        for (int fork = 0; fork < forks.length; fork++) {
            hairpin(
                            "what-if",
                            fork == 0 ? whole : run,
                            "--set",
                            "ip link set dev nic0 vf 2 max_tx_rate 50",
                            "--from",
                            "0.004",
                            "--out",
                            forks[fork])
                    .well();
        }
        assertThat(hairpin("digest", forks[1]).well().out())
                .isEqualTo(hairpin("digest", forks[0]).well().out());
    }

    private static Path capture(Path folder) throws Exception {
        Path capture = folder.resolve("load.pcap");
        Workload.write(capture, FRAMES, SEED);
        return capture;
    }

    /** @param relay whose durable events tell that a run has gone on */
    private static void endsAsOneThatIsNotKilled(
            Path folder, Path capture, List<String> options, String relay, int kills) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        List<String> waves = List.of("--wave", "" + WAVE);
        Path whole = folder.resolve("whole");
        List<Object> replay = new ArrayList<>(List.of("replay", capture, "--out", whole));
        replay.addAll(options);
        replay.addAll(waves);
        hairpin(replay.toArray()).well();

        Path run = folder.resolve("run");
        List<String> words = new ArrayList<>(List.of("replay", capture.toString(), "--out", run.toString()));
        words.addAll(options);
        words.addAll(waves);
        words.addAll(List.of("--pace", "" + SLOW));
        int most = Math.max(1, FRAMES / WAVE / kills);
        for (int kill = 0; kill < kills; kill++) {
            long before = events(run, relay);
            long enough = before + 1 + random.nextInt(most);
            Process child = Child.hairpin(folder.resolve("log"), words);
            try {
                while (events(run, relay) < enough && !child.waitFor(25, TimeUnit.MILLISECONDS)) {
                    // It has not come so far yet.
                }
                assertThat(child.isAlive())
                        .as("seed %d, kill %d: still runs; it said %s", SEED, kill, Child.log(folder.resolve("log")))
                        .isTrue();
            } finally {
                child.destroyForcibly().waitFor();
            }
            assertThat(events(run, relay)).as("durable by kill %d", kill).isGreaterThan(before);
            words = List.of("resume", run.toString(), "--pace", "" + SLOW);
        }
        hairpin("resume", run).well();
        assertThat(hairpin("digest", run).well().out())
                .isEqualTo(hairpin("digest", whole).well().out());
        assertThat(hairpin("verify", run, "--journal-only").well().out()).contains("as sealed: timed");
    }

    /** Durable events of a relay. */
    private static long events(Path run, String relay) {
        try (RocksJournal journal = RocksJournal.openForReading(run.resolve(StageJournal.FOLDER))) {
            return journal.highest(relay);
        } catch (JournalException notThereYet) {
            return 0;
        }
    }
}
