package dev.hairpin.persistence;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.rocksdb.RocksDB;
import org.rocksdb.util.Environment;

/**
 * Other processes of the tests, with their class path. RocksDB's native library is laid out for them once: a process that
 * is killed would leave the copy it makes for itself in the temporary folder.
 */
public final class ChildJvm {
    private final Path libraries;

    /** {@code scratch} is a folder for the library. */
    public ChildJvm(Path scratch) throws IOException {
        this.libraries = Files.createDirectories(scratch);
        Path library = scratch.resolve(Environment.getSharedLibraryFileName("rocksdb"));
        String resource = "/" + Environment.getJniLibraryFileName("rocksdb");
        try (InputStream in = RocksDB.class.getResourceAsStream(resource)) {
            Files.copy(Objects.requireNonNull(in, resource), library);
        }
    }

    /** A process that runs {@code main}; {@code prefix} stands before the command. */
    public ProcessBuilder of(Class<?> main, List<String> prefix, String... arguments) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-XX:-UsePerfData",
                "-Xmx256m",
                "-Djava.library.path=" + libraries,
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        command.addAll(List.of(arguments));
        return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    }
}
