package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * However few waves may be under way, however slow a receiver and however short a queue: a run comes to its end, nothing
 * is left on the way, and its decisions are those of one thread that never waits.
 */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // only so that a run which does not end is told from one that takes long
class NoDeadlockTest {
    private static final int CREDITS = 10;
    private static final long SEED = 20_210_101;
    private static final Limits SLOW_FUNCTIONS =
            new Limits(1_000_000_000, Integer.MAX_VALUE, 10_000_000, 4, 0, 0, Limits.DEFAULT_AGEING);
    private static final Limits SHORT_WIRE =
            new Limits(5_000_000, 2, 10_000_000_000L, 1000, 350, 2_000, Limits.DEFAULT_AGEING);

    @Test
    void aSlowFunctionBehindAFastSourceHoldsNobodyUp(@TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Made made = new Made();
        for (int frame = 0; frame < 600; frame++) {
            // 60 octets take a function 48 us: it is sent ten times as many as it can take.
            made.frame(5_000L * frame, 1 + random.nextInt(5), Made.station(1 + random.nextInt(6)));
        }
        Runs runs = Runs.of(made.write(folder.resolve("fast.pcap")), 3);
        assertThat(dropped(runs, Mode.VEB, SLOW_FUNCTIONS, DropReason.NO_RX_BUFFER))
                .isPositive();
        endsForEveryCredit(runs, SLOW_FUNCTIONS, folder);
    }

    @Test
    void aWireWithTwoPlacesHoldsNobodyUp(@TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        Made made = new Made();
        for (int frame = 0; frame < 600; frame++) {
            long to = random.nextInt(8) == 0 ? Mac.BROADCAST : Made.station(1 + random.nextInt(6));
            made.frame(20_000L * frame, 1 + random.nextInt(5), to);
        }
        Runs runs = Runs.of(made.write(folder.resolve("wire.pcap")), 3);
        assertThat(dropped(runs, Mode.VEPA, SHORT_WIRE, DropReason.QUEUE_FULL)).isPositive();
        endsForEveryCredit(runs, SHORT_WIRE, folder);
    }

    @Test
    void framesOfOneInstantPass(@TempDir Path folder) throws Exception {
        for (long time : List.of(0L, Made.START)) {
            SplittableRandom random = new SplittableRandom(SEED);
            Made made = new Made();
            for (int frame = 0; frame < 300; frame++) {
                long to = random.nextInt(6) == 0 ? Mac.BROADCAST : Made.station(1 + random.nextInt(6));
                made.octets(time, 1 + random.nextInt(5), to, random.nextInt(10) == 0 ? 11 : 60);
            }
            Runs runs = Runs.of(made.write(folder.resolve("instant" + time + ".pcap")), 3);
            for (Limits limits : List.of(Limits.NONE, Runs.TIGHT)) {
                endsForEveryCredit(runs, limits, folder.resolve(time + " " + limits.uplinkQueue()));
            }
        }
    }

    @Test
    void aCaptureWithoutAFrameAndOneOfASingleFrameEnd(@TempDir Path folder) throws Exception {
        Runs none = Runs.of(new Made().write(folder.resolve("none.pcap")), 2);
        endsForEveryCredit(none, Limits.NONE, folder.resolve("none"));
        Runs one = Runs.of(new Made().frame(0, 1, Mac.BROADCAST).write(folder.resolve("one.pcap")), 2);
        endsForEveryCredit(one, Runs.TIGHT, folder.resolve("one"));
    }

    @Test
    void realTrafficThroughTightLimitsEndsForEveryCredit(@TempDir Path folder) throws Exception {
        endsForEveryCredit(Runs.of(Captures.sample("vlans.pcapng"), 4), Runs.TIGHT, folder);
    }

    /** Credits from one up, the modes and one or two threads in turn, each with small waves. */
    private static void endsForEveryCredit(Runs runs, Limits limits, Path folder) throws Exception {
        for (int credits = 1; credits <= CREDITS; credits++) {
            Mode mode = Mode.values()[credits % 2];
            int wave = 1 + 3 * (credits % 4);
            Means means = new Means(1 + credits / 2 % 2, credits, false);
            Ledger expected = runs.ledger(mode, limits);
            Ledger.Arrived arrived = new Ledger.Arrived();
            assertThat(runs.actors(mode, limits, wave, means, folder.resolve(mode.word() + credits), arrived))
                    .as("%s, waves of %d, %s", mode, wave, means)
                    .isEqualTo(runs.rig(mode, limits, 4096));
            assertThat(arrived.byEnd())
                    .as("%s, waves of %d, %s: what arrives", mode, wave, means)
                    .isEqualTo(expected.arrivals().byEnd());
        }
    }

    private static long dropped(Runs runs, Mode mode, Limits limits, DropReason reason) {
        return runs.ledger(mode, limits).rows().values().stream()
                .flatMap(List::stream)
                .filter(row -> row.dropped().endsWith(":" + reason))
                .count();
    }
}
