package dev.hairpin.model.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The bridge against the tables: whole decisions, with tag changes, dropped copies and rules of the policy, and what is in
 * its filtering database. {@code -Dhairpin.frames=} and {@code -Dhairpin.configurations=} say how many in all.
 */
class BridgeModelTest {
    private static final int CONFIGURATIONS = Integer.getInteger("hairpin.configurations", 600);
    private static final long FRAMES = Long.getLong("hairpin.frames", 500L * CONFIGURATIONS);

    @Test
    void doesWithEveryFrameWhatTheTablesSay() {
        int each = Math.toIntExact(FRAMES / CONFIGURATIONS);
        AtomicLong compared = new AtomicLong();
        Property.forAll(CONFIGURATIONS, dice -> {
            BridgeRun run = new BridgeRun(dice, each, Set.of());
            doesWhatTheModelSays(run);
            compared.addAndGet(run.compared);
        });
        // A wave may be empty, and counts for a frame.
        if (System.getProperty("hairpin.seed") == null) {
            assertThat(compared.get()).isGreaterThan(FRAMES * 9 / 10);
        }
    }

    /** That the cases leave nothing out; with seeds of their own, for it speaks of all of them together. */
    @Test
    void makesEveryRuleAndEveryReasonOfABridgeHappen() {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
        for (int seed = 0; seed < 400; seed++) {
            new BridgeRun(new Dice(seed), 200, Set.of()).met.forEach((rule, dropped) -> {
                rules.add(rule);
                reasons.addAll(dropped);
            });
        }
        Set<Rule> expected = EnumSet.allOf(Rule.class);
        expected.removeIf(rule -> !(rule.name().startsWith("BR_") || rule.name().startsWith("POLICY_")));
        assertThat(rules).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(reasons)
                .containsExactlyInAnyOrder(
                        DropReason.RUNT,
                        DropReason.INVALID_SA,
                        DropReason.PAUSE_CONSUMED,
                        DropReason.RESERVED_GROUP,
                        DropReason.ADMIN_DOWN,
                        DropReason.STP_STATE,
                        DropReason.VLAN_NO_PVID,
                        DropReason.VLAN_NOT_MEMBER,
                        DropReason.FDB_LOCKED,
                        DropReason.HAIRPIN_DISABLED,
                        DropReason.ISOLATED,
                        DropReason.FLOOD_DISABLED,
                        DropReason.MC_NOT_SUBSCRIBED,
                        DropReason.LOCAL_ONLY,
                        DropReason.STORM,
                        DropReason.ACL,
                        DropReason.RATE_LIMIT);
    }

    /** That a difference can be found at all: a model that forgets one law is found out, whichever it is. */
    @ParameterizedTest
    @EnumSource
    void wouldFindOutAModelThatForgets(Law law) {
        assertThatThrownBy(() ->
                        Property.forAll(4_000, dice -> doesWhatTheModelSays(new BridgeRun(dice, 150, EnumSet.of(law)))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dhairpin.seed=")
                .hasMessageContaining("differs");
    }

    private static void doesWhatTheModelSays(BridgeRun run) {
        if (!run.differences.isEmpty()) {
            throw new AssertionError("differs: " + run.differences.get(0));
        }
    }
}
