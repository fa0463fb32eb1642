package dev.hairpin.experiments.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.management.GuestDriver;
import dev.hairpin.model.management.GuestRequest;
import dev.hairpin.model.management.GuestRequest.AddAddress;
import dev.hairpin.model.management.GuestRequest.AllMulticast;
import dev.hairpin.model.management.GuestRequest.JoinGroup;
import dev.hairpin.model.management.GuestRequest.JoinVlan;
import dev.hairpin.model.management.GuestRequest.LeaveGroup;
import dev.hairpin.model.management.GuestRequest.LeaveVlan;
import dev.hairpin.model.management.GuestRequest.Link;
import dev.hairpin.model.management.GuestRequest.Mtu;
import dev.hairpin.model.management.GuestRequest.Promiscuous;
import dev.hairpin.model.management.GuestRequest.RemoveAddress;
import dev.hairpin.model.management.GuestRequest.SetAddress;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.privilege.Denial.Reason;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines that are said in a guest, or by the chassis manager: what they ask for, and who may say what. */
class GuestCommandTest {
    private static final NicSettings NIC = nic("nic0", 0);
    private static final BridgeSettings BRIDGE = BridgeCommandTest.BRIDGE;
    private static final long MAC = 0x0200_0000_0099L;
    private static final long GROUP = 0x0100_5e00_0001L;

    private static NicSettings nic(String name, int first) {
        VsiSettings set = VsiSettings.DEFAULT.withVlans(VlanSet.of(30));
        List<Vsi> vsis = Stream.of("pf", "vf0", "vf3")
                .map(function -> new Vsi(
                        function,
                        List.of(0x0200_0000_0000L + first + function.hashCode() % 64),
                        List.of(),
                        set.withPhysical(function.equals("pf"))))
                .toList();
        return NicSettings.of(name, Mode.VEB, vsis).on(Devices.IEEE);
    }

    private static final class NoPolicies implements ChangeGrammar.Policies {
        @Override
        public Collection<String> names() {
            return List.of("strict");
        }

        @Override
        public Policy of(String name, String relay) {
            return Policy.NONE;
        }
    }

    private static Change.AtNic read(List<NicSettings> nics, String line) throws ChangeInvalid {
        Change change = new ChangeGrammar(nics, BRIDGE, new NoPolicies()).read(line);
        assertThat(change).isInstanceOf(Change.AtNic.class);
        return (Change.AtNic) change;
    }

    private static NicSettings after(NicSettings before, String line) throws ChangeInvalid {
        return read(List.of(before), line).effect().apply(before);
    }

    private static Refused refused(NicSettings before, String line) {
        Refused refused = catchThrowableOfType(Refused.class, () -> after(before, line));
        assertThat(refused).as("%s is granted", line).isNotNull();
        return refused;
    }

    static List<Arguments> lines() {
        return List.of(
                Arguments.of("ip link set dev eth0 address 02:00:00:00:00:99", new SetAddress(MAC)),
                Arguments.of("ip link set eth0 down", new Link(false)),
                Arguments.of("ip link set eth0 up", new Link(true)),
                Arguments.of("ip link set dev eth0 promisc on", new Promiscuous(true)),
                Arguments.of("ip link set dev eth0 allmulticast on", new AllMulticast(true)),
                Arguments.of("ip link set dev eth0 mtu 9000", new Mtu(9000)),
                Arguments.of("ip maddr add 01:00:5e:00:00:01 dev eth0", new JoinGroup(GROUP)),
                Arguments.of("ip maddr del 01:00:5e:00:00:02 dev eth0", new LeaveGroup(GROUP + 1)),
                Arguments.of("ip link add link eth0 name eth0.10 type vlan id 10", new JoinVlan(10)),
                Arguments.of("ip link add link eth0 eth0.10 type vlan protocol 802.1Q id 10", new JoinVlan(10)),
                Arguments.of("ip link del eth0.30", new LeaveVlan(30)),
                Arguments.of("bridge fdb add 02:00:00:00:00:99 dev eth0", new AddAddress(MAC)),
                Arguments.of("bridge fdb append 02:00:00:00:00:99 dev eth0 self", new AddAddress(MAC)),
                Arguments.of("bridge fdb del 02:00:00:00:00:98 dev eth0", new RemoveAddress(MAC - 1)),
                Arguments.of("bridge fdb add 01:00:5e:00:00:01 dev eth0", new JoinGroup(GROUP)));
    }

    @ParameterizedTest
    @MethodSource("lines")
    void aLineInAGuestAsksItsDriver(String line, GuestRequest request) throws ChangeInvalid {
        NicSettings before = NIC.with(
                "vf3",
                vsi -> vsi.withGroups(List.of(GROUP + 1))
                        .withAddresses(List.of(vsi.addresses().get(0), MAC - 1)));
        assertThat(after(before, "in vf3 " + line)).isEqualTo(GuestDriver.ask(before, "vf3", request));
    }

    @Test
    void optionsTakeEffectFromLeftToRightAllOrNone() throws ChangeInvalid {
        VsiSettings set = after(NIC, "in vf3 ip link set dev eth0 promisc on allmulticast on promisc off")
                .vsi("vf3")
                .settings();
        assertThat(set.xcast()).isEqualTo(Xcast.ALLMULTI);
        assertThat(refused(NIC, "in vf3 ip link set dev eth0 promisc on mtu 10").left())
                .isEmpty();
    }

    @Test
    void aFunctionOfOneOfSeveralNicsIsNamedBehindIt() throws ChangeInvalid {
        List<NicSettings> two = List.of(nic("nic0", 0), nic("nic1", 64));
        assertThat(read(two, "in nic1.vf3 ip link set dev eth0 up").nic()).isEqualTo("nic1");
        assertThatThrownBy(() -> read(two, "in vf3 ip link set dev eth0 up"))
                .isInstanceOf(ChangeInvalid.class)
                .hasMessageContaining("nic1.vf3");
    }

    @ParameterizedTest
    @CsvSource({
        "ip link set dev nic0 vf 0 trust on, OTHER_FUNCTION",
        "ip link set dev nic0 vf 3 trust on, ADMINISTRATION",
        "ip link set dev nic0 vf 3 vlan 10,  ADMINISTRATION",
        "ip link set dev nic0 down,          SHARED",
        "bridge link set dev nic0 hwmode vepa, SHARED",
        "policy nic0 strict,                 SHARED",
        "privilege nic0 mac guest,           SHARED",
    })
    void aGuestThatReachesForTheNicIsDenied(String line, Reason reason) {
        assertThat(refused(NIC, "in vf3 " + line.strip()).denial())
                .get()
                .extracting(denial -> denial.reason())
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "mac,         ip link set dev nic0 vf 3 mac 02:00:00:00:00:09",
        "vlan,        ip link set dev nic0 vf 3 vlan 10",
        "mac,         ip link set dev nic0 vf 3 spoofchk on",
        "vlan,        ip link set dev nic0 vf 3 spoofchk on",
        "promiscuity, ip link set dev nic0 vf 3 trust on",
        "function,    ip link set dev nic0 vf 3 state disable",
        "link,        ip link set dev nic0 down",
        "device,      bridge link set dev nic0 hwmode vepa",
        "device,      policy nic0 strict",
        "link,        privilege nic0 link managed",
    })
    void whatTheChassisManagerHasThePrivilegedDomainMayNotAndItMay(String resource, String line) throws ChangeInvalid {
        NicSettings taken = after(NIC, "in chassis privilege nic0 " + resource + " chassis");
        assertThat(refused(taken, line.strip()).denial())
                .get()
                .extracting(denial -> denial.reason())
                .isEqualTo(Reason.CHASSIS);
        after(taken, "in chassis " + line.strip());
        after(NIC, line.strip());
    }

    @Test
    void thePrivilegedDomainTakesAResourceFromGuestsAndLeavesItToThemAgain() throws ChangeInvalid {
        NicSettings managed = after(NIC, "privilege nic0 vlan managed");
        assertThat(managed.privileges().holder(Resource.VLAN)).isEqualTo(Holder.MANAGED);
        assertThat(refused(managed, "in vf3 ip link del eth0.30")).hasMessageContaining("VLAN membership (EPERM)");
        assertThat(after(managed, "privilege nic0 vlan guest")).isEqualTo(NIC);
        assertThat(refused(NIC, "privilege nic0 vlan chassis").denial()).isPresent();
    }

    @Test
    void insideThePhysicalFunctionIsThePrivilegedDomain() throws ChangeInvalid {
        NicSettings managed = after(NIC, "privilege nic0 promiscuity managed");
        assertThat(after(managed, "in pf ip link set dev eth0 promisc on")
                        .vsi("pf")
                        .settings()
                        .xcast())
                .isEqualTo(Xcast.PROMISC);
        assertThat(refused(managed, "in vf3 ip link set dev eth0 promisc on").denial())
                .isPresent();
    }

    @Test
    void anAddressThatTheAdministratorSetsIsAssigned() throws ChangeInvalid {
        NicSettings nic = NIC.on(Devices.named("82599").orElseThrow());
        NicSettings assigned = after(nic, "ip link set dev nic0 vf 3 mac 02:00:00:00:00:09");
        String own = "in vf3 ip link set dev eth0 address 02:00:00:00:00:99";
        assertThat(refused(assigned, own)).hasMessageContaining("does not trust the function");
        assertThat(after(after(assigned, "ip link set dev nic0 vf 3 trust on"), own)
                        .vsi("vf3")
                        .addresses())
                .containsExactly(MAC);
        NicSettings freed = after(assigned, "ip link set dev nic0 vf 3 mac 00:00:00:00:00:00");
        assertThat(after(freed, own).vsi("vf3").addresses()).containsExactly(MAC);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "in",
                "in vf3",
                "in vf4 ip link set dev eth0 up",
                "in vf3 ip",
                "in vf3 ip link",
                "in vf3 ip addr add",
                "in vf3 ip link set dev eth0",
                "in vf3 ip link set dev eth1 up",
                "in vf3 ip link set dev eth0 mtu",
                "in vf3 ip link set dev eth0 mtu -1",
                "in vf3 ip link set dev eth0 up now",
                "in vf3 ip link add link eth0 name eth0.10 type vlan id 11",
                "in vf3 ip link add link eth0 name trunk type vlan id 10",
                "in vf3 ip link add link eth0 name eth0.10 type macvlan",
                "in vf3 ip link del eth0",
                "in vf3 ip maddr add 01:00:5e dev eth0",
                "in vf3 bridge vlan add dev eth0 vid 10",
                "in vf3 bridge fdb add 02:00:00:00:00:99 dev p0",
                "ip link set dev eth0 up",
                "in chassis ip link set dev eth0 up",
                "in chassis profile web vf3",
                "privilege nic0 device guest",
                "privilege nic0 mac nobody",
            })
    void whatIproute2WouldNotTakeThereIsNoChange(String line) {
        assertThatThrownBy(() -> after(NIC, line)).isInstanceOf(ChangeInvalid.class);
    }
}
