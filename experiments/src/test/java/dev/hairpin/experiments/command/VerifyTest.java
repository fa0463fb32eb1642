package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.bench.Workload;
import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.testkit.JournalCopy;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.decision.Decided;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hairpin verify}, with and without the capture. {@code -Dhairpin.frames=N} says among how many frames one decision
 * is altered; in a VEPA a frame makes 2.65 decisions.
 */
class VerifyTest {
    private static final int FRAMES = Integer.getInteger("hairpin.frames", 20_000);
    private static final String ALTERED = "bridge";

    private static Path run(Path folder) throws IOException {
        Path capture = folder.resolve("load.pcap");
        Workload.write(capture, FRAMES, 4711);
        Path run = folder.resolve("run");
        hairpin("replay", capture, "--mode", "vepa", "--map", Workload.map(), "--out", run)
                .well();
        return run;
    }

    /** A copy of {@code run} whose journal's events are altered and valid. */
    private static Path altered(Path run, int event, UnaryOperator<Decided> otherwise) throws IOException {
        Path copy = run.resolveSibling("altered" + event);
        Files.createDirectories(copy);
        Files.copy(run.resolve(Manifest.FILE), copy.resolve(Manifest.FILE));
        JournalCopy events = JournalCopy.of(run);
        events.write(copy, events.size(), event, otherwise);
        return copy;
    }

    @Test
    void oneAlteredDecisionIsFoundAndNamedWithTheStatesThatLedToIt(@TempDir Path folder) throws Exception {
        Path run = run(folder);
        String whole = hairpin("verify", run).well().out();
        assertThat(whole).contains("decisions are the same");
        long number = FRAMES * 2L / 3;
        JournalCopy events = JournalCopy.of(run);
        while (events.decidedIn(ALTERED, number) < 0) {
            number++;
        }
        long frame = number;
        Path copy = altered(run, events.decidedIn(ALTERED, number), event -> otherOutcome(event, frame));
        Said found = hairpin("verify", copy);
        assertThat(found.code()).as(found.out()).isEqualTo(ExitCode.DIFFERS);
        assertThat(found.out())
                .contains("DIFFERENT at bridge, frame " + number)
                .containsPattern("the frame    02:00:00:00:00:[0-9a-f]{2} > ")
                .contains("the run      vepa on ieee", "configured  as at the start")
                .containsPattern("bridge      02:00:00:00:00:[0-9a-f]{2} behind (br.uplink|ext[0-7]), seen at ")
                .containsPattern("the journal  frame " + number + " at [0-9.]+ from ")
                .containsPattern("decided now  frame " + number + " at [0-9.]+ from ");
        assertThat(hairpin("verify", run, "--journal-only").well().out()).contains("as sealed: timed");
        Said sealed = hairpin("verify", copy, "--journal-only");
        assertThat(sealed.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(sealed.out()).contains("DIFFERENT from the seal: fate", "as sealed: decisions");
    }

    @Test
    void aJournalWhoseWavesGoBackIsDamagedWhateverItsChecksumsSay(@TempDir Path folder) throws Exception {
        Path run = run(folder);
        int event = JournalCopy.of(run).decidedIn(ALTERED, FRAMES / 2);
        Path copy = altered(run, Math.max(event, 12), before -> copy(before, before.wave() - 2, -1));
        Said found = hairpin("verify", copy, "--journal-only");
        assertThat(found.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(found.out()).contains("DAMAGED: ", "after wave");
    }

    @Test
    void aRunThatWasStoppedHasNoSealAndIsWholeSoFar(@TempDir Path folder) throws Exception {
        Path run = run(folder);
        Manifest manifest = Manifest.read(run);
        manifest.values().remove("seal");
        manifest.write(run);
        assertThat(hairpin("verify", run, "--journal-only").well().out())
                .contains("are whole", "no seal: the run was stopped before its end; hairpin resume " + run);
    }

    /** The same but for one frame, which has the outcome of another. */
    private static Decided otherOutcome(Decided event, long number) {
        return copy(event, event.wave(), number);
    }

    private static Decided copy(Decided event, long wave, long number) {
        long[] time = new long[event.size()];
        long[] numbers = new long[event.size()];
        int[] outcome = new int[event.size()];
        for (int row = 0; row < event.size(); row++) {
            time[row] = event.time(row);
            numbers[row] = event.number(row);
            outcome[row] = event.outcome(row);
            if (numbers[row] == number) {
                outcome[row] = outcome[row] == 0 ? 1 : outcome[row] - 1;
            }
        }
        return new Decided(
                wave,
                event.size(),
                time,
                numbers,
                outcome,
                event.firstNewOutcome(),
                event.newOutcomes(),
                event.effects());
    }
}
