package dev.hairpin.persistence.home;

import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.store.Events;
import dev.hairpin.persistence.store.Stored;
import dev.hairpin.persistence.store.StoredEvents;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's events on a server, all as they were when this was opened. */
final class ServerEvents implements StoredEvents {
    private static final int ROWS_AT_A_TIME = 64;

    private final ServerAddress address;
    private final Connection connection;
    private final String prefix;

    private ServerEvents(ServerAddress address, Connection connection, String prefix) {
        this.address = address;
        this.connection = connection;
        this.prefix = prefix;
    }

    static ServerEvents open(ServerAddress address, String run, String prefix) {
        ServerEvents events = new ServerEvents(address, address.connect(), prefix);
        try {
            events.connection.setReadOnly(true);
            events.connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            events.connection.setAutoCommit(false);
            ServerTables.check(events.connection, address, run);
            return events;
        } catch (SQLException e) {
            events.close();
            throw address.failure("cannot read the journal on", e);
        } catch (JournalException e) {
            events.close();
            throw e;
        }
    }

    @Override
    public List<String> ids() {
        try (PreparedStatement query =
                connection.prepareStatement("select persistence_id from event_journal where sequence_number = 1"
                        + " and persistence_id like ? order by persistence_id collate \"C\"")) {
            query.setString(1, prefix + "%");
            List<String> ids = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getString(1).substring(prefix.length()));
                }
            }
            return ids;
        } catch (SQLException e) {
            throw address.failure("cannot read the journal on", e);
        }
    }

    @Override
    public Events events(String id, long from, long to) {
        try {
            PreparedStatement query = connection.prepareStatement(
                    "select sequence_number, event_ser_id, event_ser_manifest, event_payload"
                            + " from event_journal where persistence_id = ? and sequence_number between ? and ?"
                            + " and not deleted order by sequence_number");
            query.setFetchSize(ROWS_AT_A_TIME);
            query.setString(1, prefix + id);
            query.setLong(2, from);
            query.setLong(3, to);
            return new Cursor(id, from, query, query.executeQuery());
        } catch (SQLException e) {
            throw address.failure("cannot read the journal on", e);
        }
    }

    /** Of the events alone, as the server has them, without its indexes. */
    @Override
    public long bytes() {
        try (PreparedStatement query =
                connection.prepareStatement("select coalesce(sum(pg_column_size(event_payload)), 0)"
                        + " from event_journal where persistence_id = ?")) {
            long bytes = 0;
            for (String id : ids()) {
                query.setString(1, prefix + id);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    bytes += row.getLong(1);
                }
            }
            return bytes;
        } catch (SQLException e) {
            throw address.failure("cannot read the journal on", e);
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw address.failure("cannot leave", e);
        }
    }

    private final class Cursor implements Events {
        private final String id;
        private final PreparedStatement query;
        private final ResultSet rows;
        private long expected;
        private @Nullable Stored current;

        Cursor(String id, long from, PreparedStatement query, ResultSet rows) {
            this.id = id;
            this.query = query;
            this.rows = rows;
            this.expected = Math.max(1, from);
        }

        @Override
        public boolean next() {
            current = null;
            try {
                if (rows.isClosed() || !rows.next()) {
                    close();
                    return false;
                }
                Stored event = Stored.of(rows.getLong(1), rows.getInt(2), rows.getString(3), rows.getBytes(4));
                if (event.sequence() != expected) {
                    long before = expected - 1;
                    close();
                    throw new JournalDamage("the events before it, back to " + before + ", are missing")
                            .at(id, event.sequence());
                }
                expected++;
                current = event;
                return true;
            } catch (SQLException e) {
                throw address.failure("cannot read the journal on", e);
            }
        }

        @Override
        public Stored event() {
            if (current == null) {
                throw new IllegalStateException("the cursor stands on no event");
            }
            return current;
        }

        @Override
        public void close() {
            try {
                rows.close();
                query.close();
            } catch (SQLException e) {
                throw address.failure("cannot leave", e);
            }
        }
    }
}
