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

/** What holds for every run holds for those whose wires have classes, are paused, and are several that fail. */
class WiresInALanPropertyTest {
    private static final int FRAMES = 80;

    @Test
    void losesNoCopyAndMakesNoneFromNothing() {
        Property.forAll(100, dice -> {
            LanCase lan = LanCase.wired(dice, FRAMES);
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
        Property.forAll(100, dice -> {
            LanCase lan = LanCase.wired(dice, FRAMES);
            List<Object> whole =
                    RigRun.inWavesOf(FRAMES, lan.settings(), lan.sent()).result();
            assertThat(RigRun.inAnyWaves(dice, lan.settings(), lan.sent()).result())
                    .isEqualTo(whole);
            assertThat(RigRun.inWavesOf(1, lan.settings(), lan.sent()).result()).isEqualTo(whole);
        });
    }

    @Test
    void goesOnFromACheckpointAsIfItHadNotStopped() {
        Property.forAll(100, dice -> {
            LanCase lan = LanCase.wired(dice, FRAMES);
            assertThat(RigRun.recovered(dice, lan.settings(), List.of(), lan.sent())
                            .result())
                    .isEqualTo(
                            RigRun.inWavesOf(FRAMES, lan.settings(), lan.sent()).result());
        });
    }

    @Test
    void framesBeforeAForkKeepTheirFate() {
        Property.forAll(100, dice -> {
            LanCase lan = LanCase.wired(dice, FRAMES);
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
    void deliversToEachEndInTheOrderOfTime() {
        Property.forAll(100, dice -> {
            LanCase lan = LanCase.wired(dice, FRAMES);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            for (String end : Lan.of(lan.settings()).sinks()) {
                assertThat(run.received(end).stream().map(Frame::time).toList()).isSorted();
            }
        });
    }

    /** That the cases leave nothing out. */
    @Test
    void makesEveryReasonOfWiresHappen() {
        Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
        Set<DropReason> expected =
                EnumSet.of(DropReason.QUEUE_FULL, DropReason.PAUSED, DropReason.BACKUP_WIRE, DropReason.LINK_DOWN);
        for (int seed = 0; seed < 200; seed++) {
            Dice dice = new Dice(seed);
            LanCase lan = LanCase.wired(dice, 100);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            expected.stream().filter(reason -> run.dropped(reason) > 0).forEach(reasons::add);
        }
        assertThat(reasons).isEqualTo(expected);
    }
}
