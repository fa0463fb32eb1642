package dev.hairpin.persistence.home;

import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * The right to write a run: a lock of the server's on the run's row, which goes with the connection, so that nothing is
 * left of a process that was killed. Should the connection be lost while the run goes on, two writers still cannot both
 * have written an event: no two rows have the same number.
 */
final class RunClaim implements JournalHome.Claim {
    private final ServerAddress address;
    private final Connection connection;

    private RunClaim(ServerAddress address, Connection connection) {
        this.address = address;
        this.connection = connection;
    }

    static RunClaim of(ServerAddress address, String run) {
        RunClaim claim = new RunClaim(address, address.connect());
        try {
            ServerTables.check(claim.connection, address, run);
            claim.take(run);
            return claim;
        } catch (SQLException e) {
            claim.close();
            throw address.failure("cannot claim the run on", e);
        } catch (JournalException e) {
            claim.close();
            throw e;
        }
    }

    private void take(String run) throws SQLException {
        try (PreparedStatement query =
                connection.prepareStatement("select pg_try_advisory_lock(hashtextextended(?, 0))")) {
            query.setString(1, "hairpin_run " + run);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                if (!row.getBoolean(1)) {
                    throw new JournalRefused(
                            address + ", run " + run + " is being written already: a journal has one writer at a time");
                }
            }
        }
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw address.failure("cannot give back the run on", e);
        }
    }
}
