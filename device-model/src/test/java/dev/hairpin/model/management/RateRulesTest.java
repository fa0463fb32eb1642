package dev.hairpin.model.management;

import static dev.hairpin.model.management.RateRules.IGB;
import static dev.hairpin.model.management.RateRules.IXGBE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.testkit.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code max_tx_rate} and {@code min_tx_rate} as the drivers of 82576 and 82599 take them. */
class RateRulesTest {
    private static final int GIGABIT = 1_000;
    private static final int TEN_GIGABIT = 10_000;

    private static void refused(RateRules rules, int link, int least, int most) {
        assertThatThrownBy(() -> rules.limit(link, least, most))
                .isInstanceOf(Refused.class)
                .hasMessageEndingWith("(EINVAL)");
    }

    @ParameterizedTest
    @EnumSource(RateRules.class)
    @Row({"Rates/igb min_tx_rate", "Rates/ixgbe min_tx_rate"})
    void neitherGuaranteesARate(RateRules rules) {
        refused(rules, TEN_GIGABIT, 1, 100);
    }

    @ParameterizedTest
    @ValueSource(ints = {11, 100, 9_999, 10_000})
    @Row("Rates/ixgbe max_tx_rate")
    void ixgbeTakesElevenToTenThousand(int rate) {
        assertThat(IXGBE.limit(TEN_GIGABIT, 0, rate).isOn()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 1, 10, 10_001})
    @Row("Rates/ixgbe max_tx_rate")
    void ixgbeTakesNeitherTenNorLessNorMoreThanTheLink(int rate) {
        refused(IXGBE, TEN_GIGABIT, 0, rate);
    }

    @Test
    @Row("Rates/ixgbe link speed")
    void ixgbeLimitsOnALinkOfTenGigabitOnly() {
        refused(IXGBE, GIGABIT, 0, 100);
        refused(IXGBE, 0, 0, 100);
    }

    @Test
    @Row({"Rates/ixgbe off", "Rates/igb max_tx_rate"})
    void zeroIsNoLimit() {
        assertThat(IXGBE.limit(TEN_GIGABIT, 0, 0)).isEqualTo(RateFactor.NONE);
        assertThat(IGB.limit(GIGABIT, 0, 0).register()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        // rate, link / rate in 14.14, RS_ENA above it
        "10000, 0x80004000", // 1
        "5000,  0x80008000", // 2
        "3000,  0x8000d555", // 3.3333
        "11,    0x80e345d1", // 909.0909
    })
    @Row("Rates/RTTBCNRC factor")
    void theFactorHasFourteenBitsEitherSideOfThePoint(int rate, String register) {
        assertThat(IXGBE.limit(TEN_GIGABIT, 0, rate).register()).isEqualTo((int) (long) Long.decode(register));
    }

    /** As igb computes it: the remainder is scaled by itself. */
    @Test
    @Row("Rates/igb remainder")
    void theRemainderIsInTheBitsBehindThePoint() {
        int register = IGB.limit(GIGABIT, 0, 300).register();
        int whole = GIGABIT / 300;
        int remainder = (GIGABIT - whole * 300) * (1 << 14) / 300;
        assertThat(register).isEqualTo(0x8000_0000 | whole << 14 | remainder);
    }

    @Test
    @Row("Rates/RTTBCNRC factor")
    void whatIsSentIsNeverLessThanWasAskedFor() {
        for (int rate = 11; rate <= TEN_GIGABIT; rate++) {
            RateFactor limit = IXGBE.limit(TEN_GIGABIT, 0, rate);
            assertThat(limit.bitsPerSecond(TEN_GIGABIT))
                    .as("%d Mb/s", rate)
                    .isBetween(rate * 1_000_000L, rate * 1_000_000L + rate * 1_000_000L / 1_000);
        }
    }

    @Test
    @Row("Rates/igb max_tx_rate")
    void igbTakesOneToTheLinksRate() {
        assertThat(IGB.limit(GIGABIT, 0, 1).isOn()).isTrue();
        assertThat(IGB.limit(GIGABIT, 0, GIGABIT).isOn()).isTrue();
        refused(IGB, GIGABIT, 0, GIGABIT + 1);
        refused(IGB, 100, 0, 101);
        refused(IGB, 0, 0, 1);
    }

    @ParameterizedTest
    @EnumSource(RateRules.class)
    @Row("Rates/speed change")
    void anotherSpeedOfTheLinkCancelsLimits(RateRules rules) {
        RateFactor limit = RateFactor.of(TEN_GIGABIT, 100);
        assertThat(rules.after(limit, TEN_GIGABIT, TEN_GIGABIT)).isEqualTo(limit);
        assertThat(rules.after(limit, TEN_GIGABIT, GIGABIT)).isEqualTo(RateFactor.NONE);
    }

    @Test
    @Row("Rates/every queue")
    void eachQueueOfAFunctionHasTheLimit() {
        RateFactor limit = IXGBE.limit(TEN_GIGABIT, 0, 100);
        assertThat(IXGBE.bitsPerSecond(limit, TEN_GIGABIT, 2)).isEqualTo(2 * limit.bitsPerSecond(TEN_GIGABIT));
        assertThat(IXGBE.bitsPerSecond(RateFactor.NONE, TEN_GIGABIT, 2)).isEqualTo(TEN_GIGABIT * 1_000_000L);
    }

    @Test
    @Row("Rates/RTTBCNRM")
    void theMemoryOfTheLimiterIsOtherOnX540() {
        assertThat(RateRules.MEMORY_82599).isEqualTo(0x4);
        assertThat(RateRules.MEMORY_X540).isEqualTo(0x14);
    }
}
