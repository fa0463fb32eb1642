package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.bench.Workload;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.relay.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How large a journal is for what it holds: all its files, indexes and snapshots included. What one costs that holds nothing,
 * of a run of a capture without frames, is told apart.
 */
class OctetsPerDecisionTest {
    private static final double MOST = 6.0;

    private static final List<String> FOLDERS =
            List.of("ethernet", "vlan", "multicast", "evb", "formats", "hostile", "non-ethernet");

    /** So many waves that there are snapshots. */
    private static final int FRAMES = 600_000;

    private static final int WAVE = 1024;
    private static final int SEED = 1;

    @TempDir
    private static Path folder;

    /**
     * What the journals of some runs come to.
     *
     * @param fixed what of {@code octets} they would have with no frame
     */
    private record Size(long runs, long decisions, long octets, long fixed) {
        static final Size NOTHING = new Size(0, 0, 0, 0);

        Size and(Size other) {
            return new Size(runs + other.runs, decisions + other.decisions, octets + other.octets, fixed + other.fixed);
        }

        double perDecision() {
            return (octets - fixed) / (double) decisions;
        }

        void print(String what) {
            System.out.printf(
                    Locale.ROOT,
                    "octets per decision, %s: %,d runs, %,d decisions, %,d octets of journals, of which %,d are what"
                            + " those of %,d runs without a frame come to: %.2f without these, %.2f with them%n",
                    what,
                    runs,
                    decisions,
                    octets,
                    fixed,
                    runs,
                    perDecision(),
                    octets / (double) decisions);
        }
    }

    @Test
    void isUnderSixOverAllCaptures() throws IOException {
        Size all = Size.NOTHING;
        for (Mode mode : Mode.values()) {
            Size inMode = Size.NOTHING;
            long fixed = fixed(mode);
            for (String kind : FOLDERS) {
                for (Path file : Captures.sharedFolder(kind)) {
                    inMode = inMode.and(run(fixed, file, mode, "--vfs", 3, "--ext-ports", 8));
                }
            }
            inMode.print("the captures in " + mode.word());
            all = all.and(inMode);
        }
        all.print("the captures");
        assertThat(all.runs).as("runs of captures that can be read").isGreaterThan(200);
        assertThat(all.perDecision()).as("octets of a decision").isLessThan(MOST);
    }

    @Test
    void isUnderSixOverTheTrafficOfTheBench() throws IOException {
        Path traffic = folder.resolve("bench.pcap");
        Workload.write(traffic, FRAMES, SEED);
        for (Mode mode : Mode.values()) {
            Size size = run(fixed(mode), traffic, mode, "--map", Workload.map(), "--wave", WAVE);
            size.print("the bench's traffic in " + mode.word());
            assertThat(size.perDecision()).as("octets of a decision, %s", mode).isLessThan(MOST);
        }
    }

    /** What a folder costs before there is a frame. */
    private static long fixed(Mode mode) throws IOException {
        long fixed = run(0, new Made().write(folder.resolve("empty.pcap")), mode).octets;
        assertThat(fixed).isPositive();
        return fixed;
    }

    /** What a run comes to; nothing when the capture cannot be read. */
    private static Size run(long fixed, Path capture, Mode mode, Object... options) throws IOException {
        Path here = Files.createTempDirectory(folder, "run").resolve("run");
        List<Object> words = new ArrayList<>(List.of("replay", capture, "--mode", mode.word(), "--out", here));
        words.addAll(List.of(options));
        Said said = hairpin(words.toArray());
        if (said.code() == ExitCode.UNUSABLE) {
            return Size.NOTHING;
        }
        assertThat(said.code()).as(said.err()).isIn(ExitCode.DONE, ExitCode.PARTIAL);
        RunFolder run = RunFolder.open(here);
        return new Size(1, run.manifest().number("seal", "decisions").orElse(0L), run.journalOctets(), fixed);
    }
}
