package dev.hairpin.persistence.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** Entries with payloads that tell whose they are, and copies of folders. */
final class Sample {
    private Sample() {}

    /** The {@code sequence}-th event of {@code id}, {@code length} octets and a few. */
    static Entry entry(String id, long sequence, int length) {
        SplittableRandom random = new SplittableRandom(id.hashCode() * 31L + sequence);
        byte[] filling = new byte[length];
        random.nextBytes(filling);
        byte[] name = (id + "#" + sequence + "#").getBytes(StandardCharsets.UTF_8);
        byte[] payload = new byte[name.length + length];
        System.arraycopy(name, 0, payload, 0, name.length);
        System.arraycopy(filling, 0, payload, name.length, length);
        return new Entry(id, sequence, 77, "m" + sequence % 3, new byte[] {1, 2, (byte) sequence}, payload);
    }

    static Entry entry(String id, long sequence) {
        return entry(id, sequence, 10);
    }

    /** Sequence numbers of all of {@code id}'s events from {@code from} to {@code to}. */
    static List<Long> numbers(RocksJournal journal, String id, long from, long to) {
        List<Long> numbers = new ArrayList<>();
        try (EventCursor cursor = journal.events(id, from, to)) {
            while (cursor.next()) {
                numbers.add(cursor.event().sequence());
            }
        }
        return numbers;
    }

    static List<Long> numbers(RocksJournal journal, String id) {
        return numbers(journal, id, 1, Long.MAX_VALUE);
    }

    /** A copy of a folder as it is now, as a crash would leave it. */
    static void copy(Path from, Path to) {
        try (Stream<Path> files = Files.list(from)) {
            Files.createDirectories(to);
            for (Path file : files.toList()) {
                Files.copy(file, to.resolve(file.getFileName()));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
