package dev.hairpin.model.link;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.testkit.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

class MergeTest {
    @Test
    void ordersByTimeFirst() {
        Merge merge = new Merge(0, 1);
        assertThat(numbers(last(merge, burst(frame(9).at(1), frame(1).at(4)), burst(frame(5).at(2), frame(2).at(3)))))
                .containsExactly(9L, 5L, 2L, 1L);
    }

    @Test
    void ordersByFrameNumberAtTheSameTime() {
        Merge merge = new Merge(0, 1);
        assertThat(numbers(last(merge, burst(frame(2), frame(3)), burst(frame(1), frame(4)))))
                .containsExactly(1L, 2L, 3L, 4L);
    }

    @Test
    void ordersCopiesOfAFrameByPortAtTheSameTime() {
        Merge merge = new Merge(0, 1, 2);
        Batch merged = last(merge, burst(frame(1)), burst(frame(1)), burst(frame(1)));
        assertThat(frames(merged.burst())).extracting(Frame::port).containsExactly(0, 1, 2);
    }

    @Test
    void ordersCopiesOfAFrameOnOneLinkByPosition() {
        Merge merge = new Merge(0, 5);
        Batch merged = last(merge, burst(frame(1).by(3), frame(1).by(0), frame(1).by(4)), burst(frame(1)));
        assertThat(frames(merged.burst())).extracting(Frame::port).containsExactly(3, 0, 4, 5);
    }

    @Test
    void ordersNegativeTimesBeforePositiveOnes() {
        Merge merge = new Merge(0, 1);
        assertThat(numbers(last(
                        merge,
                        burst(frame(1).at(Long.MIN_VALUE), frame(2).at(5)),
                        burst(frame(3).at(-1), frame(4).at(0)))))
                .containsExactly(1L, 3L, 4L, 2L);
    }

    @Test
    void countsPortsFromTheFirstOfEachLink() {
        Merge merge = new Merge(0, 4);
        Batch merged = last(merge, burst(frame(1).by(2)), burst(frame(2).by(1)));
        assertThat(frames(merged.burst())).containsExactly(frame(1).by(2), frame(2).by(5));
    }

    @Test
    void changesNothingOfAFrameButItsPort() {
        Merge merge = new Merge(0, 7);
        Frame sent = frame(3).at(8).from(77).to(88).tagged(0x8100, 0xA00A).octets(1_000);
        assertThat(frames(last(merge, Burst.EMPTY, burst(sent)).burst())).containsExactly(sent.by(7));
    }

    @Test
    void letsGoAllBeforeTheLeastPromiseAndHoldsBackTheRest() {
        Merge merge = new Merge(0, 1);
        merge.offer(0, batch(0, burst(frame(1).at(1), frame(3).at(10), frame(4).at(11)), 20, 0));
        merge.offer(1, batch(0, burst(frame(2).at(2)), 10, 4));
        Batch merged = merge.select();

        assertThat(numbers(merged)).containsExactly(1L, 2L, 3L);
        assertThat(merge.waiting()).isOne();
        assertThat(merged.promisedTime()).isEqualTo(10);
        assertThat(merged.promisedNumber()).isEqualTo(4);
        assertThat(merged.last()).isFalse();
    }

    @Test
    void holdsBackAFrameWithTheVeryKeyThatALinkOfALowerPortPromised() {
        Merge merge = new Merge(0, 1);
        merge.offer(0, batch(0, Burst.EMPTY, 10, 4));
        merge.offer(1, batch(0, burst(frame(4).at(10)), 20, 0));
        assertThat(merge.select().burst().size()).isZero();
    }

    @Test
    void letsGoAFrameWithTheVeryKeyThatOnlyALinkOfAHigherPortPromised() {
        Merge merge = new Merge(0, 1);
        merge.offer(0, batch(0, burst(frame(4).at(10)), 20, 0));
        merge.offer(1, batch(0, Burst.EMPTY, 10, 4));
        assertThat(numbers(merge.select())).containsExactly(4L);
    }

    @Test
    void letsGoAFrameWithTheVeryKeyThatItsOwnLinkPromised() {
        Merge merge = new Merge(0, 1);
        merge.offer(0, batch(0, burst(frame(4).at(10), frame(5).at(10)), 10, 4));
        merge.offer(1, batch(0, Burst.EMPTY, 20, 0));
        assertThat(numbers(merge.select())).containsExactly(4L);
    }

    @Test
    void keepsFramesOverAsManyWavesAsTheyNeed() {
        Merge merge = new Merge(0, 1);
        for (int wave = 0; wave < 5; wave++) {
            merge.offer(0, batch(wave, burst(frame(wave + 1).at(100 + wave)), 101 + wave, 0));
            merge.offer(1, batch(wave, Burst.EMPTY, wave, 0));
            assertThat(merge.select().burst().size()).isZero();
        }
        assertThat(merge.waiting()).isEqualTo(5);

        merge.offer(0, batch(5, Burst.EMPTY, 200, 0));
        merge.offer(1, batch(5, Burst.EMPTY, 103, 0));
        assertThat(numbers(merge.select())).containsExactly(1L, 2L, 3L);
        merge.offer(0, Batch.end(6));
        merge.offer(1, Batch.end(6));
        assertThat(numbers(merge.select())).containsExactly(4L, 5L);
        assertThat(merge.waiting()).isZero();
    }

    @Test
    void isReadyOnceEveryLinkHasGivenTheWave() {
        Merge merge = new Merge(0, 1);
        assertThat(merge.ready()).isFalse();
        merge.offer(0, Batch.end(0));
        assertThat(merge.ready()).isFalse();
        merge.offer(1, Batch.end(0));
        assertThat(merge.ready()).isTrue();
    }

    @Test
    void takesLinksThatRunAhead() {
        Merge merge = new Merge(0, 1);
        for (int wave = 0; wave < 3; wave++) {
            merge.offer(0, batch(wave, burst(frame(wave + 1).at(wave)), wave, wave + 2));
        }
        for (int wave = 0; wave < 3; wave++) {
            merge.offer(1, batch(wave, Burst.EMPTY, 100, 0));
            Batch merged = merge.select();
            assertThat(merged.wave()).isEqualTo(wave);
            assertThat(numbers(merged)).containsExactly(wave + 1L);
        }
        assertThat(merge.ready()).isFalse();
    }

    @Test
    void isLastOnceAllItsLinksAre() {
        Merge merge = new Merge(0, 1);
        assertThat(last(merge, Burst.EMPTY, Burst.EMPTY).last()).isTrue();
        merge.offer(0, Batch.end(1));
        merge.offer(1, batch(1, Burst.EMPTY, 5, 0));
        assertThat(merge.select().last()).isFalse();
    }

    @Test
    void refusesWavesOfDifferentNumbers() {
        Merge merge = new Merge(0, 1);
        merge.offer(0, Batch.end(0));
        merge.offer(1, Batch.end(1));
        assertThatThrownBy(merge::select)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("wave 1");
    }

    @Test
    void passesTheBurstsOfAnOnlyLinkThroughAsTheyAre() {
        Merge merge = new Merge(0);
        Burst beyondItsPromise = burst(frame(1).at(10), frame(2).at(20).by(3));
        merge.offer(0, batch(0, beyondItsPromise, 5, 6));
        Batch merged = merge.select();

        assertThat(merged.burst()).isSameAs(beyondItsPromise);
        assertThat(merged.promisedTime()).isEqualTo(5);
        assertThat(merged.promisedNumber()).isEqualTo(6);
        assertThat(merge.waiting()).isZero();
        merge.offer(0, batch(1, Burst.EMPTY, 30, 0));
        assertThat(merge.select().burst().size()).isZero();
    }

    @Test
    void needsALinkAndCountsThePortsOfAnOnlyOneFromZero() {
        assertThatThrownBy(Merge::new).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Merge(1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Batch batch(long wave, Burst burst, long promisedTime, long promisedNumber) {
        return new Batch(wave, burst, promisedTime, promisedNumber, false);
    }

    private static Batch last(Merge merge, Burst... links) {
        for (int link = 0; link < links.length; link++) {
            merge.offer(link, new Batch(0, links[link], Batch.NEVER, Batch.NEVER, true));
        }
        Batch merged = merge.select();
        assertThat(merge.waiting()).isZero();
        return merged;
    }

    private static List<Long> numbers(Batch batch) {
        return frames(batch.burst()).stream().map(Frame::number).toList();
    }
}
