package dev.hairpin.persistence.plugin;

import akka.actor.ExtendedActorSystem;
import akka.persistence.query.ReadJournalProvider;
import com.typesafe.config.Config;

/** What Akka makes from the configuration {@code hairpin.read}. */
public final class RocksReadJournalProvider implements ReadJournalProvider {
    private final RocksReadJournal journal;

    /** Made by Akka, with what is configured. */
    public RocksReadJournalProvider(ExtendedActorSystem system, Config config) {
        this.journal = new RocksReadJournal(system, config);
    }

    @Override
    public RocksReadJournal javadslReadJournal() {
        return journal;
    }

    /** For Scala there is none: it has no queries. */
    @Override
    public akka.persistence.query.scaladsl.ReadJournal scaladslReadJournal() {
        return new NoQueries();
    }

    private static final class NoQueries implements akka.persistence.query.scaladsl.ReadJournal {}
}
