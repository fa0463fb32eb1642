package dev.hairpin.persistence.home;

import akka.actor.ClassicActorSystemProvider;
import com.typesafe.config.Config;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import dev.hairpin.persistence.store.StoredEvents;
import java.nio.file.Path;
import java.util.Optional;

/** Where a run's journal is. */
public sealed interface JournalHome permits FolderHome, ServerHome {
    /**
     * The home of the journal of a run, by what is in its folder: where nothing says otherwise, the folder itself.
     *
     * @throws JournalRefused when what is there is none of Hairpin's, or of a later format
     */
    static JournalHome of(Path folder) {
        Optional<ServerHome> server = ServerHome.in(folder);
        return server.isPresent() ? server.get() : new FolderHome(folder);
    }

    /**
     * Gives the journal of a new run a home on a server, of which {@code folder}, which is made, tells from then on. Tables
     * that are not there yet are made.
     */
    static void create(Path folder, ServerAddress address) {
        ServerHome.create(folder, address);
    }

    /**
     * What an actor system is to be configured with to write it.
     *
     * @param syncAlways whether every write waits for the disk; a server always does
     */
    Config settings(boolean syncAlways);

    /**
     * Keeps all other writers out until the claim is closed.
     *
     * @throws JournalRefused when somebody else is writing it
     */
    Claim claim();

    /** What failed when the journals of {@code system}, which has ended, were closed. */
    Optional<JournalException> failure(ClassicActorSystemProvider system);

    /**
     * Opens it as it is now, for reading.
     *
     * @throws JournalRefused when there is none that could be read
     */
    StoredEvents open();

    /** The right to write a journal. */
    interface Claim extends AutoCloseable {
        @Override
        void close();
    }
}
