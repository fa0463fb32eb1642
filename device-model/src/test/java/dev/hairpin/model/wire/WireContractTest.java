package dev.hairpin.model.wire;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.LossyStage;
import dev.hairpin.model.link.QueueStage;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Passage;
import dev.hairpin.model.testkit.Property;
import dev.hairpin.model.wire.Bond.Member;
import dev.hairpin.model.wire.Bond.Mode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a wire port owes its shell and its frames, whatever classes, pauses and members it has and however they change. */
class WireContractTest {
    private static final int FRAMES = 80;
    private static final int CASES = 400;
    private static final long GIGABIT = 1_000_000_000L;

    @Test
    void losesNothingWithoutTellingAndMakesNothingUp() {
        forAllWires((dice, make) -> {
            List<Frame> sent = sent(dice);
            Passage passage = Passage.deciding(make.get());
            passage.waves(sent, dice.cuts(sent.size(), 20));
            List<Long> through = new ArrayList<>(passage.dropped());
            passage.out().forEach(wire -> wire.forEach(left -> through.add(left.number())));
            assertThat(through)
                    .containsExactlyInAnyOrderElementsOf(
                            sent.stream().map(Frame::number).toList());
            assertThat(passage.stage().waiting()).isZero();
        });
    }

    @Test
    void doesTheSameHoweverWavesAreCut() {
        forAllWires((dice, make) -> {
            List<Frame> sent = sent(dice);
            Passage whole = Passage.deciding(make.get()).all(sent);
            Passage cut = Passage.deciding(make.get());
            cut.waves(sent, dice.cuts(sent.size(), 20));
            assertThat(cut.dropped()).isEqualTo(whole.dropped());
            assertThat(cut.outcomes()).isEqualTo(whole.outcomes());
            assertThat(cut.out()).isEqualTo(whole.out());
        });
    }

    @Test
    void letsOutFromTheJournalAloneWhatItLetOutWhenItDecided() {
        forAllWires((dice, make) -> {
            List<Frame> sent = sent(dice);
            int[] cuts = dice.cuts(sent.size(), 20);
            Passage live = Passage.deciding(make.get());
            live.waves(sent, cuts);
            Passage again = Passage.of(make.get(), live.events());
            again.waves(sent, cuts);
            assertThat(again.out()).isEqualTo(live.out());
        });
    }

    @Test
    void breaksNoPromise() {
        forAllWires((dice, make) -> {
            List<Frame> sent = sent(dice);
            Passage passage = Passage.deciding(make.get());
            passage.waves(sent, dice.cuts(sent.size(), 20));
            passage.hasKeptItsPromises();
        });
    }

    @Test
    void decidesTheSameTwice() {
        forAllWires((dice, make) -> {
            LossyStage stage = make.get();
            Batch arrived = new Batch(0, burst(sent(dice)), Batch.NEVER, Batch.NEVER, true);
            Decided once = stage.decide(arrived);
            assertThat(stage.decide(arrived)).isEqualTo(once);
        });
    }

    /** Frames of one priority between two stations follow each other, whatever wire they take and whichever fails. */
    @Test
    void keepsConversationsInOrder() {
        forAllWires((dice, make) -> {
            List<Frame> sent = sent(dice);
            Passage passage = Passage.deciding(make.get());
            passage.waves(sent, dice.cuts(sent.size(), 20));
            Map<Object, Frame> last = new HashMap<>();
            passage.out().stream()
                    .flatMap(List::stream)
                    .sorted(Comparator.comparingLong(Frame::number))
                    .forEach(left -> {
                        Frame before = last.put(List.of(left.source(), left.destination(), left.tag()), left);
                        assertThat(before == null || before.time() <= left.time())
                                .as("%s behind %s", left, before)
                                .isTrue();
                    });
        });
    }

    @Test
    void beginsNothingWhilePaused() {
        forAllWires((dice, make) -> {
            long from = dice.between(2_000, 20_000);
            long until = from + dice.between(1_000, 20_000);
            WireSettings first = settings(dice, Bond.NONE);
            FlowControl flow = FlowControl.HEEDED.pause(dice.below(8), 1).pause(dice.pick(0L, 2L));
            Steps<WireSettings> steps = Steps.of(
                    first.with(FlowControl.HEEDED),
                    List.of(
                            new Timed<>(from, "", "", first.with(flow)),
                            new Timed<>(until, "", "", first.with(FlowControl.HEEDED))),
                    settings -> settings);
            Passage passage = Passage.deciding((LossyStage) WireStage.of("uplink.tx", "uplink", GIGABIT, 1_000, steps))
                    .all(sent(dice));
            for (Frame left : passage.out().get(0)) {
                long begun = left.time() - 8L * (Math.max(60, left.length()) + 24);
                boolean held = (flow.holds() & 1 << TrafficClasses.priority(left.tag())) != 0;
                assertThat(held && begun >= from && begun < until)
                        .as("%s of a priority of %s begun at %d", left, flow, begun)
                        .isFalse();
            }
        });
    }

    @Test
    void isAQueueWhereThereIsOneClass() {
        Property.forAll(CASES, dice -> {
            int queue = dice.pick(1, 2, 5, Integer.MAX_VALUE);
            long rate = dice.pick(Server.UNLIMITED, GIGABIT, 3_333_333_333L);
            List<Frame> sent = sent(dice);
            Passage plain = Passage.deciding(
                            new QueueStage("uplink.tx", "uplink", Server.wire(rate, queue), DropReason.QUEUE_FULL))
                    .all(sent);
            // A pause long after makes it a port with class queues
            Steps<WireSettings> steps = Steps.of(
                    WireSettings.PLAIN,
                    List.of(new Timed<>(
                            Long.MAX_VALUE - 1, "", "", WireSettings.PLAIN.with(FlowControl.HEEDED.pause(1)))),
                    settings -> settings);
            Passage classes = Passage.deciding((LossyStage) WireStage.of("uplink.tx", "uplink", rate, queue, steps));
            classes.waves(sent, dice.cuts(sent.size(), 20));
            assertThat(classes.out()).isEqualTo(plain.out());
            assertThat(classes.outcomes()).isEqualTo(plain.outcomes());
        });
    }

    private static void forAllWires(BiConsumer<Dice, Supplier<LossyStage>> property) {
        Property.forAll(CASES, dice -> {
            Mode mode = dice.pick(List.of(Mode.values()));
            List<Member> members = IntStream.range(0, mode == Mode.NONE ? 1 : dice.between(2, 3))
                    .mapToObj(wire -> new Member("u" + wire, true))
                    .toList();
            WireSettings first = settings(dice, new Bond(mode, members));
            List<Timed<WireSettings>> changes = new ArrayList<>();
            WireSettings now = first;
            long time = 1_000;
            for (int change = dice.between(1, 6); change > 0; change--) {
                time += dice.between(1, 20_000);
                now = changed(dice, now, change);
                changes.add(new Timed<>(time, "", "", now));
            }
            if (now.flow().holds() != 0) {
                changes.add(new Timed<>(time + dice.between(1, 5_000), "", "", now.with(FlowControl.HEEDED)));
            }
            Steps<WireSettings> steps = Steps.of(first.with(FAR), changes, settings -> settings);
            long rate = dice.pick(Server.UNLIMITED, GIGABIT, 3_333_333_333L);
            int queue = dice.pick(1, 3, Integer.MAX_VALUE);
            property.accept(dice, () -> (LossyStage) WireStage.of("uplink.tx", "uplink", rate, queue, steps));
        });
    }

    /** Nothing is plain: PAUSE is not heeded at first, which no change is without. */
    private static final FlowControl FAR = FlowControl.HEEDED.heeding(false);

    private static WireSettings changed(Dice dice, WireSettings now, int name) {
        int kind = dice.below(3);
        if (kind == 0) {
            return settings(dice, now.bond()).with(now.flow());
        }
        if (kind == 1 && now.bond().mode() != Mode.NONE) {
            Member member = dice.pick(now.bond().members());
            return now.with(now.bond().with(member.name(), !member.up()));
        }
        FlowControl flow = dice.percent(50) ? now.flow().over(name + 1) : now.flow();
        return now.with(dice.percent(30) ? flow.pause(name) : flow.pause(dice.below(8), dice.pick(name, name, 0)));
    }

    private static WireSettings settings(Dice dice, Bond bond) {
        List<Integer> classOf = new ArrayList<>();
        int classes = dice.between(1, 8);
        for (int priority = 0; priority < 8; priority++) {
            classOf.add(dice.below(classes));
        }
        List<Selection> selection = new ArrayList<>();
        List<Integer> bandwidth = new ArrayList<>();
        int left = 100;
        for (int tc = 0; tc < 8; tc++) {
            boolean ets = dice.percent(60) || (tc == 7 && selection.contains(Selection.ETS));
            int share = ets ? (tc == 7 ? left : dice.between(0, left)) : 0;
            left -= share;
            selection.add(ets ? Selection.ETS : Selection.STRICT);
            bandwidth.add(share);
        }
        return new WireSettings(new TrafficClasses(classOf, selection, bandwidth), FlowControl.HEEDED, bond);
    }

    /** Frames of a few conversations and all priorities, tagged or not. */
    private static List<Frame> sent(Dice dice) {
        List<Frame> sent = new ArrayList<>();
        long time = 1_000;
        for (int number = 1; number <= FRAMES; number++) {
            time += dice.pick(0, 0, 30, 300, 3_000);
            Frame frame = frame(number)
                    .at(time)
                    .octets(dice.between(18, 300))
                    .from(station(dice.below(3)))
                    .to(station(dice.below(3)));
            sent.add(dice.percent(20) ? frame : frame.tagged(VlanTag.TPID_C, dice.below(8) << 13 | 10));
        }
        return sent;
    }
}
