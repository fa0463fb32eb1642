package dev.hairpin.persistence.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.persistence.ChildJvm;
import dev.hairpin.persistence.RandomEvents;
import dev.hairpin.persistence.event.EventCodec;
import dev.hairpin.persistence.store.Durability;
import dev.hairpin.persistence.store.Entry;
import dev.hairpin.persistence.store.EventCursor;
import dev.hairpin.persistence.store.RocksJournal;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that writes is killed, again and again, with no chance to clean up; what it had acknowledged is there, whole
 * and in order, and the next process goes on with it. {@code -Dhairpin.kills=N} says how often.
 */
class JournalKillTest {
    private static final int KILLS = Integer.getInteger("hairpin.kills", 10);
    private static final int MOST_LINES = 1500;

    private final long seed = RandomEvents.seed();
    private final SplittableRandom random = new SplittableRandom(seed);
    private final Map<String, Long> acknowledged = new HashMap<>();

    @TempDir
    private Path temporary;

    private Path folder() {
        return temporary.resolve("journal");
    }

    @Test
    void whatWasAcknowledgedSurvivesTheKill() throws Exception {
        ChildJvm jvm = new ChildJvm(temporary.resolve("lib"));
        for (int kill = 1; kill <= KILLS; kill++) {
            runAndKill(jvm, 1 + random.nextInt(MOST_LINES));
            String which = "seed " + seed + ", kill " + kill;
            try (RocksJournal journal = RocksJournal.openForReading(folder())) {
                check(journal, which);
            }
        }
        goOn();
    }

    /** Starts a writer and kills it once it has acknowledged so many events. */
    private void runAndKill(ChildJvm jvm, int lines) throws IOException, InterruptedException {
        Process writer =
                jvm.of(KilledWriter.class, List.of(), folder().toString()).start();
        try (BufferedReader said =
                new BufferedReader(new InputStreamReader(writer.getInputStream(), StandardCharsets.UTF_8))) {
            int read = 0;
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                acknowledge(line);
                if (++read == lines) {
                    // The handle, because the process would close its output too, and with it what was said last.
                    writer.toHandle().destroyForcibly();
                }
            }
            assertThat(read).as("seed %d: the writer ended by itself", seed).isGreaterThanOrEqualTo(lines);
        } finally {
            writer.destroyForcibly().waitFor();
        }
    }

    /** Takes a line in, unless the kill cut it short. */
    private void acknowledge(String line) {
        String[] words = line.split(" ", -1);
        if (words.length == 2 && !words[1].isEmpty()) {
            // A number that was cut is a smaller one, and asks for less.
            acknowledged.merge(words[0], Long.parseLong(words[1]), Math::max);
        }
    }

    private void check(RocksJournal journal, String which) {
        for (String id : KilledWriter.IDS) {
            long highest = journal.highest(id);
            assertThat(highest).as("%s, %s", which, id).isGreaterThanOrEqualTo(acknowledged.getOrDefault(id, 0L));
            long last = 0;
            try (EventCursor cursor = journal.events(id, 1, Long.MAX_VALUE)) {
                while (cursor.next()) {
                    assertThat(cursor.event().sequence()).isEqualTo(++last);
                    assertThat(EventCodec.decode(cursor.event().payload()))
                            .as("%s, %s, event %d", which, id, last)
                            .isEqualTo(WaveCounter.event(id, last));
                }
            }
            assertThat(last).as("%s, %s", which, id).isEqualTo(highest);
        }
    }

    private void goOn() {
        try (RocksJournal journal = RocksJournal.openForWriting(folder())) {
            check(journal, "at the end");
            long next = journal.highest("one") + 1;
            byte[] octets = EventCodec.encode(WaveCounter.event("one", next));
            journal.append(
                    List.of(new Entry("one", next, EventCodec.SERIALIZER, EventCodec.VERSION, new byte[0], octets)),
                    Durability.ALWAYS);
            check(journal, "after the end");
        }
    }
}
