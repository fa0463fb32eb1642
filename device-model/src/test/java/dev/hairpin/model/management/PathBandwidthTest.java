package dev.hairpin.model.management;

import static dev.hairpin.model.management.PathBandwidth.PATHS;
import static dev.hairpin.model.management.PathBandwidth.UNSPECIFIED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.testkit.Property;
import dev.hairpin.model.testkit.Row;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The odd rules by which vxge makes shares of what is asked for its 17 virtual paths. */
class PathBandwidthTest {
    private static final int EQUAL = 5;

    /** So many shares, and nothing said of the paths behind them. */
    private static int[] shares(int... first) {
        int[] asked = new int[PATHS];
        Arrays.fill(asked, UNSPECIFIED);
        System.arraycopy(first, 0, asked, 0, first.length);
        return PathBandwidth.shares(asked);
    }

    private static int[] all(int share) {
        int[] shares = new int[PATHS];
        Arrays.fill(shares, share);
        return shares;
    }

    @Test
    @Row("Rates/vxge nothing specified")
    void whereNothingIsSaidAllHaveTheSame() {
        assertThat(shares()).isEqualTo(all(EQUAL));
    }

    @Test
    @Row("Rates/vxge a zero")
    void aZeroAnywhereGivesAllTheSame() {
        assertThat(shares(50, 0)).isEqualTo(all(EQUAL));
        int[] last = all(1);
        last[PATHS - 1] = 0;
        assertThat(PathBandwidth.shares(last)).isEqualTo(all(EQUAL));
        // Also behind the first of which nothing is said.
        int[] behind = all(UNSPECIFIED);
        behind[0] = 50;
        behind[5] = 0;
        assertThat(PathBandwidth.shares(behind)).isEqualTo(all(EQUAL));
    }

    @ParameterizedTest
    @ValueSource(ints = {101, 254})
    @Row("Rates/vxge more than 100")
    void moreThanAllThereIsGivesAllTheSame(int first) {
        assertThat(shares(first)).isEqualTo(all(EQUAL));
        assertThat(shares(60, 41)).isEqualTo(all(EQUAL));
    }

    @Test
    @Row("Rates/vxge rest is split")
    void theRestIsSplitAmongThoseOfWhichNothingIsSaid() {
        int[] shares = shares(50);
        assertThat(shares[0]).isEqualTo(50);
        assertThat(Arrays.copyOfRange(shares, 1, PATHS)).containsOnly(50 / 16);
        assertThat(shares(30, 38)).startsWith(30, 38, 2, 2).hasSize(PATHS);
    }

    @Test
    @Row("Rates/vxge rest below 2 %")
    void aRestOfLessThanTwoPercentEachGivesAllTheSame() {
        assertThat(shares(90)).as("10 / 16 = 0 %").isEqualTo(all(EQUAL));
        assertThat(shares(69)).as("31 / 16 = 1 %").isEqualTo(all(EQUAL));
        assertThat(shares(68)).as("32 / 16 = 2 %").startsWith(68, 2);
    }

    @Test
    @Row("Rates/vxge exactly 100")
    void nothingLeftForThoseOfWhichNothingIsSaidGivesAllTheSame() {
        assertThat(shares(50, 50)).isEqualTo(all(EQUAL));
        assertThat(shares(100)).isEqualTo(all(EQUAL));
    }

    @Test
    @Row("Rates/vxge less than 100")
    void lessThanAllThereIsIsTakenWhereEachPathHasItsShare() {
        assertThat(PathBandwidth.shares(all(1))).isEqualTo(all(1));
        int[] exactly = all(5);
        exactly[0] = 20;
        assertThat(PathBandwidth.shares(exactly)).isEqualTo(exactly);
    }

    /** What is said behind the first of which nothing is said does not count. */
    @Test
    @Row("Rates/vxge tail")
    void theFirstOfWhichNothingIsSaidBeginsTheRest() {
        int[] asked = all(UNSPECIFIED);
        asked[0] = 20;
        asked[9] = 70;
        int[] shares = PathBandwidth.shares(asked);
        assertThat(shares[0]).isEqualTo(20);
        assertThat(shares[9]).isEqualTo(80 / 16);
    }

    @Test
    @Row("Rates/vxge less than 100")
    void sharesAreNeverMoreThanAllThereIs() {
        Property.forAll(5_000, dice -> {
            int[] asked = IntStream.range(0, PATHS)
                    .map(path -> dice.percent(20) ? UNSPECIFIED : dice.between(dice.percent(5) ? 0 : 1, 12))
                    .toArray();
            int[] shares = PathBandwidth.shares(asked);
            assertThat(Arrays.stream(shares).sum()).isBetween(PATHS, 100);
            assertThat(Arrays.stream(shares).min().orElseThrow()).isPositive();
        });
    }

    @Test
    void thereAreSeventeenPaths() {
        assertThatThrownBy(() -> PathBandwidth.shares(50, 50)).isInstanceOf(IllegalArgumentException.class);
    }
}
