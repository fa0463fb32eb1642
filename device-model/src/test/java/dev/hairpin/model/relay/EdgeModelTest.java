package dev.hairpin.model.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * The edge relay against the tables, for every device: whole decisions, with tag changes, dropped copies and rules of the
 * policy. {@code -Dhairpin.frames=} and {@code -Dhairpin.configurations=} say how many in all.
 */
class EdgeModelTest {
    private static final int CONFIGURATIONS = Integer.getInteger("hairpin.configurations", 600);
    private static final long FRAMES = Long.getLong("hairpin.frames", 500L * CONFIGURATIONS);

    // Queues and rings are elsewhere, and so are bridges. Not in a test, for none here is about them.
    private static final Rule QUEUE_RULE = Rule.TAIL_DROP;
    private static final Set<DropReason> REASONS_ELSEWHERE = Set.of(
            DropReason.HAIRPIN_DISABLED,
            DropReason.NO_RX_BUFFER,
            DropReason.QUEUE_FULL,
            DropReason.ISOLATED,
            DropReason.STP_STATE,
            DropReason.FLOOD_DISABLED,
            DropReason.FDB_LOCKED,
            DropReason.LOCAL_ONLY,
            DropReason.TX_RING_FULL,
            DropReason.PCIE_QUEUE_FULL,
            DropReason.ILLEGAL_MSS,
            DropReason.PAUSED,
            DropReason.BACKUP_WIRE);

    @Test
    void doesWithEveryFrameWhatTheTablesSay() {
        int each = Math.toIntExact(FRAMES / CONFIGURATIONS);
        AtomicLong compared = new AtomicLong();
        Property.forAll(CONFIGURATIONS, dice -> {
            EdgeRun run = run(dice, each, Set.of());
            doesWhatTheModelSays(run);
            compared.addAndGet(run.compared);
        });
        // The others are copies on their way through the receiving side; with one seed there is one case.
        assertThat(compared.get()).isPositive().isLessThanOrEqualTo(FRAMES);
        if (System.getProperty("hairpin.seed") == null) {
            assertThat(compared.get()).isGreaterThan(FRAMES * 8 / 10);
        }
    }

    /** That the cases leave nothing out; with seeds of their own, for it speaks of all of them together. */
    @Test
    void makesEveryRuleAndEveryReasonOfAnEdgeRelayHappen() {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        Set<DropReason> reasons = EnumSet.noneOf(DropReason.class);
        for (int seed = 0; seed < 800; seed++) {
            run(new Dice(seed), 150, Set.of()).met.forEach((rule, dropped) -> {
                rules.add(rule);
                reasons.addAll(dropped);
            });
        }
        Set<Rule> expected = EnumSet.complementOf(EnumSet.of(QUEUE_RULE));
        expected.removeIf(
                rule -> rule.name().startsWith("BR_") || rule.name().startsWith("NIC_") || rule == Rule.BOND_BACKUP);
        assertThat(rules).containsExactlyInAnyOrderElementsOf(expected);
        assertThat(reasons)
                .containsExactlyInAnyOrderElementsOf(EnumSet.complementOf(EnumSet.copyOf(REASONS_ELSEWHERE)));
    }

    /** That a difference can be found at all: a model that forgets one rule is found out, whichever it is. */
    @ParameterizedTest
    @EnumSource(
            mode = Mode.INCLUDE,
            names = {
                "ER_TROUBLE",
                "ER_ADMIN_DOWN",
                "ER_NOT_ASSOCIATED",
                "ER_TX_DISABLED",
                "ER_RUNT",
                "ER_OVERSIZE",
                "ER_INVALID_SA",
                "ER_SPOOF_MAC",
                "ER_SPOOF_VLAN",
                "ER_SPOOF_ETHERTYPE",
                "ER_NO_PVID",
                "ER_INGRESS_VLAN",
                "ER_TAGGED_ON_PORT_VLAN",
                "ER_PAUSE",
                "ER_RESERVED",
                "ER_STORM",
                "POLICY_RATE",
                "POLICY_DROP",
                "POLICY_REDIRECT",
                "VEB_LOOPBACK",
                "VEB_PROMISCUOUS",
                "VEB_OUTSIDE_VLAN",
                "ER_UPLINK_DOWN",
                "ER_UPLINK_PAUSE",
                "ER_UPLINK_DEFAULT",
                "VEPA_SOURCE_PRUNING",
                "VEPA_DRIVER_PRUNING"
            })
    void wouldFindOutAModelThatForgets(Rule rule) {
        assertThatThrownBy(() -> Property.forAll(2_000, dice -> doesWhatTheModelSays(run(dice, 200, EnumSet.of(rule)))))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("-Dhairpin.seed=")
                .hasMessageContaining("differences, the first");
    }

    private static EdgeRun run(Dice dice, int frames, Set<Rule> forgotten) {
        return new EdgeRun(dice, dice.pick(Devices.all()), dice.percent(50), frames, forgotten);
    }

    private static void doesWhatTheModelSays(EdgeRun run) {
        if (!run.differences.isEmpty()) {
            throw new AssertionError(run.differences.size() + " differences, the first: " + run.differences.get(0));
        }
    }
}
