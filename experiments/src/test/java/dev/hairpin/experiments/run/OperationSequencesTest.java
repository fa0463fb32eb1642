package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.hairpin.experiments.run.OperationSequence.Came;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations of guests, privileged domain and chassis manager, resets and faults, while random traffic passes, on every
 * family of devices. {@code -Dhairpin.sequences=100000} for a long series, {@code -Dhairpin.family=82599} on one family alone,
 * {@code -Dhairpin.seed=SEED} for one sequence.
 */
class OperationSequencesTest {
    private static final int SEQUENCES = Integer.getInteger("hairpin.sequences", 500);
    private static final @Nullable String FAMILY = System.getProperty("hairpin.family");
    private static final long FIRST = 4711;

    /** Every so many-th is also run in actors, which takes a thousand times as long. */
    private static final int IN_ACTORS = Math.max(125, SEQUENCES / 80);

    @ParameterizedTest
    @ValueSource(strings = {"82576", "82599", "x3100", "ieee"})
    void loseNoFrameCrossNoPrivilegeAndDisturbNobody(String device, @TempDir Path folder) throws Exception {
        assumeTrue(FAMILY == null || FAMILY.equals(device), () -> "only " + FAMILY + " was asked for");
        Long asked = Long.getLong("hairpin.seed");
        long refused = 0;
        long granted = 0;
        long dropped = 0;
        int sequences = asked == null ? SEQUENCES : 1;
        for (int number = 0; number < sequences; number++) {
            long seed = asked == null ? FIRST + number : asked;
            try {
                OperationSequence sequence = new OperationSequence(device, seed);
                Came came = sequence.inRig();
                sequence.othersAreUndisturbed(came);
                if (asked != null || number % IN_ACTORS == 0) {
                    assertThat(sequence.inActors(folder.resolve("run" + number)))
                            .as("Rig and actors")
                            .isEqualTo(came.digest());
                }
                refused += sequence.refused();
                granted += sequence.granted();
                dropped += came.dropped();
            } catch (AssertionError | RuntimeException failure) {
                throw new AssertionError(
                        device + " fails with -Dhairpin.seed=" + seed + ": " + failure.getMessage(), failure);
            }
        }
        if (asked == null) {
            // Otherwise it would show little.
            assertThat(refused).isGreaterThan(sequences);
            assertThat(granted).isGreaterThan(sequences);
            assertThat(dropped).isGreaterThan(sequences);
        }
    }
}
