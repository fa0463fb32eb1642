package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.bridge.FdbEntry;
import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.bridge.PortState;
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
    static final BridgeSettings BRIDGE = BridgeSettings.of(
                    List.of(BridgePort.named("ext0"), BridgePort.named("p0").withVlan(10, false)))
            .withVlanFiltering(true);

    private static final int P0 = 1;

    private static final long MAC = 0x0200_0000_0001L;
    private static final Policy STRICT = new Policy(List.of());

    private static BridgeSettings after(BridgeSettings before, String line) throws ChangeInvalid {
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

    private static BridgePort p0(String line) throws ChangeInvalid {
        return after(BRIDGE, line).ports().get(P0);
    }

    @ParameterizedTest
    @EnumSource(names = "MAB", mode = EnumSource.Mode.EXCLUDE)
    void everyFlagIsSwitchedAndNothingElse(PortFlag flag) throws ChangeInvalid {
        String on = "bridge link set dev p0 " + flag.word() + " on";
        String off = "bridge link set dev p0 " + flag.word() + " off";
        BridgePort before = BRIDGE.ports().get(P0);
        assertThat(p0(on)).isEqualTo(flag.with(before, true));
        assertThat(p0(off)).isEqualTo(flag.with(before, false));
        assertThat(after(BRIDGE, on).ports().get(0)).isEqualTo(BRIDGE.ports().get(0));
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
    void aStateIsANumberOrAWord(String word, PortState state) throws ChangeInvalid {
        assertThat(p0("bridge link set dev p0 state " + word).state()).isEqualTo(state);
    }

    @Test
    void macAuthenticationBypassNeedsALockedPort() throws ChangeInvalid {
        BridgePort both = p0("bridge link set dev p0 mab on locked on");
        assertThat(both.locked()).isTrue();
        assertThat(both.mab()).isTrue();
        assertThatThrownBy(() -> p0("bridge link set dev p0 mab on"))
                .isInstanceOf(Refused.class)
                .hasMessage("mab on a port that is not locked (EINVAL)");
        BridgeSettings locked = after(BRIDGE, "bridge link set dev p0 mab on locked on");
        assertThatThrownBy(() -> after(locked, "bridge link set dev p0 locked off"))
                .isInstanceOf(Refused.class);
    }

    @Test
    void optionsOfAPortTakeEffectTogether() throws ChangeInvalid {
        assertThat(p0("bridge link set dev p0 hairpin on learning off state disabled"))
                .isEqualTo(BRIDGE.ports()
                        .get(P0)
                        .withReflects(true)
                        .withLearns(false)
                        .withState(PortState.DISABLED));
    }

    @Test
    void aPortJoinsAVlanTaggedUnlessTold() throws ChangeInvalid {
        assertThat(p0("bridge vlan add dev p0 vid 20").vlans()).isEqualTo(Map.of(1, true, 10, false, 20, false));
        assertThat(p0("bridge vlan add dev p0 vid 20 untagged").vlans())
                .isEqualTo(Map.of(1, true, 10, false, 20, true));
    }

    @Test
    void anotherPvidTakesTheFirstOnesPlace() throws ChangeInvalid {
        BridgePort port = p0("bridge vlan add dev p0 vid 20 pvid untagged");
        assertThat(port.pvid()).isEqualTo(20);
        assertThat(port.vlans()).containsKey(1);
    }

    @Test
    void aVlanAddedAgainWithoutPvidIsNoPvidAnyMore() throws ChangeInvalid {
        BridgePort port = p0("bridge vlan add dev p0 vid 1");
        assertThat(port.pvid()).isZero();
        assertThat(port.vlans()).containsEntry(1, false);
    }

    @Test
    void aPortThatLeavesAVlanLosesItsAddressesThereAndItsPvid() throws ChangeInvalid {
        BridgeSettings before = after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 static");
        assertThat(before.stations()).extracting(FdbEntry::vid).containsExactly(0, 1, 10);
        BridgeSettings after = after(before, "bridge vlan del dev p0 vid 1");
        assertThat(after.stations()).extracting(FdbEntry::vid).containsExactly(0, 10);
        assertThat(after.ports().get(P0).pvid()).isZero();
        assertThat(after.ports().get(P0).vlans()).isEqualTo(Map.of(10, false));
    }

    @Test
    void anAddressIsSetInOneVlan() throws ChangeInvalid {
        assertThat(after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 10 static master")
                        .stations())
                .containsExactly(new FdbEntry(MAC, 10, P0, EntryKind.STATIC));
        assertThat(after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 10 master static sticky")
                        .stations())
                .containsExactly(new FdbEntry(MAC, 10, P0, EntryKind.STICKY));
    }

    @Test
    void anAddressIsPermanentUnlessToldOtherwise() throws ChangeInvalid {
        assertThat(after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 10")
                        .stations())
                .containsExactly(new FdbEntry(MAC, 10, P0, EntryKind.LOCAL));
    }

    @Test
    void anAddressIsReplacedAndDeleted() throws ChangeInvalid {
        BridgeSettings one = after(BRIDGE, "bridge fdb add 02:00:00:00:00:01 dev p0 vlan 1 static");
        BridgeSettings moved = after(one, "bridge fdb replace 02:00:00:00:00:01 dev ext0 vlan 1 static");
        assertThat(moved.stations()).containsExactly(new FdbEntry(MAC, 1, 0, EntryKind.STATIC));
        assertThat(after(moved, "bridge fdb del 02:00:00:00:00:01 dev ext0 vlan 1"))
                .isEqualTo(BRIDGE);
    }

    @Test
    void aGroupIsSetAndDeleted() throws ChangeInvalid {
        BridgeSettings joined = after(BRIDGE, "bridge mdb add dev bridge port p0 grp 239.1.1.1 permanent vid 10");
        assertThat(joined.groups()).containsExactly(new MdbEntry(0x0100_5E01_0101L, 10, P0));
        assertThat(after(joined, "bridge mdb del dev bridge port p0 grp 239.1.1.1 vid 10"))
                .isEqualTo(BRIDGE);
        assertThat(after(BRIDGE, "bridge mdb add dev bridge port p0 grp ff15::101")
                        .groups())
                .containsExactly(new MdbEntry(0x3333_0000_0101L, 0, P0));
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
                "fdb add 02:00:00:00:00:01 dev p0 sticky             | sticky needs static, for permanent entries are the"
                        + " bridge's own (EINVAL)",
                "fdb add 02:00:00:00:00:01 dev p0 dynamic            | an entry that ages is learned; static, sticky and"
                        + " permanent ones are set",
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
        BridgeSettings both = after(after(BRIDGE, address), group);
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
        assertThat(List.of(PortFlag.values()).stream().map(PortFlag::word).collect(Collectors.joining(" ")))
                .isEqualTo("hairpin learning flood mcast_flood bcast_flood isolated locked mab fastleave");
    }
}
