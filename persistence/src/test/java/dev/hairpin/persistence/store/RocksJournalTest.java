package dev.hairpin.persistence.store;

import static dev.hairpin.persistence.store.Sample.entry;
import static dev.hairpin.persistence.store.Sample.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.persistence.ChildJvm;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.JournalRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RocksJournalTest {
    private static final Durability FAST = Durability.BACKGROUND;

    @TempDir
    private Path temporary;

    private int processes;

    private Path folder() {
        return temporary.resolve("run/journal");
    }

    @Test
    void givesBackWhatWasAppended() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            Entry entry = entry("a", 1, 100_000);
            journal.append(List.of(entry), FAST);
            try (EventCursor cursor = journal.events("a", 1, 1)) {
                assertThat(cursor.next()).isTrue();
                Stored event = cursor.event();
                assertThat(event.sequence()).isEqualTo(1);
                assertThat(event.serializer()).isEqualTo(entry.serializer());
                assertThat(event.manifest()).isEqualTo(entry.manifest());
                assertThat(event.envelope()).isEqualTo(entry.envelope());
                assertThat(event.payload()).isEqualTo(entry.payload()).hasSize(event.payloadLength());
                assertThat(cursor.next()).isFalse();
                assertThat(cursor.next()).isFalse();
                assertThatThrownBy(cursor::event).isInstanceOf(IllegalStateException.class);
            }
        }
    }

    @Test
    void takesEmptyAndNegativeParts() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            journal.append(List.of(new Entry("", 1, -5, "", new byte[0], new byte[0])), FAST);
            try (EventCursor cursor = journal.events("", 1, 9)) {
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.event().serializer()).isEqualTo(-5);
                assertThat(cursor.event().manifest()).isEmpty();
                assertThat(cursor.event().envelope()).isEmpty();
                assertThat(cursor.event().payload()).isEmpty();
            }
        }
    }

    @Test
    void keepsEverythingWhenReopened() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            for (int i = 1; i <= 100; i++) {
                journal.append(List.of(entry("b", i), entry("a", i)), FAST);
            }
        }
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            assertThat(journal.ids()).containsExactly("a", "b");
            assertThat(journal.highest("a")).isEqualTo(100);
            assertThat(numbers(journal, "b", 40, 42)).containsExactly(40L, 41L, 42L);
            journal.append(List.of(entry("a", 101), entry("c", 1)), Durability.ALWAYS);
        }
        try (RocksJournal journal = RocksJournal.openForReading(folder())) {
            assertThat(journal.ids()).containsExactly("a", "b", "c");
            assertThat(numbers(journal, "a")).hasSize(101);
            assertThat(journal.highest("c")).isEqualTo(1);
        }
    }

    @Test
    void refusesASecondWriterInTheSameProcess() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            assertThatThrownBy(() -> RocksJournal.openForWriting(folder()))
                    .isInstanceOf(JournalRefused.class)
                    .hasMessageContaining("being written already")
                    .hasMessageContaining(folder().toString());
            journal.append(List.of(entry("a", 1)), FAST);
        }
        RocksJournal.openForWriting(folder()).close();
    }

    @Test
    void refusesASecondWriterInAnotherProcess() throws Exception {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            journal.append(List.of(entry("a", 1)), FAST);
            assertThat(otherProcess("write")).contains("JournalRefused").contains("being written already");
            assertThat(otherProcess("read")).contains("[1]");
            journal.append(List.of(entry("a", 2)), FAST);
            assertThat(otherProcess("read")).contains("[1, 2]");
        }
        assertThat(otherProcess("write")).contains("[1, 2]");
    }

    private String otherProcess(String how) throws IOException, InterruptedException {
        Process process = new ChildJvm(temporary.resolve("lib" + ++processes))
                .of(OtherProcess.class, List.of(), how, folder().toString())
                .start();
        String said = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return said;
    }

    /** Opens a journal and says what is in {@code a}, or why it cannot. */
    static final class OtherProcess {
        public static void main(String[] args) {
            Path folder = Path.of(args[1]);
            try (RocksJournal journal = args[0].equals("write")
                    ? RocksJournal.openForWriting(folder)
                    : RocksJournal.openForReading(folder)) {
                System.out.println(numbers(journal, "a"));
            } catch (JournalException e) {
                System.out.println(e);
            }
        }
    }

    @Test
    void refusesAFolderThatIsAnothers() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("CURRENT"), "MANIFEST-000001\n");
        assertThatThrownBy(() -> RocksJournal.openForWriting(folder()))
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("no journal of Hairpin's");
        assertThatThrownBy(() -> RocksJournal.openForReading(folder())).isInstanceOf(JournalRefused.class);
        assertThat(files()).containsExactly("CURRENT");
    }

    @Test
    void refusesALaterFormatAndLeavesItAlone() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve(FormatFile.NAME), "hairpin-journal 2\n");
        assertThatThrownBy(() -> RocksJournal.openForWriting(folder()))
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("is a journal of format 2; this version of Hairpin reads format 1");
        Files.writeString(folder().resolve(FormatFile.NAME), "something else");
        assertThatThrownBy(() -> RocksJournal.openForWriting(folder()))
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("does not say 'hairpin-journal 1'");
        assertThat(files()).containsExactly(FormatFile.NAME);
    }

    @Test
    void refusesToReadWhereThereIsNothing() {
        assertThatThrownBy(() -> RocksJournal.openForReading(folder()))
                .isInstanceOf(JournalRefused.class)
                .hasMessageContaining("there is no journal");
        assertThat(folder()).doesNotExist();
    }

    @Test
    void readingWritesNothing() throws IOException {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            journal.append(List.of(entry("a", 1)), FAST);
        }
        List<String> before = files();
        try (RocksJournal journal = RocksJournal.openForReading(folder())) {
            assertThat(numbers(journal, "a")).containsExactly(1L);
            assertThatThrownBy(() -> journal.append(List.of(entry("a", 2)), FAST))
                    .isInstanceOf(JournalRefused.class)
                    .hasMessageContaining("opened for reading");
            assertThatThrownBy(() -> journal.deleteEvents("a", 1)).isInstanceOf(JournalRefused.class);
        }
        assertThat(files()).isEqualTo(before);
    }

    @Test
    void refusesABatchWholeWhenOneNumberDoesNotFollow() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            journal.append(List.of(entry("a", 1)), FAST);
            assertThatThrownBy(() -> journal.append(List.of(entry("b", 1), entry("a", 1)), FAST))
                    .isInstanceOf(JournalRefused.class)
                    .hasMessageContaining("a: event 1 does not follow on 1");
            assertThatThrownBy(() -> journal.append(List.of(entry("a", 2), entry("a", 2)), FAST))
                    .isInstanceOf(JournalRefused.class);
            assertThat(journal.ids()).containsExactly("a");
            journal.append(List.of(entry("a", 2), entry("a", 3), entry("b", 1)), FAST);
            assertThat(numbers(journal, "a")).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void deletionKeepsTheHighestNumber() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            for (int i = 1; i <= 5; i++) {
                journal.append(List.of(entry("a", i), entry("b", i)), FAST);
            }
            journal.deleteEvents("a", 3);
            journal.deleteEvents("a", 2);
            journal.deleteEvents("nobody", 2);
            assertThat(numbers(journal, "a")).containsExactly(4L, 5L);
            journal.deleteEvents("a", Long.MAX_VALUE);
            assertThat(numbers(journal, "a")).isEmpty();
        }
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            assertThat(journal.highest("a")).isEqualTo(5);
            assertThat(numbers(journal, "b")).hasSize(5);
            journal.append(List.of(entry("a", 6)), FAST);
            assertThat(numbers(journal, "a")).containsExactly(6L);
        }
    }

    @Test
    void aCursorSeesWhatWasThereWhenItWasMade() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            journal.append(List.of(entry("a", 1), entry("a", 2)), FAST);
            try (EventCursor cursor = journal.events("a", 1, Long.MAX_VALUE)) {
                journal.append(List.of(entry("a", 3)), FAST);
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.next()).isTrue();
                assertThat(cursor.next()).isFalse();
            }
        }
    }

    @Test
    void closingEndsCursorsThatAreStillOpen() {
        RocksJournal journal = RocksJournal.openForWriting(folder());
        journal.append(List.of(entry("a", 1), entry("a", 2)), FAST);
        EventCursor cursor = journal.events("a", 1, Long.MAX_VALUE);
        assertThat(cursor.next()).isTrue();
        journal.close();
        journal.close();
        assertThatThrownBy(cursor::next).isInstanceOf(JournalException.class).hasMessageContaining("closed");
        assertThatThrownBy(() -> journal.append(List.of(entry("a", 3)), FAST)).isInstanceOf(JournalException.class);
        cursor.close();
    }

    @Test
    void anEmptyJournalIsSmall() throws IOException {
        RocksJournal.openForWriting(folder()).close();
        assertThat(RocksJournal.bytesOnDisk(folder())).isLessThan(16_384);
        assertThat(files()).hasSizeLessThanOrEqualTo(8);
    }

    /** Logs are switched and tables compacted meanwhile, so files come and go under the reader. */
    @Test
    void readsWhileItIsWritten() throws Exception {
        int events = 2500;
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            journal.append(List.of(entry("a", 1, 40_000)), FAST);
            CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
                for (int i = 2; i <= events; i++) {
                    journal.append(List.of(entry(i % 2 == 0 ? "b" : "a", (i + 1) / 2, 40_000)), FAST);
                }
            });
            int seen = 0;
            while (!writing.isDone()) {
                try (RocksJournal reading = RocksJournal.openForReading(folder())) {
                    List<Long> a = numbers(reading, "a");
                    List<Long> b = numbers(reading, "b");
                    assertThat(a.size() - b.size()).isBetween(0, 1);
                    assertThat(a.size() + b.size()).isGreaterThanOrEqualTo(seen);
                    seen = a.size() + b.size();
                }
            }
            writing.get(1, TimeUnit.SECONDS);
            try (RocksJournal reading = RocksJournal.openForReading(folder())) {
                assertThat(numbers(reading, "a").size() + numbers(reading, "b").size())
                        .isEqualTo(events);
            }
        }
    }

    @Test
    void manyThreadsAppendTogether() throws Exception {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            List<CompletableFuture<Void>> writers = new ArrayList<>();
            for (int w = 0; w < 4; w++) {
                String id = "id" + w;
                Durability durability = w % 2 == 0 ? Durability.ALWAYS : FAST;
                writers.add(CompletableFuture.runAsync(() -> {
                    for (int i = 1; i <= 200; i++) {
                        journal.append(List.of(entry(id, i)), durability);
                    }
                }));
            }
            for (CompletableFuture<Void> each : writers) {
                each.get(60, TimeUnit.SECONDS);
            }
            for (String id : journal.ids()) {
                assertThat(numbers(journal, id)).hasSize(200);
            }
        }
    }

    private List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
