package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.topology.BridgeSetUp.Address;
import dev.hairpin.experiments.topology.BridgeSetUp.Component;
import dev.hairpin.experiments.topology.BridgeSetUp.Group;
import dev.hairpin.experiments.topology.BridgeSetUp.Kind;
import dev.hairpin.experiments.topology.PortSetUp.Flag;
import dev.hairpin.experiments.topology.PortSetUp.State;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.Refused;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Changes at the bridge: what they mean, and what the kernel's bridge refuses. */
class BridgeCommandTest {
    /** Port p0 is in VLAN 1, its PVID, and in VLAN 10 with tagged frames. */
    static final BridgeSetUp BRIDGE = new BridgeSetUp(
            Component.C_VLAN,
            true,
            300_000_000_000L,
            List.of(PortSetUp.of("ext0", ""), PortSetUp.of("p0", "nic0").withVlans(1, Map.of(1, true, 10, false))),
            List.of(),
            List.of(),
            Policy.NONE);

    private static final long MAC = 0x0200_0000_0001L;
    private static final Policy STRICT = new Policy(List.of());

    private static BridgeSetUp after(BridgeSetUp before, String line) throws ChangeInvalid {
        ChangeGrammar.Policies policies = new ChangeGrammar.Policies() {
            @Override
            public Collection<String> names() {
                return List.of("strict");
            }

            @Override
            public Policy of(String name, String relay) {
                assertThat(relay).isEqualTo("bridge");
                return STRICT;
            }
        };
        Change change = new ChangeGrammar(List.of(), before, policies).read(line);
        assertThat(change).isInstanceOf(Change.AtBridge.class);
        return ((Change.AtBridge) change).effect().apply(before);
    }

    private static PortSetUp p0(String line) throws ChangeInvalid {
        return after(BRIDGE, line).port("p0");
    }

    @ParameterizedTest
    @EnumSource
    void everyFlagIsSwitchedAndNothingElse(Flag flag) throws ChangeInvalid {
        String on = "bridge link set dev p0 " + flag.word() + " on";
        String off = "bridge link set dev p0 " + flag.word() + " off";
        PortSetUp before = BRIDGE.port("p0");
        assertThat(p0(on)).isEqualTo(before.with(flag, true));
        assertThat(p0(off)).isEqualTo(before.with(flag, false));
        assertThat(after(BRIDGE, on).port("ext0")).isEqualTo(BRIDGE.port("ext0"));
    }

    @ParameterizedTest
    @CsvSource({
        "0, DISABLED",
        "1, LISTENING",
        "2, LEARNING",
        "3, FORWARDING",
        "disabled, DISABLED",
        "learning, LEARNING"
    })
    void aStateIsANumberOrAWord(String word, State state) throws ChangeInvalid {
        assertThat(p0("bridge link set dev p0 state " + word).state()).isEqualTo(state);
    }

    @Test
    void aPortBlockedByHandForwardsAgainForThereIsNoSpanningTree() throws ChangeInvalid {
        BridgeSetUp disabled = after(BRIDGE, "bridge link set dev p0 state disabled");
        assertThat(after(disabled, "bridge link set dev p0 state blocking")
                        .port("p0")
                        .state())
                .isEqualTo(State.FORWARDING);
    }

    @Test
    void optionsOfAPortTakeEffectTogether() throws ChangeInvalid {
        assertThat(p0("bridge link set dev p0 hairpin on learning off state disabled"))
                .isEqualTo(BRIDGE.port("p0")
                        .with(Flag.HAIRPIN, true)
                        .with(Flag.LEARNING, false)
                        .in(State.DISABLED));
    }

    @Test
    void aPortJoinsAVlanTaggedUnlessTold() throws ChangeInvalid {
        assertThat(p0("bridge vlan add dev p0 vid 20").vlans()).isEqualTo(Map.of(1, true, 10, false, 20, false));
        assertThat(p0("bridge vlan add dev p0 vid 20 untagged").vlans())
                .isEqualTo(Map.of(1, true, 10, false, 20, true));
    }

    @Test
    void anotherPvidTakesTheFirstOnesPlace() throws ChangeInvalid {
        PortSetUp port = p0("bridge vlan add dev p0 vid 20 pvid untagged");
        assertThat(port.pvid()).isEqualTo(20);
        assertThat(port.vlans()).containsKey(1);
    }

    @Test
    void aVlanAddedAgainWithoutPvidIsNoPvidAnyMore() throws ChangeInvalid {
        PortSetUp port = p0("bridge vlan add dev p0 vid 1");
        assertThat(port.pvid()).isZero();
        assertThat(port.vlans()).containsEntry(1, false);
    }

    @Test
    void aPortThatLeavesAVlanLosesItsAddressesThereAndItsPvid() throws ChangeInvalid {
        BridgeSetUp before = after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 static");
        assertThat(before.fdb()).extracting(Address::vlan).containsExactly(0, 1, 10);
        BridgeSetUp after = after(before, "bridge vlan del dev p0 vid 1");
        assertThat(after.fdb()).extracting(Address::vlan).containsExactly(0, 10);
        assertThat(after.port("p0").pvid()).isZero();
        assertThat(after.port("p0").vlans()).isEqualTo(Map.of(10, false));
    }

    @Test
    void anAddressIsSetInOneVlan() throws ChangeInvalid {
        assertThat(after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 10 static master")
                        .fdb())
                .containsExactly(new Address(MAC, 10, "p0", Kind.STATIC, false));
        assertThat(after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 10 master dynamic sticky")
                        .fdb())
                .containsExactly(new Address(MAC, 10, "p0", Kind.DYNAMIC, true));
    }

    @Test
    void anAddressIsPermanentUnlessToldOtherwise() throws ChangeInvalid {
        assertThat(after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 10")
                        .fdb())
                .containsExactly(new Address(MAC, 10, "p0", Kind.PERMANENT, false));
    }

    @Test
    void anAddressIsReplacedAndDeleted() throws ChangeInvalid {
        BridgeSetUp one = after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 1 static");
        BridgeSetUp moved = after(one, "bridge fdb replace 02:00:00:00:00:01 dev ext0 vlan 1 static");
        assertThat(moved.fdb()).containsExactly(new Address(MAC, 1, "ext0", Kind.STATIC, false));
        assertThat(after(moved, "bridge fdb del 02:00:00:00:00:01 dev ext0 vlan 1"))
                .isEqualTo(BRIDGE);
    }

    @Test
    void aGroupIsSetAndDeleted() throws ChangeInvalid {
        BridgeSetUp joined = after(BRIDGE, "bridge mdb add dev bridge port p0 grp 239.1.1.1 permanent vid 10");
        assertThat(joined.mdb()).containsExactly(new Group("239.1.1.1", 10, "p0"));
        assertThat(after(joined, "bridge mdb del dev bridge port p0 grp 239.1.1.1 vid 10"))
                .isEqualTo(BRIDGE);
        assertThat(after(BRIDGE, "bridge mdb add dev bridge port p0 grp ff15::101")
                        .mdb())
                .containsExactly(new Group("ff15::101", 0, "p0"));
    }

    @Test
    void aPolicyIsSelectedByItsName() throws ChangeInvalid {
        assertThat(after(BRIDGE, "policy bridge strict").policy()).isSameAs(STRICT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vlan add dev p0 vid 4095                            | VLAN 4095, expected 1 to 4094 (EINVAL)",
                "vlan add dev p0 vid 0                               | VLAN 0, expected 1 to 4094 (EINVAL)",
                "fdb add 02:00:00:00:00:01 dev p0 vlan 20 static     | p0 is not in VLAN 20 (EINVAL)",
                "fdb add 01:00:5e:00:00:01 dev p0 static             | 01:00:5e:00:00:01 is no station's address (EINVAL)",
                "fdb add 02:00:00:00:00:01 dev p0 sticky             | sticky needs static or dynamic, for permanent entries"
                        + " are the bridge's own (EINVAL)",
                "fdb del 02:00:00:00:00:01 dev p0                    | 02:00:00:00:00:01 is not set at p0: only what was set"
                        + " can be deleted",
                "mdb add dev bridge port p0 grp 224.0.0.251          | 224.0.0.251 is for everybody (EINVAL)",
                "mdb add dev bridge port p0 grp ff02::1              | ff02::1 is for everybody (EINVAL)",
                "mdb del dev bridge port p0 grp 239.1.1.1            | 239.1.1.1 is not set at p0 (EINVAL)",
            })
    void whatTheKernelRefusesHasItsReason(String line, String reason) {
        assertThatThrownBy(() -> after(BRIDGE, "bridge " + line.strip()))
                .isInstanceOf(Refused.class)
                .hasMessage(reason);
    }

    @Test
    void whatIsThereIsNotAddedAgain() throws ChangeInvalid {
        String address = "bridge fdb add 02:00:00:00:00:01 dev p0 static";
        String group = "bridge mdb add dev bridge port p0 grp 239.1.1.1";
        BridgeSetUp both = after(after(BRIDGE, address), group);
        assertThatThrownBy(() -> after(both, address))
                .isInstanceOf(Refused.class)
                .hasMessageContaining("EEXIST");
        assertThatThrownBy(() -> after(both, group)).isInstanceOf(Refused.class).hasMessageContaining("EEXIST");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bridge",
                "bridge link set p0 hairpin on",
                "bridge link set dev p9 hairpin on",
                "bridge link set dev p0",
                "bridge link set dev p0 hairpin",
                "bridge link set dev p0 hairpin yes",
                "bridge link set dev p0 state 5",
                "bridge link set dev p0 hwmode vepa",
                "bridge vlan add dev p0",
                "bridge vlan add dev p0 vid ten",
                "bridge vlan add dev p0 vid 10 tagged",
                "bridge fdb append 02:00:00:00:00:01 dev p0",
                "bridge fdb add 02:00 dev p0",
                "bridge fdb add 02:00:00:00:00:01 dev p0 forever",
                "bridge mdb add dev br0 port p0 grp 239.1.1.1",
                "bridge mdb add dev bridge port p0 grp 10.0.0.1",
                "bridge mdb add dev bridge port p0 grp 239.1.1.999",
                "bridge mdb add dev bridge port p0 grp ff:ff:ff:ff:ff:ff",
                "policy bridge loose",
            })
    void whatIproute2WouldNotTakeIsNoChange(String line) {
        assertThatThrownBy(() -> after(BRIDGE, line)).isInstanceOf(ChangeInvalid.class);
    }

    @Test
    void theFlagsAreThoseOfIproute2() {
        assertThat(List.of(Flag.values()).stream().map(Flag::word).collect(Collectors.joining(" ")))
                .isEqualTo("hairpin learning flood mcast_flood bcast_flood isolated locked");
    }
}
