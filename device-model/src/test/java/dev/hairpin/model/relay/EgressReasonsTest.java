package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.dropCopy;
import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.testkit.Frame;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Why a station gets no copy though the rule is met. vf0 has the setting, vf1 none, and the uplink is port 2. */
class EgressReasonsTest {
    private static final int UPLINK = 2;
    private static final Frame ARRIVED =
            frame(1).from(station(9)).to(station(0)).by(UPLINK);

    @Test
    void aStationThatIsSwitchedOffOrWhoseQueuesAreGetsNoCopy() {
        Outcome disabled = dropCopy(UPLINK, Rule.ER_UPLINK_UNICAST, 0, DropReason.RX_DISABLED);
        assertThat(received(set -> set.withUp(false), ARRIVED)).isEqualTo(disabled);
        assertThat(received(set -> set.withRxEnabled(false), ARRIVED)).isEqualTo(disabled);
    }

    @Test
    void aStationGetsNoCopyThatIsLongerThanItTakes() {
        assertThat(received(set -> set.withLongestFrame(100), ARRIVED.octets(101)))
                .isEqualTo(dropCopy(UPLINK, Rule.ER_UPLINK_UNICAST, 0, DropReason.RX_OVERSIZE));
        assertThat(received(set -> set.withLongestFrame(100), ARRIVED.octets(100)))
                .isEqualTo(forward(UPLINK, Rule.ER_UPLINK_UNICAST, 0));
    }

    @Test
    void broadcastIsForThoseThatAcceptItAndDroppedWhereThereIsNone() {
        assertThat(received(set -> set.withBroadcast(false), ARRIVED.broadcast()))
                .isEqualTo(forward(UPLINK, Rule.ER_UPLINK_BROADCAST, 1));
        Vsi deaf = vfs(1).get(0).with(VsiSettings.DEFAULT.withBroadcast(false));
        assertThat(rx(List.of(deaf)).decide(ARRIVED.broadcast().by(1)))
                .isEqualTo(drop(1, Rule.ER_UPLINK_BROADCAST, DropReason.NO_BROADCAST_ACCEPT));
    }

    private static Outcome received(UnaryOperator<VsiSettings> vf0, Frame frame) {
        List<Vsi> vsis = vfs(2);
        return rx(List.of(vsis.get(0).with(vf0.apply(VsiSettings.DEFAULT)), vsis.get(1)))
                .decide(frame);
    }

    private static Relaying rx(List<Vsi> vsis) {
        return new Relaying(new EdgeRelayRx("veb.rx", NicSettings.of("nic0", Mode.VEB, vsis), List.of(), 0));
    }
}
