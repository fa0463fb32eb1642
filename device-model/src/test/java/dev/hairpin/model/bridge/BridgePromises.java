package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.policy.PolicyAction;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;

/** What holds of every decision of a bridge, whatever its tables say. */
final class BridgePromises {
    private BridgePromises() {}

    static void check(BridgeSettings set, Burst burst, int row, Outcome outcome) {
        int from = outcome.ingress();
        boolean steered = by(set, outcome, BridgePromises::steers);
        boolean moved = by(set, outcome, action -> action instanceof PolicyAction.SetVlan);
        Set<Integer> ports = new HashSet<>();
        boolean whole = false;
        for (int drop = 0; drop < outcome.drops(); drop++) {
            hold(ports.add(outcome.droppedPort(drop)), "one copy has one fate", burst, row, outcome);
            whole |= outcome.droppedPort(drop) == Outcome.NO_PORT;
        }
        for (int copy = 0; copy < outcome.copies(); copy++) {
            int to = outcome.egress(copy);
            hold(to >= 0 && to < set.ports().size(), "a copy has a port", burst, row, outcome);
            hold(ports.add(to), "one port gets one copy", burst, row, outcome);
            BridgePort port = set.ports().get(to);
            hold(to != from || port.reflects() || steered, "only a reflecting port reflects", burst, row, outcome);
            hold(set.state(to) == PortState.FORWARDING, "what does not forward sends nothing", burst, row, outcome);
            hold(
                    !port.isolated() || !set.ports().get(from).isolated(),
                    "isolated ports are apart",
                    burst,
                    row,
                    outcome);
            if (set.vlanFiltering() && !moved) {
                int vlan = vlan(set, burst, row);
                hold(port.vlans().containsKey(vlan), "a copy leaves in its VLAN", burst, row, outcome);
                hold(
                        set.ports().get(from).vlans().containsKey(vlan),
                        "what came from outside its VLAN stays outside",
                        burst,
                        row,
                        outcome);
            }
        }
        hold(!whole || steered || ports.size() == 1, "what is dropped is dropped", burst, row, outcome);
        hold(!ports.isEmpty(), "every frame has a fate", burst, row, outcome);
    }

    private static boolean steers(PolicyAction action) {
        return action instanceof PolicyAction.Mirror
                || action instanceof PolicyAction.Redirect
                || action instanceof PolicyAction.Hairpin;
    }

    private static boolean by(BridgeSettings set, Outcome outcome, Predicate<PolicyAction> which) {
        for (int rule = 0; rule < outcome.policyRules(); rule++) {
            if (which.test(
                    set.policy().rules().get(outcome.policyRule(rule) - 1).action())) {
                return true;
            }
        }
        return false;
    }

    private static int vlan(BridgeSettings set, Burst burst, int row) {
        int tag = burst.tag(row);
        int vid = tag >>> 16 == set.protocol() ? tag & 0xFFF : 0;
        return vid > 0 ? vid : set.ports().get(burst.port(row)).pvid();
    }

    private static void hold(boolean holds, String promise, Burst burst, int row, Outcome outcome) {
        if (!holds) {
            throw new AssertionError(promise + ": " + BridgeText.of(burst, row) + ": " + outcome);
        }
    }
}
