package dev.hairpin.model.link;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QueueStageTest {
    /** An octet takes a nanosecond. */
    private static final long OCTET_A_NANOSECOND = 8_000_000_000L;

    @Test
    void letsFramesOutWhenTheyAreServed() {
        QueueStage queue = queue(10);
        Batch out = pass(
                queue,
                batch(0, 1_000, frame(1).at(0).octets(100), frame(2).at(10).octets(50), frame(3).at(500)));
        assertThat(frames(out.burst()))
                .containsExactly(frame(1).at(100).octets(100), frame(2).at(150).octets(50), frame(3).at(560));
    }

    @Test
    void dropsAFrameThatFindsNoPlaceAndTellsWhy() {
        QueueStage queue = queue(2);
        Batch arrived = batch(0, 1_000, frame(1).at(0), frame(2).at(0), frame(3).at(59), frame(4).at(60));
        queue.offer(0, arrived);
        Decided event = queue.decide(queue.select());
        queue.apply(event);

        assertThat(event.size()).isOne();
        assertThat(event.number(0)).isEqualTo(3);
        assertThat(event.time(0)).isEqualTo(59);
        assertThat(queue.outcomes().get(event.outcome(0)))
                .isEqualTo(Outcome.dropCopy(0, Rule.TAIL_DROP, 0, DropReason.QUEUE_FULL));
        assertThat(frames(queue.emitted(event, arrived)[0].burst()))
                .extracting(Frame::number)
                .containsExactly(1L, 2L, 4L);
    }

    @Test
    void dropsACopyOfAFrameAndKeepsTheOtherThatCameAtTheSameTime() {
        // A misled bridge reflects what a VEB has switched: two copies, one place
        QueueStage queue = queue(1);
        Batch arrived = batch(0, 1_000, frame(1).at(5), frame(1).at(5), frame(2).at(65));
        Batch out = pass(queue, arrived);
        assertThat(frames(out.burst())).containsExactly(frame(1).at(65), frame(2).at(125));
    }

    @Test
    void decidesTheSameTwiceAndMovesNoClockByIt() {
        QueueStage queue = queue(1);
        Batch arrived = batch(0, 1_000, frame(1).at(0), frame(2).at(30), frame(3).at(60));
        Decided once = queue.decide(arrived);
        assertThat(queue.decide(arrived)).isEqualTo(once);
        assertThat(once.size()).isOne();
    }

    @Test
    void remembersTheWaveBefore() {
        QueueStage queue = queue(1);
        pass(queue, batch(0, 50, frame(1).at(0)));
        queue.offer(0, batch(1, 1_000, frame(2).at(50), frame(3).at(60)));
        Decided event = queue.decide(queue.select());
        assertThat(event.size()).isOne();
        assertThat(event.number(0)).isEqualTo(2);
    }

    @Test
    void keepsAJournalOnlyWhereItMayDrop() {
        assertThat(queue(1).keeping()).isEqualTo(Stage.Keeping.DROPS);
        assertThat(queue(Integer.MAX_VALUE).keeping()).isEqualTo(Stage.Keeping.NONE);
        assertThat(new QueueStage("q", "p", Server.unlimited(), DropReason.QUEUE_FULL).keeping())
                .isEqualTo(Stage.Keeping.NONE);
    }

    @Test
    void stopsWhenTheJournalLacksADropThatTheTrafficCauses() {
        QueueStage queue = queue(1);
        Batch arrived = batch(0, 1_000, frame(1).at(0), frame(2).at(0));
        assertThatThrownBy(() -> queue.emitted(Decided.nothing(0), arrived))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("frame 2");
    }

    @Test
    void promisesNeverLaterThanADepartureThatFollows() {
        Property.forAll(500, dice -> {
            QueueStage queue = new QueueStage(
                    "q",
                    "p",
                    new Server(
                            dice.pick(9_600L, OCTET_A_NANOSECOND, 3_333_333_333L, Server.UNLIMITED),
                            dice.pick(1, 4, 1_000),
                            0,
                            0),
                    DropReason.QUEUE_FULL);
            long time = 0;
            long number = 0;
            Batch before = null;
            for (int wave = 0; wave < 12; wave++) {
                List<Frame> sent = new ArrayList<>();
                for (int row = dice.below(6); row > 0; row--) {
                    time += dice.pick(0, 0, 1, 40, 5_000);
                    number += dice.between(1, 3);
                    sent.add(frame(number).at(time).octets(dice.between(1, 200)));
                }
                Batch out = pass(queue, new Batch(wave, burst(sent), time, number + 1, wave == 11));
                assertDoesNotBreak(before, out);
                before = out;
            }
        });
    }

    @Test
    void promisesAllItsWaitMakesCertain() {
        QueueStage queue = queue(10);
        Batch out = pass(queue, batch(0, 20, frame(1).at(10).octets(500)));
        assertThat(out.promisedTime()).isEqualTo(510);
        assertThat(pass(queue, batch(1, 30)).promisedTime()).isEqualTo(510);
        assertThat(pass(queue, batch(2, 600)).promisedTime()).isEqualTo(600);
    }

    @Test
    void departsTheSameHoweverWavesAreCut() {
        Property.forAll(300, dice -> {
            List<Frame> sent = sent(dice);
            long rate = dice.pick(9_600L, OCTET_A_NANOSECOND, 7_777_777_777L);
            int places = dice.pick(1, 3, 50);
            List<Frame> whole = passInWaves(rate, places, sent, new int[] {sent.size()});
            assertThat(passInWaves(rate, places, sent, dice.cuts(sent.size(), 7)))
                    .isEqualTo(whole);
        });
    }

    private static List<Frame> sent(Dice dice) {
        List<Frame> sent = new ArrayList<>();
        long time = 0;
        for (int number = 1; number <= 60; number++) {
            time += dice.pick(0, 0, 30, 3_000);
            sent.add(frame(number).at(time).octets(dice.between(14, 300)));
        }
        return sent;
    }

    private static List<Frame> passInWaves(long rate, int places, List<Frame> sent, int[] cuts) {
        QueueStage queue = new QueueStage("q", "p", new Server(rate, places, 0, 0), DropReason.QUEUE_FULL);
        List<Frame> out = new ArrayList<>();
        int from = 0;
        for (int wave = 0; wave < cuts.length; wave++) {
            List<Frame> cut = sent.subList(from, from + cuts[wave]);
            from += cuts[wave];
            Frame last = cut.get(cut.size() - 1);
            out.addAll(frames(pass(queue, new Batch(wave, burst(cut), last.time(), last.number() + 1, false))
                    .burst()));
        }
        return out;
    }

    private static void assertDoesNotBreak(@Nullable Batch promise, Batch following) {
        if (promise == null) {
            return;
        }
        for (Frame frame : frames(following.burst())) {
            assertThat(frame.time()).isGreaterThanOrEqualTo(promise.promisedTime());
            if (frame.time() == promise.promisedTime()) {
                assertThat(frame.number()).isGreaterThanOrEqualTo(promise.promisedNumber());
            }
        }
        assertThat(following.promisedTime()).isGreaterThanOrEqualTo(promise.promisedTime());
    }

    private static QueueStage queue(int places) {
        return new QueueStage("q", "p", new Server(OCTET_A_NANOSECOND, places, 0, 0), DropReason.QUEUE_FULL);
    }

    private static Batch batch(long wave, long promisedTime, Frame... frames) {
        Burst burst = burst(frames);
        return new Batch(wave, burst, promisedTime, 0, false);
    }

    private static Batch pass(QueueStage queue, Batch arrived) {
        queue.offer(0, arrived);
        Batch selected = queue.select();
        Decided event = queue.decide(selected);
        queue.apply(event);
        Batch[] out = queue.emitted(event, selected);
        assertThat(out).hasSize(1);
        return out[0];
    }
}
