package dev.hairpin.model.bridge;

import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.frame.VlanTag;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** Under which key a bridge learns a station: what a bridge that is warm knows at the start. */
class LearnedKeyTest {
    private static final long STATION = station(1);
    private static final int TAG_20 = VlanTag.of(VlanTag.TPID_C, 20);
    private static final BridgePort ACCESS = BridgePort.named("p0").access(10);
    private static final BridgeSettings PLAIN = BridgeSettings.of(List.of(ACCESS));
    private static final BridgeSettings FILTERING = PLAIN.withVlanFiltering(true);

    @Test
    void isTheAddressAloneWhereVlansPlayNoPartOrShareWhatIsLearned() {
        assertThat(PLAIN.learns(0, STATION, TAG_20)).hasValue(STATION);
        assertThat(FILTERING.withSharedLearning(true).learns(0, STATION, VlanTag.NONE))
                .hasValue(STATION);
    }

    @Test
    void hasThePvidForUntaggedFramesAndTheVlanOfTheTagForOthers() {
        assertThat(FILTERING.learns(0, STATION, VlanTag.NONE)).hasValue(10L << 48 | STATION);
        BridgeSettings member = FILTERING.withPort(0, port -> port.withVlan(20, false));
        assertThat(member.learns(0, STATION, TAG_20)).hasValue(20L << 48 | STATION);
        // To a bridge of customer VLANs a service tag is payload
        assertThat(member.learns(0, STATION, VlanTag.of(VlanTag.TPID_S, 20))).hasValue(10L << 48 | STATION);
    }

    @Test
    void isNoneWhereSuchFramesTeachNothing() {
        assertThat(FILTERING.learns(0, STATION, TAG_20)).as("no member").isEmpty();
        assertThat(FILTERING.withAgeing(0).learns(0, STATION, VlanTag.NONE)).isEmpty();
        assertThat(with(ACCESS.withLearns(false))).isEmpty();
        assertThat(with(ACCESS.withLocked(true))).isEmpty();
        assertThat(with(ACCESS.withState(PortState.LISTENING))).isEmpty();
        assertThat(with(ACCESS.withState(PortState.LEARNING))).isPresent();
    }

    private static OptionalLong with(BridgePort port) {
        return BridgeSettings.of(List.of(port)).withVlanFiltering(true).learns(0, STATION, VlanTag.NONE);
    }
}
