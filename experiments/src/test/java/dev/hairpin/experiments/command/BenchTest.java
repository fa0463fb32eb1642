package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hairpin.experiments.testkit.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code hairpin bench}: figures that hang together, whatever the machine. */
class BenchTest {
    private static final int FRAMES = 20_000;

    @Test
    void jsonHasFiguresThatHangTogether() {
        Said.Json json = hairpin("bench", "--frames", FRAMES, "--rounds", 2, "--json")
                .well()
                .json();
        assertThat(json.number("frames")).isEqualTo(FRAMES);
        assertThat(json.values()).containsKeys("seed", "rounds", "threads", "java", "processors", "included");
        List<Said.Json> figures = figures(json);
        assertThat(figures)
                .extracting(figure -> figure.value("name"))
                .containsExactly(
                        "bare loop",
                        "rig veb",
                        "rig vepa",
                        "rig veb, VLAN and spoof",
                        "rig veb, 100 rules",
                        "veb",
                        "vepa",
                        "veb, VLAN and spoof",
                        "veb, 100 rules",
                        "verify vepa",
                        "recover vepa");
        double bare = figures.get(0).number("framesPerSecond");
        assertThat(bare).isPositive();
        for (Said.Json figure : figures) {
            String name = figure.value("name").toString();
            double ratio = ((Number) figure.value("ratioToBareLoop")).doubleValue();
            assertThat(ratio).as(name).isCloseTo(figure.number("framesPerSecond") / bare, within(0.01 * ratio + 1e-6));
            assertThat(((Number) figure.value("cpuSecondsPerMillionFrames")).doubleValue())
                    .as(name)
                    .isNotNegative();
        }
        assertThat(figures.get(0).number("decisions")).isZero();
        for (int rig = 1; rig <= 4; rig++) {
            long decisions = figures.get(rig).number("decisions");
            assertThat(decisions).as("each frame is decided once at least").isGreaterThanOrEqualTo(FRAMES);
            assertThat(figures.get(rig + 4).number("decisions"))
                    .as("actors decide what the Rig decides")
                    .isEqualTo(decisions);
            assertThat(((Number) figures.get(rig + 4).value("octetsPerDecision")).doubleValue())
                    .isPositive();
        }
        for (int again = 9; again <= 10; again++) {
            assertThat(figures.get(again).number("decisions"))
                    .isEqualTo(figures.get(6).number("decisions"));
        }
    }

    @SuppressWarnings("unchecked") // JSON objects have texts as names
    private static List<Said.Json> figures(Said.Json json) {
        List<Said.Json> figures = new ArrayList<>();
        for (Object figure : (List<?>) json.value("figures")) {
            figures.add(new Said.Json((Map<String, Object>) figure));
        }
        return figures;
    }
}
