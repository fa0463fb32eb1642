package dev.hairpin.persistence.store;

import static dev.hairpin.persistence.store.Sample.entry;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.persistence.ChildJvm;
import dev.hairpin.persistence.JournalException;
import dev.hairpin.persistence.RandomEvents;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes so much that logs are switched and tables written meanwhile: it is killed, or it may write no
 * more. {@code -Dhairpin.kills=N}, of which this takes a third.
 */
class StoreCrashTest {
    private static final int KILLS = Math.max(1, Integer.getInteger("hairpin.kills", 10) / 3);
    private static final int MOST_EVENTS = 1200;
    private static final int OCTETS = 60_000;
    private static final Path SHELL = Path.of("/bin/sh");

    private final long seed = RandomEvents.seed();
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private Path temporary;

    private int runs;

    private Path folder() {
        return temporary.resolve("journal");
    }

    /** Appends to {@code a} and {@code b} in turn, and says the number of each event once it is appended. */
    static final class Writer {
        public static void main(String[] args) {
            try (RocksJournal journal = RocksJournal.openForWriting(Path.of(args[0]))) {
                for (long n = next(journal); ; n++) {
                    journal.append(List.of(entry(id(n), number(n), OCTETS)), Durability.BACKGROUND);
                    System.out.println(n);
                }
            } catch (JournalException e) {
                System.out.println(e);
            }
        }
    }

    /** The event of all, from 1 on, that comes next. */
    private static long next(RocksJournal journal) {
        return journal.highest("a") + journal.highest("b") + 1;
    }

    private static String id(long n) {
        return n % 2 == 1 ? "a" : "b";
    }

    private static long number(long n) {
        return (n + 1) / 2;
    }

    private List<String> run(int killAfter, String... before) throws IOException, InterruptedException {
        Process writer = new ChildJvm(temporary.resolve("lib" + ++runs))
                .of(Writer.class, List.of(before), folder().toString())
                .start();
        List<String> lines = new ArrayList<>();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                lines.add(line);
                if (lines.size() == killAfter) {
                    writer.toHandle().destroyForcibly();
                }
            }
        } finally {
            writer.destroyForcibly().waitFor();
        }
        return lines;
    }

    private void check(long acknowledged, String which) {
        try (RocksJournal journal = RocksJournal.openForReading(folder())) {
            assertThat(next(journal) - 1).as(which).isGreaterThanOrEqualTo(acknowledged);
            assertThat(journal.highest("a") - journal.highest("b")).as(which).isBetween(0L, 1L);
            for (String id : journal.ids()) {
                try (EventCursor cursor = journal.events(id, 1, Long.MAX_VALUE)) {
                    long last = 0;
                    while (cursor.next()) {
                        assertThat(cursor.event().sequence()).as(which).isEqualTo(++last);
                        assertThat(cursor.event().payload())
                                .as(which)
                                .isEqualTo(entry(id, last, OCTETS).payload());
                    }
                    assertThat(last).as(which).isEqualTo(journal.highest(id));
                }
            }
        }
    }

    @Test
    void whatWasAppendedSurvivesTheKill() throws Exception {
        long acknowledged = 0;
        for (int kill = 1; kill <= KILLS; kill++) {
            List<String> lines = run(1 + random.nextInt(MOST_EVENTS));
            // The last line may have been cut short, and what it says then is less than what was.
            acknowledged = Math.max(acknowledged, Long.parseLong(lines.get(Math.max(0, lines.size() - 2))));
            check(acknowledged, "seed " + seed + ", kill " + kill);
        }
    }

    @Test
    void whatWasAppendedSurvivesThatNoMoreCanBeWritten() throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(SHELL), "a shell that limits how large files may be");
        List<String> lines = run(Integer.MAX_VALUE, SHELL.toString(), "-c", "ulimit -f 20000; exec \"$0\" \"$@\"");
        assertThat(lines.get(lines.size() - 1))
                .startsWith("dev.hairpin.persistence.JournalException: cannot write the journal " + folder());
        long acknowledged = Long.parseLong(lines.get(lines.size() - 2));
        assertThat(acknowledged).isPositive();
        check(acknowledged, "no more can be written");
        run(100);
        check(acknowledged + 1, "gone on");
    }
}
