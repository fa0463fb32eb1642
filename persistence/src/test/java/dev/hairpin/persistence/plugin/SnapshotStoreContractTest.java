package dev.hairpin.persistence.plugin;

import akka.serialization.SerializationExtension;
import akka.serialization.Serializer;
import com.typesafe.config.Config;
import dev.hairpin.persistence.store.Snapshot;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** {@link SnapshotStoreContract} for the store over RocksDB. */
class SnapshotStoreContractTest extends SnapshotStoreContract {
    @TempDir
    private static Path folder;

    @Override
    Config config() {
        return TestConfig.in(folder.resolve("journal"));
    }

    @Override
    void keepAt(String of, long sequence, long timestamp) {
        Serializer serializer = SerializationExtension.get(system().system()).findSerializerFor("s");
        RocksJournals.get(system().system())
                .in(folder.resolve("journal"))
                .snapshots()
                .save(new Snapshot(
                        of, sequence, timestamp, serializer.identifier(), "", new byte[0], serializer.toBinary("s")));
    }
}
