package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Memory;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.match.MatchRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Our verdict on a frame is libpcap's: for expressions by hand and composed at random, on the frames of real captures and
 * on the same cut short, from the columns of a burst and from the octets. The captures are looked for in the folder that
 * the system property {@code hairpin.captures} names.
 *
 * <p>In a long capture not every expression looks at every frame, but they take turns so that each frame is looked at;
 * {@code -Dhairpin.match.all=true} compares everything, {@code -Dhairpin.match.seed} composes others. The optimizer of
 * libpcap stays off: it removes reads that nothing depends on, and a frame too short for them is no longer rejected. Where
 * it changes a verdict is counted.
 */
class LibpcapAgreesTest {
    private static final Path CAPTURES = Path.of(System.getProperty("hairpin.captures", "no-captures"));
    private static final Path SAMPLES = Path.of(System.getProperty("hairpin.samples", "no-samples"));
    private static final long SEED = Long.getLong("hairpin.match.seed", 10L);
    private static final boolean ALL = Boolean.getBoolean("hairpin.match.all");
    private static final int COMPOSED = 400;
    private static final int NONSENSE = 20_000;

    /** Frames of a capture up to which an expression looks at all. */
    private static final int LONG = 1_000;

    private static final int LONG_FOR_COMPOSED = 300;
    private static final int CUT_FRAMES = ALL ? 5 : 1;
    private static final int LONGEST_CUT = 100;
    private static final int LONGEST_FRAME = 1 << 18;
    private static final int NETMASK = 0xFFFF_FF00;
    private static final int ENOUGH_DIFFERENCES = 20;

    private static Optional<String> missing = Optional.empty();
    private static final List<Pair> BY_HAND = new ArrayList<>();
    private static final List<Pair> COMPOSITIONS = new ArrayList<>();

    private final Memory frame = new Memory(LONGEST_FRAME);
    private final List<String> differences = new ArrayList<>();
    private long frames;
    private long verdicts;
    private long matching;
    private long optimizerDiffers;

    /** An expression, compiled by both. */
    private record Pair(
            String expression,
            FrameMatch ours,
            Libpcap theirs,
            @Nullable Libpcap optimized) {
        static Pair of(String expression) {
            return new Pair(
                    expression,
                    FrameMatch.compile(expression, NETMASK),
                    Libpcap.compile(expression, false, NETMASK),
                    optimized(expression));
        }

        /** The optimizer refuses what it finds to match nothing. */
        private static @Nullable Libpcap optimized(String expression) {
            try {
                return Libpcap.compile(expression, true, NETMASK);
            } catch (IllegalArgumentException refused) {
                assertThat(refused).hasMessageContaining("rejects all packets");
                return null;
            }
        }

        boolean acceptsOptimized(Memory frame, int captured, int length) {
            return optimized != null && optimized.accepts(frame, captured, length);
        }

        void close() {
            theirs.close();
            if (optimized != null) {
                optimized.close();
            }
        }
    }

    @BeforeAll
    static void compile() throws IOException {
        missing = Libpcap.missing();
        if (missing.isPresent()) {
            return;
        }
        for (String expression : Expressions.BY_HAND) {
            BY_HAND.add(Pair.of(expression));
        }
        Expressions expressions = expressions();
        while (COMPOSITIONS.size() < COMPOSED) {
            String expression = expressions.next();
            String theirs =
                    refusal(() -> Libpcap.compile(expression, false, NETMASK).close());
            if (theirs.isEmpty()) {
                COMPOSITIONS.add(Pair.of(expression));
            } else if (!isMistakenForZero(theirs)) {
                assertThat(refusal(() -> FrameMatch.compile(expression, NETMASK)))
                        .as("%s, of which libpcap says: %s", expression, theirs)
                        .isNotEmpty();
            }
        }
    }

    @AfterAll
    static void free() {
        Stream.concat(BY_HAND.stream(), COMPOSITIONS.stream()).forEach(Pair::close);
        BY_HAND.clear();
        COMPOSITIONS.clear();
    }

    @Test
    void onEveryFrameOfTheSharedCaptures() throws IOException {
        available();
        assumeTrue(
                Files.isDirectory(CAPTURES),
                "no captures in " + CAPTURES + "; name their folder by -Dhairpin.captures");
        for (Path file : files(CAPTURES)) {
            compare(file);
        }
        conclude("shared captures");
    }

    @Test
    void onTheSamples() throws IOException {
        available();
        assumeTrue(Files.isDirectory(SAMPLES), "no samples in " + SAMPLES + "; name their folder by -Dhairpin.samples");
        for (Path file : files(SAMPLES)) {
            compare(file);
        }
        conclude("samples");
    }

    /** What libpcap refuses is refused, and what it takes is taken, over words in any order. */
    @Test
    void aboutWhatIsAnExpression() {
        available();
        Expressions expressions =
                new Expressions(new Random(SEED), List.of("1.2.3.4"), List.of("1:2:3:4:5:6"), List.of("80"));
        int taken = 0;
        for (int attempt = 0; attempt < NONSENSE; attempt++) {
            String expression = expressions.nonsense();
            String theirs =
                    refusal(() -> Libpcap.compile(expression, false, NETMASK).close());
            String ours = refusal(() -> FrameMatch.compile(expression, NETMASK));
            if (theirs.isEmpty() != ours.isEmpty()) {
                differ(expression + "\n    libpcap: " + theirs + "\n    ours: " + ours);
            }
            taken += ours.isEmpty() ? 1 : 0;
        }
        System.out.printf("%d of %d strings of words are expressions, seed %d%n", taken, NONSENSE, SEED);
        assertThat(differences).isEmpty();
    }

    /** Libpcap takes the number that a divisor or shift begins with for all of it, even the index of its accessor. */
    private static boolean isMistakenForZero(String refusal) {
        return refusal.matches("(division|modulus) by zero|shift by more than 31 bits");
    }

    private static String refusal(Runnable compilation) {
        try {
            compilation.run();
            return "";
        } catch (MatchRefused refused) {
            return refused.found() + " " + refused.expected();
        } catch (IllegalArgumentException refused) {
            return String.valueOf(refused.getMessage());
        }
    }

    private void compare(Path file) throws IOException {
        try (Capture capture = Capture.open(file)) {
            Slab slab = capture.slab();
            Burst burst = burst(capture);
            int turns = ALL ? 1 : Math.max(1, burst.size() / LONG);
            int turnsComposed = ALL ? 1 : Math.max(1, burst.size() / LONG_FOR_COMPOSED);
            for (int row = 0; row < burst.size() && differences.size() < ENOUGH_DIFFERENCES; row++) {
                load(slab, burst.offset(row), burst.captured(row));
                String where = file.getFileName() + " frame " + burst.number(row);
                compare(BY_HAND, row, turns, burst, row, slab, where);
                compare(COMPOSITIONS, row, turnsComposed, burst, row, slab, where);
                if (row % (burst.size() / CUT_FRAMES + 1) == 0) {
                    compareCut(burst, row, slab, where);
                }
                frames++;
            }
        } catch (CaptureRefused noCapture) {
            // Some files are there to be refused.
        }
    }

    private void compareCut(Burst burst, int row, Slab slab, String where) {
        int longest = Math.min(LONGEST_CUT, burst.captured(row));
        BurstBuilder rows = new BurstBuilder(longest);
        for (int captured = 0; captured < longest; captured++) {
            EthernetHeader.read(slab, burst.offset(row), captured, burst.length(row), 0, captured, 0, rows);
        }
        Burst cuts = rows.build();
        for (int cut = 0; cut < cuts.size(); cut++) {
            String at = where + " cut at " + cut;
            compare(BY_HAND, 0, 1, cuts, cut, slab, at);
            compare(COMPOSITIONS, 0, 1, cuts, cut, slab, at);
        }
    }

    /** Every {@code turns}th of the expressions, another lot on each turn. */
    private void compare(List<Pair> pairs, int turn, int turns, Burst burst, int row, Slab slab, String where) {
        long offset = burst.offset(row);
        int captured = burst.captured(row);
        int length = burst.length(row);
        for (int next = turn % turns; next < pairs.size(); next += turns) {
            Pair pair = pairs.get(next);
            boolean expected = pair.theirs.accepts(frame, captured, length);
            boolean fromColumns = pair.ours.matches(burst, row, slab);
            boolean fromOctets = pair.ours.matches(slab, offset, captured, length);
            if (fromColumns != expected || fromOctets != expected) {
                differ(where + ": " + pair.expression + ": libpcap " + expected + ", columns " + fromColumns
                        + ", octets " + fromOctets);
            }
            if (expected && pair.ours.neverMatches()) {
                differ(where + ": " + pair.expression + ": matches, although it never does");
            }
            if (pair.acceptsOptimized(frame, captured, length) != expected) {
                optimizerDiffers++;
            }
            matching += expected ? 1 : 0;
            verdicts++;
        }
    }

    private void differ(String difference) {
        if (differences.size() < ENOUGH_DIFFERENCES) {
            differences.add(difference);
        }
    }

    private void conclude(String of) {
        System.out.printf(
                "%s, %s: %,d frames, %d expressions, %,d verdicts compared, %,d of them a match; %,d differ from what its"
                        + " optimizer makes of them; seed %d%n",
                Libpcap.version(),
                of,
                frames,
                BY_HAND.size() + COMPOSITIONS.size(),
                verdicts,
                matching,
                optimizerDiffers,
                SEED);
        assertThat(differences).isEmpty();
        assertThat(frames).isPositive();
    }

    private void load(Slab slab, long offset, int captured) {
        byte[] octets = new byte[captured];
        slab.copy(offset, octets, 0, captured);
        frame.write(0, octets, 0, captured);
    }

    private static Burst burst(Capture capture) {
        CaptureReader reader = capture.frames();
        BurstBuilder rows = new BurstBuilder(0);
        while (reader.next()) {
            EthernetHeader.read(
                    capture.slab(),
                    reader.offset(),
                    reader.captured(),
                    reader.length(),
                    reader.time(),
                    reader.number(),
                    0,
                    rows);
        }
        return rows.build();
    }

    private static List<Path> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().matches(".*\\.(cap|pcap|pcapng|gz|zst|snoop|dmp|trc|ntar)"))
                    .sorted()
                    .toList();
        }
    }

    /** Compositions that ask for what occurs in the frames at hand. */
    private static Expressions expressions() throws IOException {
        Set<String> addresses = new TreeSet<>(List.of("10.0.0.1", "192.168.1.1", "fe80::1"));
        Set<String> ethernet = new TreeSet<>(List.of("ff:ff:ff:ff:ff:ff"));
        Set<String> ports = new TreeSet<>(List.of("53", "80"));
        for (Path folder : List.of(CAPTURES, SAMPLES)) {
            if (Files.isDirectory(folder)) {
                for (Path file : files(folder)) {
                    gather(file, addresses, ethernet, ports);
                }
            }
        }
        return new Expressions(new Random(SEED), List.copyOf(addresses), List.copyOf(ethernet), List.copyOf(ports));
    }

    private static void gather(Path file, Set<String> addresses, Set<String> ethernet, Set<String> ports)
            throws IOException {
        try (Capture capture = Capture.open(file)) {
            Burst burst = burst(capture);
            for (int row = 0; row < burst.size(); row += Math.max(1, burst.size() / 3)) {
                ethernet.add(Mac.format(burst.destination(row)));
                ethernet.add(Mac.format(burst.source(row)));
                long payload = burst.offset(row) + (burst.tag(row) == 0 ? 14 : 18);
                if (burst.etherType(row) == 0x0800 && burst.captured(row) >= 46) {
                    addresses.add(dotted(capture.slab().i32(payload + 12)));
                    addresses.add(dotted(capture.slab().i32(payload + 16)));
                    ports.add(String.valueOf(capture.slab().u16(payload + 20)));
                    ports.add(String.valueOf(capture.slab().u16(payload + 22)));
                }
            }
        } catch (CaptureRefused noCapture) {
            // Some files are there to be refused.
        }
    }

    private static String dotted(int address) {
        return (address >>> 24) + "." + ((address >>> 16) & 0xFF) + "." + ((address >>> 8) & 0xFF) + "."
                + (address & 0xFF);
    }

    private static void available() {
        assumeTrue(missing.isEmpty(), () -> missing.orElse(""));
    }
}
