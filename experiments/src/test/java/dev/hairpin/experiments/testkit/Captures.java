package dev.hairpin.experiments.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Captures that tests read: the samples of this repository, and a folder of others that need not be there. */
public final class Captures {
    private static final String SAMPLES = "hairpin.samples";
    private static final String SHARED = "hairpin.captures";

    private Captures() {}

    /** A sample of this repository. */
    public static Path sample(String name) {
        return Path.of(System.getProperty(SAMPLES, "../samples")).resolve(name);
    }

    /** A file of the folder of captures; without the folder the test is skipped. */
    public static Path shared(String name) {
        return folder().resolve(name);
    }

    /** All captures in the subfolder {@code name}; without the folder the test is skipped. */
    public static List<Path> sharedFolder(String name) {
        try (Stream<Path> files = Files.list(shared(name))) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path folder() {
        String folder = System.getProperty(SHARED, "");
        assumeTrue(
                !folder.isEmpty() && Files.isDirectory(Path.of(folder)),
                () -> "hairpin.captures names no folder of captures: '" + folder + "'");
        return Path.of(folder);
    }
}
