package dev.hairpin.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TimeResolutionTest {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000);
    private static final long[] SPECIAL = {
        0, 1, 2, 999_999_999, 1_000_000_000, 1_700_000_000_000_000L, Long.MAX_VALUE, Long.MIN_VALUE, -1, -2
    };

    @Test
    void microsecondsAreThousandsOfNanoseconds() {
        assertThat(TimeResolution.MICROSECONDS.nanoseconds(1_503_870_284_586_394L))
                .isEqualTo(1_503_870_284_586_394_000L);
    }

    @Test
    void aUnitOfTheThirtiethPowerOfTwoIsExact() {
        TimeResolution resolution = TimeResolution.ofOption(0x80 | 30, 0);
        assertThat(resolution.nanoseconds((5L << 30) + (1L << 29))).isEqualTo(5_500_000_000L);
    }

    @Test
    void whatALongCannotHoldIsSaturated() {
        assertThat(TimeResolution.MICROSECONDS.nanoseconds(-1)).isEqualTo(Long.MAX_VALUE);
        assertThat(new TimeResolution(false, 6, Long.MIN_VALUE).nanoseconds(0)).isEqualTo(Long.MIN_VALUE);
        assertThat(new TimeResolution(false, 0, -1).nanoseconds(0)).isEqualTo(-1_000_000_000);
    }

    @Test
    void anOffsetBringsAHugeCountBackIntoRange() {
        // 2^64 - 1 seconds counted, 2^63 taken off twice would be needed: one leaves too many.
        assertThat(new TimeResolution(false, 0, Long.MIN_VALUE).nanoseconds(Long.MIN_VALUE + 7))
                .isEqualTo(7_000_000_000L);
    }

    @Test
    void everyResolutionGivesWhatUnboundedArithmeticGives() {
        Random random = new Random(20);
        for (int option = 0; option < 256; option++) {
            for (int round = 0; round < 200; round++) {
                long ticks = round < SPECIAL.length ? SPECIAL[round] : random.nextLong() >>> random.nextInt(64);
                long offset = switch (round % 4) {
                    case 0 -> 0;
                    case 1 -> random.nextInt();
                    case 2 -> random.nextLong();
                    default -> SPECIAL[random.nextInt(SPECIAL.length)];
                };
                assertThat(TimeResolution.ofOption(option, offset).nanoseconds(ticks))
                        .as("if_tsresol %d, if_tsoffset %d, ticks %d", option, offset, ticks)
                        .isEqualTo(unbounded(option, offset, ticks));
            }
        }
    }

    @Test
    void anExponentBeyondTheOptionIsRefused() {
        assertThatThrownBy(() -> new TimeResolution(true, 128, 0)).hasMessageContaining("must be 0..127");
        assertThatThrownBy(() -> new TimeResolution(true, -1, 0)).hasMessageContaining("must be 0..127");
    }

    private static long unbounded(int option, long offset, long ticks) {
        BigInteger units =
                (option & 0x80) != 0 ? BigInteger.ONE.shiftLeft(option & 0x7F) : BigInteger.TEN.pow(option & 0x7F);
        BigInteger exact = new BigInteger(Long.toUnsignedString(ticks))
                .multiply(SECOND)
                .divide(units)
                .add(BigInteger.valueOf(offset).multiply(SECOND));
        return exact.min(BigInteger.valueOf(Long.MAX_VALUE))
                .max(BigInteger.valueOf(Long.MIN_VALUE))
                .longValueExact();
    }
}
