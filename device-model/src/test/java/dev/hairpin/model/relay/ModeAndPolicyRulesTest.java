package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.RuleTests;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A test for each rule of macvlan's modes and of policies, named as the rule. Three stations, the uplink is port 3. */
class ModeAndPolicyRulesTest {
    private static final int UPLINK = 3;
    private static final long OUTSIDE = station(900);
    private static final Frame SENT = frame(1).from(station(0)).to(station(1)).by(0);
    private static final Frame ARRIVED = SENT.from(OUTSIDE).by(UPLINK);

    @Test
    void everyRuleHasATestOfItsName() {
        RuleTests.haveEachOf(ModeAndPolicyRulesTest.class, "MACVLAN_", "POLICY_");
    }

    @Test
    void macvlanSendUp() {
        for (StationMode mode : List.of(StationMode.PRIVATE, StationMode.PASSTHRU, StationMode.SOURCE)) {
            NicSettings nic = modes(mode, StationMode.BRIDGE, StationMode.BRIDGE);
            assertThat(sent(nic, SENT)).isEqualTo(forward(0, Rule.MACVLAN_SEND_UP, UPLINK));
            assertThat(sent(nic, SENT.broadcast())).isEqualTo(forward(0, Rule.MACVLAN_SEND_UP, UPLINK));
        }
    }

    @Test
    void macvlanOtherMode() {
        NicSettings nic = modes(StationMode.BRIDGE, StationMode.PRIVATE, StationMode.BRIDGE);
        assertThat(sent(nic, SENT)).isEqualTo(forward(0, Rule.MACVLAN_OTHER_MODE, UPLINK));
    }

    @Test
    void macvlanOwnSource() {
        NicSettings nic = modes(StationMode.BRIDGE, StationMode.BRIDGE, StationMode.VEPA);
        assertThat(received(nic, ARRIVED.from(station(0)).broadcast()))
                .isEqualTo(forward(UPLINK, Rule.MACVLAN_OWN_SOURCE, 2));
    }

    @Test
    void macvlanBackToSource() {
        NicSettings nic = modes(StationMode.PRIVATE, StationMode.BRIDGE, StationMode.VEPA);
        assertThat(received(nic, ARRIVED.from(station(0)).broadcast()))
                .isEqualTo(forward(UPLINK, Rule.MACVLAN_BACK_TO_SOURCE, 0));
    }

    @Test
    void macvlanSourceList() {
        NicSettings plain = modes(StationMode.SOURCE, StationMode.BRIDGE, StationMode.BRIDGE);
        List<Vsi> stations = new ArrayList<>(plain.vsis());
        Vsi listing = stations.get(0);
        stations.set(
                0, listing.with(listing.settings().withSources(List.of(OUTSIDE)).withConsumes(true)));
        assertThat(received(plain.with(stations), ARRIVED)).isEqualTo(forward(UPLINK, Rule.MACVLAN_SOURCE_LIST, 0));
    }

    @Test
    void macvlanPassthru() {
        NicSettings nic = modes(StationMode.PASSTHRU, StationMode.BRIDGE, StationMode.BRIDGE);
        assertThat(received(nic, ARRIVED)).isEqualTo(forward(UPLINK, Rule.MACVLAN_PASSTHRU, 0));
    }

    @Test
    void policyDrop() {
        assertThat(sent(policy(new PolicyAction.Drop()), SENT)).isEqualTo(dropped(Rule.POLICY_DROP, DropReason.ACL));
    }

    @Test
    void policyRate() {
        Relaying relay =
                new Relaying(new EdgeRelayTx("relay.tx", policy(new PolicyAction.RateLimit(480, 60)), List.of(), 0));
        assertThat(relay.decide(SENT).rule()).isEqualTo(Rule.VEB_LOCAL_UNICAST);
        assertThat(relay.decide(SENT.at(999_999_999))).isEqualTo(dropped(Rule.POLICY_RATE, DropReason.RATE_LIMIT));
        assertThat(relay.decide(SENT.at(1_000_000_000)).rule()).isEqualTo(Rule.VEB_LOCAL_UNICAST);
    }

    @Test
    void policyRedirect() {
        Outcome outcome = sent(policy(new PolicyAction.Redirect("vf2")), SENT);
        assertThat(outcome.rule()).isEqualTo(Rule.POLICY_REDIRECT);
        assertThat(outcome.copies()).isOne();
        assertThat(outcome.egress(0)).isEqualTo(2);
    }

    private static Outcome dropped(Rule rule, DropReason reason) {
        return new Outcome(
                0, rule, new int[0], new long[0], new int[] {Outcome.NO_PORT}, new DropReason[] {reason}, new int[] {1
                });
    }

    private static NicSettings policy(PolicyAction action) {
        PolicyRule rule = new PolicyRule(FrameMatch.compile(""), Direction.ANY, List.of(), action);
        return NicSettings.of("nic0", Mode.VEB, vfs(3)).under(new Policy(List.of(rule)));
    }

    /** Macvlan devices in these modes. */
    private static NicSettings modes(StationMode... modes) {
        List<Vsi> stations = new ArrayList<>();
        for (Vsi station : vfs(modes.length)) {
            stations.add(station.with(station.settings().withMode(modes[stations.size()])));
        }
        return new NicSettings(
                "nic0",
                Devices.named("linux-macvlan").orElseThrow(),
                Mode.VEB,
                stations,
                Policy.NONE,
                NicSettings.NOBODY,
                true);
    }

    private static Outcome sent(NicSettings nic, Frame frame) {
        return new Relaying(new EdgeRelayTx("relay.tx", nic, List.of(), 0)).decide(frame);
    }

    private static Outcome received(NicSettings nic, Frame frame) {
        return new Relaying(new EdgeRelayRx("relay.rx", nic, List.of(), 0)).decide(frame);
    }
}
