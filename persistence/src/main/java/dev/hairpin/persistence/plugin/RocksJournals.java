package dev.hairpin.persistence.plugin;

import akka.actor.AbstractExtensionId;
import akka.actor.ClassicActorSystemProvider;
import akka.actor.ExtendedActorSystem;
import akka.actor.Extension;
import com.typesafe.config.Config;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import dev.hairpin.persistence.store.RocksJournal;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The journals that an actor system has open, one per folder, however many plugins use it. They are closed when all
 * actors have stopped, before the system's termination completes: whoever waits for that may open them again.
 */
public final class RocksJournals implements Extension {
    private static final ExtensionId ID = new ExtensionId();
    private static final String JOURNAL_DIR = "hairpin.journal.dir";

    private final Config settings;
    private final Map<Path, RocksJournal> open = new HashMap<>();
    private boolean closed;
    private @Nullable JournalException failure;

    private RocksJournals(ExtendedActorSystem system) {
        this.settings = system.settings().config();
        system.registerOnTermination(this::close);
    }

    public static RocksJournals get(ClassicActorSystemProvider system) {
        return ID.get(system);
    }

    /** The journal of a plugin with this configuration: in its {@code dir}, or else in {@code hairpin.journal.dir}. */
    RocksJournal of(Config plugin) {
        String dir = plugin.getString("dir");
        if (dir.isEmpty()) {
            dir = settings.getString(JOURNAL_DIR);
        }
        if (dir.isEmpty()) {
            throw new JournalRefused(JOURNAL_DIR + " is not set: it says which folder the journal is in");
        }
        return in(Path.of(dir));
    }

    /** The journal in {@code folder}, open for writing. Not to be closed by the caller. */
    public synchronized RocksJournal in(Path folder) {
        if (closed) {
            throw new JournalException("the actor system is gone");
        }
        return open.computeIfAbsent(folder.toAbsolutePath().normalize(), RocksJournal::openForWriting);
    }

    /** What failed when the journals were closed, if anything did: then not all may be on the disk that was written. */
    public synchronized Optional<JournalException> failure() {
        return Optional.ofNullable(failure);
    }

    private synchronized void close() {
        closed = true;
        for (RocksJournal journal : open.values()) {
            try {
                journal.close();
            } catch (JournalException e) {
                failure = e;
            }
        }
        open.clear();
    }

    private static final class ExtensionId extends AbstractExtensionId<RocksJournals> {
        @Override
        public RocksJournals createExtension(ExtendedActorSystem system) {
            return new RocksJournals(system);
        }
    }
}
