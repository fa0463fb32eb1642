package dev.hairpin.model.bridge;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.forward;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.link.Timed;
import java.util.List;
import org.junit.jupiter.api.Test;

/** IGMP and MLD snooping: reports, queries and leaves as octets, and where groups go then. Four ports. */
class SnoopingTest {
    private static final long SECOND = 1_000_000_000L;
    private static final int QUERIER = 0;
    private static final int LISTENER = 1;
    private static final int SENDER = 3;

    /** IPv4 of 32 octets with the router alert, TTL 1, IGMP, from 10.0.0.1. */
    private static final String IGMP = "0800 4600 0020 0000 0000 0102 0000 0a000001 ";

    /** To 224.0.0.1, general query: code 100, which is 10 s. */
    private static final String QUERY = "01005e000001 020000000001" + IGMP + "e0000001 94040000 11 64 0000 00000000";

    /** IGMPv2 report of 239.1.1.1. */
    private static final String REPORT = "01005e010101 020000000002" + IGMP + "ef010101 94040000 16 00 0000 ef010101";

    /** To 224.0.0.2, leave 239.1.1.1. */
    private static final String LEAVE = "01005e000002 020000000002" + IGMP + "e0000002 94040000 17 00 0000 ef010101";

    /** Query for 239.1.1.1, code 20, which is 2 s. */
    private static final String QUERY_FOR_GROUP =
            "01005e010101 020000000001" + IGMP + "ef010101 94040000 11 14 0000 ef010101";

    /** UDP to 239.1.1.1. */
    private static final String DATA =
            "01005e010101 020000000004 0800 4500 001c 0000 0000 0111 0000 0a000004 ef010101 0000 0000 0008 0000";

    private static final BridgeSettings SET =
            BridgeSettings.of("p0", "p1", "p2", "p3").withSnooping(Snooping.ON);

    private final Packets bridge = packets(SET);
    private static final Outcome FLOODED = forward(SENDER, Rule.BR_MULTICAST, 0, 1, 2);
    private static final Outcome TO_ROUTER = forward(SENDER, Rule.BR_SNOOPED_MULTICAST, QUERIER);
    private static final Outcome TO_BOTH = forward(SENDER, Rule.BR_SNOOPED_MULTICAST, QUERIER, LISTENER);

    @Test
    void floodsAsLongAsThereIsNoQuerier() {
        bridge.decide(0, LISTENER, REPORT);
        assertThat(bridge.decide(SECOND, SENDER, DATA)).isEqualTo(FLOODED);
    }

    @Test
    void goesOnFloodingUntilReportsHadTheirTime() {
        bridge.decide(0, QUERIER, QUERY);
        assertThat(bridge.decide(3 * SECOND, SENDER, DATA)).isEqualTo(FLOODED);
        assertThat(bridge.decide(10 * SECOND - 1, SENDER, DATA)).isEqualTo(FLOODED);
        assertThat(bridge.decide(10 * SECOND, SENDER, DATA)).isEqualTo(TO_ROUTER);
    }

    @Test
    void sendsAGroupToThoseWhoReportedItAndToTheRouterBehindTheQueriersPort() {
        bridge.decide(0, QUERIER, QUERY);
        bridge.decide(SECOND, LISTENER, REPORT);
        assertThat(bridge.decide(11 * SECOND, SENDER, DATA)).isEqualTo(TO_BOTH);
    }

    @Test
    void isAQuerierItselfAndPrunesAtOnce() {
        Packets own = packets(SET.withSnooping(Snooping.ON.withQuerier(true)));
        assertThat(own.decide(0, SENDER, DATA))
                .isEqualTo(drop(SENDER, Rule.BR_SNOOPED_MULTICAST, DropReason.MC_NOT_SUBSCRIBED));
    }

    @Test
    void floodsAgainWhenTheQuerierIsGone() {
        bridge.decide(0, QUERIER, QUERY);
        assertThat(bridge.decide(255 * SECOND - 1, SENDER, DATA)).isEqualTo(TO_ROUTER);
        assertThat(bridge.decide(255 * SECOND, SENDER, DATA)).isEqualTo(FLOODED);
    }

    @Test
    void forgetsAListenerThatReportsNoMore() {
        bridge.decide(0, LISTENER, REPORT);
        bridge.decide(200 * SECOND, QUERIER, QUERY);
        assertThat(bridge.decide(260 * SECOND - 1, SENDER, DATA)).isEqualTo(TO_BOTH);
        assertThat(bridge.decide(260 * SECOND, SENDER, DATA)).isEqualTo(TO_ROUTER);
    }

    @Test
    void sendsReportsToRoutersOnly() {
        bridge.decide(0, QUERIER, QUERY);
        bridge.decide(SECOND, LISTENER, REPORT);
        assertThat(bridge.decide(11 * SECOND, 2, REPORT)).isEqualTo(forward(2, Rule.BR_SNOOPED_MULTICAST, QUERIER));
    }

    @Test
    void floodsQueriesAndLeaves() {
        bridge.decide(0, QUERIER, QUERY);
        assertThat(bridge.decide(11 * SECOND, QUERIER, QUERY)).isEqualTo(forward(0, Rule.BR_MULTICAST, 1, 2, 3));
        assertThat(bridge.decide(11 * SECOND, LISTENER, LEAVE)).isEqualTo(forward(1, Rule.BR_MULTICAST, 0, 2, 3));
    }

    @Test
    void endsAGroupAtOnceWhereThePortLeavesFast() {
        Packets fast = packets(SET.withPort(LISTENER, port -> port.withLeavesFast(true)));
        for (Packets each : List.of(bridge, fast)) {
            each.decide(0, QUERIER, QUERY);
            each.decide(SECOND, LISTENER, REPORT);
            each.decide(11 * SECOND, LISTENER, LEAVE);
        }
        assertThat(fast.decide(11 * SECOND, SENDER, DATA)).isEqualTo(TO_ROUTER);
        assertThat(bridge.decide(11 * SECOND, SENDER, DATA))
                .as("that querier asks for the rest of them")
                .isEqualTo(TO_BOTH);
    }

    @Test
    void endsAGroupAfterTheLastMembersTimeWhereNoQuerierAsks() {
        Packets own = packets(SET.withSnooping(Snooping.ON.withQuerier(true)));
        own.decide(0, LISTENER, REPORT);
        own.decide(SECOND, LISTENER, LEAVE);
        assertThat(own.decide(3 * SECOND - 1, SENDER, DATA))
                .isEqualTo(forward(SENDER, Rule.BR_SNOOPED_MULTICAST, LISTENER));
        assertThat(own.decide(3 * SECOND, SENDER, DATA))
                .isEqualTo(drop(SENDER, Rule.BR_SNOOPED_MULTICAST, DropReason.MC_NOT_SUBSCRIBED));
    }

    @Test
    void endsAGroupThatNobodyAnswersFor() {
        bridge.decide(0, QUERIER, QUERY);
        bridge.decide(SECOND, LISTENER, REPORT);
        bridge.decide(11 * SECOND, QUERIER, QUERY_FOR_GROUP);
        assertThat(bridge.decide(15 * SECOND - 1, SENDER, DATA)).isEqualTo(TO_BOTH);
        assertThat(bridge.decide(15 * SECOND, SENDER, DATA)).isEqualTo(TO_ROUTER);
    }

    @Test
    void neverPrunes224DotZeroDotZeroByItsIpAddress() {
        bridge.decide(0, QUERIER, QUERY);
        // 224.0.0.5 and 239.0.0.5 have the same MAC address
        String local = DATA.replace("01005e010101", "01005e000005").replace("ef010101", "e0000005");
        String other = DATA.replace("01005e010101", "01005e000005").replace("ef010101", "ef000005");
        assertThat(bridge.decide(11 * SECOND, SENDER, local)).isEqualTo(FLOODED);
        assertThat(bridge.decide(11 * SECOND, SENDER, other)).isEqualTo(TO_ROUTER);
    }

    @Test
    void joinsAndLeavesByTheRecordsOfIgmpVersion3() {
        bridge.decide(0, QUERIER, QUERY);
        // To 224.0.0.22, one record: type 4, to exclude nothing; then type 3, to include nothing
        String head = "01005e000016 020000000002 0800 4600 0028 0000 0000 0102 0000 0a000001 e0000016 94040000 ";
        bridge.decide(SECOND, LISTENER, head + "22 00 0000 0000 0001 04 00 0000 ef010101");
        assertThat(bridge.decide(11 * SECOND, SENDER, DATA)).isEqualTo(TO_BOTH);
        Packets fast = packets(SET.withPort(LISTENER, port -> port.withLeavesFast(true)));
        fast.decide(0, QUERIER, QUERY);
        fast.decide(SECOND, LISTENER, head + "22 00 0000 0000 0001 04 00 0000 ef010101");
        fast.decide(2 * SECOND, LISTENER, head + "22 00 0000 0000 0001 03 00 0000 ef010101");
        assertThat(fast.decide(11 * SECOND, SENDER, DATA)).isEqualTo(TO_ROUTER);
    }

    /** IPv6 of 32 octets behind its header, hop limit 1, from fe80::1; behind the destination the router alert. */
    private static String mld(String macEnd, String to, String message) {
        return "3333" + macEnd + "020000000002 86dd 60000000 0020 00 01 fe800000000000000000000000000001" + to
                + "3a00 0502 0000 0100" + message;
    }

    private static final String ALL_NODES = "ff020000000000000000000000000001";
    private static final String GROUP_6 = "ff050000000000000000000000010003";

    private static String data6(String group) {
        return "3333" + group.substring(24) + "020000000004 86dd 60000000 0008 11 01 fe800000000000000000000000000004"
                + group + "0000 0000 0008 0000";
    }

    @Test
    void listensToMldAsToIgmp() {
        // Type 130, general query, delay 1000 ms; type 131, report of ff05::1:3
        bridge.decide(0, QUERIER, mld("00000001", ALL_NODES, "82 00 0000 03e8 0000" + "0".repeat(32)));
        bridge.decide(0, LISTENER, mld("00010003", GROUP_6, "83 00 0000 0000 0000" + GROUP_6));
        assertThat(bridge.decide(SECOND - 1, SENDER, data6(GROUP_6))).isEqualTo(FLOODED);
        assertThat(bridge.decide(SECOND, SENDER, data6(GROUP_6))).isEqualTo(TO_BOTH);
        assertThat(bridge.decide(SECOND, SENDER, DATA))
                .as("the querier of IPv6 is none of IPv4")
                .isEqualTo(FLOODED);
    }

    @Test
    void neverPrunesAllNodesButAnyOtherGroupOfTheLink() {
        bridge.decide(0, QUERIER, mld("00000001", ALL_NODES, "82 00 0000 03e8 0000" + "0".repeat(32)));
        assertThat(bridge.decide(SECOND, SENDER, data6(ALL_NODES))).isEqualTo(FLOODED);
        assertThat(bridge.decide(SECOND, SENDER, data6("ff020000000000000000000000000005")))
                .isEqualTo(TO_ROUTER);
    }

    @Test
    void prunesAGroupSetByHandThatIsNotIpWithoutAQuerierAndIpOnlyWithOne() {
        Packets byHand = packets(SET.withGroups(List.of(new MdbEntry(0x0100_5E01_0101L, 0, 2))));
        String notIp = DATA.replace(" 0800 ", " 88b5 ");
        assertThat(byHand.decide(0, SENDER, notIp)).isEqualTo(forward(SENDER, Rule.BR_SNOOPED_MULTICAST, 2));
        assertThat(byHand.decide(0, SENDER, DATA)).isEqualTo(FLOODED);
        byHand.decide(0, QUERIER, QUERY);
        assertThat(byHand.decide(10 * SECOND, SENDER, DATA))
                .isEqualTo(forward(SENDER, Rule.BR_SNOOPED_MULTICAST, QUERIER, 2));
    }

    @Test
    void forgetsTheRouterThatAQueryShowedWhenWhatIsSetOfItsPortChanges() {
        BridgeSettings never = SET.withPort(QUERIER, port -> port.withRouter(RouterPort.NEVER));
        Packets changing = new Packets(new Bridge(
                "bridge",
                SET,
                List.of(new Timed<>(12 * SECOND, "never", "", never), new Timed<>(14 * SECOND, "queried", "", SET)),
                Learned.NOTHING,
                0));
        Outcome nobody = drop(SENDER, Rule.BR_SNOOPED_MULTICAST, DropReason.MC_NOT_SUBSCRIBED);
        changing.decide(0, QUERIER, QUERY);
        assertThat(changing.decide(11 * SECOND, SENDER, DATA)).isEqualTo(TO_ROUTER);
        assertThat(changing.decide(13 * SECOND, SENDER, DATA)).isEqualTo(nobody);
        assertThat(changing.decide(15 * SECOND, SENDER, DATA)).isEqualTo(nobody);
        changing.decide(16 * SECOND, QUERIER, QUERY);
        assertThat(changing.decide(16 * SECOND, SENDER, DATA)).isEqualTo(TO_ROUTER);
    }

    @Test
    void saysThatAListenerIsOutsideTheVlanAndNotThatThePortDoesNotReflect() {
        BridgeSettings vlans = SET.withVlanFiltering(true)
                .withPort(2, port -> port.access(20))
                .withGroups(List.of(new MdbEntry(0x0100_5E01_0101L, 1, 2)));
        Packets filtering = packets(vlans.withSnooping(Snooping.ON.withQuerier(true)));
        assertThat(filtering.decide(0, SENDER, DATA))
                .isEqualTo(drop(SENDER, Rule.BR_SNOOPED_MULTICAST, DropReason.VLAN_NOT_MEMBER));
        filtering.decide(0, SENDER, REPORT);
        assertThat(filtering.decide(0, SENDER, DATA))
                .isEqualTo(drop(SENDER, Rule.BR_SNOOPED_MULTICAST, DropReason.HAIRPIN_DISABLED));
    }

    @Test
    void hearsNothingInWhatIsCut() {
        bridge.decide(0, QUERIER, QUERY.substring(0, QUERY.length() - 2));
        assertThat(bridge.decide(11 * SECOND, SENDER, DATA)).isEqualTo(FLOODED);
    }

    private static Packets packets(BridgeSettings settings) {
        return new Packets(new Bridge("bridge", settings));
    }
}
