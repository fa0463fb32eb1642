package dev.hairpin.persistence.plugin;

import com.typesafe.config.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** {@link JournalContract} for the journal over RocksDB. */
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
}
