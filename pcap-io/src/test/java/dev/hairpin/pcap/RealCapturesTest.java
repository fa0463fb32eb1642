package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Reads captures of real networks and compares with what {@code capinfos} and {@code tshark} say of them. They are looked
 * for in the folder that the system property {@code hairpin.captures} names, and described there in {@code MANIFEST.tsv}.
 */
class RealCapturesTest {
    private static final Path FOLDER = Path.of(System.getProperty("hairpin.captures", "../../shared/captures"));
    private static final String NONE = "";

    /** Frames of the longest capture compared frame by frame. */
    private static final int TO_COMPARE = 1_000;

    private static Map<String, Integer> columns = Map.of();

    static Stream<String> captures() throws IOException {
        Path manifest = FOLDER.resolve("MANIFEST.tsv");
        if (!Files.isReadable(manifest)) {
            return Stream.of(NONE);
        }
        List<String> lines = Files.readAllLines(manifest);
        Map<String, Integer> names = new HashMap<>();
        for (String name : lines.get(0).split("\t", -1)) {
            names.put(name, names.size());
        }
        columns = names;
        return lines.stream().skip(1);
    }

    static Stream<String> ethernetCaptures() throws IOException {
        return captures().filter(line -> line.equals(NONE) || isToCompare(line));
    }

    private static boolean isToCompare(String line) {
        return value(line, "link_type").equals("ether")
                && value(line, "container").startsWith("pcap")
                && value(line, "file").matches("(formats|hostile|vlan)/.*")
                && Long.parseLong(value(line, "frames")) <= TO_COMPARE
                // There tshark also numbers blocks that are no frames.
                && !value(line, "notes").contains("non-packet blocks");
    }

    @ParameterizedTest
    @MethodSource("captures")
    void isReadOrRefusedAsTheManifestSays(String line) throws IOException {
        assumePresent(line);
        String container = value(line, "container");
        String linkType = value(line, "link_type");
        try (Capture capture = Capture.open(file(line))) {
            assertThat(capture.container()).isEqualTo(container);
            assertThat(capture.sha256()).isEqualTo(value(line, "sha256"));
            Frames read = Frames.of(capture);
            long skipped = read.skippedLinkTypes().values().stream()
                    .mapToLong(Long::longValue)
                    .sum();
            if (value(line, "notes").contains("refuse or stop early")) {
                assertThat(read.damage()).isPresent();
                return;
            }
            assertThat(read.damage()).isEmpty();
            assertThat(read.frames().size() + skipped).isEqualTo(Long.parseLong(value(line, "frames")));
            if (linkType.equals("ether")) {
                assertThat(skipped).isZero();
                compare(line, read);
            } else if (!linkType.contains("EN10MB") && !linkType.equals("unknown")) {
                assertThat(read.frames()).isEmpty();
            } else if (linkType.contains("EN10MB")) {
                assertThat(skipped).isPositive();
            }
        } catch (CaptureRefused refused) {
            assertThat(container.startsWith("pcap") && linkType.equals("ether"))
                    .as(refused.getMessage())
                    .isFalse();
            assertThat(refused.damage().found()).doesNotContain("begins with");
        }
    }

    @ParameterizedTest
    @MethodSource("ethernetCaptures")
    void everyFrameIsWhatTsharkSaysItIs(String line) throws IOException, InterruptedException {
        assumePresent(line);
        List<String> expected = tshark(file(line));
        List<String> actual = new ArrayList<>();
        try (Capture capture = Capture.open(file(line))) {
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
                long time = reader.time();
                actual.add(String.format(
                        "%d\t%s\t%d\t%d",
                        reader.number(),
                        reader.isTimed() ? String.format("%d.%09d", time / 1_000_000_000, time % 1_000_000_000) : "",
                        reader.length(),
                        reader.captured()));
            }
            assertThat(rows.build().size()).isEqualTo(actual.size());
        }
        assertThat(actual).isEqualTo(expected);
    }

    private static void compare(String line, Frames read) {
        long longest =
                read.frames().stream().mapToLong(Frames.Frame::length).max().orElse(0);
        assertThat(longest).isEqualTo(Long.parseLong(value(line, "max_frame")));
        if (!read.frames().isEmpty() && !value(line, "first_utc").equals("-")) {
            // The manifest has the earliest and the latest time, rounded to microseconds.
            assertThat(micros(read.frames().stream()
                            .mapToLong(Frames.Frame::time)
                            .min()
                            .orElseThrow()))
                    .isEqualTo(Instant.parse(value(line, "first_utc")));
            assertThat(micros(read.frames().stream()
                            .mapToLong(Frames.Frame::time)
                            .max()
                            .orElseThrow()))
                    .isEqualTo(Instant.parse(value(line, "last_utc")));
        }
    }

    private static Instant micros(long nanoseconds) {
        return Instant.EPOCH.plusNanos(nanoseconds + 500).truncatedTo(ChronoUnit.MICROS);
    }

    private static List<String> tshark(Path file) throws IOException, InterruptedException {
        Process process;
        try {
            process = new ProcessBuilder(
                            "tshark",
                            "-n",
                            "-r",
                            file.toString(),
                            "-T",
                            "fields",
                            "-e",
                            "frame.number",
                            "-e",
                            "frame.time_epoch",
                            "-e",
                            "frame.len",
                            "-e",
                            "frame.cap_len")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException absent) {
            assumeTrue(false, "tshark is not installed");
            throw absent;
        }
        List<String> lines;
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            lines = output.lines().toList();
        }
        process.waitFor();
        return lines;
    }

    private static void assumePresent(String line) {
        assumeTrue(!line.equals(NONE), () -> "no captures in " + FOLDER + "; name their folder by -Dhairpin.captures");
    }

    private static Path file(String line) {
        return FOLDER.resolve(value(line, "file"));
    }

    private static String value(String line, String column) {
        return line.split("\t", -1)[columns.getOrDefault(column, 0)];
    }
}
