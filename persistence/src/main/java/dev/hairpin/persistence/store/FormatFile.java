package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.stream.Stream;

/**
 * The file {@code FORMAT} in a journal's folder: the line {@code hairpin-journal 1}. It is read before RocksDB touches
 * anything, so that a folder that is another's, or of a later format, stays as it is.
 */
final class FormatFile {
    static final String NAME = "FORMAT";

    private static final String WORD = "hairpin-journal";
    private static final int VERSION = 1;
    private static final String LINE = WORD + " " + VERSION + "\n";
    private static final int LONGEST = 80;

    private FormatFile() {}

    /** Whether there is a journal of this format; throws when there is anything else but an empty or absent folder. */
    static boolean exists(Path folder) {
        Path file = folder.resolve(NAME);
        try {
            if (!Files.exists(file)) {
                if (Files.exists(folder) && !isEmpty(folder)) {
                    throw new JournalRefused(
                            folder + " is no journal of Hairpin's: it has other files, and no " + NAME);
                }
                return false;
            }
            check(folder, Files.size(file) > LONGEST ? "" : Files.readString(file, StandardCharsets.ISO_8859_1));
            return true;
        } catch (IOException e) {
            throw new JournalException(file + ": " + e.getMessage(), e);
        }
    }

    private static void check(Path folder, String text) {
        if (text.equals(LINE)) {
            return;
        }
        String[] words = text.strip().split(" ", -1);
        if (words.length == 2 && words[0].equals(WORD) && words[1].matches("[0-9]{1,9}")) {
            throw new JournalRefused(folder + " is a journal of format " + words[1]
                    + "; this version of Hairpin reads format " + VERSION);
        }
        throw new JournalRefused(folder.resolve(NAME) + " does not say '" + LINE.strip()
                + "': no journal of Hairpin's, or" + " damaged");
    }

    /** Makes the folder, if need be, and the file, whole or not at all. */
    static void create(Path folder) {
        Path partial = folder.resolve(NAME + ".partial");
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    partial,
                    LINE,
                    StandardOpenOption.CREATE,
                    StandardOpenOption.TRUNCATE_EXISTING,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.SYNC);
            Files.move(partial, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new JournalException("cannot make a journal in " + folder + ": " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.allMatch(file -> file.getFileName().toString().equals(NAME + ".partial"));
        }
    }
}
