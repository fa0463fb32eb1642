package dev.hairpin.model.relay;

import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyAction.Drop;
import dev.hairpin.model.policy.PolicyAction.Mirror;
import dev.hairpin.model.policy.PolicyAction.RateLimit;
import dev.hairpin.model.policy.PolicyAction.SetVlan;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.testkit.Frame;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a policy's mirrors copy, and where they do not. */
class MirrorTest {
    private static final Frame FROM_VF0 =
            frame(1).from(station(0)).to(station(1)).by(0);
    private static final int UPLINK = 3;
    private static final long IN_20 = TagChange.push(VlanTag.of(VlanTag.TPID_C, 20));

    @Test
    void aMirrorCopiesTheFrameAsItIsWhenItsRuleIsMet() {
        assertThat(sent(new Mirror("vf2"), new SetVlan(20)))
                .isEqualTo(outcome(Rule.VEB_LOCAL_UNICAST, new int[] {1, 2}, new long[] {IN_20, TagChange.KEEP}));
        assertThat(sent(new SetVlan(20), new Mirror("vf2")))
                .isEqualTo(outcome(Rule.VEB_LOCAL_UNICAST, new int[] {1, 2}, new long[] {IN_20, IN_20}));
    }

    @Test
    void aMirrorAddsNothingWhereACopyLeavesAnyway() {
        assertThat(sent(new Mirror("vf1"), new SetVlan(20)))
                .isEqualTo(outcome(Rule.VEB_LOCAL_UNICAST, new int[] {1}, new long[] {IN_20}));
    }

    @Test
    void aMirrorCopiesWhatALaterRuleDrops() {
        assertThat(sent(new Mirror("uplink"), new Drop()))
                .isEqualTo(new Outcome(
                        0,
                        Rule.POLICY_DROP,
                        new int[] {UPLINK},
                        new long[0],
                        new int[] {Outcome.NO_PORT},
                        new DropReason[] {DropReason.ACL},
                        new int[] {1, 2}));
    }

    @Test
    void aMirrorOfAFrameFromTheUplinkToTheUplinkIsTransit() {
        Relaying relay = new Relaying(new EdgeRelayRx("relay.rx", nic(new Mirror("uplink")), List.of(), 0));
        Frame arrived = FROM_VF0.from(station(9)).by(UPLINK);
        Outcome outcome = relay.decide(arrived);
        assertThat(outcome)
                .isEqualTo(new Outcome(
                        UPLINK,
                        Rule.ER_UPLINK_UNICAST,
                        new int[] {1},
                        new long[0],
                        new int[] {UPLINK},
                        new DropReason[] {DropReason.NO_TRANSIT},
                        new int[] {1}));
        assertThat(relay.emitted(arrived).stream().mapToInt(List::size).sum()).isOne();
    }

    @Test
    void aRateIsNotExceededByALengthThatNoFrameHas() {
        Relaying relay =
                new Relaying(new EdgeRelayTx("relay.tx", nic(new RateLimit(1, RateLimit.MOST_OCTETS)), List.of(), 0));
        assertThat(relay.decide(FROM_VF0.octets(Integer.MAX_VALUE)).rule()).isEqualTo(Rule.POLICY_RATE);
        assertThat(relay.decide(FROM_VF0.octets((int) RateLimit.MOST_OCTETS)).rule())
                .isEqualTo(Rule.VEB_LOCAL_UNICAST);
        assertThat(relay.decide(FROM_VF0).rule()).isEqualTo(Rule.POLICY_RATE);
    }

    @Test
    void aBurstIsAtMostWhatABucketCanCount() {
        assertThatThrownBy(() -> new RateLimit(1, RateLimit.MOST_OCTETS + 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("found a burst of 1000000001 octets, expected 1000000000 at most");
    }

    private static Outcome outcome(Rule rule, int[] egress, long[] change) {
        return new Outcome(0, rule, egress, change, new int[0], new DropReason[0], new int[] {1, 2});
    }

    private static Outcome sent(PolicyAction... actions) {
        return new Relaying(new EdgeRelayTx("relay.tx", nic(actions), List.of(), 0)).decide(FROM_VF0);
    }

    /** A VEB of three stations under a policy that does this with every frame. */
    private static NicSettings nic(PolicyAction... actions) {
        FrameMatch everything = FrameMatch.compile("");
        List<PolicyRule> rules = Stream.of(actions)
                .map(action -> new PolicyRule(everything, Direction.ANY, List.of(), action))
                .toList();
        return NicSettings.of("nic0", Mode.VEB, vfs(3)).under(new Policy(rules));
    }
}
