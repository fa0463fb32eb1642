package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.relay.Relaying.listening;
import static dev.hairpin.model.relay.Relaying.vf;
import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.reserved;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Disposition;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.testkit.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables 5.1 and 5.2 of the semantics, rows whose ingress is a VSI. Four stations, so the uplink is port 4. */
class EdgeRelayTxTest {
    private static final int UPLINK = 4;
    private static final long OUTSIDE = station(900);
    private static final Frame FROM_VF0 = frame(1).from(station(0)).by(0);

    private final Relaying veb = relay(Mode.VEB, vfs(4));
    private final Relaying vepa = relay(Mode.VEPA, vfs(4));

    @Test
    void vebSwitchesUnicastToTheStationThatRegisteredItAndNeverUp() {
        assertThat(veb.decide(FROM_VF0.to(station(2)))).isEqualTo(forward(0, Rule.VEB_LOCAL_UNICAST, 2));
    }

    @Test
    void vebSwitchesToEveryAddressOfAStation() {
        Relaying relay = relay(Mode.VEB, List.of(vf(0, station(0)), vf(1, station(1), station(11), station(12))));
        for (long address : new long[] {station(1), station(11), station(12)}) {
            assertThat(relay.decide(FROM_VF0.to(address))).isEqualTo(forward(0, Rule.VEB_LOCAL_UNICAST, 1));
        }
    }

    @Test
    void vebDropsWhatAStationSendsToItself() {
        assertThat(veb.decide(FROM_VF0.to(station(0))))
                .isEqualTo(drop(0, Rule.VEB_SELF_ADDRESSED, DropReason.SELF_ADDRESSED));
    }

    @Test
    void vebDropsWhatAStationSendsToAnotherAddressOfItsOwn() {
        Relaying relay = relay(Mode.VEB, List.of(vf(0, station(0), station(10)), vf(1, station(1))));
        assertThat(relay.decide(FROM_VF0.to(station(10))))
                .isEqualTo(drop(0, Rule.VEB_SELF_ADDRESSED, DropReason.SELF_ADDRESSED));
    }

    @Test
    void vebJudgesTheSenderByItsPortAndNotByItsSourceAddress() {
        assertThat(veb.decide(FROM_VF0.from(station(2)).to(station(2))))
                .isEqualTo(forward(0, Rule.VEB_LOCAL_UNICAST, 2));
    }

    @Test
    void vebSendsUnknownUnicastUpOnly() {
        assertThat(veb.decide(FROM_VF0.to(OUTSIDE))).isEqualTo(forward(0, Rule.VEB_UNKNOWN_UNICAST, UPLINK));
    }

    @Test
    void vebDoesNotLearnFromWhatStationsSend() {
        veb.decide(FROM_VF0.from(OUTSIDE).to(station(1)));
        assertThat(veb.decide(frame(2).by(1).from(station(1)).to(OUTSIDE)))
                .isEqualTo(forward(1, Rule.VEB_UNKNOWN_UNICAST, UPLINK));
    }

    @Test
    void vebCopiesBroadcastToAllOtherStationsAndUp() {
        assertThat(veb.decide(frame(1).by(2).from(station(2)).broadcast()))
                .isEqualTo(forward(2, Rule.VEB_BROADCAST, 0, 1, 3, UPLINK));
    }

    @Test
    void vebCopiesMulticastToTheOtherStationsThatListenAndUp() {
        Relaying relay = relay(
                Mode.VEB,
                List.of(listening(0, group(1)), listening(1, group(1), group(2)), listening(2, group(2)), vf(3)));
        assertThat(relay.decide(FROM_VF0.to(group(1)))).isEqualTo(forward(0, Rule.VEB_MULTICAST, 1, 3, UPLINK));
        assertThat(relay.decide(FROM_VF0.to(group(2)))).isEqualTo(forward(0, Rule.VEB_MULTICAST, 1, 2, 3, UPLINK));
        assertThat(relay.decide(FROM_VF0.to(group(3)))).isEqualTo(forward(0, Rule.VEB_MULTICAST, 3, UPLINK));
    }

    @Test
    void vebSendsMulticastThatNobodyListensToUpOnly() {
        Relaying relay = relay(Mode.VEB, List.of(listening(0), listening(1)));
        assertThat(relay.decide(FROM_VF0.to(group(1)))).isEqualTo(forward(0, Rule.VEB_MULTICAST, 2));
    }

    @Test
    void vebCallsAReplicationWithoutListenersSentUp() {
        Relaying alone = relay(Mode.VEB, vfs(1));
        assertThat(alone.decide(FROM_VF0.broadcast()).disposition()).isEqualTo(Disposition.SENT_UP);
        assertThat(veb.decide(FROM_VF0.broadcast()).disposition()).isEqualTo(Disposition.REPLICATED);
    }

    @Test
    void vepaSendsEverythingUpOnce() {
        for (long destination : new long[] {station(0), station(2), OUTSIDE, Mac.BROADCAST, group(1), 0}) {
            assertThat(vepa.decide(FROM_VF0.to(destination))).isEqualTo(forward(0, Rule.VEPA_SEND_UP, UPLINK));
        }
    }

    @Test
    void bothModesDropReservedGroupAddresses() {
        for (Relaying relay : List.of(veb, vepa)) {
            for (int last = 0; last <= 0x0F; last++) {
                assertThat(relay.decide(FROM_VF0.to(reserved(last))))
                        .as("01-80-C2-00-00-0%X", last)
                        .isEqualTo(
                                last == 1
                                        ? drop(0, Rule.ER_PAUSE, DropReason.PAUSE_CONSUMED)
                                        : drop(0, Rule.ER_RESERVED, DropReason.RESERVED_GROUP));
            }
        }
    }

    @Test
    void bothModesTakeTheAddressesAfterTheReservedForMulticast() {
        assertThat(veb.decide(FROM_VF0.to(reserved(0x10))).rule()).isEqualTo(Rule.VEB_MULTICAST);
        assertThat(vepa.decide(FROM_VF0.to(reserved(0x10))).rule()).isEqualTo(Rule.VEPA_SEND_UP);
    }

    @Test
    void bothModesDropInvalidSourceAddresses() {
        for (Relaying relay : List.of(veb, vepa)) {
            for (long source : new long[] {0, group(1), Mac.BROADCAST}) {
                assertThat(relay.decide(FROM_VF0.from(source).to(station(1))))
                        .isEqualTo(drop(0, Rule.ER_INVALID_SA, DropReason.INVALID_SA));
            }
        }
    }

    @Test
    void bothModesDropFramesWithoutAWholeHeader() {
        for (Relaying relay : List.of(veb, vepa)) {
            assertThat(relay.decide(FROM_VF0.to(station(1)).octets(13)))
                    .isEqualTo(drop(0, Rule.ER_RUNT, DropReason.RUNT));
            assertThat(relay.decide(FROM_VF0.to(station(1)).octets(14)).copies())
                    .isOne();
        }
    }

    @Test
    void theFirstReasonThatHoldsIsTheReason() {
        assertThat(veb.decide(FROM_VF0.from(0).to(Mac.PAUSE).octets(13)).rule()).isEqualTo(Rule.ER_RUNT);
        assertThat(veb.decide(FROM_VF0.from(0).to(Mac.PAUSE)).rule()).isEqualTo(Rule.ER_INVALID_SA);
    }

    @Test
    void copiesForStationsLeaveByTheLoopbackWithTheirPortAndOthersByTheUplink() {
        List<List<Frame>> out =
                veb.emitted(FROM_VF0.broadcast().at(10), FROM_VF0.to(station(3)).at(20));
        assertThat(out.get(EdgeRelayTx.LOOPBACK_OUTPUT))
                .containsExactly(
                        FROM_VF0.broadcast().at(17).by(1),
                        FROM_VF0.broadcast().at(17).by(2),
                        FROM_VF0.broadcast().at(17).by(3),
                        FROM_VF0.to(station(3)).at(27).by(3));
        assertThat(out.get(EdgeRelayTx.UPLINK_OUTPUT))
                .containsExactly(FROM_VF0.broadcast().at(17).by(0));
    }

    @Test
    void namesItsPortsByStationAndUplink() {
        EdgeRelayTx relay = new EdgeRelayTx("relay.tx", NicSettings.of("nic0", Mode.VEPA, vfs(2)), List.of(), 0);
        assertThat(relay.ports()).containsExactly("vf0", "vf1", "uplink");
    }

    private static Relaying relay(Mode mode, List<Vsi> vsis) {
        return new Relaying(new EdgeRelayTx("relay.tx", NicSettings.of("nic0", mode, vsis), List.of(), 7));
    }
}
