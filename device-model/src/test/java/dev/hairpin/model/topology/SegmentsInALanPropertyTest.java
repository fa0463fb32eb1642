package dev.hairpin.model.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.link.Cut;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What holds for every run holds for those in which NICs segment. */
class SegmentsInALanPropertyTest {
    private static final int FRAMES = 40;

    @Test
    void losesNoSegmentAndMakesNoneFromNothing() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.segmenting(dice, FRAMES);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            assertThat(run.underWay())
                    .allSatisfy((number, copies) -> assertThat(copies)
                            .as("copies of frame %s that neither arrived nor were dropped", FrameNumber.text(number))
                            .isZero());
        });
    }

    @Test
    void doesTheSameInWavesOfAnySizeAndTakenUpBehindAnyWave() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.segmenting(dice, FRAMES);
            List<Object> whole =
                    RigRun.inWavesOf(FRAMES, lan.settings(), lan.sent()).result();
            assertThat(RigRun.inAnyWaves(dice, lan.settings(), lan.sent()).result())
                    .isEqualTo(whole);
            assertThat(RigRun.recovered(dice, lan.settings(), List.of(), lan.sent())
                            .result())
                    .isEqualTo(whole);
        });
    }

    @Test
    void segmentsBeforeAForkKeepTheirFate() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.segmenting(dice, FRAMES);
            RigRun parent = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            long number = dice.pick(lan.sent()).number();
            Cut cut = RigRun.cut(dice, lan.settings(), List.of(), lan.sent(), number);
            NicSettings nic = lan.settings().nic();
            LanSettings other = lan.settings().with(nic.in(nic.mode() == Mode.VEB ? Mode.VEPA : Mode.VEB));
            LanSettings forked = lan.settings().forkedAt(cut.time(), other, "cut");
            RigRun fork = RigRun.forked(dice, forked, List.of(cut), lan.sent());
            parent.fates().forEach((frame, fate) -> {
                if (FrameNumber.frame(frame) < number) {
                    assertThat(fork.fate(frame))
                            .as("of frame %s", FrameNumber.text(frame))
                            .isEqualTo(fate);
                }
            });
        });
    }

    /** Where a frame comes by two ways, the second copy of a segment may come before the first of another. */
    @Test
    void segmentsOfAFrameThatComeByOneWayComeInTheirOrder() {
        Property.forAll(100, dice -> {
            LanCase lan = LanCase.segmenting(dice, FRAMES);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            for (String end : Lan.of(lan.settings()).sinks()) {
                for (Frame sent : lan.sent()) {
                    List<Integer> segments = run.received(end).stream()
                            .map(Frame::number)
                            .filter(number -> FrameNumber.frame(number) == sent.number())
                            .map(FrameNumber::segment)
                            .toList();
                    if (segments.stream().distinct().count() == segments.size()) {
                        assertThat(segments).isSorted();
                    }
                }
            }
        });
    }

    /** That the cases leave nothing out. */
    @Test
    void segmentsAreMadeDeliveredAndDroppedAndFramesRefused() {
        boolean delivered = false;
        boolean dropped = false;
        boolean refused = false;
        for (int seed = 0; seed < 50; seed++) {
            LanCase lan = LanCase.segmenting(new Dice(seed), FRAMES);
            RigRun run = RigRun.inWavesOf(7, lan.settings(), lan.sent());
            refused |= run.dropped(DropReason.ILLEGAL_MSS) > 0;
            for (long number : run.fates().keySet()) {
                boolean segment = FrameNumber.isSegment(number);
                delivered |= segment && run.fate(number).stream().anyMatch(fate -> !fate.contains(":"));
                dropped |= segment && run.fate(number).stream().anyMatch(fate -> fate.contains("QUEUE_FULL"));
            }
        }
        assertThat(List.of(delivered, dropped, refused)).containsOnly(true);
    }
}
