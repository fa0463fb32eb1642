package dev.hairpin.persistence.plugin;

import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import com.typesafe.config.Config;
import dev.hairpin.persistence.home.JournalHome;
import dev.hairpin.persistence.home.Postgres;
import dev.hairpin.persistence.home.ServerAddress;
import dev.hairpin.persistence.store.Snapshot;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** {@link SnapshotStoreContract} for the store over RocksDB, and for the one on PostgreSQL. */
class SnapshotStoreContractTest {
    @Nested
    class InAFolder extends SnapshotStoreContract {
        @TempDir
        private static Path folder;

        @Override
        Config config() {
            return TestConfig.in(folder.resolve("journal"));
        }

        @Override
        void keepAt(String of, long sequence, long timestamp) {
            Serializer serializer =
                    SerializationExtension.get(system().system()).findSerializerFor("s");
            RocksJournals.get(system().system())
                    .in(folder.resolve("journal"))
                    .snapshots()
                    .save(new Snapshot(
                            of,
                            sequence,
                            timestamp,
                            serializer.identifier(),
                            "",
                            new byte[0],
                            serializer.toBinary("s")));
        }
    }

    @Nested
    class OnPostgres extends SnapshotStoreContract {
        @TempDir
        private static Path folder;

        private Postgres server;

        @BeforeAll
        @Override
        void start() {
            server = Postgres.start(folder.resolve("data"));
            JournalHome.create(folder.resolve("journal"), ServerAddress.of(server.url()));
            super.start();
        }

        @AfterAll
        @Override
        void end() {
            super.end();
            server.close();
        }

        @Override
        Config config() {
            return TestConfig.of(JournalHome.of(folder.resolve("journal")));
        }

        @Override
        boolean heedsALowerBound() {
            return false;
        }

        @Override
        void keepAt(String of, long sequence, long timestamp) {
            Serializer serializer =
                    SerializationExtension.get(system().system()).findSerializerFor("s");
            try (Connection connection = DriverManager.getConnection(server.url());
                    PreparedStatement insert = connection.prepareStatement("insert into snapshot (persistence_id,"
                            + " sequence_number, created, snapshot_ser_id, snapshot_ser_manifest, snapshot_payload)"
                            + " values (?, ?, ?, ?, '', ?)")) {
                insert.setString(1, of);
                insert.setLong(2, sequence);
                insert.setLong(3, timestamp);
                insert.setInt(4, serializer.identifier());
                insert.setBytes(5, serializer.toBinary("s"));
                insert.executeUpdate();
            } catch (SQLException e) {
                throw new AssertionError(e);
            }
        }
    }
}
