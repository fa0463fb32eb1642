package dev.hairpin.experiments.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hairpin.experiments.conformance.Page;
import dev.hairpin.experiments.linux.LinuxLab.Measured;
import dev.hairpin.experiments.linux.LinuxLab.Missing;
import dev.hairpin.experiments.linux.ModelLab.Fate;
import dev.hairpin.experiments.linux.SetUp.Feature;
import dev.hairpin.model.decision.Rule;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The same frames, in the same order and one at a time, through the running kernel and through the model: who receives how
 * many copies of each, and whether it crosses the wire between NIC and bridge. What may differ is in {@link
 * KnownDifference}. Needs Linux, root, iproute2 and python3.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LinuxAgreesTest {
    private final List<Compared> frames = new ArrayList<>();
    private final Map<String, String> lacking = new TreeMap<>();
    private String missing = "";

    static List<SetUp> setUps() {
        return SetUps.all();
    }

    @BeforeAll
    void measure() throws IOException, InterruptedException {
        for (SetUp setUp : setUps()) {
            try {
                measure(setUp, Traffic.of(setUp));
            } catch (Missing found) {
                if (found.forAll()) {
                    missing = found.what();
                    return;
                }
                lacking.put(setUp.name(), found.what());
            }
        }
    }

    private void measure(SetUp setUp, List<List<Probe>> rounds) throws IOException, InterruptedException, Missing {
        Measured kernel = LinuxLab.measure(setUp, rounds);
        List<Fate> model = ModelLab.run(kernel.setUp(), rounds);
        List<Probe> probes = rounds.stream().flatMap(List::stream).toList();
        for (int i = 0; i < probes.size(); i++) {
            frames.add(new Compared(
                    kernel.setUp(),
                    probes.get(i),
                    model.get(i),
                    kernel.received().get(i),
                    kernel.refused().get(i)));
        }
    }

    /** Not where it turns out: of a class that gives up as a whole, the report names no test. */
    @BeforeEach
    void nothingIsMissing() {
        assumeTrue(missing.isEmpty(), () -> "the running kernel cannot be asked, missing: " + missing);
    }

    @ParameterizedTest
    @MethodSource("setUps")
    void theModelDoesWhatTheKernelDoesButForWhatIsKnown(SetUp setUp) {
        String lacks = lacking.getOrDefault(setUp.name(), "");
        assumeTrue(lacks.isEmpty(), () -> setUp + ": the running kernel lacks " + lacks);
        List<Compared> here = frames.stream()
                .filter(frame -> frame.setUp().name().equals(setUp.name()))
                .toList();

        assertThat(here).hasSizeGreaterThan(500 * setUp.rounds().size() / 2);
        List<Compared> unknown =
                here.stream().filter(frame -> !frame.explained()).toList();
        assertThat(unknown).filteredOn(frame -> frame.byChance().isEmpty()).isEmpty();
        Set<String> chance = new TreeSet<>();
        unknown.forEach(frame -> chance.addAll(frame.byChance()));
        assertThat(chance).as("devices with groups that they get by chance").hasSizeLessThan(3);
    }

    /** What the page leaves out, because the kernel that it was measured on has not what it needs. */
    private static Set<String> optional() {
        return setUps().stream()
                .filter(setUp -> setUp.needs().contains(Feature.VLAN_FILTERING))
                .map(SetUp::name)
                .collect(Collectors.toSet());
    }

    @Test
    void everyKnownDifferenceStillOccurs() {
        assertThat(Arrays.stream(KnownDifference.values()))
                .allSatisfy(difference ->
                        assertThat(frames).anyMatch(frame -> frame.known().contains(difference)));
    }

    @Test
    void noFrameIsRefusedButRunts() {
        assertThat(frames)
                .allSatisfy(frame -> assertThat(frame.refused())
                        .isEqualTo(frame.ruled(Rule.ER_RUNT) || frame.ruled(Rule.BR_RUNT) ? "EINVAL" : ""));
    }

    /** With {@code -Dgolden.update=true} the page is made to say so. */
    @Test
    void theConformancePageSaysWhatWasMeasured() throws IOException {
        assumeTrue(
                lacking.keySet().stream().allMatch(optional()::contains),
                () -> "the running kernel lacks " + String.join(", ", lacking.values()));
        String tables = ConformancePage.tables(frames.stream()
                .filter(frame -> !optional().contains(frame.setUp().name()))
                .toList());
        new Page("measured").says(tables);
    }
}
