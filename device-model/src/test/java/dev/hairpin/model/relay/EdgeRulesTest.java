package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.dropCopy;
import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.reserved;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.OutsideVlan;
import dev.hairpin.model.device.Choice.TaggedOnPortVlan;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Row;
import dev.hairpin.model.testkit.RuleTests;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** A test for each rule of the edge relay, named as the rule. Three stations, so the uplink is port 3. */
class EdgeRulesTest {
    private static final int UPLINK = 3;
    private static final long OUTSIDE = station(900);
    private static final int C_TAG = VlanTag.TPID_C;
    private static final int LLDP = 0x88CC;

    /** From vf0 to vf1, and from outside to vf1. */
    private static final Frame SENT = frame(1).from(station(0)).to(station(1)).by(0);

    private static final Frame ARRIVED = SENT.from(OUTSIDE).by(UPLINK);
    private static final NicSettings VEB = NicSettings.of("nic0", Mode.VEB, vfs(3));
    private static final NicSettings VEPA = VEB.in(Mode.VEPA);
    private static final Device I82576 = Devices.named("82576").orElseThrow();
    private static final Device I82599 = Devices.named("82599").orElseThrow();
    private static final Device MACVLAN = Devices.named("linux-macvlan").orElseThrow();

    @Test
    void everyRuleHasATestOfItsName() {
        RuleTests.haveEachOf(EdgeRulesTest.class, "ER_", "VEB_", "VEPA_");
    }

    @Test
    @Row({"Reset/malicious driver", "Reset/VF FLR"})
    void erTrouble() {
        assertThat(on(set(VEB, 0, vsi -> vsi.withTrouble(Trouble.RESETTING)), SENT))
                .isEqualTo(drop(0, Rule.ER_TROUBLE, DropReason.FUNCTION_RESET));
        assertThat(on(set(VEB, 0, vsi -> vsi.withTrouble(Trouble.DMA_ERROR)), SENT))
                .isEqualTo(drop(0, Rule.ER_TROUBLE, DropReason.DMA_ERROR));
        assertThat(on(set(VEB, 0, vsi -> vsi.withTrouble(Trouble.ECC_ERROR)), SENT))
                .isEqualTo(drop(0, Rule.ER_TROUBLE, DropReason.ECC_ERROR));
        assertThat(on(set(VEB, 0, vsi -> vsi.withTrouble(Trouble.REMOVED)), SENT))
                .isEqualTo(drop(0, Rule.ER_TROUBLE, DropReason.DEVICE_REMOVED));
        assertThat(on(set(VEB, 0, vsi -> vsi.withTrouble(Trouble.MALICIOUS)), SENT))
                .isEqualTo(drop(0, Rule.ER_TROUBLE, DropReason.MALICIOUS_DRIVER));
    }

    @Test
    void erAdminDown() {
        assertThat(on(set(VEB, 0, vsi -> vsi.withUp(false)), SENT))
                .isEqualTo(drop(0, Rule.ER_ADMIN_DOWN, DropReason.ADMIN_DOWN));
    }

    @Test
    void erNotAssociated() {
        assertThat(on(set(VEB, 0, vsi -> vsi.withAssociated(false)), SENT))
                .isEqualTo(drop(0, Rule.ER_NOT_ASSOCIATED, DropReason.VSI_NOT_ASSOCIATED));
    }

    @Test
    void erTxDisabled() {
        assertThat(on(set(VEB, 0, vsi -> vsi.withTxEnabled(false)), SENT))
                .isEqualTo(drop(0, Rule.ER_TX_DISABLED, DropReason.TX_QUEUE_DISABLED));
    }

    @Test
    void erRunt() {
        assertThat(on(VEB, SENT.octets(13))).isEqualTo(drop(0, Rule.ER_RUNT, DropReason.RUNT));
    }

    @Test
    void erOversize() {
        NicSettings nic = VEB.on(VEB.device().with(Choice.LONGEST_FRAME, 1_514));
        assertThat(on(nic, SENT.octets(1_515))).isEqualTo(drop(0, Rule.ER_OVERSIZE, DropReason.OVERSIZE));
        assertThat(on(nic, SENT.octets(1_514)).copies()).isOne();
    }

    @Test
    void erInvalidSa() {
        for (long source : new long[] {0, group(1), Mac.BROADCAST}) {
            assertThat(on(VEB, SENT.from(source))).isEqualTo(drop(0, Rule.ER_INVALID_SA, DropReason.INVALID_SA));
        }
    }

    @Test
    void erSpoofMacExemptsThePhysicalFunctionOnlyWhereTheDeviceDoes() {
        NicSettings nic = set(VEB, 0, vsi -> vsi.withSpoofMac(true).withPhysical(true));
        Outcome dropped = drop(0, Rule.ER_SPOOF_MAC, DropReason.SPOOF_MAC);
        assertThat(on(nic, SENT)).isEqualTo(forward(0, Rule.VEB_LOCAL_UNICAST, 1));
        assertThat(on(nic, SENT.from(OUTSIDE))).isEqualTo(dropped);
        assertThat(on(nic.on(I82599), SENT.from(OUTSIDE))).isEqualTo(dropped);
        assertThat(on(nic.on(I82576), SENT.from(OUTSIDE))).isEqualTo(forward(0, Rule.VEB_LOCAL_UNICAST, 1));
    }

    @Test
    void erSpoofVlanLooksAtTagsOnly() {
        NicSettings nic = set(VEB.on(I82599), 0, vsi -> vsi.withSpoofVlan(true).withVlans(VlanSet.of(10)));
        assertThat(on(nic, SENT.tagged(C_TAG, 20))).isEqualTo(drop(0, Rule.ER_SPOOF_VLAN, DropReason.SPOOF_VLAN));
        assertThat(on(nic, SENT.tagged(C_TAG, 10)).rule()).isEqualTo(Rule.VEB_LOCAL_UNICAST);
        assertThat(on(nic, SENT).rule()).isEqualTo(Rule.VEB_LOCAL_UNICAST);
    }

    @Test
    void erSpoofEthertype() {
        NicSettings nic = set(VEB, 0, vsi -> vsi.withSpoofEtherType(true));
        for (int type : new int[] {LLDP, 0x8808}) {
            assertThat(on(nic, typed(SENT, type)))
                    .isEqualTo(drop(0, Rule.ER_SPOOF_ETHERTYPE, DropReason.SPOOF_ETHERTYPE));
        }
    }

    @Test
    void erNoPvid() {
        NicSettings nic = set(VEB, 0, vsi -> vsi.withUntagged(false));
        Outcome dropped = drop(0, Rule.ER_NO_PVID, DropReason.VLAN_NO_PVID);
        assertThat(on(nic, SENT)).isEqualTo(dropped);
        assertThat(on(nic, SENT.tagged(C_TAG, 5 << 13))).as("priority-tagged").isEqualTo(dropped);
    }

    @Test
    void erIngressVlan() {
        NicSettings nic = set(VEB, 0, vsi -> vsi.withVlans(VlanSet.of(10)));
        assertThat(on(nic, SENT.tagged(C_TAG, 20)))
                .isEqualTo(drop(0, Rule.ER_INGRESS_VLAN, DropReason.VLAN_NOT_MEMBER));
    }

    @Test
    void erTaggedOnPortVlanIsDroppedOnlyWhereTheDeviceDoesSo() {
        NicSettings nic = set(VEB, 0, vsi -> vsi.withPortVlan(10));
        Device dropping = VEB.device().with(Choice.TAGGED_ON_PORT_VLAN, TaggedOnPortVlan.DROPPED);
        assertThat(on(nic.on(dropping), SENT.tagged(C_TAG, 10)))
                .isEqualTo(drop(0, Rule.ER_TAGGED_ON_PORT_VLAN, DropReason.TAGGED_ON_PORT_VLAN));
        assertThat(on(nic.on(I82576), SENT.to(OUTSIDE).tagged(C_TAG, 20)).rule())
                .isEqualTo(Rule.VEB_UNKNOWN_UNICAST);
    }

    @Test
    @Row("VLAN/port VLAN inserts")
    void aPortVlansTagIsPutOnUpwardsWithItsPriority() {
        NicSettings nic = set(VEB, 0, vsi -> vsi.withPortVlan(10).withPortPriority(5));
        Outcome sent = on(nic.on(I82576), SENT.to(OUTSIDE));
        assertThat(sent.rule()).isEqualTo(Rule.VEB_UNKNOWN_UNICAST);
        assertThat(sent.change(0)).isEqualTo(TagChange.push(VlanTag.of(C_TAG, 5 << 13 | 10)));
    }

    @Test
    void erPause() {
        for (NicSettings nic : List.of(VEB, VEPA)) {
            assertThat(on(nic, SENT.to(Mac.PAUSE))).isEqualTo(drop(0, Rule.ER_PAUSE, DropReason.PAUSE_CONSUMED));
        }
    }

    @Test
    void erReserved() {
        for (NicSettings nic : List.of(VEB, VEPA)) {
            assertThat(on(nic, SENT.to(reserved(0xE)))).isEqualTo(drop(0, Rule.ER_RESERVED, DropReason.RESERVED_GROUP));
        }
    }

    @Test
    void erStormDropsWhatGoesToManyBeyondItsLevelAndNothingElse() {
        StormControl one = StormControl.OFF;
        for (StormControl.Kind kind : StormControl.Kind.values()) {
            one = one.with(kind, StormControl.Level.bits(480).withBurst(60));
        }
        StormControl control = one;
        for (NicSettings plain : List.of(VEB, VEPA, VEB.on(MACVLAN))) {
            NicSettings nic = set(plain, 0, vsi -> vsi.withStorm(control));
            for (Frame frame : List.of(SENT.to(OUTSIDE), SENT.broadcast(), SENT.to(group(1)))) {
                Relaying relay = sending(nic);
                assertThat(relay.decide(frame).copies()).isPositive();
                assertThat(relay.decide(frame)).isEqualTo(drop(0, Rule.ER_STORM, DropReason.STORM));
                assertThat(relay.decide(frame.by(1)).copies())
                        .as("of another station")
                        .isPositive();
                assertThat(relay.decide(frame.at(1_000_000_000)).copies()).isPositive();
            }
            assertThat(on(nic, SENT, SENT).copies()).as("to one station").isOne();
        }
    }

    @Test
    void erStormKeepsItsBucketsWhereWhatIsSetOfThemStays() {
        StormControl control = StormControl.OFF.with(StormControl.Kind.BROADCAST, StormControl.Level.frames(1));
        NicSettings before = set(VEB, 0, vsi -> vsi.withStorm(control));
        NicSettings after = before.in(Mode.VEPA);
        NicSettings higher = set(
                after,
                0,
                vsi -> vsi.withStorm(StormControl.OFF.with(StormControl.Kind.BROADCAST, StormControl.Level.frames(2))));
        EdgeRelayTx relay = new EdgeRelayTx(
                "relay.tx", before, List.of(new Timed<>(2, "mode", "", after), new Timed<>(4, "more", "", higher)), 0);
        Frame frame = SENT.broadcast();
        var event = new Relaying(relay).pass(frame.at(1), frame.at(3), frame.at(5));
        List<Rule> rules = List.of(
                relay.outcomes().get(event.outcome(0)).rule(),
                relay.outcomes().get(event.outcome(1)).rule(),
                relay.outcomes().get(event.outcome(2)).rule());
        assertThat(rules).containsExactly(Rule.VEB_BROADCAST, Rule.ER_STORM, Rule.VEPA_SEND_UP);
    }

    @Test
    void vebLocalUnicast() {
        assertThat(on(VEB, SENT)).isEqualTo(forward(0, Rule.VEB_LOCAL_UNICAST, 1));
    }

    @Test
    void vebSelfAddressedAndVebLoopbackAreForTheDeviceAndTheStationToSay() {
        Frame itself = SENT.to(station(0));
        NicSettings looping = set(VEB.on(I82576), 0, vsi -> vsi.withLoopback(true));
        assertThat(on(VEB, itself)).isEqualTo(drop(0, Rule.VEB_SELF_ADDRESSED, DropReason.SELF_ADDRESSED));
        assertThat(on(VEB.on(I82576), itself).rule()).isEqualTo(Rule.VEB_SELF_ADDRESSED);
        assertThat(on(looping, itself)).isEqualTo(forward(0, Rule.VEB_LOOPBACK, 0));
    }

    @Test
    void vebLoopbackIsWhatMacvlanDoesAlways() {
        assertThat(on(VEB.on(MACVLAN), SENT.to(station(0)))).isEqualTo(forward(0, Rule.VEB_LOOPBACK, 0));
    }

    @Test
    void vebUnknownUnicast() {
        assertThat(on(VEB, SENT.to(OUTSIDE))).isEqualTo(forward(0, Rule.VEB_UNKNOWN_UNICAST, UPLINK));
    }

    @Test
    void vebPromiscuous() {
        NicSettings nic = set(VEB, 2, vsi -> vsi.withXcast(Xcast.PROMISC).withTrusted(true))
                .on(VEB.device().with(Choice.LOCAL_TO_PROMISCUOUS, true));
        assertThat(on(nic, SENT.to(OUTSIDE))).isEqualTo(forward(0, Rule.VEB_PROMISCUOUS, 2, UPLINK));
    }

    @Test
    void vebOutsideVlanIsDroppedOrSentUpAsTheDeviceDoes() {
        NicSettings nic = set(VEB, 1, vsi -> vsi.withVlans(VlanSet.of(20)));
        Frame tagged = SENT.tagged(C_TAG, 10);
        assertThat(on(nic.on(I82576), tagged)).isEqualTo(drop(0, Rule.VEB_OUTSIDE_VLAN, DropReason.VLAN_NOT_MEMBER));
        assertThat(on(nic.on(VEB.device().with(Choice.OUTSIDE_VLAN, OutsideVlan.SENT_UP)), tagged))
                .isEqualTo(forward(0, Rule.VEB_OUTSIDE_VLAN, UPLINK));
    }

    @Test
    void vebBroadcast() {
        assertThat(on(VEB, SENT.broadcast())).isEqualTo(forward(0, Rule.VEB_BROADCAST, 1, 2, UPLINK));
    }

    @Test
    void vebMulticast() {
        NicSettings nic = set(VEB, 1, vsi -> vsi.withXcast(Xcast.NONE));
        assertThat(on(nic, SENT.to(group(1)))).isEqualTo(forward(0, Rule.VEB_MULTICAST, 2, UPLINK));
    }

    @Test
    void vepaSendUp() {
        for (long to : new long[] {station(0), station(1), OUTSIDE, Mac.BROADCAST, group(1)}) {
            assertThat(on(VEPA, SENT.to(to))).isEqualTo(forward(0, Rule.VEPA_SEND_UP, UPLINK));
        }
    }

    @Test
    void vepaSourcePruning() {
        assertThat(on(VEPA, ARRIVED.from(station(2)).broadcast()))
                .isEqualTo(new Outcome(
                        UPLINK, Rule.VEPA_SOURCE_PRUNING, new int[] {0, 1}, new int[] {2}, new DropReason[] {
                            DropReason.SOURCE_PRUNED
                        }));
        assertThat(on(VEPA, ARRIVED.from(station(1))))
                .isEqualTo(dropCopy(UPLINK, Rule.VEPA_SOURCE_PRUNING, 1, DropReason.SOURCE_PRUNED));
    }

    @Test
    void vepaDriverPruningKnowsThePrimaryAddressAndGroupFramesOnly() {
        List<Vsi> stations = new ArrayList<>(vfs(3));
        stations.set(2, Relaying.vf(2, station(2), station(12)));
        NicSettings nic = VEPA.with(stations).on(I82599);
        assertThat(on(nic, ARRIVED.from(station(2)).broadcast()).rule()).isEqualTo(Rule.VEPA_DRIVER_PRUNING);
        assertThat(on(nic, ARRIVED.from(station(12)).broadcast()))
                .isEqualTo(forward(UPLINK, Rule.ER_UPLINK_BROADCAST, 0, 1, 2));
        assertThat(on(nic, ARRIVED.from(station(2)).to(station(2))))
                .isEqualTo(forward(UPLINK, Rule.ER_UPLINK_UNICAST, 2));
    }

    @Test
    void erUplinkUnicast() {
        assertThat(on(VEB, ARRIVED)).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_UNICAST, 1));
    }

    @Test
    void erUplinkNoMatch() {
        assertThat(on(VEB, ARRIVED.to(OUTSIDE)))
                .isEqualTo(drop(UPLINK, Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH));
    }

    @Test
    void erUplinkDefault() {
        NicSettings nic = new NicSettings("nic0", I82576, Mode.VEB, vfs(3), Policy.NONE, 2, true);
        assertThat(on(nic, ARRIVED.to(OUTSIDE))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_DEFAULT, 2));
        assertThat(on(nic, SENT.to(OUTSIDE)))
                .as("never for local frames")
                .isEqualTo(forward(0, Rule.VEB_UNKNOWN_UNICAST, UPLINK));
    }

    @Test
    void erUplinkPromiscuous() {
        NicSettings nic = set(VEB, 2, vsi -> vsi.withXcast(Xcast.PROMISC).withTrusted(true));
        assertThat(on(nic, ARRIVED.to(OUTSIDE))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_PROMISCUOUS, 2));
    }

    @Test
    void erUplinkVlan() {
        NicSettings nic = set(VEB, 1, vsi -> vsi.withVlans(VlanSet.of(20)));
        assertThat(on(nic, ARRIVED.tagged(C_TAG, 10)))
                .isEqualTo(drop(UPLINK, Rule.ER_UPLINK_VLAN, DropReason.VLAN_NOT_MEMBER));
    }

    @Test
    void erUplinkBroadcast() {
        NicSettings nic = set(VEB, 1, vsi -> vsi.withBroadcast(false));
        assertThat(on(nic, ARRIVED.broadcast())).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_BROADCAST, 0, 2));
    }

    @Test
    void erUplinkMulticast() {
        NicSettings nic = set(VEB, 1, vsi -> vsi.withXcast(Xcast.NONE));
        assertThat(on(nic, ARRIVED.to(group(1)))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_MULTICAST, 0, 2));
    }

    @Test
    void erUplinkDown() {
        NicSettings nic = new NicSettings("nic0", Devices.IEEE, Mode.VEB, vfs(3), Policy.NONE, -1, false);
        assertThat(on(nic, ARRIVED)).isEqualTo(drop(UPLINK, Rule.ER_UPLINK_DOWN, DropReason.LINK_DOWN));
        assertThat(on(nic, SENT.to(OUTSIDE)))
                .isEqualTo(dropCopy(0, Rule.VEB_UNKNOWN_UNICAST, UPLINK, DropReason.LINK_DOWN));
    }

    @Test
    void erUplinkPause() {
        assertThat(on(VEB, ARRIVED.to(Mac.PAUSE)))
                .isEqualTo(drop(UPLINK, Rule.ER_UPLINK_PAUSE, DropReason.PAUSE_CONSUMED));
    }

    private static Frame typed(Frame of, int type) {
        return new Frame(of.number(), of.time(), of.destination(), of.source(), of.tag(), type, of.length(), of.port());
    }

    private static NicSettings set(NicSettings nic, int station, UnaryOperator<VsiSettings> change) {
        List<Vsi> vsis = new ArrayList<>(nic.vsis());
        Vsi vsi = vsis.get(station);
        vsis.set(station, vsi.with(change.apply(vsi.settings())));
        return nic.with(vsis);
    }

    private static Relaying sending(NicSettings nic) {
        return new Relaying(new EdgeRelayTx("relay.tx", nic, List.of(), 0));
    }

    /** What becomes of the last of these frames, all of them from stations or all from the uplink. */
    private static Outcome on(NicSettings nic, Frame... frames) {
        Relaying relay = frames[0].port() == UPLINK
                ? new Relaying(new EdgeRelayRx("relay.rx", nic, List.of(), 0))
                : sending(nic);
        for (int first = 0; first < frames.length - 1; first++) {
            relay.decide(frames[first]);
        }
        return relay.decide(frames[frames.length - 1]);
    }
}
