package dev.hairpin.persistence.plugin;

import akka.actor.ActorSystem;
import com.typesafe.config.Config;
import dev.hairpin.persistence.JournalRefused;
import dev.hairpin.persistence.store.Durability;
import dev.hairpin.persistence.store.RocksJournal;
import org.jspecify.annotations.Nullable;

/**
 * The journal that a plugin is configured to use, opened when it is first used. So a plugin always starts, and a journal
 * that cannot be opened fails each request with the reason instead of leaving it without an answer.
 */
final class JournalInUse {
    private static final String SYNC = "sync";

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
            durability();
            known = journals.of(config);
            journal = known;
        }
        return known;
    }

    /** What is configured as {@code sync}, in either case of letters; where nothing is, the lesser. */
    Durability durability() {
        String word = config.hasPath(SYNC) ? config.getString(SYNC) : Durability.BACKGROUND.name();
        for (Durability durability : Durability.values()) {
            if (durability.name().equalsIgnoreCase(word)) {
                return durability;
            }
        }
        throw new JournalRefused(config.getValue(SYNC).origin().description() + ": " + SYNC + " = '" + word
                + "', expected background or always");
    }
}
