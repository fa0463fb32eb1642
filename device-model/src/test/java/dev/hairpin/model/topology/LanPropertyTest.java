package dev.hairpin.model.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The whole against the tables, and the promises that hold for every run. */
class LanPropertyTest {
    @Test
    void doesWithEveryFrameWhatTheTablesSay() {
        // 90,000 frames
        Property.forAll(1_500, dice -> {
            LanCase lan = LanCase.bridging(dice, 60);
            doesWhatTheModelSays(lan, RigRun.inAnyWaves(dice, lan.settings(), lan.sent()), NaiveLan::new);
        });
    }

    @Test
    void doesTheSameInWavesOfAnySizeFromOneFrameToAll() {
        Property.forAll(60, dice -> {
            LanCase lan = dice.percent(50) ? LanCase.bridging(dice, 40) : LanCase.contended(dice, 40);
            List<Object> one = RigRun.inWavesOf(1, lan.settings(), lan.sent()).result();
            for (int size = 2; size <= lan.sent().size(); size++) {
                assertThat(RigRun.inWavesOf(size, lan.settings(), lan.sent()).result())
                        .as("in waves of %d frames", size)
                        .isEqualTo(one);
            }
        });
    }

    @Test
    void doesTheSameInWavesOfMixedSizesSomeOfThemEmpty() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.contended(dice, 80);
            List<Object> whole =
                    RigRun.inWavesOf(80, lan.settings(), lan.sent()).result();
            assertThat(RigRun.inAnyWaves(dice, lan.settings(), lan.sent()).result())
                    .isEqualTo(whole);
        });
    }

    @Test
    void doesTheSameWhenItIsTakenUpAnewBehindEveryWave() {
        Property.forAll(300, dice -> {
            LanCase lan = dice.percent(30) ? LanCase.bridging(dice, 60) : LanCase.contended(dice, 60);
            assertThat(RigRun.recovered(dice, lan.settings(), List.of(), lan.sent())
                            .result())
                    .isEqualTo(RigRun.inWavesOf(60, lan.settings(), lan.sent()).result());
        });
    }

    @Test
    void doesTheSameInWavesOfAnySizeWhenNoTimePasses() {
        Property.forAll(60, dice -> {
            LanCase lan = dice.percent(50) ? LanCase.bridging(dice, 40) : LanCase.contended(dice, 40);
            long now = dice.pick(0L, 1_700_000_000_000_000_000L);
            List<Frame> sent = lan.sent().stream().map(frame -> frame.at(now)).toList();
            List<Object> one = RigRun.inWavesOf(1, lan.settings(), sent).result();
            for (int size : new int[] {2, 3, 7, 39, 40}) {
                assertThat(RigRun.inWavesOf(size, lan.settings(), sent).result())
                        .as("in waves of %d frames", size)
                        .isEqualTo(one);
            }
        });
    }

    @Test
    void losesNoCopyAndMakesNoneFromNothingWhateverIsInTheWay() {
        Property.forAll(400, dice -> {
            LanCase lan = LanCase.contended(dice, 100);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            assertThat(run.underWay())
                    .hasSize(100)
                    .allSatisfy((number, copies) -> assertThat(copies)
                            .as("copies of frame %d that neither arrived nor were dropped", number)
                            .isZero());
            assertThat(run.fates())
                    .allSatisfy((number, fate) ->
                            assertThat(fate).as("of frame %d", number).isNotEmpty());
        });
    }

    @Test
    void deliversToEachEndInTheOrderOfTime() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.contended(dice, 80);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            for (String end : Lan.of(lan.settings()).sinks()) {
                assertThat(run.received(end).stream().map(Frame::time).toList()).isSorted();
            }
        });
    }

    /** That the cases leave nothing out; with a seed of its own, for it speaks of all of them together. */
    @Test
    void makesEveryRuleAndEveryReasonHappen() {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Map<DropReason, Integer> reasons = new EnumMap<>(DropReason.class);
        for (int seed = 0; seed < 100; seed++) {
            Dice dice = new Dice(seed);
            LanCase lan = LanCase.contended(dice, 100);
            RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            rules.addAll(run.rules());
            for (DropReason reason : DropReason.values()) {
                reasons.merge(reason, run.dropped(reason), Integer::sum);
            }
        }
        // Those beyond need settings that these cases do not have.
        assertThat(rules).containsExactlyInAnyOrderElementsOf(EnumSet.range(Rule.ER_RUNT, Rule.TAIL_DROP));
        for (DropReason reason : EnumSet.range(DropReason.RUNT, DropReason.QUEUE_FULL)) {
            assertThat(reasons.get(reason)).as("%s", reason).isPositive();
        }
    }

    /** That these properties can fail at all: a model without source pruning is found out. */
    @Test
    void wouldFindOutAModelThatForgetsSourcePruning() {
        assertThatThrownBy(() -> Property.forAll(100, dice -> {
                    LanCase lan = LanCase.bridging(dice, 60);
                    RigRun run = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
                    doesWhatTheModelSays(lan, run, settings -> new NaiveLan(settings) {
                        @Override
                        boolean prunes() {
                            return false;
                        }
                    });
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dhairpin.seed=")
                .hasMessageContaining("SOURCE_PRUNED");
    }

    private static void doesWhatTheModelSays(LanCase lan, RigRun run, Function<LanSettings, NaiveLan> model) {
        NaiveLan naive = model.apply(lan.settings());
        Map<Long, List<String>> expected = new TreeMap<>();
        for (Frame frame : lan.sent()) {
            expected.put(frame.number(), naive.fate(frame));
        }
        for (Frame frame : lan.sent()) {
            assertThat(run.fate(frame.number()))
                    .as("%s in %s", frame, lan.settings())
                    .isEqualTo(expected.get(frame.number()));
        }
    }
}
