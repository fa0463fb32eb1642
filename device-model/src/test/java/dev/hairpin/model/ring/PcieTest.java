package dev.hairpin.model.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.hairpin.model.link.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Held against the model that Neugebauer et al. published with their paper, for 8 lanes and an 82599 with its kernel driver. */
class PcieTest {
    @ParameterizedTest
    @CsvSource({"1, 128, 12.14", "1, 256, 13.57", "2, 256, 28.68", "3, 256, 57.88"})
    void leavesOfTheRawRateWhatAcknowledgementsAndFlowControlDoNotTake(int generation, int payload, double gigabits) {
        assertThat(new Pcie(generation, 8, payload, 1).rate() / 1e9).isCloseTo(gigabits, within(0.005));
    }

    /** Frames of 64 and 1,514 octets with FCS, which is not transferred. */
    @ParameterizedTest
    @CsvSource({"1, 128, 3.70, 9.36", "1, 256, 4.13, 11.29", "2, 256, 8.74, 23.86"})
    void carriesSoMuchFromFunctionToFunction(int generation, int payload, double least, double most) {
        Pcie pcie = new Pcie(generation, 8, payload, 1);
        assertThat(gigabits(pcie, 60)).isCloseTo(least, within(0.005));
        assertThat(gigabits(pcie, 1_510)).isCloseTo(most, within(0.005));
    }

    @Test
    void takesNoTimeWhereItIsUnlimited() {
        assertThat(Pcie.UNLIMITED.takesNoTime()).isTrue();
        assertThat(Pcie.UNLIMITED.rate()).isEqualTo(Server.UNLIMITED);
        assertThat(new Pcie(1, 1, 128, 1).takesNoTime()).isFalse();
    }

    @Test
    void servesInNanosecondsWhatItCharges() {
        // 512.0 octets at 12.137 Gbit/s would be 337 ns; a frame of 60 octets is charged 196.95
        Pcie pcie = new Pcie(1, 8, 128, Integer.MAX_VALUE);
        Server server = pcie.server(Integer.MAX_VALUE);
        long departure = server.serve(0, pcie.towardsHost(60));
        assertThat(departure).isEqualTo((long) Math.ceil(196.95 * 8e9 / pcie.rate()));
    }

    @Test
    void chargesAFrameOfAnyLength() {
        Pcie pcie = new Pcie(3, 16, 512, 1);
        assertThat(pcie.towardsDevice(0)).isPositive();
        assertThat(pcie.towardsHost(Integer.MAX_VALUE)).isEqualTo(Integer.MAX_VALUE);
    }

    @ParameterizedTest
    @CsvSource({"4, 8, 256", "1, 3, 256", "1, 8, 100", "1, 32, 128", "0, 8, 256"})
    void isRefusedAsNobodyMakesIt(int generation, int lanes, int payload) {
        assertThatThrownBy(() -> new Pcie(generation, lanes, payload, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(lanes + " lanes");
    }

    /** What passes if every frame is sent once and received once. */
    private static double gigabits(Pcie pcie, int octets) {
        double charged = Math.max(pcie.towardsDevice(octets), pcie.towardsHost(octets)) / 40.0;
        return octets * (pcie.rate() / 1e9) / charged;
    }
}
