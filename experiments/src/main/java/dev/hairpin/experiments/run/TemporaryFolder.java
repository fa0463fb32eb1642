package dev.hairpin.experiments.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A folder that is gone when it is closed, or when the process is told to end. */
public final class TemporaryFolder implements AutoCloseable {
    private final Path path;
    private final Thread atEnd;

    private TemporaryFolder(Path path) {
        this.path = path;
        this.atEnd = new Thread(this::delete, "delete " + path);
    }

    /** A new folder in the system's place for such. */
    public static TemporaryFolder create(String prefix) throws IOException {
        TemporaryFolder folder = new TemporaryFolder(Files.createTempDirectory(prefix));
        Runtime.getRuntime().addShutdownHook(folder.atEnd);
        return folder;
    }

    public Path path() {
        return path;
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atEnd);
        delete();
    }

    private void delete() {
        try (Stream<Path> all = Files.walk(path)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
