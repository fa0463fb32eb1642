package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Golden;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Files with mistakes: each mistake is told, with its line, the word, what was found and what was expected. */
class BrokenFilesTest {
    private static final Path FOLDER = Path.of("src/test/resources/dev/hairpin/experiments/topology/broken");

    static List<String> files() throws IOException {
        try (Stream<Path> all = Files.list(FOLDER)) {
            return all.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    private static Reading read(String file) throws IOException {
        return TopologyReader.read(file, Files.readString(FOLDER.resolve(file), StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyMistakeIsToldWithItsPlace(String file) throws Exception {
        Golden.hold(
                "topology/" + file.replace(".conf", ".txt"),
                () -> read(file).problems().stream()
                        .map(problem -> problem + "\n")
                        .collect(Collectors.joining()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFileWithAMistakeDescribesNothing(String file) throws IOException {
        Reading reading = read(file);
        assertThat(reading.topology()).isEmpty();
        assertThat(reading.problems()).anyMatch(problem -> !problem.warning());
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyProblemNamesALineOfItsFile(String file) throws IOException {
        long lines = Files.readString(FOLDER.resolve(file)).lines().count();
        assertThat(read(file).problems()).allSatisfy(problem -> {
            assertThat(problem.file()).isEqualTo(file);
            assertThat((long) problem.line()).isBetween(1L, lines);
        });
    }

    @Test
    void thereAreManyWaysToBeWrong() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(20);
    }
}
