package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.device.Devices;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Privileges;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.HostSide;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is set of rings and rates: by the guest with ethtool, by the host with ip. */
class EthtoolCommandTest {
    private static final NicSettings NIC = NicSettings.of("nic0", Mode.VEB, List.of(vsi("vf0", 1), vsi("vf3", 4)));

    private static Vsi vsi(String name, int station) {
        return new Vsi(name, List.of(0x0200_0000_0000L + station), List.of(), VsiSettings.DEFAULT);
    }

    private static NicSettings on(String device) {
        return NIC.on(Devices.named(device).orElseThrow());
    }

    private static NicSettings after(NicSettings before, String line) throws ChangeInvalid {
        Change change = new ChangeGrammar(List.of(before), BridgeCommandTest.BRIDGE, new NoPolicies()).read(line);
        return ((Change.AtNic) change).effect().apply(before);
    }

    private static final class NoPolicies implements ChangeGrammar.Policies {
        @Override
        public Collection<String> names() {
            return List.of();
        }

        @Override
        public Policy of(String name, String relay) {
            return Policy.NONE;
        }
    }

    private static HostSide.Function vf3(NicSettings nic, String line) throws ChangeInvalid {
        NicSettings after = after(nic, line);
        assertThat(after.host().functions().get(0))
                .as("vf0")
                .isEqualTo(nic.host().functions().get(0));
        return after.host().functions().get(1);
    }

    @Test
    void ringsAreMadeLongerOrShorter() throws ChangeInvalid {
        HostSide.Function rings = vf3(NIC, "ethtool -G vf3 rx 100 tx 7");
        assertThat(rings.receives().buffers()).isEqualTo(100);
        assertThat(rings.sends().ring()).isEqualTo(7);
        assertThat(vf3(NIC, "ethtool -G vf3 tx 7").receives().buffers())
                .as("what is not said stays")
                .isEqualTo(NIC.host().functions().get(1).receives().buffers());
    }

    @ParameterizedTest
    @CsvSource({"82576, 1, 64", "82599, 1, 64", "82599, 65, 72", "82576, 4096, 4096"})
    void aDriverGivesARingAsManyDescriptorsAsItCan(String device, int asked, int given) throws ChangeInvalid {
        assertThat(vf3(on(device), "ethtool -G vf3 rx " + asked).receives().buffers())
                .isEqualTo(given);
    }

    @Test
    void aGuestSetsItsOwnRingsAndKnowsNoOther() throws ChangeInvalid {
        assertThat(vf3(NIC, "in vf3 ethtool -G eth0 rx 100").receives().buffers())
                .isEqualTo(100);
        assertThatThrownBy(() -> after(NIC, "in vf3 ethtool -G vf0 rx 100"))
                .isInstanceOf(ChangeInvalid.class)
                .hasMessageContaining("found vf0, expected eth0");
    }

    @ParameterizedTest
    @CsvSource({"ieee, 3, 3000", "82576, 0, 1000", "82576, 10, 10000", "82599, 1022, 1022000", "82599, 0, 0"})
    void interruptsComeAtLeastSoFarApart(String device, int micros, long nanos) throws ChangeInvalid {
        assertThat(vf3(on(device), "ethtool -C vf3 rx-usecs " + micros)
                        .receives()
                        .itr())
                .isEqualTo(nanos);
    }

    @Test
    void queuesAreSetWithATableThatHasThemInTurn() throws ChangeInvalid {
        HostSide.Function rings = vf3(NIC, "ethtool -L vf3 combined 3");
        assertThat(rings.queues()).isEqualTo(3);
        assertThat(rings.rss().table().subList(0, 5)).containsExactly(0, 1, 2, 0, 1);
    }

    @Test
    void theTableIsSharedOutEquallyOrByWeight() throws ChangeInvalid {
        NicSettings four = after(NIC, "ethtool -L vf3 combined 4");
        assertThat(vf3(four, "ethtool -X vf3 equal 2").rss().table().subList(0, 4))
                .containsExactly(0, 1, 0, 1);
        List<Integer> weighted =
                vf3(four, "ethtool -X vf3 weight 3 0 1 0").rss().table();
        assertThat(Collections.frequency(weighted, 0)).isEqualTo(96);
        assertThat(weighted.get(95)).isZero();
        assertThat(weighted.get(96)).isEqualTo(2);
        NicSettings other = after(four, "ethtool -X vf3 equal 1");
        assertThat(vf3(other, "ethtool -X vf3 default").rss())
                .isEqualTo(four.host().functions().get(1).rss());
    }

    @Test
    void theKeyAndWhatIsHashedAreSet() throws ChangeInvalid {
        String key = "01:23:45:67:89".concat(":01:23:45:67:89".repeat(7));
        assertThat(vf3(NIC, "ethtool -X vf3 hkey " + key).rss().key()).isEqualTo("0123456789".repeat(8));
        assertThat(vf3(NIC, "ethtool -N vf3 rx-flow-hash udp4 sdfn").rss().udp())
                .isTrue();
        assertThat(vf3(NIC, "ethtool -N vf3 rx-flow-hash udp4 sd").rss().udp()).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "82599 | ethtool -G vf3 rx 4097 | 4097 descriptors, expected at most 4096 (EINVAL)",
                "82576 | ethtool -C vf3 rx-usecs 9 | 9 us, expected 0 or 10 to 10000 (EINVAL)",
                "82576 | ethtool -C vf3 rx-usecs 3 | moderation that adapts itself, which is not modelled",
                "82599 | ethtool -C vf3 rx-usecs 1023 | 1023 us, expected 0 to 1022 (EINVAL)",
                "82599 | ethtool -L vf3 combined 2 | ixgbevf has no operation for the number of queues (EOPNOTSUPP)",
                "82576 | ethtool -X vf3 equal 1 | igbvf has no operation for the indirection table (EOPNOTSUPP)",
                "82576 | ethtool -N vf3 rx-flow-hash udp4 sd | igbvf has no operation for what is hashed (EOPNOTSUPP)",
                "x3100 | ethtool -G vf3 rx 64 | vxge has no operation for rings (EOPNOTSUPP)",
                "ieee | ethtool -L vf3 combined 0 | 0 queues, expected 1 to 128 (EINVAL)",
                "ieee | ethtool -X vf3 equal 2 | a table over 2 of 1 queues (EINVAL)",
                "ieee | ethtool -X vf3 hkey 01 | an RSS key of other than 80 hexadecimal digits: 01 (EINVAL)",
                "ieee | ip link set nic0 vf 3 min_tx_rate 5 max_tx_rate 4"
                        + " | rates of 5 to 4 Mb/s, expected a minimum below the maximum (EINVAL)",
                "82599 | ip link set nic0 vf 3 max_tx_rate 10"
                        + " | ixgbe takes no max_tx_rate 10 on a link of 10000 Mb/s (EINVAL)",
                "82599 | ip link set nic0 vf 3 min_tx_rate 1"
                        + " | ixgbe guarantees no rate: min_tx_rate 1, expected 0 (EINVAL)",
                "82576 | ip link set nic0 vf 3 max_tx_rate 1001"
                        + " | igb takes no max_tx_rate 1001 on a link of 1000 Mb/s (EINVAL)",
                "x3100 | ip link set nic0 vf 3 max_tx_rate 11 | vxge has no operation for a VF's rates (EOPNOTSUPP)"
            })
    void whatTheDriverDoesNotDoIsRefused(String device, String line, String why) {
        assertThatThrownBy(() -> after(on(device), line))
                .isInstanceOf(Refused.class)
                .hasMessage(why);
    }

    @ParameterizedTest
    // The devices divide by a factor of 14 bits behind the point, rounded down: a little more than was asked.
    @CsvSource({
        "82599, 300, 300000183",
        "82599, 10000, 10000000000",
        "82576, 1000, 1000000000",
        "82576, 100, 100000000",
        "ieee, 300, 300000000"
    })
    void aMaximumIsSetInMegabits(String device, int megabits, long bits) throws ChangeInvalid {
        HostSide.Function limited = vf3(on(device), "ip link set dev nic0 vf 3 max_tx_rate " + megabits);
        assertThat(limited.sends().maxRate()).isEqualTo(bits);
        assertThat(vf3(on(device), "ip link set dev nic0 vf 3 rate " + megabits))
                .as("as it was called before")
                .isEqualTo(limited);
    }

    @Test
    void zeroTakesAMaximumAway() throws ChangeInvalid {
        NicSettings limited = after(NIC, "ip link set dev nic0 vf 3 max_tx_rate 100 min_tx_rate 50");
        assertThat(limited.host().functions().get(1).sends().minRate()).isEqualTo(50_000_000);
        assertThat(vf3(limited, "ip link set dev nic0 vf 3 max_tx_rate 0")
                        .sends()
                        .maxRate())
                .isEqualTo(Server.UNLIMITED);
    }

    @Test
    void aRateNeedsAWireThatIsUpWhereTheDriverAsksForIt() {
        assertThatThrownBy(() -> after(on("82599").withUplinkUp(false), "ip link set dev nic0 vf 3 max_tx_rate 100"))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("while the wire is down");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ip link set dev nic0 vf 3 max_tx_rate 100", "in vf3 ip link set dev nic0 vf 3 max_tx_rate 100"})
    void bandwidthThatIsLeftToTheChassisIsNobodyElses(String line) {
        NicSettings left = NIC.leaving(Privileges.USUAL.with(Resource.BANDWIDTH, Holder.CHASSIS));
        assertThatThrownBy(() -> after(left, line)).isInstanceOf(Refused.class).hasMessageContaining("bandwidth");
    }

    @Test
    void aLineThatIsNotUnderstoodSaysWhere() {
        assertThatThrownBy(() -> after(NIC, "ethtool -G vf3 rx many"))
                .isInstanceOf(ChangeInvalid.class)
                .hasMessageContaining("found many, expected descriptors");
        assertThatThrownBy(() -> after(NIC, "ethtool -Z vf3")).hasMessageContaining("-G, -C, -L, -X or -N");
    }
}
