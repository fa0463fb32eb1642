package dev.hairpin.model.bridge;

import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.Relaying;
import dev.hairpin.model.relay.StormControl;
import dev.hairpin.model.testkit.Frame;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a bridge knows of stations: in which VLANs, for how long, and what frames, settings and limits change of it. */
class KnownStationsTest {
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
    void knowsAnAddressInEachVlanApartOrInAllThatShare() {
        BridgeSettings trunks = VLANS.withPort(0, port -> port.trunk(10, 20)).withPort(1, port -> port.trunk(10, 20));
        Frame[] frames = {FROM_B.tagged(C_TAG, 10).by(1), A_TO_B.tagged(C_TAG, 20)};
        assertThat(on(trunks, frames).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
        assertThat(on(trunks.withSharedLearning(true), frames)).isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, 1));
    }

    @Test
    void followsAStaticEntryThatMovesAndAStickyOneThatDoesNot() {
        for (EntryKind kind : List.of(EntryKind.STATIC, EntryKind.STICKY)) {
            BridgeSettings set = PLAIN.withStations(List.of(new FdbEntry(B, 0, 2, kind)));
            assertThat(on(set, A_TO_B)).isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, 2));
            assertThat(on(set, FROM_B.by(1), A_TO_B))
                    .isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, kind == EntryKind.STATIC ? 1 : 2));
        }
    }

    @Test
    void forgetsWhatAPortKnewInAVlanThatItLeaves() {
        BridgeSettings without = VLANS.withoutVlan(1, 10).withPort(1, port -> port.access(10));
        Bridge bridge = new Bridge(
                "bridge",
                VLANS,
                List.of(
                        new Timed<>(5, "bridge vlan del dev p1 vid 10", "", VLANS.withoutVlan(1, 10)),
                        new Timed<>(6, "bridge vlan add dev p1 vid 10 pvid untagged", "", without)),
                Learned.NOTHING,
                0);
        Decided event = new Relaying(bridge).pass(FROM_B.by(1), A_TO_B.at(4), A_TO_B.at(7));
        assertThat(bridge.outcomes().get(event.outcome(1)).rule()).isEqualTo(Rule.BR_KNOWN_UNICAST);
        assertThat(bridge.outcomes().get(event.outcome(2)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void hidesAnEntryOfAVlanWhereVlansPlayNoPart() {
        BridgeSettings filtering = VLANS.withStations(List.of(new FdbEntry(B, 10, 1, EntryKind.STATIC)));
        assertThat(on(filtering, A_TO_B).rule()).isEqualTo(Rule.BR_KNOWN_UNICAST);
        assertThat(on(filtering.withVlanFiltering(false), A_TO_B).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void learnsNoMoreThanItMayButMovesWhatItKnows() {
        Relaying bridge = bridge(PLAIN.withMaxLearned(1));
        bridge.decide(A_TO_B);
        bridge.decide(FROM_B.by(1));
        assertThat(bridge.decide(A_TO_B).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
        bridge.decide(FROM_B.from(A).by(2));
        assertThat(bridge.decide(FROM_B.to(A).by(1))).isEqualTo(forward(1, Rule.BR_KNOWN_UNICAST, 2));
    }

    @Test
    void learnsFromWhatStormControlDrops() {
        StormControl none = StormControl.OFF.with(
                StormControl.Kind.BROADCAST, StormControl.Level.bits(8).withBurst(59));
        BridgeSettings set = PLAIN.withPort(0, port -> port.withStorm(none));
        assertThat(on(set, A_TO_B.broadcast()).rule()).isEqualTo(Rule.BR_STORM);
        assertThat(on(set, A_TO_B.broadcast(), FROM_B.to(A).by(1))).isEqualTo(forward(1, Rule.BR_KNOWN_UNICAST, 0));
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
