package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.dropCopy;
import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.relay.Relaying.listening;
import static dev.hairpin.model.relay.Relaying.vf;
import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Disposition;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.testkit.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tables 5.1 and 5.2 of the semantics, rows whose ingress is the uplink. Four stations, so the uplink is port 4. */
class EdgeRelayRxTest {
    private static final int UPLINK = 4;
    private static final long OUTSIDE = station(900);
    private static final Frame EXTERNAL = frame(1).from(OUTSIDE).by(UPLINK);
    private static final Frame REFLECTED = frame(1).from(station(2)).by(UPLINK);

    private final Relaying veb = relay(Mode.VEB, vfs(4));
    private final Relaying vepa = relay(Mode.VEPA, vfs(4));

    @Test
    void bothModesGiveUnicastToTheStationThatRegisteredIt() {
        for (Relaying relay : List.of(veb, vepa)) {
            assertThat(relay.decide(EXTERNAL.to(station(3)))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_UNICAST, 3));
        }
    }

    @Test
    void bothModesDropUnicastThatNobodyRegisteredAndSendNothingBackUp() {
        for (Relaying relay : List.of(veb, vepa)) {
            assertThat(relay.decide(EXTERNAL.to(station(901))))
                    .isEqualTo(drop(UPLINK, Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH));
        }
    }

    @Test
    void bothModesGiveBroadcastFromOutsideToAllStations() {
        for (Relaying relay : List.of(veb, vepa)) {
            assertThat(relay.decide(EXTERNAL.broadcast()))
                    .isEqualTo(forward(UPLINK, Rule.ER_UPLINK_BROADCAST, 0, 1, 2, 3));
        }
    }

    @Test
    void bothModesGiveMulticastFromOutsideToTheStationsThatListen() {
        for (Mode mode : Mode.values()) {
            Relaying relay = relay(mode, List.of(listening(0, group(1)), listening(1), vf(2), vf(3)));
            assertThat(relay.decide(EXTERNAL.to(group(1))))
                    .isEqualTo(forward(UPLINK, Rule.ER_UPLINK_MULTICAST, 0, 2, 3));
            assertThat(relay.decide(EXTERNAL.to(group(2)))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_MULTICAST, 2, 3));
        }
    }

    @Test
    void bothModesDropMulticastThatNobodyListensTo() {
        for (Mode mode : Mode.values()) {
            Relaying relay = relay(mode, List.of(listening(0), listening(1), listening(2), listening(3)));
            assertThat(relay.decide(EXTERNAL.to(group(1))))
                    .isEqualTo(drop(UPLINK, Rule.ER_UPLINK_MULTICAST, DropReason.MC_NOT_SUBSCRIBED));
        }
    }

    @Test
    void vepaDoesNotGiveReflectedBroadcastBackToItsSender() {
        assertThat(vepa.decide(REFLECTED.broadcast())).isEqualTo(pruned(2, 0, 1, 3));
    }

    @Test
    void vepaDoesNotGiveReflectedMulticastBackToItsSender() {
        Relaying relay =
                relay(Mode.VEPA, List.of(listening(0, group(1)), listening(1), listening(2, group(1)), listening(3)));
        assertThat(relay.decide(REFLECTED.to(group(1)))).isEqualTo(pruned(2, 0));
    }

    @Test
    void vepaPrunesNothingWhereTheSenderDoesNotListen() {
        Relaying relay = relay(Mode.VEPA, List.of(listening(0, group(1)), listening(1), listening(2), listening(3)));
        assertThat(relay.decide(REFLECTED.to(group(1)))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_MULTICAST, 0));
    }

    @Test
    void vepaDropsReflectedMulticastThatOnlyItsSenderListensTo() {
        Relaying relay = relay(Mode.VEPA, List.of(listening(0), listening(1), listening(2, group(1)), listening(3)));
        Outcome outcome = relay.decide(REFLECTED.to(group(1)));
        assertThat(outcome).isEqualTo(dropCopy(UPLINK, Rule.VEPA_SOURCE_PRUNING, 2, DropReason.SOURCE_PRUNED));
        assertThat(outcome.disposition()).isEqualTo(Disposition.DROPPED);
    }

    @Test
    void vepaPrunesByEveryAddressThatAStationRegistered() {
        Relaying relay = relay(Mode.VEPA, List.of(vf(0, station(0), station(10), station(20)), vf(1), vf(2), vf(3)));
        for (long source : new long[] {station(0), station(10), station(20)}) {
            assertThat(relay.decide(EXTERNAL.from(source).broadcast())).isEqualTo(pruned(0, 1, 2, 3));
        }
    }

    @Test
    void vepaCannotPruneWhatASenderThatIsNotRegisteredSent() {
        // A bridge in a guest: its broadcast comes back to it
        assertThat(vepa.decide(EXTERNAL.from(station(77)).broadcast()))
                .isEqualTo(forward(UPLINK, Rule.ER_UPLINK_BROADCAST, 0, 1, 2, 3));
    }

    @Test
    void vepaDropsUnicastThatComesBackToItsSender() {
        assertThat(vepa.decide(REFLECTED.to(station(2))))
                .isEqualTo(dropCopy(UPLINK, Rule.VEPA_SOURCE_PRUNING, 2, DropReason.SOURCE_PRUNED));
    }

    @Test
    void vepaGivesReflectedUnicastToAnotherStation() {
        assertThat(vepa.decide(REFLECTED.to(station(0)))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_UNICAST, 0));
    }

    @Test
    void vepaDropsReflectedUnicastThatNobodyRegistered() {
        assertThat(vepa.decide(REFLECTED.to(OUTSIDE)))
                .isEqualTo(drop(UPLINK, Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH));
    }

    @Test
    void vebPrunesNothingSoThatABridgeThatReflectsShows() {
        assertThat(veb.decide(REFLECTED.broadcast())).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_BROADCAST, 0, 1, 2, 3));
        assertThat(veb.decide(REFLECTED.to(station(2)))).isEqualTo(forward(UPLINK, Rule.ER_UPLINK_UNICAST, 2));
    }

    @Test
    void copiesFromTheLoopbackPassToTheirPortWithoutAnotherDecision() {
        EdgeRelayRx relay = new EdgeRelayRx("relay.rx", NicSettings.of("nic0", Mode.VEB, vfs(4)), List.of(), 7);
        Decided event = new Relaying(relay)
                .pass(frame(1).by(1).broadcast(), frame(1).by(3).broadcast(), EXTERNAL.to(station(0)));
        assertThat(event.size()).isOne();

        List<List<Frame>> out = new Relaying(relay)
                .emitted(
                        frame(1).at(5).by(1),
                        frame(1).at(5).by(3),
                        EXTERNAL.at(6).to(station(3)));
        assertThat(out).hasSize(1);
        assertThat(out.get(0))
                .containsExactly(
                        frame(1).at(12).by(1),
                        frame(1).at(12).by(3),
                        EXTERNAL.at(13).to(station(3)).by(3));
    }

    private static Outcome pruned(int sender, int... others) {
        return new Outcome(
                UPLINK, Rule.VEPA_SOURCE_PRUNING, others, new int[] {sender}, new DropReason[] {DropReason.SOURCE_PRUNED
                });
    }

    private static Relaying relay(Mode mode, List<Vsi> vsis) {
        return new Relaying(new EdgeRelayRx("relay.rx", NicSettings.of("nic0", mode, vsis), List.of(), 0));
    }
}
