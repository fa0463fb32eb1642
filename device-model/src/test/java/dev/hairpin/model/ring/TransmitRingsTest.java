package dev.hairpin.model.ring;

import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.offload.Offloads;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.RuleTests;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Frames of 1,000 octets at a NIC that takes an octet in a nanosecond, so that a microsecond is a frame. */
class TransmitRingsTest {
    private static final long OCTET_A_NANOSECOND = 8_000_000_000L;
    private static final int OCTETS = 1_000;
    private static final Share PLAIN = Share.EQUAL;

    @Test
    void everyRuleHasATestOfItsName() {
        RuleTests.haveEachOf(TransmitRingsTest.class, "NIC_");
    }

    @Test
    void servesFramesInTheOrderInWhichTheyCameWhereNobodyWaits() {
        assertThat(sent(List.of(PLAIN, PLAIN), at(0, 0), at(2_000, 1), at(4_500, 0)))
                .containsExactly("vf0 at 1000", "vf1 at 3000", "vf0 at 5500");
    }

    @Test
    void givesTurnsToAllThatWait() {
        List<Frame> frames = backlog(2, 4);
        assertThat(senders(List.of(PLAIN, PLAIN), frames)).startsWith(0, 1);
        assertThat(senders(List.of(PLAIN, PLAIN), backlog(2, 100)).subList(0, 100))
                .as("half of them each, but for a turn")
                .satisfies(first -> assertThat(
                                first.stream().filter(function -> function == 1).count())
                        .isBetween(48L, 52L));
    }

    @Test
    void givesTurnsByWeight() {
        Share heavy = new Share(Integer.MAX_VALUE, 3, 0, 0, Server.UNLIMITED);
        List<Integer> first = senders(List.of(PLAIN, heavy), backlog(2, 400)).subList(0, 400);
        // Of 400 frames while both wait: a quarter and three quarters, but for a turn
        assertThat(first.stream().filter(function -> function == 1).count()).isBetween(297L, 303L);
    }

    @Test
    void givesTurnsInOctetsAndNotInFrames() {
        List<Frame> frames = new ArrayList<>();
        for (int number = 1; number <= 3_000; number++) {
            frames.add(frame(number).at(0).by(number % 3 == 0 ? 0 : 1).octets(number % 3 == 0 ? 1_000 : 250));
        }
        Run run = new Run(List.of(PLAIN, PLAIN), frames);
        List<Frame> first = run.out.subList(0, 1_000);
        long large = first.stream().filter(frame -> frame.port() == 0).count();
        // 1,000 octets of one are four frames of the other: a fifth of the frames
        assertThat(large).isBetween(195L, 205L);
    }

    @Test
    void servesTheGreatestPriorityFirstWhateverTheWeights() {
        Share heavy = new Share(Integer.MAX_VALUE, 100, 0, 0, Server.UNLIMITED);
        Share first = new Share(Integer.MAX_VALUE, 1, 2, 0, Server.UNLIMITED);
        assertThat(senders(List.of(heavy, first), backlog(2, 4)).subList(0, 4)).containsExactly(1, 1, 1, 1);
    }

    @Test
    void doesNotStopAFrameUnderWayForOneOfGreaterPriority() {
        Share first = new Share(Integer.MAX_VALUE, 1, 2, 0, Server.UNLIMITED);
        assertThat(sent(List.of(PLAIN, first), at(0, 0), at(0, 0), at(1, 1)))
                .containsExactly("vf0 at 1000", "vf1 at 2000", "vf0 at 3000");
    }

    @Test
    void spacesTheFramesOfAFunctionThatHasAMaximum() {
        // 2 Gbit/s: 1,000 octets in 4,000 ns from begin to begin, each through in 1,000
        Share slow = new Share(Integer.MAX_VALUE, 1, 0, 0, 2_000_000_000L);
        assertThat(sent(List.of(slow, PLAIN), at(0, 0), at(0, 0), at(0, 0)))
                .containsExactly("vf0 at 1000", "vf0 at 5000", "vf0 at 9000");
    }

    @Test
    void letsOthersSendWhileAMaximumHoldsAFunctionBack() {
        Share slow = new Share(Integer.MAX_VALUE, 1, 9, 0, 2_000_000_000L);
        assertThat(sent(List.of(slow, PLAIN), at(0, 0), at(0, 0), at(0, 1), at(0, 1)))
                .containsExactly("vf0 at 1000", "vf1 at 2000", "vf1 at 3000", "vf0 at 5000");
    }

    @Test
    void servesAMinimumBeforeAllOthers() {
        // 2 Gbit/s of 8: every fourth frame, though its weight would give it one of 101
        Share least = new Share(Integer.MAX_VALUE, 1, 0, 2_000_000_000L, Server.UNLIMITED);
        Share heavy = new Share(Integer.MAX_VALUE, 100, 0, 0, Server.UNLIMITED);
        List<Integer> first = senders(List.of(least, heavy), backlog(2, 400)).subList(0, 400);
        assertThat(first.stream().filter(function -> function == 0).count()).isBetween(99L, 105L);
    }

    @Test
    void sharesWhatMinimaLeaveByWeight() {
        Share least = new Share(Integer.MAX_VALUE, 1, 0, 4_000_000_000L, Server.UNLIMITED);
        List<Integer> first = senders(List.of(least, PLAIN), backlog(2, 400)).subList(0, 400);
        // A half, and half of the other half
        assertThat(first.stream().filter(function -> function == 0).count()).isBetween(296L, 304L);
    }

    @Test
    void nicTxRingDropsWhatFindsTheRingOfItsFunctionFull() {
        Share short2 = new Share(2, 1, 0, 0, Server.UNLIMITED);
        Run run = new Run(
                List.of(short2, PLAIN),
                List.of(
                        at(0, 0).apply(1),
                        at(10, 0).apply(2),
                        at(20, 0).apply(3),
                        at(30, 1).apply(4),
                        at(999, 0).apply(5),
                        at(1_000, 0).apply(6)));
        // Frame 1 is under way and holds its place until 1,000
        assertThat(run.dropped).containsExactly(3L, 5L);
        assertThat(run.outcome).isEqualTo(Outcome.drop(0, Rule.NIC_TX_RING, DropReason.TX_RING_FULL));
        assertThat(run.out).extracting(Frame::number).containsExactly(1L, 4L, 2L, 6L);
    }

    @Test
    void nicIllegalMssDropsWhatTheDeviceHasNoPlaceForTheMssOf() {
        for (Share share : List.of(PLAIN, new Share(2, 1, 0, 0, Server.UNLIMITED))) {
            Offloads beyond = new Offloads(true, true, false, false, false, 1500, 16_384);
            HostSide host = new HostSide(
                    Pcie.UNLIMITED,
                    OCTET_A_NANOSECOND,
                    List.of(new HostSide.Function(1, ReceiveRing.Settings.NONE, Rss.Settings.of(1), share, beyond)));
            Frame small = frame(1).octets(1_000).withTcp();
            Run run = new Run(
                    host, 16_383, List.of(small, frame(2).octets(20_000).at(10).withTcp(), frame(3).at(20)));
            assertThat(run.dropped).containsExactly(2L);
            assertThat(run.outcome).isEqualTo(Outcome.drop(0, Rule.NIC_ILLEGAL_MSS, DropReason.ILLEGAL_MSS));
            assertThat(run.out).extracting(Frame::number).containsExactly(1L, 3L);
        }
    }

    @Test
    void aFrameIsOneUntilItIsThroughAndItsSegmentsLeaveTogether() {
        Offloads tso = new Offloads(true, true, false, false, false, 1500, 0);
        HostSide host = new HostSide(
                Pcie.UNLIMITED,
                OCTET_A_NANOSECOND,
                List.of(new HostSide.Function(1, ReceiveRing.Settings.NONE, Rss.Settings.of(1), PLAIN, tso)));
        Run run = new Run(
                host,
                FrameNumber.MOST_MSS,
                List.of(
                        frame(1).octets(3_054).withTcp(),
                        frame(2).octets(1_000).at(100).withTcp()));
        // 3,000 octets of payload by 1,460
        assertThat(run.out.stream()
                        .map(frame ->
                                FrameNumber.text(frame.number()) + " of " + frame.length() + " at " + frame.time()))
                .containsExactly(
                        "1.1 of 1514 at 3054", "1.2 of 1514 at 3054", "1.3 of 134 at 3054", "2 of 1000 at 4054");
    }

    @Test
    void aTagInADescriptorDoesNotCrossPciExpress() {
        HostSide.Function plain = HostSide.Function.UNLIMITED;
        HostSide.Function inserting = new HostSide.Function(
                1,
                ReceiveRing.Settings.NONE,
                Rss.Settings.of(1),
                PLAIN,
                new Offloads(false, false, false, true, false, 1500, 0));
        Pcie slow = new Pcie(1, 1, 128, Integer.MAX_VALUE);
        Frame tagged = frame(1).tagged(VlanTag.TPID_C, 10).octets(1_004);
        assertThat(through(slow, inserting, tagged)).isEqualTo(through(slow, plain, frame(1).octets(1_000)));
        assertThat(through(slow, inserting, tagged)).isLessThan(through(slow, plain, tagged));
    }

    private static long through(Pcie pcie, HostSide.Function function, Frame frame) {
        HostSide host = new HostSide(pcie, Server.UNLIMITED, List.of(function));
        return new Run(host, FrameNumber.MOST_MSS, List.of(frame)).out.get(0).time();
    }

    @Test
    void contendsForPciExpressTowardsTheDevice() {
        HostSide host = new HostSide(
                new Pcie(1, 8, 128, Integer.MAX_VALUE),
                Server.UNLIMITED,
                List.of(HostSide.Function.UNLIMITED, HostSide.Function.UNLIMITED));
        Run run = new Run(host, List.of(frame(1).at(0).by(0), frame(2).at(0).by(1)));
        long each = (long)
                Math.ceil(host.pcie().towardsDevice(60) * 8e9 / 40 / host.pcie().rate());
        assertThat(run.out.get(0).time()).isEqualTo(each);
        assertThat(run.out.get(1).time()).isBetween(2 * each - 1, 2 * each);
    }

    @Test
    void isRefusedWhereAMinimumIsAboveItsMaximum() {
        assertThatThrownBy(() -> new Share(8, 1, 0, 2, 1)).hasMessageContaining("at least 2 and at most 1 bit/s");
    }

    private interface Numbered {
        Frame apply(long number);
    }

    private static Numbered at(long time, int function) {
        return number -> frame(number).at(time).by(function).octets(OCTETS);
    }

    /** As many frames of each function, all at time 0, in turn. */
    private static List<Frame> backlog(int functions, int each) {
        return IntStream.range(0, functions * each)
                .mapToObj(number -> at(0, number % functions).apply(number + 1))
                .toList();
    }

    private static List<String> sent(List<Share> shares, Numbered... frames) {
        List<Frame> numbered = IntStream.range(0, frames.length)
                .mapToObj(number -> frames[number].apply(number + 1))
                .toList();
        return new Run(shares, numbered)
                .out.stream()
                        .map(frame -> "vf" + frame.port() + " at " + frame.time())
                        .toList();
    }

    private static List<Integer> senders(List<Share> shares, List<Frame> frames) {
        return new Run(shares, frames).out.stream().map(Frame::port).toList();
    }

    private static final class Run {
        private final List<Frame> out = new ArrayList<>();
        private final List<Long> dropped = new ArrayList<>();
        private Outcome outcome = Outcome.forward(0, Rule.TAIL_DROP, 0);

        Run(List<Share> shares, List<Frame> frames) {
            this(
                    new HostSide(
                            Pcie.UNLIMITED,
                            OCTET_A_NANOSECOND,
                            shares.stream()
                                    .map(share -> new HostSide.Function(
                                            1, ReceiveRing.Settings.NONE, Rss.Settings.of(1), share))
                                    .toList()),
                    frames);
        }

        Run(HostSide host, List<Frame> frames) {
            this(host, FrameNumber.MOST_MSS, frames);
        }

        Run(HostSide host, int mostMss, List<Frame> frames) {
            List<String> names = IntStream.range(0, host.functions().size())
                    .mapToObj(function -> "vf" + function)
                    .toList();
            RingStage stage = RingStage.sending("pcie.tx", names, Steps.always(host), mostMss);
            Batch arrived = new Batch(0, whole(frames), Batch.NEVER, Batch.NEVER, true);
            Decided event = stage.decide(arrived);
            stage.apply(event);
            for (int row = 0; row < event.size(); row++) {
                dropped.add(event.number(row));
                outcome = stage.outcomes().get(event.outcome(row));
            }
            out.addAll(frames(stage.emitted(event, arrived)[0].burst()));
        }

        /** With all octets that the frames have. */
        private static Burst whole(List<Frame> frames) {
            BurstBuilder builder = new BurstBuilder(frames.size());
            Slab slab = Frame.slab(frames);
            long offset = 0;
            for (Frame frame : frames) {
                int captured = frame.octets().length;
                EthernetHeader.read(
                        slab, offset, captured, frame.length(), frame.time(), frame.number(), frame.port(), builder);
                offset += captured;
            }
            return builder.build();
        }
    }
}
