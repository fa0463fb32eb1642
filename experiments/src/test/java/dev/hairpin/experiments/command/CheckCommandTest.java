package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Golden;
import dev.hairpin.experiments.testkit.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hairpin check}: what a file describes, or what is wrong with it. */
class CheckCommandTest {
    private static final String BRIDGE = "bridge { ports { p0 { to = nic0 } } }\n";

    private static Path file(Path folder, String text) throws IOException {
        return Files.writeString(folder.resolve("lan.conf"), text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"two-servers", "hybrid"})
    void aGoodFileIsToldInLines(String sample) throws Exception {
        Golden.hold(
                "check/" + sample + ".txt",
                () -> hairpin("check", Captures.sample(sample + ".conf")).well().out());
    }

    @Test
    void warningsAreToldAndTheFileIsGood(@TempDir Path folder) throws IOException {
        Path file = file(folder, """
                nics { nic0 { mode = veb, vfs { vf0 {} }, policy = [
                  { match = "ip and arp", action = drop }
                  { action = drop }
                  { match = "tcp", action = permit }
                ] } }
                """ + BRIDGE);
        Said said = hairpin("check", file);
        assertThat(said.err().lines())
                .containsExactly(
                        file
                                + ":2: nics.nic0.policy[1]: warning: \"ip and arp\" contradicts itself: this rule matches no"
                                + " frame",
                        file
                                + ":4: nics.nic0.policy[3]: warning: this rule is never met: rule 2, everything: drop, ends"
                                + " every frame that it matches");
        assertThat(said.lines()).endsWith("2 warnings");
        assertThat(said.code()).isEqualTo(ExitCode.DONE);
    }

    @Test
    void mistakesAreAllToldAndTheFileIsUnusable(@TempDir Path folder) throws IOException {
        Path file = file(folder, "nics { nic0 { mode = vebb, vfs { vf0 {} }\n colour = red } }\n" + BRIDGE);
        Said said = hairpin("check", file);
        assertThat(said.err().lines())
                .hasSize(3)
                .startsWith(file + ":1: nics.nic0.mode: found vebb, expected veb or vepa")
                .endsWith("hairpin: " + file + ": 2 mistakes");
        assertThat(said.out()).isEmpty();
        assertThat(said.code()).isEqualTo(ExitCode.UNUSABLE);
    }

    @Test
    void aFileThatIsNotThereIsUnusable(@TempDir Path folder) {
        Said said = hairpin("check", folder.resolve("none.conf"));
        assertThat(said.err()).isEqualTo("hairpin: " + folder.resolve("none.conf") + ": no such file\n");
        assertThat(said.code()).isEqualTo(ExitCode.UNUSABLE);
    }
}
