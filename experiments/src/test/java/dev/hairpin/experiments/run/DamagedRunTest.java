package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.persistence.JournalException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * The folder of a small run in which one bit is another, or whose last log was cut anywhere. Whoever reads it gets exactly
 * the decisions that were made, or is told the file or the event that is damaged; from a log that was cut, a beginning of
 * them. Never others, and never fewer in silence.
 *
 * <p>{@code -Dhairpin.flips=all} flips every bit of every file and cuts at every octet; without it some are taken by chance.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DamagedRunTest {
    private static final boolean ALL = "all".equals(System.getProperty("hairpin.flips"));
    private static final int SOME = 150;
    private static final int FRAMES = 60;
    private static final int STATIONS = 5;
    private static final int WAVE = 8;
    private static final int OCTET = 8;

    private final long seed = Long.getLong("hairpin.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);

    @TempDir
    private static Path temporary;

    /** As the command leaves it: the journal is in tables, and the manifest is sealed. */
    private Path finished = Path.of("");
    /** As it is when the process is killed: the journal is in its log. */
    private Path killed = Path.of("");

    @BeforeAll
    void run() throws Exception {
        Made made = new Made();
        for (int frame = 0; frame < FRAMES; frame++) {
            int from = frame % STATIONS;
            made.frame(
                    frame * 1_000_000L, from, frame % 7 == 0 ? 0xFFFF_FFFF_FFFFL : Made.station((from + 2) % STATIONS));
        }
        Path capture = made.write(temporary.resolve("capture.pcap"));
        finished = temporary.resolve("finished");
        Said.hairpin("replay", capture, "--mode", "vepa", "--vfs", 3, "--wave", WAVE, "--out", finished)
                .well();
        killed = temporary.resolve("killed");
        Path running = temporary.resolve("running");
        Runs.of(capture, 3)
                .actors(Mode.VEPA, Limits.NONE, WAVE, new Means(2, 1, false), running, new CopiedAt(running, killed));
    }

    /** Copies the journal when some frames have arrived. */
    private static final class CopiedAt implements Receiver {
        private final Path from;
        private final Path to;
        private int arrived;

        CopiedAt(Path from, Path to) {
            this.from = from;
            this.to = to;
        }

        @Override
        public void received(int end, Burst burst) {
            arrived += burst.size();
            if (arrived > FRAMES / 2 && !Files.exists(to)) {
                copy(from, to);
            }
        }
    }

    @Test
    void aBitFlippedInAnyFileOfAFinishedRunIsNamedOrChangesNothing() throws IOException {
        flipAll(finished);
    }

    @Test
    void aBitFlippedInAnyFileOfAKilledRunIsNamedOrChangesNothing() throws IOException {
        flipAll(killed);
    }

    private void flipAll(Path run) throws IOException {
        Ledger whole = Ledger.of(run);
        assertThat(whole.rows()).isNotEmpty();
        Map<String, int[]> counts = new LinkedHashMap<>();
        for (Path file : files(run)) {
            int[] count = counts.computeIfAbsent(kind(file), unknown -> new int[2]);
            for (int bit : bits(file)) {
                Path copy = damaged(run, file, octets -> flip(octets, bit));
                String where = "seed %d, %s, bit %d".formatted(seed, run.relativize(file), bit);
                Optional<String> told = told(copy, where, whole);
                told.ifPresent(words -> assertThat(words.contains(copy.toString())
                                || whole.rows().keySet().stream().anyMatch(stage -> words.contains(stage + ", event ")))
                        .as("%s: a file or an event is named: %s", where, words)
                        .isTrue());
                count[told.isPresent() ? 0 : 1]++;
                delete(copy);
            }
        }
        counts.forEach((kind, count) -> System.out.printf(
                "%s, %s: %,d bits flipped, %,d named, %,d without consequence%n",
                run.getFileName(), kind, count[0] + count[1], count[0], count[1]));
    }

    /**
     * What is told of the damage; nothing when the decisions are all that were made. That the manifest is sealed and the
     * seal is not that of these decisions is told too.
     */
    private static Optional<String> told(Path run, String where, Ledger whole) {
        try {
            Ledger read = Ledger.of(run);
            assertThat(read.rows().equals(whole.rows())).as(where).isTrue();
            if (Files.exists(run.resolve(Manifest.FILE))) {
                Said digest = Said.hairpin("digest", run);
                return digest.code() == 0 ? Optional.empty() : Optional.of(digest.err());
            }
            return Optional.empty();
        } catch (JournalException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    @Test
    void aLogCutAnywhereLeavesABeginningAndNothingElse() throws IOException {
        Path log = files(killed).stream()
                .filter(file -> file.toString().endsWith(".log"))
                .findFirst()
                .orElseThrow();
        Ledger whole = Ledger.of(killed);
        int length = (int) Files.size(log);
        int step = ALL ? 1 : Math.max(1, length / SOME);
        int before = 0;
        int cuts = 0;
        for (int cut = 0; cut <= length; cut += step) {
            int at = cut;
            String where = "cut to " + cut + " octets";
            Path copy = damaged(killed, log, octets -> java.util.Arrays.copyOf(octets, at));
            Ledger left = Ledger.of(copy);
            int rows = 0;
            for (Map.Entry<String, List<Ledger.Row>> stage : left.rows().entrySet()) {
                List<Ledger.Row> all = whole.rows(stage.getKey());
                assertThat(stage.getValue()
                                .equals(all.subList(0, stage.getValue().size())))
                        .as("%s: %s", where, stage.getKey())
                        .isTrue();
                rows += stage.getValue().size();
            }
            assertThat(rows).as(where).isGreaterThanOrEqualTo(before);
            before = rows;
            cuts++;
            delete(copy);
        }
        System.out.printf("log of %,d octets, cut at %,d of them: each time a beginning%n", length, cuts);
    }

    private int[] bits(Path file) throws IOException {
        int all = (int) Files.size(file) * OCTET;
        if (!ALL) {
            return random.ints(Math.min(all, SOME), 0, Math.max(1, all)).toArray();
        }
        // RocksDB's record of its options, which nothing reads, is the largest file: there a bit of each octet will do.
        boolean options = kind(file).equals("OPTIONS");
        int[] bits = new int[options ? all / OCTET : all];
        for (int at = 0; at < bits.length; at++) {
            bits[at] = options ? at * OCTET + at % OCTET : at;
        }
        return bits;
    }

    private static String kind(Path file) {
        String name = file.getFileName().toString();
        return name.matches("[0-9]+\\..*") ? name.substring(name.indexOf('.')) : name.replaceAll("-[0-9]+$", "");
    }

    private static byte[] flip(byte[] octets, int bit) {
        octets[bit / OCTET] ^= (byte) (1 << bit % OCTET);
        return octets;
    }

    private static List<Path> files(Path run) throws IOException {
        try (Stream<Path> files = Files.walk(run)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }

    /** A copy in which {@code file} is another. */
    private static Path damaged(Path run, Path file, UnaryOperator<byte[]> damage) throws IOException {
        Path copy = temporary.resolve("copy");
        copy(run, copy);
        Files.write(copy.resolve(run.relativize(file)), damage.apply(Files.readAllBytes(file)));
        return copy;
    }

    private static void copy(Path from, Path to) {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path each : all.toList()) {
                Files.copy(each, to.resolve(from.relativize(each)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder) throws IOException {
        List<Path> all = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(all::add);
        }
        for (Path each : all) {
            Files.delete(each);
        }
    }
}
