package dev.hairpin.model.bridge;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.dropCopy;
import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.reserved;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.relay.Relaying;
import dev.hairpin.model.relay.StormControl;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.RuleTests;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A test for each rule of the bridge, named as the rule, and for what tells its cases apart. Three ports. */
class BridgeRulesTest {
    private static final long A = station(1);
    private static final long B = station(2);
    private static final Frame A_TO_B = frame(1).from(A).to(B).by(0);
    private static final Frame FROM_B = frame(2).from(B).broadcast();
    private static final int C_TAG = VlanTag.TPID_C;
    private static final BridgeSettings PLAIN = BridgeSettings.of("p0", "p1", "p2");

    /** p0 and p1 in VLAN 10 untagged, p2 a trunk of 10 and 20. */
    private static final BridgeSettings VLANS = PLAIN.withVlanFiltering(true)
            .withPort(0, port -> port.access(10))
            .withPort(1, port -> port.access(10))
            .withPort(2, port -> port.trunk(10, 20));

    @Test
    void everyRuleHasATestOfItsName() {
        RuleTests.haveEachOf(BridgeRulesTest.class, "BR_");
    }

    @Test
    void brStormDropsWhatGoesToManyBeyondItsLevelAndNothingElse() {
        StormControl one = StormControl.OFF;
        for (StormControl.Kind kind : StormControl.Kind.values()) {
            one = one.with(kind, StormControl.Level.frames(1));
        }
        StormControl control = one;
        BridgeSettings set = PLAIN.withPort(0, port -> port.withStorm(control));
        Outcome dropped = drop(0, Rule.BR_STORM, DropReason.STORM);
        for (Frame frame : List.of(A_TO_B, A_TO_B.broadcast(), A_TO_B.to(group(1)))) {
            Relaying bridge = bridge(set);
            assertThat(bridge.decide(frame).copies()).isEqualTo(2);
            assertThat(bridge.decide(frame)).isEqualTo(dropped);
            assertThat(bridge.decide(frame.by(1)).copies())
                    .as("by another port")
                    .isEqualTo(2);
            assertThat(bridge.decide(frame.at(999_999_999))).isEqualTo(dropped);
            assertThat(bridge.decide(frame.at(1_000_000_000)).copies()).isEqualTo(2);
        }
        assertThat(on(set, A_TO_B, FROM_B.by(1), A_TO_B).rule())
                .as("a station that is known")
                .isEqualTo(Rule.BR_KNOWN_UNICAST);
    }

    @Test
    void brRuntDropsWhatEndsBeforeItsEtherType() {
        assertThat(on(PLAIN, A_TO_B.octets(13))).isEqualTo(drop(0, Rule.BR_RUNT, DropReason.RUNT));
        assertThat(on(PLAIN, A_TO_B.octets(14)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void brInvalidSaDropsGroupAndZeroSources() {
        for (long source : new long[] {0, group(1), Mac.BROADCAST}) {
            assertThat(on(PLAIN, A_TO_B.from(source))).isEqualTo(drop(0, Rule.BR_INVALID_SA, DropReason.INVALID_SA));
        }
    }

    @Test
    void brPauseEndsAtEveryComponentAndTeachesNothing() {
        for (Component component : Component.values()) {
            Relaying bridge = bridge(PLAIN.withComponent(component).withGroupForwardMask(0xFFF8));
            assertThat(bridge.decide(A_TO_B.to(Mac.PAUSE)))
                    .isEqualTo(drop(0, Rule.BR_PAUSE, DropReason.PAUSE_CONSUMED));
            assertThat(bridge.decide(FROM_B.to(A).by(1)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
        }
    }

    @Test
    void brReservedKeepsWhatTheComponentDoesNotRelayAndBrReservedRelayedFloodsTheRest() {
        assertThat(kept(PLAIN)).containsExactly(0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(kept(PLAIN.withComponent(Component.S_VLAN))).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 14);
        assertThat(kept(PLAIN.withComponent(Component.TPMR))).containsExactly(2, 4, 14);
        BridgeSettings linux = PLAIN.withComponent(Component.LINUX).withSpanningTree(SpanningTree.USER_SPACE);
        assertThat(kept(linux)).containsExactly(0, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
        assertThat(kept(linux.withGroupForwardMask(0x4008)))
                .containsExactly(0, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 15);
    }

    @Test
    void brReservedOnLinuxNeedsVlanFilteringForTheSetOfAnSVlanComponent() {
        BridgeSettings linux = PLAIN.withComponent(Component.LINUX)
                .withSpanningTree(SpanningTree.USER_SPACE)
                .withProtocol(VlanTag.TPID_S);
        assertThat(kept(linux)).hasSize(15);
        assertThat(kept(linux.withVlanFiltering(true))).containsExactly(2, 3, 4, 5, 6, 7, 8, 9, 10, 14);
    }

    @Test
    void brReservedTeachesWhateverBlocksTheFrameUnlessToldNotTo() {
        Frame lldp = A_TO_B.to(reserved(0xE));
        Relaying teaches = bridge(PLAIN);
        assertThat(teaches.decide(lldp)).isEqualTo(drop(0, Rule.BR_RESERVED, DropReason.RESERVED_GROUP));
        assertThat(teaches.decide(FROM_B.to(A).by(1)).rule()).isEqualTo(Rule.BR_KNOWN_UNICAST);
        Relaying not = bridge(PLAIN.withLearnsLinkLocal(false));
        not.decide(lldp);
        assertThat(not.decide(FROM_B.to(A).by(1)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
        assertThat(on(PLAIN.withPort(0, port -> port.withState(PortState.DISABLED)), lldp)
                        .rule())
                .isEqualTo(Rule.BR_RESERVED);
    }

    @Test
    void brReservedRelayedObeysVlansAndTheFloodFlagOfMulticast() {
        Frame bpdu = A_TO_B.to(reserved(0));
        assertThat(on(PLAIN.withComponent(Component.S_VLAN), bpdu))
                .isEqualTo(forward(0, Rule.BR_RESERVED_RELAYED, 1, 2));
        assertThat(on(PLAIN.withComponent(Component.S_VLAN).withPort(1, port -> port.withFloodsMulticast(false)), bpdu))
                .isEqualTo(forward(0, Rule.BR_RESERVED_RELAYED, 2));
        assertThat(on(VLANS.withComponent(Component.S_VLAN).withPort(1, port -> port.access(20)), bpdu)
                        .copies())
                .isOne();
    }

    @Test
    void brMulticastIsWhatBpdusAreOnLinuxWithoutASpanningTree() {
        BridgeSettings linux = PLAIN.withComponent(Component.LINUX).withLearnsLinkLocal(false);
        Relaying bridge = bridge(linux);
        assertThat(bridge.decide(A_TO_B.to(reserved(0)))).isEqualTo(forward(0, Rule.BR_MULTICAST, 1, 2));
        assertThat(bridge.decide(FROM_B.to(A).by(1)).rule()).isEqualTo(Rule.BR_KNOWN_UNICAST);
    }

    @Test
    void brPortDownAndBrPortStateLetNothingInAndOnlyLearningLearns() {
        assertThat(on(state(PortState.DISABLED), A_TO_B)).isEqualTo(drop(0, Rule.BR_PORT_DOWN, DropReason.ADMIN_DOWN));
        for (PortState state : List.of(PortState.BLOCKING, PortState.LISTENING, PortState.LEARNING)) {
            Relaying bridge = bridge(state(state));
            assertThat(bridge.decide(A_TO_B)).isEqualTo(drop(0, Rule.BR_PORT_STATE, DropReason.STP_STATE));
            assertThat(bridge.decide(FROM_B.to(A).by(1)).rule())
                    .isEqualTo(state == PortState.LEARNING ? Rule.BR_EGRESS_FILTERED : Rule.BR_UNKNOWN_UNICAST);
        }
    }

    @Test
    void brPortStateOfBlockingDoesNotLastOnLinuxWithoutASpanningTree() {
        BridgeSettings linux = state(PortState.BLOCKING).withComponent(Component.LINUX);
        assertThat(on(linux, A_TO_B).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
        assertThat(on(linux.withSpanningTree(SpanningTree.USER_SPACE), A_TO_B).rule())
                .isEqualTo(Rule.BR_PORT_STATE);
        assertThat(on(state(PortState.LISTENING).withComponent(Component.LINUX), A_TO_B)
                        .rule())
                .as("other states last")
                .isEqualTo(Rule.BR_PORT_STATE);
    }

    @Test
    void brNoPvidDropsUntaggedAndPriorityTagged() {
        Outcome dropped = drop(2, Rule.BR_NO_PVID, DropReason.VLAN_NO_PVID);
        assertThat(on(VLANS, A_TO_B.by(2))).isEqualTo(dropped);
        assertThat(on(VLANS, A_TO_B.by(2).tagged(C_TAG, 5 << 13))).isEqualTo(dropped);
    }

    @Test
    void brNoPvidDropsATagOfAnotherProtocolForItIsPayload() {
        assertThat(on(VLANS, A_TO_B.by(2).tagged(VlanTag.TPID_S, 10)))
                .isEqualTo(drop(2, Rule.BR_NO_PVID, DropReason.VLAN_NO_PVID));
        long inTen = TagChange.push(VlanTag.of(C_TAG, 10));
        assertThat(on(VLANS, A_TO_B.tagged(VlanTag.TPID_S, 20)))
                .isEqualTo(flooded(0, new int[] {1, 2}, TagChange.KEEP, inTen));
    }

    @Test
    void brIngressVlanDropsTheTagOfAVlanThatThePortIsNotIn() {
        Outcome dropped = drop(0, Rule.BR_INGRESS_VLAN, DropReason.VLAN_NOT_MEMBER);
        assertThat(on(VLANS, A_TO_B.tagged(C_TAG, 20))).isEqualTo(dropped);
        assertThat(on(VLANS, A_TO_B.tagged(C_TAG, 4_095))).isEqualTo(dropped);
    }

    @Test
    void brUnknownUnicastLeavesWithTheTagThatItsPortAsksFor() {
        int priority = 5 << 13;
        assertThat(on(VLANS, A_TO_B))
                .isEqualTo(flooded(0, new int[] {1, 2}, TagChange.KEEP, TagChange.push(VlanTag.of(C_TAG, 10))));
        assertThat(on(VLANS, A_TO_B.tagged(C_TAG, priority)))
                .isEqualTo(flooded(
                        0, new int[] {1, 2}, TagChange.POP, TagChange.replace(VlanTag.of(C_TAG, priority | 10))));
        assertThat(on(VLANS, A_TO_B.by(2).tagged(C_TAG, priority | 10)))
                .isEqualTo(flooded(2, new int[] {0, 1}, TagChange.POP, TagChange.POP));
        assertThat(on(PLAIN, A_TO_B.tagged(C_TAG, 4_095))).isEqualTo(forward(0, Rule.BR_UNKNOWN_UNICAST, 1, 2));
    }

    @Test
    void brLockedAsksForAnEntryBehindThatPortAndDoesNotMoveOne() {
        BridgeSettings locked = PLAIN.withPort(0, port -> port.withLocked(true));
        Outcome dropped = drop(0, Rule.BR_LOCKED, DropReason.FDB_LOCKED);
        Relaying bridge = bridge(locked);
        assertThat(bridge.decide(A_TO_B)).isEqualTo(dropped);
        assertThat(bridge.decide(A_TO_B)).isEqualTo(dropped);
        assertThat(bridge.decide(FROM_B.from(A).by(1)).rule()).isEqualTo(Rule.BR_BROADCAST);
        assertThat(bridge.decide(A_TO_B)).isEqualTo(dropped);
        assertThat(bridge.decide(FROM_B.to(A).by(2))).isEqualTo(forward(2, Rule.BR_KNOWN_UNICAST, 1));
        Relaying authorised = bridge(locked.withStations(List.of(new FdbEntry(A, 0, 0, EntryKind.STATIC))));
        assertThat(authorised.decide(A_TO_B).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
        authorised.decide(FROM_B.from(A).by(1));
        assertThat(authorised.decide(A_TO_B)).as("it has moved to an open port").isEqualTo(dropped);
    }

    @Test
    void brLockedWithMabMakesALockedEntryThatFramesGoToAndThatOpensByRoaming() {
        Relaying bridge = bridge(PLAIN.withPort(0, port -> port.withLocked(true).withMab(true)));
        Outcome dropped = drop(0, Rule.BR_LOCKED, DropReason.FDB_LOCKED);
        assertThat(bridge.decide(A_TO_B)).isEqualTo(dropped);
        assertThat(bridge.decide(A_TO_B)).isEqualTo(dropped);
        assertThat(bridge.decide(FROM_B.to(A).by(1))).isEqualTo(forward(1, Rule.BR_KNOWN_UNICAST, 0));
        assertThat(bridge.decide(FROM_B.from(A).by(1)).rule()).isEqualTo(Rule.BR_BROADCAST);
        assertThat(bridge.decide(FROM_B.to(A).by(2))).isEqualTo(forward(2, Rule.BR_KNOWN_UNICAST, 1));
    }

    @Test
    void brKnownUnicastGoesToTheOnePort() {
        assertThat(on(PLAIN, FROM_B.by(2), A_TO_B)).isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, 2));
    }

    @Test
    void brReflectiveRelaySendsBackWhereItIsOn() {
        assertThat(on(reflecting(), FROM_B.by(0), A_TO_B)).isEqualTo(forward(0, Rule.BR_REFLECTIVE_RELAY, 0));
    }

    @Test
    void brSamePortDropsWhereItIsOffAndFloodsNothing() {
        assertThat(on(PLAIN, FROM_B.by(0), A_TO_B)).isEqualTo(drop(0, Rule.BR_SAME_PORT, DropReason.HAIRPIN_DISABLED));
    }

    @Test
    void brEgressFilteredDropsInsteadOfFlooding() {
        assertThat(on(knowing(at(1, port -> port.withState(PortState.BLOCKING))), A_TO_B))
                .isEqualTo(dropCopy(0, Rule.BR_EGRESS_FILTERED, 1, DropReason.STP_STATE));
        assertThat(on(knowing(at(1, port -> port.withState(PortState.DISABLED))), A_TO_B))
                .isEqualTo(dropCopy(0, Rule.BR_EGRESS_FILTERED, 1, DropReason.ADMIN_DOWN));
        BridgeSettings isolated = at(1, port -> port.withIsolated(true)).withPort(0, port -> port.withIsolated(true));
        assertThat(on(knowing(isolated), A_TO_B))
                .isEqualTo(dropCopy(0, Rule.BR_EGRESS_FILTERED, 1, DropReason.ISOLATED));
    }

    @Test
    void brEgressFilteredIsAnIsolatedPortFromItselfThoughItReflects() {
        BridgeSettings isolated = reflecting().withPort(0, port -> port.withIsolated(true));
        assertThat(on(isolated, FROM_B.by(0), A_TO_B))
                .isEqualTo(dropCopy(0, Rule.BR_EGRESS_FILTERED, 0, DropReason.ISOLATED));
        assertThat(on(isolated, A_TO_B)).isEqualTo(forward(0, Rule.BR_UNKNOWN_UNICAST, 1, 2));
    }

    @Test
    void brBroadcastBrMulticastAndBrUnknownUnicastEachHaveAFlagOfTheirOwn() {
        Frame broadcast = A_TO_B.broadcast();
        Frame multicast = A_TO_B.to(group(1));
        BridgeSettings unicast = at(1, port -> port.withFloodsUnicast(false));
        assertThat(on(unicast, A_TO_B)).isEqualTo(forward(0, Rule.BR_UNKNOWN_UNICAST, 2));
        assertThat(on(unicast, broadcast)).isEqualTo(forward(0, Rule.BR_BROADCAST, 1, 2));
        assertThat(on(unicast, multicast)).isEqualTo(forward(0, Rule.BR_MULTICAST, 1, 2));
        assertThat(on(at(1, port -> port.withFloodsBroadcast(false)), broadcast))
                .isEqualTo(forward(0, Rule.BR_BROADCAST, 2));
        assertThat(on(at(1, port -> port.withFloodsMulticast(false)), multicast))
                .isEqualTo(forward(0, Rule.BR_MULTICAST, 2));
    }

    @Test
    void brUnknownUnicastBrBroadcastAndBrMulticastComeBackWhereThePortReflects() {
        assertThat(on(reflecting(), A_TO_B)).isEqualTo(forward(0, Rule.BR_UNKNOWN_UNICAST, 0, 1, 2));
        assertThat(on(reflecting(), A_TO_B.broadcast())).isEqualTo(forward(0, Rule.BR_BROADCAST, 0, 1, 2));
        assertThat(on(reflecting(), A_TO_B.to(group(1)))).isEqualTo(forward(0, Rule.BR_MULTICAST, 0, 1, 2));
    }

    @Test
    void brNowhereNamesWhatKeepsTheFrameFromThePortThatCameClosest() {
        UnaryOperator<BridgePort> silent = port -> port.withFloodsUnicast(false);
        UnaryOperator<BridgePort> isolated = port -> port.withIsolated(true);
        UnaryOperator<BridgePort> blocking = port -> port.withState(PortState.BLOCKING);
        UnaryOperator<BridgePort> disabled = port -> port.withState(PortState.DISABLED);
        BridgeSettings from = PLAIN.withPort(0, isolated);
        assertThat(on(from.withPort(1, silent).withPort(2, isolated), A_TO_B))
                .isEqualTo(nowhere(DropReason.FLOOD_DISABLED));
        assertThat(on(from.withPort(1, isolated).withPort(2, blocking), A_TO_B))
                .isEqualTo(nowhere(DropReason.ISOLATED));
        assertThat(on(from.withPort(1, blocking).withPort(2, disabled), A_TO_B))
                .isEqualTo(nowhere(DropReason.STP_STATE));
        assertThat(on(from.withPort(1, disabled).withPort(2, disabled), A_TO_B))
                .isEqualTo(nowhere(DropReason.ADMIN_DOWN));
    }

    @Test
    void brUnknownUnicastThatOnlyReflectionCouldSaveIsHairpinDisabled() {
        BridgeSettings alone = VLANS.withPort(1, port -> port.access(20)).withPort(2, port -> port.trunk(20));
        assertThat(on(alone, A_TO_B)).isEqualTo(drop(0, Rule.BR_UNKNOWN_UNICAST, DropReason.HAIRPIN_DISABLED));
    }

    @Test
    void brOwnAddressIsNotRelayed() {
        for (int port : new int[] {FdbEntry.BRIDGE, 1}) {
            BridgeSettings own = PLAIN.withStations(List.of(new FdbEntry(B, 0, port, EntryKind.LOCAL)));
            assertThat(on(own, A_TO_B)).isEqualTo(drop(0, Rule.BR_OWN_ADDRESS, DropReason.LOCAL_ONLY));
            assertThat(on(own, FROM_B.by(2), A_TO_B))
                    .as("a frame from there changes nothing")
                    .isEqualTo(drop(0, Rule.BR_OWN_ADDRESS, DropReason.LOCAL_ONLY));
        }
    }

    @Test
    void brSnoopedMulticastGoesToThoseWhoListen() {
        BridgeSettings set = PLAIN.withSnooping(Snooping.ON).withGroups(List.of(new MdbEntry(Mac.BROADCAST - 1, 0, 2)));
        assertThat(on(set, typed(A_TO_B.to(Mac.BROADCAST - 1), 0x88B5)))
                .isEqualTo(forward(0, Rule.BR_SNOOPED_MULTICAST, 2));
    }

    private static Outcome nowhere(DropReason reason) {
        return drop(0, Rule.BR_NOWHERE, reason);
    }

    private static Outcome flooded(int from, int[] ports, long... changes) {
        return new Outcome(from, Rule.BR_UNKNOWN_UNICAST, ports, changes, new int[0], new DropReason[0], new int[0]);
    }

    /** The last octets of reserved addresses that do not get through; what is relayed is flooded as such. */
    private static List<Integer> kept(BridgeSettings set) {
        return IntStream.range(0, 16)
                .filter(last -> last != 1)
                .filter(last -> {
                    Outcome outcome = on(set, A_TO_B.to(reserved(last)));
                    assertThat(outcome.rule()).isIn(Rule.BR_RESERVED, Rule.BR_RESERVED_RELAYED);
                    return outcome.rule() == Rule.BR_RESERVED;
                })
                .boxed()
                .toList();
    }

    private static BridgeSettings at(int number, UnaryOperator<BridgePort> change) {
        return PLAIN.withPort(number, change);
    }

    /** With B behind port 1 by hand. */
    private static BridgeSettings knowing(BridgeSettings set) {
        return set.withStations(List.of(new FdbEntry(B, 0, 1, EntryKind.STATIC)));
    }

    private static BridgeSettings state(PortState state) {
        return PLAIN.withPort(0, port -> port.withState(state));
    }

    private static BridgeSettings reflecting() {
        return PLAIN.withPort(0, port -> port.withReflects(true));
    }

    private static Frame typed(Frame of, int type) {
        return new Frame(of.number(), of.time(), of.destination(), of.source(), of.tag(), type, of.length(), of.port());
    }

    private static Relaying bridge(BridgeSettings settings) {
        return new Relaying(new Bridge("bridge", settings));
    }

    /** What becomes of the last of these frames. */
    private static Outcome on(BridgeSettings settings, Frame... frames) {
        Relaying bridge = bridge(settings);
        for (int first = 0; first < frames.length - 1; first++) {
            bridge.decide(frames[first]);
        }
        return bridge.decide(frames[frames.length - 1]);
    }
}
