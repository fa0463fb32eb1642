package dev.hairpin.model.ring;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.testkit.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What changes in rings while frames are under way. */
class ChangedRingsTest {
    /** An octet takes a nanosecond. */
    private static final long OCTET_A_NANOSECOND = 8_000_000_000L;

    private static final int OCTETS = 100;

    @Test
    void aMaximumThatIsTakenAwayLetsWhatWaitsGoAtThatTimeAndNotBefore() {
        Steps<HostSide> steps = sends(share(Integer.MAX_VALUE, OCTET_A_NANOSECOND / 10), 500, Share.EQUAL);
        // One frame in 1,000 ns: the second would begin at 1,000, but from 500 on nothing holds it back.
        assertThat(times(
                        RingStage.sending("pcie.tx", List.of("vf0"), steps, FrameNumber.MOST_MSS),
                        at(1, 0),
                        at(2, 0),
                        at(3, 700)))
                .containsExactly(0L, 500L, 700L);
    }

    @Test
    void aMaximumThatIsSetCountsFromTheFirstFrameAfterIt() {
        Steps<HostSide> steps = sends(Share.EQUAL, 500, share(Integer.MAX_VALUE, OCTET_A_NANOSECOND / 10));
        assertThat(times(
                        RingStage.sending("pcie.tx", List.of("vf0"), steps, FrameNumber.MOST_MSS),
                        at(1, 499),
                        at(2, 500),
                        at(3, 501)))
                .containsExactly(499L, 500L, 1_500L);
    }

    @Test
    void aTransmitRingThatShrinksKeepsWhatIsInIt() {
        Share slow = share(3, OCTET_A_NANOSECOND / 10);
        Steps<HostSide> steps = sends(slow, 500, share(1, OCTET_A_NANOSECOND / 10));
        RingStage stage = RingStage.sending("pcie.tx", List.of("vf0"), steps, FrameNumber.MOST_MSS);
        assertThat(dropped(stage, at(1, 0), at(2, 0), at(3, 0), at(4, 600), at(5, 4_000)))
                .containsExactly(4L);
    }

    @Test
    void aReceiveRingThatGrowsHasRoomFromThenOn() {
        ReceiveRing.Settings small = new ReceiveRing.Settings(1, OCTET_A_NANOSECOND / 10, 0, 1);
        ReceiveRing.Settings large = new ReceiveRing.Settings(3, OCTET_A_NANOSECOND / 10, 0, 1);
        RingStage stage = RingStage.receiving("vf0.rx", "vf0", receives(small, 500, large));
        // Frame 1 is taken at 1,000
        assertThat(dropped(stage, at(1, 0), at(2, 499), at(3, 500), at(4, 500), at(5, 500)))
                .containsExactly(2L, 5L);
    }

    @Test
    void moderationThatIsTurnedOffLetsTheNextFrameInterruptAtOnce() {
        ReceiveRing.Settings moderated = new ReceiveRing.Settings(ReceiveRing.UNLIMITED, Server.UNLIMITED, 20_000, 1);
        RingStage stage = RingStage.receiving("vf0.rx", "vf0", receives(moderated, 500, ReceiveRing.Settings.NONE));
        // The interrupt that was put off to 20,000 has been told
        assertThat(times(stage, at(1, 0), at(2, 10), at(3, 30_000), at(4, 30_001)))
                .containsExactly(0L, 20_000L, 30_000L, 30_001L);
    }

    @Test
    void anIndirectionTableHoldsForFramesThatComeFromItsTimeOn() {
        HostSide.Function first = function(ReceiveRing.Settings.NONE, Share.EQUAL, 2);
        List<Integer> last = new ArrayList<>(first.rss().table());
        last.replaceAll(ring -> 1);
        Rss.Settings all = new Rss.Settings(first.rss().key(), last, false);
        Steps<HostSide> steps = steps(first, 500, first.with(all));
        RingStage stage = RingStage.towardsHost("pcie.rx", List.of("vf0"), steps);
        byte[] octets = RssVectorsTest.ipv4("66.9.149.187", "161.142.100.80", 2794, 1766, 6);
        Burst one = RssVectorsTest.burst(octets, octets.length);
        BurstBuilder two = new BurstBuilder(2);
        two.add(one, 0, 499, 0);
        two.add(one, 0, 500, 0);
        Batch arrived = new Batch(0, two.build(), Batch.NEVER, Batch.NEVER, true);
        // Hash 51ccc178, entry 120: ring 0 of two in turn
        assertThat(ports(stage.emitted(stage.decide(arrived), arrived)[0].burst()))
                .containsExactly(0, 1);
    }

    private static Frame at(long number, long time) {
        return frame(number).at(time).octets(OCTETS);
    }

    private static Share share(int ring, long most) {
        return new Share(ring, 1, 0, 0, most);
    }

    private static HostSide.Function function(ReceiveRing.Settings receives, Share sends, int queues) {
        return new HostSide.Function(queues, receives, Rss.Settings.of(queues), sends);
    }

    private static Steps<HostSide> sends(Share first, long time, Share then) {
        return steps(function(ReceiveRing.Settings.NONE, first, 1), time, function(ReceiveRing.Settings.NONE, then, 1));
    }

    private static Steps<HostSide.Function> receives(ReceiveRing.Settings first, long time, ReceiveRing.Settings then) {
        return steps(function(first, Share.EQUAL, 1), time, function(then, Share.EQUAL, 1))
                .of(host -> host.functions().get(0));
    }

    private static Steps<HostSide> steps(HostSide.Function first, long time, HostSide.Function then) {
        return Steps.of(HostSide.of(1, first), List.of(new Timed<>(time, "", "", HostSide.of(1, then))), host -> host);
    }

    private static List<Integer> ports(Burst burst) {
        return IntStream.range(0, burst.size()).map(burst::port).boxed().toList();
    }

    private static List<Long> times(RingStage stage, Frame... sent) {
        Batch arrived = new Batch(0, burst(sent), Batch.NEVER, Batch.NEVER, true);
        Decided event = stage.decide(arrived);
        stage.apply(event);
        return frames(stage.emitted(event, arrived)[0].burst()).stream()
                .map(Frame::time)
                .toList();
    }

    private static List<Long> dropped(RingStage stage, Frame... sent) {
        Decided event = stage.decide(new Batch(0, burst(sent), Batch.NEVER, Batch.NEVER, true));
        List<Long> dropped = new ArrayList<>();
        for (int row = 0; row < event.size(); row++) {
            dropped.add(event.number(row));
        }
        return dropped;
    }
}
