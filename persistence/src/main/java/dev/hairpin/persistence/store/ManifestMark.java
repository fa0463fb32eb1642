package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/**
 * How far RocksDB's manifest was at a moment. It is only ever appended to, and a new one has a new name: two equal marks
 * say that nothing was written to it between them.
 *
 * <p>That is what a reader beside a writer must know. RocksDB reads first the manifest, which tells the tables, and then
 * the logs that it finds. A writer moves what is in a log to a table, says so in the manifest, and only then deletes the
 * log. If it does so in between, the reader has neither table nor log, and RocksDB does not notice.
 *
 * @param current what the file {@code CURRENT} says, which is the manifest's name; empty when there is none
 * @param length octets of the manifest
 */
record ManifestMark(String current, long length) {
    private static final String CURRENT = "CURRENT";

    static ManifestMark of(Path folder) {
        try {
            String current = Files.readString(folder.resolve(CURRENT), StandardCharsets.ISO_8859_1);
            return new ManifestMark(current, Files.size(folder.resolve(current.strip())));
        } catch (NoSuchFileException e) {
            return new ManifestMark("", 0);
        } catch (IOException e) {
            throw new JournalException(folder + ": " + e.getMessage(), e);
        }
    }
}
