package dev.hairpin.model.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.link.Cut;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A fork is a cut: what entered before keeps its fate, whatever is changed for what enters from then on. */
class ForkPropertyTest {
    private static final int FRAMES = 80;

    @Test
    void framesBeforeTheCutKeepTheirFateHoweverTheyMixWithThoseAfterIt() {
        Property.forAll(400, dice -> {
            LanCase lan = LanCase.contended(dice, FRAMES);
            RigRun parent = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
            long number = anyNumber(dice, lan.sent());
            Cut cut = RigRun.cut(dice, lan.settings(), List.of(), lan.sent(), number);
            LanSettings forked = forked(lan.settings(), changed(dice, lan.settings()), cut);
            RigRun fork = RigRun.forked(dice, forked, List.of(cut), lan.sent());
            sameBefore(number, fork, parent);
            assertThat(RigRun.forked(dice, forked, List.of(cut), lan.sent()).result())
                    .as("in other waves")
                    .isEqualTo(fork.result());
            assertThat(RigRun.recovered(dice, forked, List.of(cut), lan.sent()).result())
                    .as("taken up anew behind every wave")
                    .isEqualTo(fork.result());
        });
    }

    @Test
    void aForkWhereNothingIsChangedIsTheSameRun() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.contended(dice, FRAMES);
            Cut cut = RigRun.cut(dice, lan.settings(), List.of(), lan.sent(), anyNumber(dice, lan.sent()));
            LanSettings forked = forked(lan.settings(), lan.settings(), cut);
            assertThat(RigRun.forked(dice, forked, List.of(cut), lan.sent()).result())
                    .isEqualTo(
                            RigRun.inAnyWaves(dice, lan.settings(), lan.sent()).result());
        });
    }

    @Test
    void aForkBeyondTheEndIsTheSameRun() {
        Property.forAll(50, dice -> {
            LanCase lan = LanCase.contended(dice, FRAMES);
            Cut cut = RigRun.cut(dice, lan.settings(), List.of(), lan.sent(), Long.MAX_VALUE);
            LanSettings forked = forked(lan.settings(), changed(dice, lan.settings()), cut);
            assertThat(RigRun.forked(dice, forked, List.of(cut), lan.sent()).result())
                    .isEqualTo(
                            RigRun.inAnyWaves(dice, lan.settings(), lan.sent()).result());
        });
    }

    @Test
    void aForkOfAForkKeepsTheFatesOfBoth() {
        Property.forAll(200, dice -> {
            LanCase lan = LanCase.contended(dice, FRAMES);
            long first = anyNumber(dice, lan.sent());
            long second = Math.max(first, anyNumber(dice, lan.sent()));
            Cut one = RigRun.cut(dice, lan.settings(), List.of(), lan.sent(), first);
            LanSettings once = forked(lan.settings(), changed(dice, lan.settings()), one);
            RigRun fork = RigRun.forked(dice, once, List.of(one), lan.sent());
            Cut other = RigRun.cut(dice, once, List.of(one), lan.sent(), second);
            LanSettings twice = forked(once, changed(dice, lan.settings()), other);
            RigRun forkOfFork = RigRun.forked(dice, twice, List.of(one, other), lan.sent());
            sameBefore(second, forkOfFork, fork);
            sameBefore(first, forkOfFork, RigRun.inAnyWaves(dice, lan.settings(), lan.sent()));
        });
    }

    /** That these properties can fail: without the fates of what is under way, a full queue changes them. */
    @Test
    void aCutThatForgetsWhatIsUnderWayIsFoundOut() {
        assertThatThrownBy(() -> Property.forAll(400, dice -> {
                    LanCase lan = LanCase.contended(dice, FRAMES);
                    RigRun parent = RigRun.inAnyWaves(dice, lan.settings(), lan.sent());
                    long number = anyNumber(dice, lan.sent());
                    Cut cut = RigRun.cut(dice, lan.settings(), List.of(), lan.sent(), number);
                    LanSettings forked = forked(lan.settings(), changed(dice, lan.settings()), cut);
                    sameBefore(number, RigRun.forked(dice, forked, List.of(), lan.sent()), parent);
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dhairpin.seed=");
    }

    private static void sameBefore(long number, RigRun fork, RigRun parent) {
        parent.fates().forEach((frame, fate) -> {
            if (frame < number) {
                assertThat(fork.fate(frame)).as("of frame %d", frame).isEqualTo(fate);
            }
        });
    }

    private static long anyNumber(Dice dice, List<Frame> sent) {
        return dice.pick(sent).number();
    }

    /** Another mode, a bridge that reflects or no longer does, or a policy that takes much away. */
    private static LanSettings changed(Dice dice, LanSettings before) {
        NicSettings nic = before.nic();
        NicSettings other = nic.in(nic.mode() == Mode.VEB ? Mode.VEPA : Mode.VEB);
        List<PolicyRule> rules = new ArrayList<>();
        if (dice.percent(50)) {
            PolicyAction action = dice.percent(50) ? new PolicyAction.Drop() : new PolicyAction.Hairpin();
            rules.add(new PolicyRule(FrameMatch.compile("len < 700"), Direction.ANY, List.of(), action));
        }
        NicSettings changed = (dice.percent(70) ? other : nic).under(new Policy(rules));
        BridgeSettings bridge = before.bridge().settings();
        LanBridge reflecting = new LanBridge(
                dice.percent(50) ? bridge.withPort(0, port -> port.withReflects(!port.reflects())) : bridge,
                List.of(),
                before.bridge().latency());
        return new LanSettings(before.with(changed).nics(), reflecting, before.known());
    }

    private static LanSettings forked(LanSettings before, LanSettings after, Cut cut) {
        return before.forkedAt(cut.time(), after, "cut");
    }
}
