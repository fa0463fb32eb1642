package dev.hairpin.model.bridge;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.forward;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.reserved;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Relaying;
import dev.hairpin.model.testkit.Frame;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Table 5.4 of the semantics, and 3.2, 3.3 and 3.5. Three ports, of which port 0 is the one towards the NIC. */
class BridgeTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long AGEING = 300 * SECOND;
    private static final long NOW = 1_700_000_000 * SECOND;
    private static final long A = station(1);
    private static final long B = station(2);
    private static final Frame A_TO_B = frame(1).from(A).to(B).at(NOW).by(0);

    private static final BridgeSettings PLAIN = BridgeSettings.of("br.uplink", "ext0", "ext1");

    private final Relaying plain = bridge(false, Learned.NOTHING);
    private final Relaying reflecting = bridge(true, Learned.NOTHING);

    @Test
    void sendsUnicastOutOfTheOnePortItIsKnownBehind() {
        for (Relaying bridge : List.of(plain, reflecting)) {
            bridge.decide(frame(1).from(B).to(A).at(NOW).by(2));
            assertThat(bridge.decide(A_TO_B)).isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, 2));
        }
    }

    @Test
    void dropsUnicastKnownBehindThePortOfArrivalAndDoesNotFloodItInstead() {
        plain.decide(frame(1).from(B).to(A).at(NOW).by(0));
        assertThat(plain.decide(A_TO_B)).isEqualTo(drop(0, Rule.BR_SAME_PORT, DropReason.HAIRPIN_DISABLED));
    }

    @Test
    void reflectsUnicastKnownBehindThePortOfArrivalWhenReflectiveRelayIsOn() {
        reflecting.decide(frame(1).from(B).to(A).at(NOW).by(0));
        assertThat(reflecting.decide(A_TO_B)).isEqualTo(forward(0, Rule.BR_REFLECTIVE_RELAY, 0));
    }

    @Test
    void reflectsWhatAStationSendsToItself() {
        assertThat(reflecting.decide(A_TO_B.to(A))).isEqualTo(forward(0, Rule.BR_REFLECTIVE_RELAY, 0));
    }

    @Test
    void floodsUnknownUnicastToAllPortsButThatOfArrival() {
        assertThat(plain.decide(A_TO_B)).isEqualTo(forward(0, Rule.BR_UNKNOWN_UNICAST, 1, 2));
        assertThat(plain.decide(A_TO_B.from(station(3)).to(station(4)).by(1)))
                .isEqualTo(forward(1, Rule.BR_UNKNOWN_UNICAST, 0, 2));
    }

    @Test
    void floodsBroadcastAndMulticastToAllPortsButThatOfArrival() {
        assertThat(plain.decide(A_TO_B.broadcast())).isEqualTo(forward(0, Rule.BR_BROADCAST, 1, 2));
        assertThat(plain.decide(A_TO_B.to(group(1)))).isEqualTo(forward(0, Rule.BR_MULTICAST, 1, 2));
    }

    @Test
    void floodsBackToThePortOfArrivalTooWhenReflectiveRelayIsOn() {
        assertThat(reflecting.decide(A_TO_B)).isEqualTo(forward(0, Rule.BR_UNKNOWN_UNICAST, 0, 1, 2));
        assertThat(reflecting.decide(A_TO_B.broadcast())).isEqualTo(forward(0, Rule.BR_BROADCAST, 0, 1, 2));
        assertThat(reflecting.decide(A_TO_B.to(group(1)))).isEqualTo(forward(0, Rule.BR_MULTICAST, 0, 1, 2));
    }

    @Test
    void reflectsOnTheReflectingPortAlone() {
        assertThat(reflecting.decide(frame(1).from(A).broadcast().by(1)))
                .isEqualTo(forward(1, Rule.BR_BROADCAST, 0, 2));
        reflecting.decide(frame(2).from(B).broadcast().at(NOW).by(1));
        assertThat(reflecting.decide(A_TO_B.by(1))).isEqualTo(drop(1, Rule.BR_SAME_PORT, DropReason.HAIRPIN_DISABLED));
    }

    @Test
    void dropsAFloodThatHasNoPortLeft() {
        Relaying alone = new Relaying(new Bridge("bridge", BridgeSettings.of("p0")));
        assertThat(alone.decide(A_TO_B)).isEqualTo(drop(0, Rule.BR_UNKNOWN_UNICAST, DropReason.HAIRPIN_DISABLED));
        assertThat(alone.decide(A_TO_B.broadcast())).isEqualTo(drop(0, Rule.BR_BROADCAST, DropReason.HAIRPIN_DISABLED));
    }

    @Test
    void relaysNoReservedGroupAddressWhetherItReflectsOrNot() {
        for (Relaying bridge : List.of(plain, reflecting)) {
            for (int last = 0; last <= 0x0F; last++) {
                assertThat(bridge.decide(A_TO_B.to(reserved(last))))
                        .as("01-80-C2-00-00-0%X", last)
                        .isEqualTo(
                                last == 1
                                        ? drop(0, Rule.BR_PAUSE, DropReason.PAUSE_CONSUMED)
                                        : drop(0, Rule.BR_RESERVED, DropReason.RESERVED_GROUP));
            }
            assertThat(bridge.decide(A_TO_B.to(reserved(0x10))).rule()).isEqualTo(Rule.BR_MULTICAST);
            assertThat(bridge.decide(A_TO_B.to(reserved(0x21))).rule()).isEqualTo(Rule.BR_MULTICAST);
        }
    }

    @Test
    void dropsRuntsAndInvalidSourceAddresses() {
        assertThat(plain.decide(A_TO_B.octets(13))).isEqualTo(drop(0, Rule.BR_RUNT, DropReason.RUNT));
        for (long source : new long[] {0, group(1), Mac.BROADCAST}) {
            assertThat(plain.decide(A_TO_B.from(source))).isEqualTo(drop(0, Rule.BR_INVALID_SA, DropReason.INVALID_SA));
        }
    }

    @Test
    void learnsFromReservedGroupAddressesButNotFromPauseRuntsOrInvalidSources() {
        assertThat(learnt(frame(1).from(A).to(reserved(0)))).containsExactly(A);
        assertThat(learnt(frame(1).from(A).to(reserved(0x0E)))).containsExactly(A);
        assertThat(learnt(frame(1).from(A).to(Mac.PAUSE))).isEmpty();
        assertThat(learnt(frame(1).from(A).octets(13))).isEmpty();
        assertThat(learnt(frame(1).from(0))).isEmpty();
        assertThat(learnt(frame(1).from(group(1)))).isEmpty();
    }

    @Test
    void learnsFromTheFrameAtHandBeforeTheNextOfTheSameWave() {
        Bridge bridge = new Bridge("bridge", PLAIN);
        var event = new Relaying(bridge)
                .pass(
                        frame(1).from(B).broadcast().at(NOW).by(2),
                        A_TO_B,
                        frame(3).from(B).to(A).at(NOW).by(2));
        assertThat(IntStream.range(0, 3).mapToObj(row -> bridge.outcomes().get(event.outcome(row))))
                .containsExactly(
                        forward(2, Rule.BR_BROADCAST, 0, 1),
                        forward(0, Rule.BR_KNOWN_UNICAST, 2),
                        forward(2, Rule.BR_KNOWN_UNICAST, 0));
    }

    @Test
    void movesAStationAtOnceWhenItIsSeenBehindAnotherPort() {
        plain.decide(frame(1).from(B).broadcast().at(NOW).by(2));
        plain.decide(frame(2).from(B).broadcast().at(NOW).by(1));
        assertThat(plain.decide(A_TO_B)).isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, 1));
    }

    @Test
    void knowsAStationUntilTheAgeingTimeIsOver() {
        plain.decide(frame(1).from(B).broadcast().at(NOW).by(2));
        assertThat(plain.decide(A_TO_B.at(NOW + AGEING - 1)).rule()).isEqualTo(Rule.BR_KNOWN_UNICAST);
        assertThat(plain.decide(A_TO_B.at(NOW + AGEING)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void countsTheAgeingTimeFromTheLastFrameOfAStation() {
        long later = NOW + AGEING - 1;
        plain.decide(frame(1).from(B).broadcast().at(NOW).by(2));
        plain.decide(frame(2).from(B).broadcast().at(later).by(2));
        assertThat(plain.decide(A_TO_B.at(later + AGEING - 1)).rule()).isEqualTo(Rule.BR_KNOWN_UNICAST);
        assertThat(plain.decide(A_TO_B.at(later + AGEING)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void learnsNothingWhenTheAgeingTimeIsZero() {
        Bridge bridge = new Bridge("bridge", PLAIN.withAgeing(0));
        var event =
                new Relaying(bridge).pass(frame(1).from(B).broadcast().at(NOW).by(2), A_TO_B.at(NOW));
        assertThat(bridge.outcomes().get(event.outcome(1)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void doesNotRefreshAStationThatIsOnlySpokenTo() {
        plain.decide(frame(1).from(B).broadcast().at(NOW).by(2));
        plain.decide(A_TO_B.at(NOW + AGEING - 1));
        assertThat(plain.decide(A_TO_B.at(NOW + AGEING)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void agesWithinAWaveAsBetweenWaves() {
        Bridge bridge = new Bridge("bridge", PLAIN);
        var event = new Relaying(bridge)
                .pass(frame(1).from(B).broadcast().at(NOW).by(2), A_TO_B.at(NOW + AGEING - 1), A_TO_B.at(NOW + AGEING));
        assertThat(bridge.outcomes().get(event.outcome(1)).rule()).isEqualTo(Rule.BR_KNOWN_UNICAST);
        assertThat(bridge.outcomes().get(event.outcome(2)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void beginsWithTheStationsItIsTold() {
        Relaying warm = bridge(false, new Learned(new long[] {A, B}, new int[] {0, 2}, new long[] {NOW, NOW}));
        assertThat(warm.decide(A_TO_B.at(NOW + AGEING - 1))).isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, 2));
        assertThat(warm.decide(A_TO_B.at(NOW + AGEING)).rule()).isEqualTo(Rule.BR_UNKNOWN_UNICAST);
    }

    @Test
    void movesAStationItWasTold() {
        Relaying warm = bridge(false, new Learned(new long[] {B}, new int[] {2}, new long[] {NOW}));
        warm.decide(frame(1).from(B).broadcast().at(NOW).by(1));
        assertThat(warm.decide(A_TO_B)).isEqualTo(forward(0, Rule.BR_KNOWN_UNICAST, 1));
    }

    @Test
    void tellsInTheEventWhatItLearned() {
        Learned learned = plain.pass(
                        frame(1).from(B).broadcast().at(NOW).by(2),
                        frame(2).from(A).broadcast().at(NOW + 1).by(0),
                        frame(3).from(B).broadcast().at(NOW + 2).by(1))
                .learned();
        assertThat(learned).isEqualTo(new Learned(new long[] {A, B}, new int[] {0, 1}, new long[] {NOW + 1, NOW + 2}));
    }

    @Test
    void copiesLeaveByTheOutputOfTheirPort() {
        List<List<Frame>> out = plain.emitted(A_TO_B.broadcast());
        assertThat(out)
                .containsExactly(
                        List.of(),
                        List.of(A_TO_B.broadcast().at(NOW + 5)),
                        List.of(A_TO_B.broadcast().at(NOW + 5)));
    }

    private static List<Long> learnt(Frame frame) {
        Learned learned = bridge(true, Learned.NOTHING).pass(frame).learned();
        return Arrays.stream(learned.key()).boxed().toList();
    }

    private static Relaying bridge(boolean reflects, Learned known) {
        return new Relaying(
                new Bridge("bridge", PLAIN.withPort(0, port -> port.withReflects(reflects)), List.of(), known, 5));
    }
}
