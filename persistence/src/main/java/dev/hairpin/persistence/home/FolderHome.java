package dev.hairpin.persistence.home;

import akka.actor.ClassicActorSystemProvider;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.plugin.RocksJournals;
import dev.hairpin.persistence.store.RocksJournal;
import dev.hairpin.persistence.store.StoredEvents;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** RocksDB in a folder. */
record FolderHome(Path folder) implements JournalHome {
    @Override
    public Config settings(boolean syncAlways) {
        return ConfigFactory.parseMap(Map.of(
                "akka.persistence.journal.plugin", "hairpin.journal",
                "akka.persistence.snapshot-store.plugin", "hairpin.snapshots",
                "hairpin.home.read", "hairpin.read",
                "hairpin.home.ids", "",
                "hairpin.journal.dir", folder.toString(),
                "hairpin.journal.sync", syncAlways ? "always" : "background"));
    }

    /** RocksDB does that by itself when the journal is opened. */
    @Override
    public Claim claim() {
        return () -> {};
    }

    @Override
    public Optional<JournalException> failure(ClassicActorSystemProvider system) {
        return RocksJournals.get(system).failure();
    }

    @Override
    public StoredEvents open() {
        return RocksJournal.openForReading(folder);
    }
}
