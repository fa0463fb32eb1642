package dev.hairpin.model.relay;

import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.policy.PolicyAction.RateLimit;
import dev.hairpin.model.testkit.Frame;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The model that the edge relay is held against, on rows of the tables. */
class NaiveEdgeTest {
    private static final Frame FROM_VF0 = frame(1).from(station(0)).by(0);
    private static final int UPLINK = 3;

    @Test
    void aVebSwitchesBetweenItsStationsAndAVepaSendsUp() {
        assertThat(sent(nic(Mode.VEB), FROM_VF0.to(station(1))))
                .isEqualTo(Outcome.forward(0, Rule.VEB_LOCAL_UNICAST, 1));
        assertThat(sent(nic(Mode.VEPA), FROM_VF0.to(station(1)))).isEqualTo(Outcome.forward(0, Rule.VEPA_SEND_UP, 3));
    }

    @Test
    void aVebReplicatesBroadcastToTheOthersAndUp() {
        assertThat(sent(nic(Mode.VEB), FROM_VF0.broadcast()))
                .isEqualTo(Outcome.forward(0, Rule.VEB_BROADCAST, 1, 2, UPLINK));
    }

    @Test
    void aVepaPrunesAReflectedBroadcast() {
        Outcome outcome = NaiveEdge.of(nic(Mode.VEPA), new NaiveBuckets(), Set.of())
                .fromUplink(burst(FROM_VF0.broadcast().by(UPLINK)), 0);
        assertThat(outcome)
                .isEqualTo(new Outcome(
                        UPLINK, Rule.VEPA_SOURCE_PRUNING, new int[] {1, 2}, new int[] {0}, new DropReason[] {
                            DropReason.SOURCE_PRUNED
                        }));
    }

    @Test
    void aPortVlansTagIsOnUpwardsAndOffAtItsOtherStation() {
        NicSettings nic =
                changed(nic(Mode.VEB), VsiSettings.DEFAULT.withPortVlan(10).withPortPriority(5), 0, 1);
        long tagged = TagChange.push(VlanTag.of(VlanTag.TPID_C, 5 << 13 | 10));
        assertThat(sent(nic, FROM_VF0.broadcast()))
                .isEqualTo(new Outcome(
                        0,
                        Rule.VEB_BROADCAST,
                        new int[] {1, 2, UPLINK},
                        new long[] {TagChange.KEEP, tagged, tagged},
                        new int[0],
                        new DropReason[0],
                        new int[0]));
    }

    @Test
    void aStationIn82576OutsideTheVlanLosesTheFrame() {
        NicSettings nic = changed(nic(Mode.VEB), VsiSettings.DEFAULT.withVlans(VlanSet.of(20)), 1);
        Frame tagged = FROM_VF0.to(station(1)).tagged(VlanTag.TPID_C, 10);
        assertThat(sent(nic.on(Devices.named("82576").orElseThrow()), tagged))
                .isEqualTo(Outcome.drop(0, Rule.VEB_OUTSIDE_VLAN, DropReason.VLAN_NOT_MEMBER));
        assertThat(sent(nic, tagged)).isEqualTo(Outcome.forward(0, Rule.VEB_OUTSIDE_VLAN, UPLINK));
    }

    @Test
    void aBucketFillsByItsRateUpToItsBurst() {
        NaiveBuckets buckets = new NaiveBuckets();
        RateLimit limit = new RateLimit(8_000_000_000L, 100);
        assertThat(buckets.draw(1, limit, 100, 1_000)).isTrue();
        assertThat(buckets.draw(1, limit, 10, 1_009)).isFalse();
        assertThat(buckets.draw(1, limit, 10, 1_010)).isTrue();
        assertThat(buckets.draw(1, limit, 101, 9_000)).isFalse();
    }

    private static NicSettings nic(Mode mode) {
        return NicSettings.of("nic0", mode, vfs(3));
    }

    private static NicSettings changed(NicSettings nic, VsiSettings settings, int... stations) {
        List<Vsi> vsis = new ArrayList<>(nic.vsis());
        for (int station : stations) {
            vsis.set(station, vsis.get(station).with(settings));
        }
        return nic.with(vsis);
    }

    private static Outcome sent(NicSettings nic, Frame frame) {
        return NaiveEdge.of(nic, new NaiveBuckets(), Set.of()).fromStation(burst(frame), 0);
    }
}
