package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.persistence.home.JournalHome;
import dev.hairpin.persistence.stage.StageJournal;
import dev.hairpin.persistence.store.RocksJournal;
import dev.hairpin.persistence.store.StoredEvents;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Folders of runs as each format of the journal had them, kept as they were written: they stay readable, and tell the same
 * decisions for ever. A folder is never changed; a new format adds one.
 */
class OldRunsTest {
    private static final Path RUNS = Path.of("src", "test", "golden", "journals");

    private static List<Path> runs() throws IOException {
        try (Stream<Path> folders = Files.list(RUNS)) {
            return folders.sorted().toList();
        }
    }

    @Test
    void aRunOfAnyFormatIsReadToTheSameDigest() throws IOException {
        assertThat(runs()).isNotEmpty();
        for (Path run : runs()) {
            assertThat(Said.hairpin("digest", run).well().out())
                    .as(run.toString())
                    .isEqualTo(Files.readString(run.resolve("digest.txt"), StandardCharsets.UTF_8));
        }
    }

    @Test
    void aJournalOfAnyFormatIsTakenUp(@TempDir Path folder) throws IOException {
        for (Path run : runs()) {
            Path from = run.resolve(StageJournal.FOLDER);
            Path copy = Files.createDirectories(folder.resolve(run.getFileName()));
            try (Stream<Path> files = Files.list(from)) {
                for (Path file : files.toList()) {
                    Files.copy(file, copy.resolve(file.getFileName()));
                }
            }
            List<String> before;
            try (StoredEvents kept = JournalHome.of(from).open()) {
                before = kept.ids();
            }
            try (RocksJournal journal = RocksJournal.openForWriting(copy)) {
                assertThat(journal.ids()).as(run.toString()).isEqualTo(before).isNotEmpty();
            }
        }
    }
}
