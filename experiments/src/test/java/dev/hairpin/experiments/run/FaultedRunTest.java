package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Row;
import dev.hairpin.model.frame.Mac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A fault of one function costs its own frames and nobody else's, and only while it lasts: the same traffic with and without
 * the fault, frame by frame.
 */
class FaultedRunTest {
    private static final int SEED = 4711;
    private static final int FRAMES = 400;
    private static final int STATIONS = 6;

    /** The function that is struck is that of station 3; frames come a microsecond apart. */
    private static final int STRUCK = 3;

    private static final int FROM = 100;
    private static final int UNTIL = 250;

    private static final String LAN = """
            nics.nic0 {
              mode = %s
              device = %s
              vfs {
                vf0 { mac = "02:00:00:00:00:01" }
                vf1 { mac = "02:00:00:00:00:02" }
                vf2 { mac = "02:00:00:00:00:03" }
                vf3 { mac = "02:00:00:00:00:04" }
              }
            }
            bridge { ports { p0 { to = nic0, reflective-relay = %s }, ext0 {} } }
            stations { ext0 { mac = "02:00:00:00:00:05", addresses = ["02:00:00:00:00:06"] } }
            changes = [%s]
            """;

    private record Sent(int from, int to) {
        boolean concerns() {
            return from == STRUCK || to == STRUCK;
        }
    }

    @ParameterizedTest
    @CsvSource({
        "veb, ieee, flr, FUNCTION_RESET",
        "vepa, ieee, flr, FUNCTION_RESET",
        "veb, x3100, flr, FUNCTION_RESET",
        "veb, 82599, dma-error, DMA_ERROR",
        "vepa, 82576, ecc-error, ECC_ERROR",
        "veb, 82576, removed, DEVICE_REMOVED",
        "veb, 82599, malicious, MALICIOUS_DRIVER"
    })
    @Row({"Reset/VF FLR", "Reset/vpath", "Reset/malicious driver"})
    void aFaultOfOneFunctionCostsItsOwnFramesAndOnlyWhileItLasts(
            String mode, String device, String kind, String reason, @TempDir Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        List<Sent> sent = new ArrayList<>();
        Made made = new Made();
        for (int frame = 0; frame < FRAMES; frame++) {
            int from = 1 + random.nextInt(STATIONS);
            int to = 1 + (from + random.nextInt(STATIONS - 1)) % STATIONS;
            boolean all = random.nextInt(10) == 0;
            sent.add(new Sent(from, all ? 0 : to));
            made.by(from <= 4 ? "vf" + (from - 1) : "ext0")
                    .frame(1_000L * frame, from, all ? Mac.BROADCAST : station(to));
        }
        Path capture = made.writeByInterface(folder.resolve("frames.pcapng"));
        String fault = "{ at = %dus, do = \"fault vf2 %s\", for = %dus }".formatted(FROM, kind, UNTIL - FROM);
        Map<Integer, List<String>> well = rows(folder.resolve("well"), capture, lan(mode, device, ""));
        Map<Integer, List<String>> struck = rows(folder.resolve("struck"), capture, lan(mode, device, fault));
        for (int frame = 1; frame <= FRAMES; frame++) {
            Sent one = sent.get(frame - 1);
            boolean during = frame - 1 >= FROM && frame - 1 < UNTIL;
            List<String> before = well.getOrDefault(frame, List.of());
            List<String> after = struck.getOrDefault(frame, List.of());
            String what = "seed " + SEED + ", frame " + frame + ": " + one;
            if (during && one.concerns()) {
                assertThat(String.join(" ", after)).as(what).contains(reason);
            } else if (!during || one.to() != 0) {
                assertThat(after).as(what).isEqualTo(before);
            } else {
                assertThat(String.join(" ", after))
                        .as("%s, to all others as before", what)
                        .contains(":" + reason);
            }
        }
    }

    private static String lan(String mode, String device, String change) {
        return LAN.formatted(mode, device, mode.equals("vepa") ? "on" : "off", change);
    }

    /** The rows of decisions by frame, without their first column, in CSV. */
    private static Map<Integer, List<String>> rows(Path folder, Path capture, String lan) throws IOException {
        Files.createDirectories(folder);
        Path file = Files.writeString(folder.resolve("lan.conf"), lan);
        Path run = folder.resolve("run");
        hairpin("replay", capture, "--by-interface", "--topology", file, "--out", run)
                .well();
        Map<Integer, List<String>> rows = new TreeMap<>();
        hairpin("decisions", run, "--csv").well().lines().stream().skip(1).forEach(line -> {
            String[] columns = line.split(",", -1);
            rows.computeIfAbsent(Integer.parseInt(columns[0]), frame -> new ArrayList<>())
                    .add(line);
        });
        assertThat(rows).hasSize(FRAMES);
        return rows;
    }
}
