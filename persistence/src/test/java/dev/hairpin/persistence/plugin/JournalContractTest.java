package dev.hairpin.persistence.plugin;

import com.typesafe.config.Config;
import dev.hairpin.persistence.home.JournalHome;
import dev.hairpin.persistence.home.Postgres;
import dev.hairpin.persistence.home.ServerAddress;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** {@link JournalContract} for the journal over RocksDB, and for the one on PostgreSQL. */
class JournalContractTest {
    @Nested
    class SyncedInTheBackground extends JournalContract {
        @TempDir
        private static Path folder;

        @Override
        Config config() {
            return TestConfig.in(folder.resolve("journal"));
        }
    }

    @Nested
    class SyncedAlways extends JournalContract {
        @TempDir
        private static Path folder;

        @Override
        Config config() {
            return TestConfig.with("hairpin.journal.sync = always")
                    .withFallback(TestConfig.in(folder.resolve("journal")));
        }
    }

    @Nested
    class OnPostgres extends JournalContract {
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
        boolean replaysOnlyTheLastOneIfAsked() {
            return false;
        }
    }
}
