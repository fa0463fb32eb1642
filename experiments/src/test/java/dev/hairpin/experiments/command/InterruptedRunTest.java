package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.Hairpin;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.persistence.JournalException;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        Process replay = new ProcessBuilder(command(
                        "replay", capture.toString(), "--mode", "vepa", "--pace", "500", "--out", run.toString()))
                .redirectErrorStream(true)
                .redirectOutput(Redirect.to(log.toFile()))
                .start();
        try {
            while (decisions(run) == 0 && !replay.waitFor(10, TimeUnit.MILLISECONDS)) {
                // Nothing is decided yet.
            }
            replay.destroy();
            assertThat(replay.waitFor()).as(() -> read(log)).isEqualTo(ExitCode.PARTIAL);
        } finally {
            replay.destroyForcibly();
        }
        assertThat(read(log)).contains("go on with: hairpin resume " + run, "the run has stopped: it was told to");
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

    private static String read(Path log) {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            return e.toString();
        }
    }

    private static List<String> command(String... words) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--"))
                .forEach(command::add);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Hairpin.class.getName()));
        command.addAll(List.of(words));
        return command;
    }
}
