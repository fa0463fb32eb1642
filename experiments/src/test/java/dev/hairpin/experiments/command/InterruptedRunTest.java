package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Child;
import dev.hairpin.persistence.JournalException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A replay in a process of its own gets the signal that Ctrl-C and {@code kill} send. */
@Timeout(value = 5, unit = TimeUnit.MINUTES) // only so that a run which does not end is told from one that takes long
class InterruptedRunTest {
    @Test
    void aSignalStopsTheRunKeepsWhatIsDecidedAndSaysHowToGoOn(@TempDir Path folder) throws Exception {
        Path capture = Captures.sample("lan.pcapng");
        Path run = folder.resolve("run");
        Path whole = folder.resolve("whole");
        Path log = folder.resolve("log");
        Process replay = Child.hairpin(
                log, List.of("replay", capture.toString(), "--mode", "vepa", "--pace", "500", "--out", run.toString()));
        try {
            while (decisions(run) == 0 && !replay.waitFor(10, TimeUnit.MILLISECONDS)) {
                // Nothing is decided yet.
            }
            replay.destroy();
            assertThat(replay.waitFor()).as(() -> Child.log(log)).isEqualTo(ExitCode.PARTIAL);
        } finally {
            replay.destroyForcibly();
        }
        assertThat(Child.log(log)).contains("go on with: hairpin resume " + run, "the run has stopped: it was told to");
        assertThat(RunFolder.open(run).isFinished()).isFalse();
        hairpin("resume", run).well();
        hairpin("replay", capture, "--mode", "vepa", "--out", whole).well();
        assertThat(hairpin("digest", run).well().out())
                .isEqualTo(hairpin("digest", whole).well().out());
    }

    private static long decisions(Path run) {
        try {
            return RunFolder.open(run).digest().decisions();
        } catch (IOException | JournalException notThereYet) {
            return 0;
        }
    }
}
