package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.hairpin.experiments.testkit.Said;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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
                        "rig veb, rings",
                        "rig veb, rings and PCIe",
                        "veb",
                        "vepa",
                        "veb, VLAN and spoof",
                        "veb, 100 rules",
                        "veb, rings",
                        "veb, rings and PCIe",
                        "verify vepa",
                        "recover vepa",
                        "rig veb, 64 VFs",
                        "rig veb, 64 VFs, rings",
                        "veb, 64 VFs",
                        "veb, 64 VFs, rings",
                        "rig veb, 256 VFs",
                        "rig veb, 256 VFs, rings",
                        "veb, 256 VFs",
                        "veb, 256 VFs, rings");
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
        Map<String, Said.Json> named = figures.stream()
                .collect(Collectors.toMap(figure -> figure.value("name").toString(), figure -> figure));
        named.forEach((name, rig) -> {
            if (name.startsWith("rig ")) {
                Said.Json actors = Objects.requireNonNull(named.get(name.substring("rig ".length())));
                assertThat(rig.number("decisions"))
                        .as("each frame is decided once at least")
                        .isGreaterThanOrEqualTo(name.contains(" VFs") ? FRAMES / 8 : FRAMES);
                assertThat(actors.number("decisions"))
                        .as("actors decide what the Rig decides: %s", name)
                        .isEqualTo(rig.number("decisions"));
                assertThat(((Number) actors.value("octetsPerDecision")).doubleValue())
                        .isPositive();
            }
        });
        assertThat(Stream.of("verify vepa", "recover vepa", "vepa")
                        .map(name -> Objects.requireNonNull(named.get(name)).number("decisions")))
                .as("all of a journal is verified and recovered")
                .containsOnly(Objects.requireNonNull(named.get("rig vepa")).number("decisions"));
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
