package dev.hairpin.model.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.link.Cut;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds for every run holds for those with rings, a scheduler and PCI Express in the way. */
class RingsInALanPropertyTest {
    private static final int FRAMES = 80;

    @Test
    void losesNoCopyAndMakesNoneFromNothing() {
        Property.forAll(300, dice -> {
            LanCase lan = LanCase.crowded(dice, FRAMES);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            assertThat(run.underWay())
                    .hasSize(FRAMES)
                    .allSatisfy((number, copies) -> assertThat(copies)
                            .as("copies of frame %d that neither arrived nor were dropped", number)
                            .isZero());
        });
    }

    @Test
    void doesTheSameInWavesOfAnySize() {
        Property.forAll(300, dice -> {
            LanCase lan = LanCase.crowded(dice, FRAMES);
            List<Object> whole =
                    RigRun.inWavesOf(FRAMES, lan.settings(), lan.sent()).result();
            assertThat(RigRun.inAnyWaves(dice, lan.settings(), lan.sent()).result())
                    .isEqualTo(whole);
            assertThat(RigRun.inWavesOf(1, lan.settings(), lan.sent()).result()).isEqualTo(whole);
        });
    }

    @Test
    void deliversToEachEndInTheOrderOfTime() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.crowded(dice, FRAMES);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            for (String end : Lan.of(lan.settings()).sinks()) {
                assertThat(run.received(end).stream().map(Frame::time).toList()).isSorted();
            }
        });
    }

    @Test
    void framesBeforeAForkKeepTheirFate() {
        Property.forAll(400, dice -> {
            LanCase lan = LanCase.crowded(dice, FRAMES);
            RigRun parent = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            long number = dice.pick(lan.sent()).number();
            Cut cut = RigRun.cut(dice, lan.settings(), List.of(), lan.sent(), number);
            NicSettings nic = lan.settings().nic();
            LanSettings other = lan.settings().with(nic.in(nic.mode() == Mode.VEB ? Mode.VEPA : Mode.VEB));
            LanSettings forked = lan.settings().forkedAt(cut.time(), other, "cut");
            RigRun fork = RigRun.forked(dice, forked, List.of(cut), lan.sent());
            parent.fates().forEach((frame, fate) -> {
                if (frame < number) {
                    assertThat(fork.fate(frame)).as("of frame %d", frame).isEqualTo(fate);
                }
            });
            assertThat(RigRun.forked(dice, forked, List.of(cut), lan.sent()).result())
                    .as("in other waves")
                    .isEqualTo(fork.result());
        });
    }

    @Test
    void aForkWhereNothingIsChangedIsTheSameRun() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.crowded(dice, FRAMES);
            Cut cut = RigRun.cut(
                    dice,
                    lan.settings(),
                    List.of(),
                    lan.sent(),
                    dice.pick(lan.sent()).number());
            LanSettings forked = lan.settings().forkedAt(cut.time(), lan.settings(), "cut");
            assertThat(RigRun.forked(dice, forked, List.of(cut), lan.sent()).result())
                    .isEqualTo(
                            RigRun.inAnyWaves(dice, lan.settings(), lan.sent()).result());
        });
    }

    /** That the cases leave nothing out. */
    @Test
    void makesEveryReasonOfTheDataPathHappen() {
        Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
        Set<DropReason> expected =
                EnumSet.of(DropReason.TX_RING_FULL, DropReason.PCIE_QUEUE_FULL, DropReason.NO_RX_BUFFER);
        for (int seed = 0; seed < 100; seed++) {
            Dice dice = new Dice(seed);
            LanCase lan = LanCase.crowded(dice, 100);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            expected.stream().filter(reason -> run.dropped(reason) > 0).forEach(reasons::add);
        }
        assertThat(reasons).isEqualTo(expected);
    }
}
