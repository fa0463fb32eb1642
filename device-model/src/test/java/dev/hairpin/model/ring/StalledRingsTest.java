package dev.hairpin.model.ring;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.testkit.Frame;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Rings that stand still for a time: those of function 0, from 500 to 2,000. */
class StalledRingsTest {
    private static final ReceiveRing.Settings THREE_BUFFERS = new ReceiveRing.Settings(3, Server.UNLIMITED, 0, 1);
    private static final Share TWO_PLACES = new Share(2, 1, 0, 0, Server.UNLIMITED);

    @Test
    void aGuestTakesWhatCameMeanwhileWhenTheStallIsOver() {
        Passed passed = new Passed(receiving(2_000), at(1, 400), at(2, 500), at(3, 1_999), at(4, 2_000));
        assertThat(passed.times).containsExactly(400L, 2_000L, 2_000L, 2_000L);
        assertThat(passed.dropped).isEmpty();
    }

    @Test
    void buffersRunOutMeanwhile() {
        Passed passed = new Passed(
                receiving(2_000), at(1, 500), at(2, 501), at(3, 502), at(4, 503), at(5, 1_999), at(6, 2_001));
        assertThat(passed.dropped).containsExactly(4L, 5L);
    }

    @Test
    void aStallThatDoesNotEndLeavesInTheRingWhatItHasBuffersFor() {
        Passed passed = new Passed(receiving(Batch.NEVER), at(1, 500), at(2, 600), at(3, 700), at(4, 9_000_000));
        assertThat(passed.times).containsExactly(500L, 600L, 700L);
        assertThat(passed.dropped).containsExactly(4L);
    }

    @Test
    void transmitRingsAreNotServedMeanwhileAndNobodyElseWaits() {
        Passed passed =
                new Passed(sending(2_000), at(1, 400), at(2, 600), at(3, 700).by(1), at(4, 2_100));
        assertThat(passed.numbers).containsExactly(1L, 3L, 2L, 4L);
        assertThat(passed.times).containsExactly(400L, 700L, 2_000L, 2_100L);
    }

    @Test
    void transmitRingsFillMeanwhile() {
        Passed passed = new Passed(
                sending(2_000), at(1, 600), at(2, 601), at(3, 602), at(4, 603).by(1));
        assertThat(passed.dropped).containsExactly(3L);
    }

    private static Frame at(long number, long time) {
        return frame(number).at(time);
    }

    private static RingStage receiving(long until) {
        return RingStage.receiving(
                "vf0.rx",
                "vf0",
                stalled(Stall.RECEIVES, until).of(host -> host.functions().get(0)));
    }

    private static RingStage sending(long until) {
        return RingStage.sending("pcie.tx", List.of("vf0", "vf1"), stalled(Stall.SENDS, until));
    }

    private static Steps<HostSide> stalled(Stall stall, long until) {
        HostSide.Function well = new HostSide.Function(1, THREE_BUFFERS, Rss.Settings.of(1), TWO_PLACES);
        HostSide before = new HostSide(Pcie.UNLIMITED, Server.UNLIMITED, List.of(well, well));
        HostSide during = new HostSide(Pcie.UNLIMITED, Server.UNLIMITED, List.of(well.with(stall), well));
        List<Timed<HostSide>> changes = new ArrayList<>(List.of(new Timed<>(500, "", "", during)));
        if (until != Batch.NEVER) {
            changes.add(new Timed<>(until, "", "", before));
        }
        return Steps.of(before, changes, host -> host);
    }

    private static final class Passed {
        private final List<Long> dropped = new ArrayList<>();
        private final List<Long> numbers;
        private final List<Long> times;

        Passed(RingStage stage, Frame... sent) {
            Batch arrived = new Batch(0, burst(sent), Batch.NEVER, Batch.NEVER, true);
            Decided event = stage.decide(arrived);
            stage.apply(event);
            for (int row = 0; row < event.size(); row++) {
                dropped.add(event.number(row));
            }
            List<Frame> out = frames(stage.emitted(event, arrived)[0].burst());
            numbers = out.stream().map(Frame::number).toList();
            times = out.stream().map(Frame::time).toList();
        }
    }
}
