package dev.hairpin.persistence.home;

import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Objects;

/** The tables on a server: those that akka-persistence-jdbc wants, and one of the runs. */
final class ServerTables {
    /** Of what a run's rows mean. */
    static final int FORMAT = 1;

    private static final String SCHEMA = "schema.sql";
    /** Whoever makes the tables has this lock, because two that make them at once get in each other's way. */
    private static final long MAKING = 0x6861_6972_7069_6E00L;

    private ServerTables() {}

    /** Makes the tables that are not there yet, and a run. Returns the run's id. */
    static String newRun(ServerAddress address) {
        try (Connection connection = address.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            statement.execute("select pg_advisory_xact_lock(" + MAKING + ")");
            statement.execute(schema());
            String run;
            try (ResultSet row = statement.executeQuery(
                    "insert into hairpin_run (format) values (" + FORMAT + ") returning run::text")) {
                row.next();
                run = row.getString(1);
            }
            connection.commit();
            return run;
        } catch (SQLException e) {
            throw address.failure("cannot make a journal on", e);
        }
    }

    /** Throws when {@code run} is not there, or of another format. */
    static void check(Connection connection, ServerAddress address, String run) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select format from hairpin_run where run::text = ?")) {
            query.setString(1, run);
            try (ResultSet row = query.executeQuery()) {
                if (!row.next()) {
                    throw new JournalRefused(address + ": there is no run " + run);
                }
                if (row.getInt(1) != FORMAT) {
                    throw new JournalRefused(address + ", run " + run + ": a journal of format " + row.getInt(1)
                            + "; this version of Hairpin reads format " + FORMAT);
                }
            }
        }
    }

    private static String schema() {
        try (InputStream in = ServerTables.class.getResourceAsStream(SCHEMA)) {
            return new String(Objects.requireNonNull(in, SCHEMA).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new JournalException(SCHEMA + ": " + e.getMessage(), e);
        }
    }
}
