package dev.hairpin.persistence.store;

import static dev.hairpin.persistence.store.Sample.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.RandomEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/**
 * Files cut short and bits flipped. Whatever is then read must be what was written, a prefix of it in the order of the
 * appends over all ids, or else the damage is named; never other events, never a hole.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JournalDamageTest {
    private static final int BATCHES = 60;
    private static final String[] IDS = {"x", "y", "z"};

    private final long seed = RandomEvents.seed();
    private final SplittableRandom random = new SplittableRandom(seed);
    /** In the order in which they were appended. */
    private final List<Entry> written = new ArrayList<>();

    @TempDir
    private static Path temporary;

    private int copies;
    /** As a killed process leaves it: everything is in the log. */
    private Path killed = Path.of("");
    /** As it is after a clean end: everything is in a table. */
    private Path closed = Path.of("");

    @BeforeAll
    void write() {
        Path folder = temporary.resolve("original");
        killed = temporary.resolve("killed");
        closed = temporary.resolve("closed");
        long[] highest = new long[IDS.length];
        try (RocksJournal journal = RocksJournal.openForWriting(folder)) {
            for (int i = 0; i < BATCHES; i++) {
                List<Entry> batch = new ArrayList<>();
                for (int events = 1 + random.nextInt(3); events > 0; events--) {
                    int id = random.nextInt(IDS.length);
                    batch.add(entry(IDS[id], ++highest[id], random.nextInt(200)));
                }
                journal.append(batch, Durability.BACKGROUND);
                written.addAll(batch);
            }
            Sample.copy(folder, killed);
        }
        Sample.copy(folder, closed);
    }

    @Test
    void nothingIsLostWithoutDamage() {
        assertThat(survivors(copyOf(killed))).isEqualTo(written.size());
        assertThat(survivors(copyOf(closed))).isEqualTo(written.size());
    }

    @Test
    void aLogCutShortAnywhereLeavesAPrefix() {
        int length = octets(log(killed)).length;
        int before = -1;
        int cuts = 0;
        for (int cut = 0; cut <= length; cut += 1 + random.nextInt(length / 60)) {
            int at = cut;
            Path copy = damaged(killed, log(killed), octets -> java.util.Arrays.copyOf(octets, at));
            int survivors = survivors(copy);
            assertThat(survivors).as("seed %d, cut to %d octets", seed, cut).isGreaterThanOrEqualTo(before);
            before = survivors;
            cuts++;
        }
        System.out.printf("a log of %,d octets cut at %,d of them: each time a beginning%n", length, cuts);
    }

    @Test
    void aLogWithARottenEndLeavesAPrefixOrIsDamage() {
        int length = octets(log(killed)).length;
        Count count = new Count();
        for (int i = 0; i < 25; i++) {
            int from = length - 1 - random.nextInt(400);
            boolean zeros = random.nextBoolean();
            Path copy = damaged(killed, log(killed), octets -> rotten(octets, from, zeros));
            count.take(prefixOrDamage(copy, "rotten from " + from));
        }
        count.print("rotten ends of a log", "a beginning");
    }

    private byte[] rotten(byte[] octets, int from, boolean zeros) {
        for (int i = from; i < octets.length; i++) {
            octets[i] = zeros ? 0 : (byte) random.nextInt(256);
        }
        return octets;
    }

    @Test
    void aBitFlippedAnywhereInTheLogIsDamageAndNoSilentEnd() {
        assertDamage(killed, log(killed), 60);
    }

    @Test
    void aBitFlippedInTheManifestIsDamageAndNoEmptyJournal() {
        assertDamage(closed, file(closed, "MANIFEST-000005"), 60);
    }

    private void assertDamage(Path folder, Path file, int flips) {
        int bits = octets(file).length * 8;
        for (int i = 0; i < flips; i++) {
            int bit = random.nextInt(bits);
            Path copy = damaged(folder, file, octets -> flip(octets, bit));
            assertThatThrownBy(() -> survivors(copy))
                    .as("seed %d, %s, bit %d", seed, file.getFileName(), bit)
                    .isInstanceOf(JournalDamage.class);
        }
        System.out.printf("bits flipped in %s: %,d, all named%n", file.getFileName(), flips);
    }

    @Test
    void aBitFlippedInATableIsDamageOrHarmless() {
        Path table = file(closed, ".sst");
        Count count = new Count();
        for (int i = 0; i < 60; i++) {
            int bit = random.nextInt(octets(table).length * 8);
            count.take(allOrDamage(damaged(closed, table, octets -> flip(octets, bit)), "table, bit " + bit));
        }
        count.print("bits flipped in a table", "harmless");
    }

    @Test
    void aBitFlippedInAnyOtherFileIsDamageOrHarmless() {
        Count count = new Count();
        for (Path file : files(closed)) {
            int length = octets(file).length;
            for (int i = 0; i < 8 && length > 0 && !file.toString().endsWith(".sst"); i++) {
                int bit = random.nextInt(length * 8);
                Path copy = damaged(closed, file, octets -> flip(octets, bit));
                count.take(allOrDamage(copy, file.getFileName() + ", bit " + bit));
            }
        }
        count.print("bits flipped in other files", "harmless");
    }

    @Test
    void aFileThatIsGoneIsDamageOrHarmless() throws IOException {
        Count count = new Count();
        for (Path file : files(closed)) {
            Path copy = copyOf(closed);
            Files.delete(copy.resolve(file.getFileName()));
            count.take(allOrDamage(copy, "without " + file.getFileName()));
        }
        count.print("files that are gone", "harmless");
    }

    @Test
    void aMissingEventIsNamed() throws RocksDBException {
        Path copy = copyOf(closed);
        meddle(copy, rocks -> rocks.delete(Keys.record(Keys.EVENTS, numberOf(rocks, "x"), 3)));
        assertThatThrownBy(() -> survivors(copy))
                .isInstanceOf(JournalDamage.class)
                .hasMessageContaining("x, event 4: the events before it, back to 2, are missing");
        try (RocksJournal journal = RocksJournal.openForReading(copy)) {
            assertThat(Sample.numbers(journal, "x", 1, 1)).containsExactly(1L);
            assertThatThrownBy(() -> Sample.numbers(journal, "x", 2, 3)).isInstanceOf(JournalDamage.class);
            assertThatThrownBy(() -> Sample.numbers(journal, "x", 3, 5)).isInstanceOf(JournalDamage.class);
            assertThat(Sample.numbers(journal, "x", 4, 5)).containsExactly(4L, 5L);
        }
    }

    @Test
    void aChangedEventIsNamed() throws RocksDBException {
        Path copy = copyOf(closed);
        meddle(copy, rocks -> {
            byte[] key = Keys.record(Keys.EVENTS, numberOf(rocks, "y"), 2);
            byte[] value = rocks.get(key);
            value[value.length - 1] ^= 4;
            rocks.put(key, value);
        });
        assertThatThrownBy(() -> survivors(copy)).isInstanceOfSatisfying(JournalDamage.class, damage -> {
            assertThat(damage.id()).isEqualTo("y");
            assertThat(damage.sequence()).isEqualTo(2);
            assertThat(damage).hasMessage("y, event 2: its checksum is not that of its octets");
        });
    }

    @Test
    void anEventInAnothersPlaceIsNamed() throws RocksDBException {
        Path copy = copyOf(closed);
        meddle(copy, rocks -> {
            byte[] value = rocks.get(Keys.record(Keys.EVENTS, numberOf(rocks, "x"), 2));
            rocks.put(Keys.record(Keys.EVENTS, numberOf(rocks, "y"), 2), value);
        });
        assertThatThrownBy(() -> survivors(copy))
                .isInstanceOf(JournalDamage.class)
                .hasMessageContaining("y, event 2");
    }

    private interface Meddling {
        void with(RocksDB rocks) throws RocksDBException;
    }

    private static void meddle(Path folder, Meddling meddling) throws RocksDBException {
        try (Options options = Tuning.options();
                RocksDB rocks = RocksDB.open(options, folder.toString())) {
            meddling.with(rocks);
        }
    }

    private static int numberOf(RocksDB rocks, String id) throws RocksDBException {
        return java.nio.ByteBuffer.wrap(rocks.get(Keys.id(id))).getInt();
    }

    /** Returns whether it is damage. */
    private boolean prefixOrDamage(Path copy, String what) {
        try {
            survivors(copy);
            return false;
        } catch (JournalException expected) {
            assertThat(expected.getMessage()).as("seed %d, %s", seed, what).isNotBlank();
            return true;
        } catch (RuntimeException | Error e) {
            throw new AssertionError("seed " + seed + ", " + what, e);
        }
    }

    /** Likewise. */
    private boolean allOrDamage(Path copy, String what) {
        try {
            assertThat(survivors(copy)).as("seed %d, %s", seed, what).isEqualTo(written.size());
            return false;
        } catch (JournalException expected) {
            assertThat(expected.getMessage()).as("seed %d, %s", seed, what).isNotBlank();
            return true;
        }
    }

    /** How many damages were named, and how many had to be none. */
    private static final class Count {
        private int named;
        private int other;

        void take(boolean isNamed) {
            named += isNamed ? 1 : 0;
            other += isNamed ? 0 : 1;
        }

        void print(String what, String otherwise) {
            System.out.printf("%s: %,d, %,d named, %,d %s%n", what, named + other, named, other, otherwise);
        }
    }

    /** How many events are left. They are the first ones, whole batches, each what was written; so for writer and reader. */
    private int survivors(Path copy) {
        int read;
        try (RocksJournal journal = RocksJournal.openForReading(copy)) {
            read = prefix(journal);
        }
        try (RocksJournal journal = RocksJournal.openForWriting(copy)) {
            assertThat(prefix(journal)).isEqualTo(read);
        }
        Sample.delete(copy);
        return read;
    }

    private int prefix(RocksJournal journal) {
        long left = 0;
        for (String id : journal.ids()) {
            left += journal.highest(id);
        }
        int count = 0;
        long[] expected = new long[IDS.length];
        for (Entry entry : written.subList(0, (int) left)) {
            count++;
            expected[java.util.Arrays.asList(IDS).indexOf(entry.id())] = entry.sequence();
        }
        for (int i = 0; i < IDS.length; i++) {
            assertThat(journal.highest(IDS[i])).as("seed %d, %s", seed, IDS[i]).isEqualTo(expected[i]);
            checkAll(journal, IDS[i], expected[i]);
        }
        return count;
    }

    private void checkAll(RocksJournal journal, String id, long highest) {
        long last = 0;
        try (EventCursor cursor = journal.events(id, 1, Long.MAX_VALUE)) {
            while (cursor.next()) {
                long sequence = ++last;
                Entry entry = written.stream()
                        .filter(each -> each.id().equals(id) && each.sequence() == sequence)
                        .findFirst()
                        .orElseThrow();
                assertThat(cursor.event().sequence()).isEqualTo(sequence);
                assertThat(cursor.event().payload()).isEqualTo(entry.payload());
            }
        }
        assertThat(last).isEqualTo(highest);
    }

    private Path copyOf(Path folder) {
        Path copy = temporary.resolve("copy" + ++copies);
        Sample.copy(folder, copy);
        return copy;
    }

    private Path damaged(Path folder, Path file, UnaryOperator<byte[]> damage) {
        Path copy = copyOf(folder);
        try {
            Files.write(copy.resolve(file.getFileName()), damage.apply(octets(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return copy;
    }

    private static byte[] flip(byte[] octets, int bit) {
        octets[bit / 8] ^= (byte) (1 << bit % 8);
        return octets;
    }

    private static Path log(Path folder) {
        return file(folder, ".log");
    }

    private static Path file(Path folder, String end) {
        return files(folder).stream()
                .filter(file -> file.toString().endsWith(end))
                .findFirst()
                .orElseThrow();
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            return files.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] octets(Path file) {
        try {
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
