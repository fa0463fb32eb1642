package dev.hairpin.model.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FrameNumberTest {
    @Test
    void aFrameOfTheCaptureIsItsNumber() {
        assertThat(FrameNumber.isSegment(12)).isFalse();
        assertThat(FrameNumber.frame(12)).isEqualTo(12);
        assertThat(FrameNumber.segment(12)).isZero();
        assertThat(FrameNumber.text(12)).isEqualTo("12");
    }

    @Test
    void aSegmentSaysWhatItIsAPartOf() {
        long number = FrameNumber.segment(12, 3, 1448, true);
        // Segment 3 from bit 49, the last in bit 48, 1448 (05a8) from bit 32, frame 12
        assertThat(number).isEqualTo(0x0007_05A8_0000_000CL);
        assertThat(FrameNumber.isSegment(number)).isTrue();
        assertThat(FrameNumber.frame(number)).isEqualTo(12);
        assertThat(FrameNumber.segment(number)).isEqualTo(3);
        assertThat(FrameNumber.mss(number)).isEqualTo(1448);
        assertThat(FrameNumber.isLast(number)).isTrue();
        assertThat(FrameNumber.text(number)).isEqualTo("12.3");
    }

    @ParameterizedTest
    @CsvSource({"0, 1, 1448", "2147483648, 1, 1448", "1, 0, 1448", "1, 16384, 1448", "1, 1, 0", "1, 1, 65536"})
    void whatHasNoPlaceInItIsRefused(long frame, int segment, int mss) {
        assertThatThrownBy(() -> FrameNumber.segment(frame, segment, mss, false))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segment " + segment + " of frame " + frame + ", MSS " + mss);
    }

    @Test
    void theOrderIsByFrameAndThenBySegment() {
        Property.forAll(200, dice -> {
            List<Long> numbers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                long frame = dice.pick(1, dice.between(1, 5), FrameNumber.MOST_FRAMES, dice.between(1, 1 << 30));
                int segment = dice.pick(1, 2, FrameNumber.MOST_SEGMENTS, dice.between(1, 1000));
                numbers.add(
                        dice.percent(30)
                                ? frame
                                : FrameNumber.segment(
                                        frame, segment, dice.pick(8, 1448, FrameNumber.MOST_MSS), dice.percent(20)));
            }
            numbers.sort(Comparator.comparingLong(FrameNumber::order));
            assertThat(numbers)
                    .isSortedAccordingTo(
                            Comparator.<Long>comparingLong(FrameNumber::frame).thenComparingInt(FrameNumber::segment));
            assertThat(numbers)
                    .allSatisfy(number -> assertThat(FrameNumber.ofOrder(FrameNumber.order(number)))
                            .isEqualTo(number));
        });
    }
}
