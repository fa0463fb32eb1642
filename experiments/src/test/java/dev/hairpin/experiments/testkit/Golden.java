package dev.hairpin.experiments.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/**
 * Texts as they are to be, in files under {@code src/test/golden}. {@code -Dgolden.update=true} writes them anew, which
 * makes each text twice and fails when the two differ.
 */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "golden");

    private Golden() {}

    /** Holds that {@code text} gives what the file {@code name} has. */
    public static void hold(String name, Callable<String> text) throws Exception {
        Path file = FOLDER.resolve(name);
        String given = text.call();
        if (Boolean.getBoolean("golden.update")) {
            assertThat(text.call()).as("%s, made again", name).isEqualTo(given);
            write(file, given);
        }
        assertThat(given)
                .as("%s; -Dgolden.update=true writes it anew", file)
                .isEqualTo(Files.readString(file, StandardCharsets.UTF_8));
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        Files.writeString(file, text, StandardCharsets.UTF_8);
    }
}
