package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The experiment of {@code samples/containment.conf}: what the fault of one guest costs others. */
class ContainmentTest {
    private static final String PAIRS = "nic1.qp0 nic1.qp1 nic1.qp2 nic1.qp3";

    @TempDir
    private static Path folder;

    @BeforeAll
    static void runs() {
        hairpin(
                        "replay",
                        Captures.sample("lan.pcapng"),
                        "--topology",
                        Captures.sample("containment.conf"),
                        "--out",
                        folder.resolve("run"))
                .well();
    }

    @Test
    void aGuestWithAFunctionOfItsOwnPaysForItsFaultAlone() {
        assertThat(losers("DMA_ERROR", "nic0")).isEqualTo("nic0.vf1");
        assertThat(losers("FUNCTION_RESET", "nic0")).isEqualTo("nic0.vf2");
    }

    @Test
    void guestsWithQueuePairsOfOneFunctionPayForOneAnother() {
        assertThat(losers("DMA_ERROR", "nic1")).isEqualTo(PAIRS);
        assertThat(losers("FUNCTION_RESET", "nic1")).isEqualTo(PAIRS);
    }

    @Test
    void aGuestThatNoLongerPollsLosesItsOwnFramesOnly() {
        assertThat(losers("NO_RX_BUFFER", "nic0")).isEqualTo("nic0.vf3");
        assertThat(losers("NO_RX_BUFFER", "nic1")).isEqualTo("nic1.qp3");
    }

    @Test
    void nobodyLosesAnythingAtAnotherTime() {
        assertThat(seconds("DMA_ERROR")).allMatch(second -> second >= 10 && second < 15);
        assertThat(seconds("FUNCTION_RESET")).allMatch(second -> second == 30);
        assertThat(seconds("NO_RX_BUFFER")).allMatch(second -> second >= 50 && second < 55);
    }

    private static List<List<String>> rows(String reason) {
        return hairpin("decisions", folder.resolve("run"), "--reason", reason, "--csv").well().lines().stream()
                .skip(1)
                .map(row -> List.of(row.split(",", -1)))
                .toList();
    }

    /** The functions of a NIC that lost what they sent, or a copy that they were to get. */
    private static String losers(String reason, String nic) {
        TreeSet<String> losers = rows(reason).stream()
                .flatMap(row -> Arrays.stream(row.get(12).split(" ", -1))
                        .filter(drop -> drop.endsWith(":" + reason))
                        .map(drop -> drop.startsWith("-") ? row.get(4) : drop.substring(0, drop.indexOf(':'))))
                .filter(port -> port.startsWith(nic))
                .collect(Collectors.toCollection(TreeSet::new));
        return String.join(" ", losers);
    }

    /** Since the first frame, by the times of the capture's frames. */
    private static Stream<Long> seconds(String reason) {
        TreeMap<Long, Double> times = new TreeMap<>();
        hairpin("decisions", folder.resolve("run"), "--csv").well().lines().stream()
                .skip(1)
                .map(row -> row.split(",", 3))
                .forEach(row -> times.putIfAbsent(Long.valueOf(row[0]), Double.valueOf(row[1])));
        double first = times.firstEntry().getValue();
        return rows(reason).stream().map(row -> (long) Math.floor(Double.parseDouble(row.get(1)) - first));
    }
}
