package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.persistence.home.JournalHome;
import dev.hairpin.persistence.home.ServerAddress;
import dev.hairpin.persistence.stage.StageJournal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a run that is made keeps its journal. */
final class JournalOption {
    @Option(
            names = "--journal",
            paramLabel = "ADDRESS|FILE",
            description =
                    "Keep the journal on a PostgreSQL server: jdbc:postgresql://HOST/DATABASE?user=USER, or a file"
                            + " with journal.url, journal.user and journal.password (default: in the run's folder).")
    private @Nullable String journal;

    /** Whether a server was named. */
    boolean onServer() {
        return journal != null;
    }

    /** Gives the journal of {@code run}, which has none yet, its home. */
    void settle(RunFolder run) {
        if (journal != null) {
            JournalHome.create(run.path().resolve(StageJournal.FOLDER), ServerAddress.of(journal));
        }
    }
}
