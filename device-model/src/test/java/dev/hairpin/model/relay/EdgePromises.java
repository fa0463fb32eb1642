package dev.hairpin.model.relay;

import static dev.hairpin.model.device.Choice.*;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice.Echo;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.policy.PolicyAction;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Set;

/** What holds of every decision of an edge relay, whatever its tables say. */
final class EdgePromises {
    private static final Set<Rule> GROUP_ECHOES = EnumSet.of(Rule.VEB_BROADCAST, Rule.VEB_MULTICAST);
    private static final Set<Rule> UNICAST_ECHOES = EnumSet.of(Rule.VEB_LOOPBACK, Rule.VEB_LOCAL_UNICAST);

    private EdgePromises() {}

    static void check(NicSettings nic, Burst burst, int row, Outcome outcome) {
        int uplink = nic.vsis().size();
        boolean steered = steered(nic, outcome);
        Set<Integer> ports = new HashSet<>();
        boolean whole = false;
        for (int drop = 0; drop < outcome.drops(); drop++) {
            hold(ports.add(outcome.droppedPort(drop)), "one copy has one fate", burst, row, outcome);
            whole |= outcome.droppedPort(drop) == Outcome.NO_PORT;
        }
        for (int copy = 0; copy < outcome.copies(); copy++) {
            int port = outcome.egress(copy);
            hold(port >= 0 && port <= uplink, "a copy has a port", burst, row, outcome);
            hold(ports.add(port), "one port gets one copy", burst, row, outcome);
            hold(
                    port != outcome.ingress() || steered || echoed(nic, outcome),
                    "what is sent does not come back",
                    burst,
                    row,
                    outcome);
            hold(port != uplink || outcome.ingress() != uplink, "there is no transit", burst, row, outcome);
            if (port < uplink && port != outcome.ingress() && !steered && !nic.is(STATION_MODES)) {
                VsiSettings to = nic.vsis().get(port).settings();
                hold(isIn(to, vlan(nic, burst, row, outcome)), "VLANs are apart", burst, row, outcome);
            }
        }
        hold(!whole || steered || ports.size() == 1, "what is dropped is dropped", burst, row, outcome);
        hold(!ports.isEmpty(), "every frame has a fate", burst, row, outcome);
    }

    /** Whether the policy gave it another way or another VLAN. */
    private static boolean steered(NicSettings nic, Outcome outcome) {
        for (int rule = 0; rule < outcome.policyRules(); rule++) {
            PolicyAction action =
                    nic.policy().rules().get(outcome.policyRule(rule) - 1).action();
            if (action instanceof PolicyAction.Mirror
                    || action instanceof PolicyAction.Redirect
                    || action instanceof PolicyAction.SetVlan) {
                return true;
            }
        }
        return false;
    }

    private static boolean echoed(NicSettings nic, Outcome outcome) {
        if (nic.is(STATION_MODES) && outcome.rule() == Rule.VEB_LOOPBACK) {
            return true;
        }
        boolean loopback = nic.vsis().get(outcome.ingress()).settings().loopback();
        Echo answer = GROUP_ECHOES.contains(outcome.rule()) ? nic.is(GROUP_ECHO) : nic.is(SELF_ADDRESSED);
        return (GROUP_ECHOES.contains(outcome.rule()) || UNICAST_ECHOES.contains(outcome.rule()))
                && (answer == Echo.ALWAYS || (answer == Echo.BY_LOOPBACK && loopback));
    }

    private static int vlan(NicSettings nic, Burst burst, int row, Outcome outcome) {
        int port = outcome.ingress() < nic.vsis().size()
                ? nic.vsis().get(outcome.ingress()).settings().portVlan()
                : 0;
        int tag = burst.tag(row);
        return port > 0 ? port : tag >>> 16 == 0x8100 ? tag & 0xFFF : 0;
    }

    private static boolean isIn(VsiSettings set, int vlan) {
        if (set.portVlan() > 0) {
            return set.portVlan() == vlan;
        }
        return vlan == 0 ? set.untagged() : set.vlans().contains(vlan);
    }

    private static void hold(boolean holds, String promise, Burst burst, int row, Outcome outcome) {
        if (!holds) {
            throw new AssertionError(promise + ": " + EdgeText.of(burst, row) + ": " + outcome);
        }
    }
}
