package dev.hairpin.persistence.plugin;

import akka.actor.ActorSystem;
import com.typesafe.config.Config;
import dev.hairpin.persistence.store.RocksJournal;
import org.jspecify.annotations.Nullable;

/**
 * The journal that a plugin is configured to use, opened when it is first used. So a plugin always starts, and a journal
 * that cannot be opened fails each request with the reason instead of leaving it without an answer.
 */
final class JournalInUse {
    private final RocksJournals journals;
    private final Config config;
    private volatile @Nullable RocksJournal journal;

    JournalInUse(ActorSystem system, Config config) {
        this.journals = RocksJournals.get(system);
        this.config = config;
    }

    RocksJournal get() {
        RocksJournal known = journal;
        if (known == null) {
            known = journals.of(config);
            journal = known;
        }
        return known;
    }
}
