package dev.hairpin.model.ring;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Passage;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every part of the data path owes its shell, whatever is limited. */
class RingStageContractTest {
    private static final int FUNCTIONS = 3;
    private static final List<String> NAMES = List.of("vf0", "vf1", "vf2");
    private static final int FRAMES = 60;

    @Test
    void losesNothingWithoutTellingAndMakesNothingUp() {
        forAllStages((dice, make) -> {
            Passage passage = Passage.deciding(make.get());
            List<Frame> sent = sent(dice, make.get());
            passage.waves(sent, cuts(dice, sent));
            List<Long> through = new ArrayList<>(passage.dropped());
            passage.out().forEach(output -> output.forEach(left -> through.add(left.number())));
            assertThat(through)
                    .containsExactlyInAnyOrderElementsOf(
                            sent.stream().map(Frame::number).toList());
            assertThat(passage.stage().waiting()).isZero();
        });
    }

    @Test
    void doesTheSameHoweverWavesAreCut() {
        forAllStages((dice, make) -> {
            List<Frame> sent = sent(dice, make.get());
            Passage whole = Passage.deciding(make.get());
            whole.waves(sent, new int[] {sent.size()});
            Passage cut = Passage.deciding(make.get());
            cut.waves(sent, cuts(dice, sent));
            assertThat(cut.dropped()).isEqualTo(whole.dropped());
            assertThat(cut.out()).isEqualTo(whole.out());
        });
    }

    @Test
    void letsOutFromTheJournalAloneWhatItLetOutWhenItDecided() {
        forAllStages((dice, make) -> {
            List<Frame> sent = sent(dice, make.get());
            int[] cuts = cuts(dice, sent);
            Passage live = Passage.deciding(make.get());
            live.waves(sent, cuts);
            Passage again = Passage.of(make.get(), live.events());
            again.waves(sent, cuts);
            assertThat(again.out()).isEqualTo(live.out());
        });
    }

    @Test
    void breaksNoPromise() {
        forAllStages((dice, make) -> {
            List<Frame> sent = sent(dice, make.get());
            Passage passage = Passage.deciding(make.get());
            passage.waves(sent, cuts(dice, sent));
            passage.hasKeptItsPromises();
        });
    }

    @Test
    void decidesTheSameTwice() {
        forAllStages((dice, make) -> {
            RingStage stage = make.get();
            Batch arrived = new Batch(0, burst(sent(dice, stage)), Batch.NEVER, Batch.NEVER, true);
            Decided once = stage.decide(arrived);
            assertThat(stage.decide(arrived)).isEqualTo(once);
        });
    }

    @Test
    void stopsWhenTheJournalTellsOfADropThatTheTrafficDoesNotCause() {
        RingStage crowded = sending(new Share(1, 1, 0, 0, 8_000_000_000L));
        RingStage roomy = sending(new Share(9, 1, 0, 0, 8_000_000_000L));
        Batch arrived = new Batch(0, burst(frame(1).at(5), frame(2).at(5)), Batch.NEVER, Batch.NEVER, true);
        Decided event = crowded.decide(arrived);
        assertThat(event.size()).isOne();
        roomy.apply(event);
        assertThatThrownBy(() -> roomy.emitted(event, arrived)).hasMessageContaining("drop of frame 2");
        assertThatThrownBy(() -> sending(new Share(1, 1, 0, 0, 8_000_000_000L)).emitted(Decided.nothing(0), arrived))
                .hasMessageContaining("frame 2 finds no place");
    }

    @Test
    void keepsAJournalOnlyWhereItMayDrop() {
        assertThat(sending(Share.EQUAL).keeping()).isEqualTo(Stage.Keeping.NONE);
        assertThat(sending(new Share(9, 1, 0, 0, Server.UNLIMITED)).keeping()).isEqualTo(Stage.Keeping.NONE);
        assertThat(sending(new Share(9, 1, 0, 0, 1_000)).keeping()).isEqualTo(Stage.Keeping.DROPS);
        HostSide host = HostSide.of(FUNCTIONS, HostSide.Function.UNLIMITED);
        assertThat(RingStage.towardsHost("pcie.rx", NAMES, Steps.always(host)).keeping())
                .isEqualTo(Stage.Keeping.NONE);
    }

    @Test
    void passesABatchOnAsItIsWhereNothingIsLimited() {
        Batch arrived = new Batch(0, burst(frame(1).at(5), frame(2).at(5)), 9, 3, false);
        assertThat(sending(Share.EQUAL).emitted(Decided.nothing(0), arrived)).containsExactly(arrived);
        assertThat(RingStage.receiving("vf0.rx", "vf0", Steps.always(HostSide.Function.UNLIMITED))
                        .emitted(Decided.nothing(0), arrived))
                .containsExactly(arrived);
    }

    private static RingStage sending(Share share) {
        return RingStage.sending(
                "pcie.tx",
                NAMES,
                Steps.always(HostSide.of(
                        FUNCTIONS, new HostSide.Function(1, ReceiveRing.Settings.NONE, Rss.Settings.of(1), share))),
                FrameNumber.MOST_MSS);
    }

    private static void forAllStages(BiConsumer<Dice, Supplier<RingStage>> property) {
        Property.forAll(300, dice -> {
            Steps<HostSide> host = steps(dice);
            property.accept(dice, () -> RingStage.sending("pcie.tx", NAMES, host.copy(), FrameNumber.MOST_MSS));
            property.accept(dice, () -> RingStage.towardsHost("pcie.rx", NAMES, host.copy()));
            Steps<HostSide.Function> rings = host.of(side -> side.functions().get(0));
            property.accept(dice, () -> RingStage.receiving("vf0.rx", "vf0", rings.copy()));
        });
    }

    /** Half of the time with changes, none of which is of the slot. */
    private static Steps<HostSide> steps(Dice dice) {
        HostSide first = host(dice);
        List<Timed<HostSide>> changes = new ArrayList<>();
        long time = 0;
        for (int change = dice.pick(0, 0, 1, 3); change > 0; change--) {
            time += dice.between(1, 20_000);
            HostSide next = host(dice);
            changes.add(new Timed<>(time, "", "", new HostSide(first.pcie(), next.rate(), next.functions())));
        }
        HostSide last =
                changes.isEmpty() ? first : changes.get(changes.size() - 1).settings();
        changes.add(new Timed<>(time + 1, "", "", goingOn(last)));
        return Steps.of(first, changes, host -> host);
    }

    /** No transmit ring stands still to the end. */
    private static HostSide goingOn(HostSide host) {
        return new HostSide(
                host.pcie(),
                host.rate(),
                host.functions().stream()
                        .map(function -> function.stall() == Stall.SENDS ? function.with(Stall.NONE) : function)
                        .toList());
    }

    private static HostSide host(Dice dice) {
        List<HostSide.Function> functions = new ArrayList<>();
        for (int function = 0; function < FUNCTIONS; function++) {
            long most = dice.pick(Server.UNLIMITED, 8_000_000_000L, 1_333_333_333L);
            int queues = dice.pick(1, 3);
            functions.add(new HostSide.Function(
                            queues,
                            new ReceiveRing.Settings(
                                    dice.pick(2, 5, ReceiveRing.UNLIMITED),
                                    dice.pick(Server.UNLIMITED, 8_000_000_000L, 7_777_777_777L),
                                    dice.pick(0, 700),
                                    dice.pick(1, 2)),
                            Rss.Settings.of(queues),
                            new Share(
                                    dice.pick(1, 3, Integer.MAX_VALUE),
                                    dice.pick(1, 2, 5),
                                    dice.pick(0, 0, 1),
                                    Math.min(most, dice.pick(0L, 1_000_000_000L)),
                                    most))
                    .with(dice.pick(List.of(Stall.NONE, Stall.NONE, Stall.NONE, Stall.RECEIVES, Stall.SENDS))));
        }
        Pcie pcie = dice.pick(List.of(
                Pcie.UNLIMITED, new Pcie(1, 1, 128, dice.pick(1, 4, Integer.MAX_VALUE)), new Pcie(3, 8, 256, 2)));
        return new HostSide(pcie, dice.pick(Server.UNLIMITED, 8_000_000_000L, 3_333_333_333L), functions);
    }

    /** Frames at random functions; a frame may follow one of the same time, as a copy may another. */
    private static List<Frame> sent(Dice dice, RingStage stage) {
        List<Frame> sent = new ArrayList<>();
        long time = 1_000;
        for (int number = 1; number <= FRAMES; number++) {
            time += dice.pick(0, 0, 30, 300, 3_000);
            sent.add(frame(number)
                    .at(time)
                    .octets(dice.between(14, 300))
                    .by(dice.below(stage.ports().size())));
        }
        return sent;
    }

    private static int[] cuts(Dice dice, List<Frame> sent) {
        return dice.cuts(sent.size(), 20);
    }
}
