package dev.hairpin.persistence;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Texts that must stay what they are; {@code -Dgolden.update=true} rewrites those that may change. */
public final class Golden {
    private static final Path FOLDER = Path.of("src", "test", "resources", "golden");

    private Golden() {}

    /** {@code actual} is the file's text. */
    public static void assertUnchanged(String file, String actual) {
        Path golden = FOLDER.resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(golden, actual);
            }
            assertThat(actual).as("golden file %s", golden).isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The file's lines stand at the beginning of {@code actual}, which may have more. */
    public static void assertOnlyAddedAtEnd(String file, String actual) {
        Path golden = FOLDER.resolve(file);
        try {
            String before = Files.exists(golden) ? Files.readString(golden) : "";
            assertThat(actual).as("journals hold these numbers; %s", golden).startsWith(before);
            if (Boolean.getBoolean("golden.update")) {
                Files.writeString(golden, actual);
            }
            assertThat(actual)
                    .as("golden file %s: -Dgolden.update=true takes in what was added", golden)
                    .isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
