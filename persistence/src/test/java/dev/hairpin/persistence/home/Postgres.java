package dev.hairpin.persistence.home;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A real PostgreSQL server of the test's own, on loopback. Where none can be started the test is skipped. */
public final class Postgres implements AutoCloseable {
    private final Path data;
    private EmbeddedPostgres server;

    private Postgres(Path data, EmbeddedPostgres server) {
        this.data = data;
        this.server = server;
    }

    /** Starts one whose files are in {@code data}. */
    public static Postgres start(Path data) {
        try {
            return new Postgres(data, builder(data).start());
        } catch (IOException | RuntimeException e) {
            Assumptions.abort("no PostgreSQL server can be started here: " + e);
            throw new AssertionError(e);
        }
    }

    private static EmbeddedPostgres.Builder builder(Path data) {
        return EmbeddedPostgres.builder().setDataDirectory(data).setCleanDataDirectory(false);
    }

    /** How it is reached. */
    public String url() {
        return "jdbc:postgresql://localhost:" + server.getPort() + "/postgres?user=postgres";
    }

    /** Stops it, whatever it is doing for others, until it is started again. */
    public void stop() {
        close();
    }

    /** Starts it again, at the same address and with what it had. */
    public void startAgain() {
        try {
            server = builder(data).setPort(server.getPort()).start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
