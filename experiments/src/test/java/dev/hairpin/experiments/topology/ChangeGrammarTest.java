package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.testkit.Row;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes at a NIC: what they mean, and what the driver of the device refuses. */
class ChangeGrammarTest {
    private static final Device I82599 = Devices.named("82599").orElseThrow();
    private static final Policy STRICT = new Policy(
            List.of(new PolicyRule(FrameMatch.compile("arp"), Direction.ANY, List.of(), new PolicyAction.Drop())));

    private static final NicSettings NIC = NicSettings.of(
                    "nic0", Mode.VEB, List.of(vsi("pf", 0xF0), vsi("vf0", 1), vsi("vf3", 3, 4)))
            .on(I82599);

    private static final BridgeSettings BRIDGE = BridgeCommandTest.BRIDGE;

    private static Vsi vsi(String name, int... stations) {
        return new Vsi(
                name,
                IntStream.of(stations)
                        .mapToObj(station -> 0x0200_0000_0000L + station)
                        .toList(),
                List.of(),
                VsiSettings.DEFAULT);
    }

    private static NicSettings after(NicSettings before, String line) throws ChangeInvalid {
        ChangeGrammar.Policies policies = new ChangeGrammar.Policies() {
            @Override
            public Collection<String> names() {
                return List.of("strict");
            }

            @Override
            public Policy of(String name, String relay) {
                return STRICT;
            }
        };
        Change change = new ChangeGrammar(List.of(before), BRIDGE, policies).read(line);
        assertThat(change).isInstanceOf(Change.AtNic.class);
        return ((Change.AtNic) change).effect().apply(before);
    }

    private static VsiSettings vf3(String options) throws ChangeInvalid {
        return vf3(after(NIC, "ip link set dev nic0 vf 3 " + options));
    }

    private static VsiSettings vf3(NicSettings nic) {
        return nic.vsis().get(2).settings();
    }

    @Test
    void aPortVlanIsSetWithItsPriority() throws ChangeInvalid {
        assertThat(vf3("vlan 10 qos 5"))
                .isEqualTo(VsiSettings.DEFAULT.withPortVlan(10).withPortPriority(5));
        assertThat(vf3("vlan 10 qos 5 proto 802.1Q")).isEqualTo(vf3("vlan 10 qos 5"));
    }

    @Test
    void aPortVlanWithoutPriorityHasPriorityZero() throws ChangeInvalid {
        NicSettings before = after(NIC, "ip link set dev nic0 vf 3 vlan 10 qos 5");
        assertThat(vf3(after(before, "ip link set dev nic0 vf 3 vlan 11")))
                .isEqualTo(VsiSettings.DEFAULT.withPortVlan(11));
    }

    @Test
    void vlanZeroTakesThePortVlanAway() throws ChangeInvalid {
        NicSettings before = after(NIC, "ip link set dev nic0 vf 3 vlan 10 qos 5");
        assertThat(vf3(after(before, "ip link set dev nic0 vf 3 vlan 0"))).isEqualTo(VsiSettings.DEFAULT);
    }

    @Test
    void aNewAddressReplacesTheFirstOfTheVf() throws ChangeInvalid {
        NicSettings nic = after(NIC, "ip link set dev nic0 vf 3 mac 02:00:00:00:00:09");
        assertThat(nic.vsis().get(2).addresses()).containsExactly(0x0200_0000_0009L, 0x0200_0000_0004L);
        assertThat(nic.vsis().get(1)).isEqualTo(NIC.vsis().get(1));
    }

    @Test
    void theZeroAddressTakesTheFirstOfTheVfAway() throws ChangeInvalid {
        assertThat(after(NIC, "ip link set dev nic0 vf 3 mac 00:00:00:00:00:00")
                        .vsis()
                        .get(2)
                        .addresses())
                .containsExactly(0x0200_0000_0004L);
    }

    @Test
    void spoofchkChecksAddressAndVlan() throws ChangeInvalid {
        assertThat(vf3("spoofchk on"))
                .isEqualTo(VsiSettings.DEFAULT.withSpoofMac(true).withSpoofVlan(true));
        assertThat(vf3("spoofchk off")).isEqualTo(VsiSettings.DEFAULT);
    }

    @Test
    void trustAndStateAreSet() throws ChangeInvalid {
        assertThat(vf3("trust on")).isEqualTo(VsiSettings.DEFAULT.withTrusted(true));
        assertThat(vf3("state disable")).isEqualTo(VsiSettings.DEFAULT.withUp(false));
        assertThat(vf3("state auto")).isEqualTo(VsiSettings.DEFAULT);
    }

    @Test
    void stateEnableBringsAVfUpButNotWithIxgbeWhichIgnoresIt() throws ChangeInvalid {
        String enable = "ip link set dev nic0 vf 3 state enable";
        NicSettings down = after(NIC, "ip link set dev nic0 vf 3 state disable");
        assertThat(after(down, enable)).isEqualTo(down);
        assertThat(vf3(after(down.on(Devices.IEEE), enable)).up()).isTrue();
    }

    /** It has two addresses: of a guest that asks for further ones ixgbe checks none. */
    @Test
    @Row("Waiting/trust")
    void anotherTrustResetsTheGuestWhichAsksForAllAnew() throws ChangeInvalid {
        assertThat(vf3("spoofchk on trust on")).isEqualTo(VsiSettings.DEFAULT.withTrusted(true));
        assertThat(vf3("spoofchk on trust off").spoofMac())
                .as("no change, no reset")
                .isTrue();
        NicSettings igb =
                after(NIC.on(Devices.named("82576").orElseThrow()), "ip link set dev nic0 vf 3 spoofchk on trust on");
        assertThat(vf3(igb).spoofMac()).as("igb pings nobody").isTrue();
    }

    @Test
    void optionsTakeEffectTogether() throws ChangeInvalid {
        assertThat(vf3("vlan 10 trust on state disable spoofchk on"))
                .isEqualTo(VsiSettings.DEFAULT
                        .withPortVlan(10)
                        .withTrusted(true)
                        .withSpoofMac(true)
                        .withSpoofVlan(true)
                        .withUp(false));
        NicSettings two = after(NIC, "ip link set nic0 vf 0 trust on vf 3 vlan 10 down");
        assertThat(two.vsis().get(1).settings().trusted()).isTrue();
        assertThat(vf3(two).portVlan()).isEqualTo(10);
        assertThat(two.uplinkUp()).isFalse();
    }

    @Test
    void theNicGoesUpAndDown() throws ChangeInvalid {
        NicSettings down = after(NIC, "ip link set dev nic0 down");
        assertThat(down.uplinkUp()).isFalse();
        assertThat(after(down, "ip link set dev nic0 up")).isEqualTo(NIC);
    }

    @Test
    void hwmodeSetsTheModeOfTheRelay() throws ChangeInvalid {
        assertThat(after(NIC, "bridge link set dev nic0 hwmode vepa")).isEqualTo(NIC.in(Mode.VEPA));
        assertThat(after(NIC, "bridge link set dev nic0 hwmode veb")).isEqualTo(NIC);
    }

    @Test
    void aPolicyIsSelectedByItsName() throws ChangeInvalid {
        assertThat(after(NIC, "policy nic0 strict")).isEqualTo(NIC.under(STRICT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vlan 4096            | VLAN 4096 is none, expected 0 to 4095 (EINVAL)",
                "vlan 4095            | VLAN 4095 is reserved (802.1Q-2022 table 9-2) and no relay here has it",
                "vlan 10 qos 8        | priority 8 is none, expected 0 to 7 (EINVAL)",
                "vlan 10 proto 802.1ad| a port VLAN of 802.1ad, expected 802.1Q (EPROTONOSUPPORT)",
                "vlan 0 qos 3         | a priority without a port VLAN, which no relay here has",
                "mac 01:00:5e:00:00:01| 01:00:5e:00:00:01 is no station's address (EINVAL)",
            })
    void whatTheDriverRefusesHasItsReason(String options, String reason) {
        assertThatThrownBy(() -> vf3(options.strip()))
                .isInstanceOf(Refused.class)
                .hasMessage(reason);
    }

    @Test
    void aFullTableOfVlansRefusesThe65th() {
        Vsi full = vsi("vf0", 1)
                .with(VsiSettings.DEFAULT.withVlans(
                        VlanSet.of(IntStream.rangeClosed(1, 64).toArray())));
        NicSettings nic =
                NicSettings.of("nic0", Mode.VEB, List.of(full, vsi("vf3", 3))).on(I82599);
        assertThatThrownBy(() -> after(nic, "ip link set dev nic0 vf 3 vlan 65"))
                .isInstanceOf(Refused.class)
                .hasMessage("65 VLANs: 82599 has place for 64");
    }

    @ParameterizedTest
    @CsvSource({
        "82576, ip link set dev nic0 vf 3 state disable, igb has no operation for a VF's link state (EOPNOTSUPP)",
        "82576, bridge link set dev nic0 hwmode vepa, igb has no operation for hwmode (EOPNOTSUPP)",
        "x3100, ip link set dev nic0 vf 3 vlan 10, vxge has no operation for a VF's port VLAN (EOPNOTSUPP)",
        "linux-macvlan, ip link set dev nic0 vf 3 trust on, macvlan has no operation for a VF's trust (EOPNOTSUPP)",
    })
    void whatTheDriverLacksIsRefused(String device, String line, String reason) {
        NicSettings nic = NIC.on(Devices.named(device).orElseThrow());
        assertThatThrownBy(() -> after(nic, line)).isInstanceOf(Refused.class).hasMessage(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ip",
                "ip link set dev",
                "ip link set dev nic0",
                "ip link set dev nic0 vf",
                "ip link set dev nic0 vf 1 trust on",
                "ip link set dev nic0 vf pf trust on",
                "ip link set dev nic0 vf 3 vlan -1",
                "ip link set dev nic0 vf 3 qos 5",
                "bridge link set dev nic0",
                "policy nic0",
                "policy nic0 strict now",
            })
    void whatIproute2WouldNotTakeIsNoChange(String line) {
        assertThatThrownBy(() -> after(NIC, line)).isInstanceOf(ChangeInvalid.class);
    }

    @Test
    void theColumnIsThatOfTheWordThatIsWrong() {
        assertThatThrownBy(() -> after(NIC, "ip  link set dev nic0 vf 3 vlna 10"))
                .isInstanceOfSatisfying(
                        ChangeInvalid.class, wrong -> assertThat(wrong.column()).isEqualTo(28));
    }
}
