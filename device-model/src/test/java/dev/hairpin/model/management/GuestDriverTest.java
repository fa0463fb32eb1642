package dev.hairpin.model.management;

import static dev.hairpin.model.management.Nics.ask;
import static dev.hairpin.model.management.Nics.assigned;
import static dev.hairpin.model.management.Nics.group;
import static dev.hairpin.model.management.Nics.refused;
import static dev.hairpin.model.management.Nics.station;
import static dev.hairpin.model.management.Nics.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.Xcast;
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
import dev.hairpin.model.privilege.Denial.Reason;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest asks for inside its function: what each device's drivers grant, and what they refuse. */
class GuestDriverTest {
    private static final NicSettings IXGBE = Nics.of("82599", 3);
    private static final NicSettings IGB = Nics.of("82576", 3);
    private static final NicSettings VXGE = Nics.of("x3100", 3);
    private static final long OTHER = station(0x99);

    private static NicSettings trusted(NicSettings nic) {
        return with(nic, "vf1", set -> set.withTrusted(true));
    }

    @ParameterizedTest
    @ValueSource(strings = {"82576", "82599", "x3100", "linux-macvlan", "ieee"})
    void anAddressOfItsChoiceIsGrantedWhereNoneIsAssigned(String device) {
        NicSettings nic = device.equals("linux-macvlan")
                ? with(Nics.of("ieee", 3), "vf1", set -> VsiSettings.DEFAULT)
                : Nics.of(device, 3);
        assertThat(ask(nic, "vf1", new SetAddress(OTHER)).addresses()).containsExactly(OTHER);
        assertThat(refused(nic, "vf1", new SetAddress(group(1)))).hasMessageContaining("EADDRNOTAVAIL");
    }

    @Test
    void anAssignedAddressBindsTheUntrustedGuest() {
        String ixgbe = "the administrator assigned another address and does not trust the function (EPERM)";
        assertThat(refused(assigned(IXGBE, "vf1"), "vf1", new SetAddress(OTHER)))
                .hasMessage(ixgbe);
        assertThat(ask(assigned(IXGBE, "vf1"), "vf1", new SetAddress(station(2))))
                .isNotNull();
        String igb = "the administrator assigned an address and does not trust the function (EPERM)";
        assertThat(refused(assigned(IGB, "vf1"), "vf1", new SetAddress(station(2))))
                .hasMessage(igb);
        for (NicSettings nic : List.of(trusted(assigned(IXGBE, "vf1")), trusted(assigned(IGB, "vf1")))) {
            assertThat(ask(nic, "vf1", new SetAddress(OTHER)).addresses()).containsExactly(OTHER);
        }
    }

    @Test
    void furtherAddressesComeAndGo() {
        for (NicSettings nic : List.of(IXGBE, IGB, VXGE)) {
            NicSettings more = GuestDriver.ask(nic, "vf1", new AddAddress(OTHER));
            assertThat(more.vsi("vf1").addresses()).containsExactly(station(2), OTHER);
            assertThat(refused(more, "vf1", new AddAddress(OTHER))).hasMessageContaining("EEXIST");
            assertThat(ask(more, "vf1", new RemoveAddress(OTHER)).addresses()).containsExactly(station(2));
            assertThat(refused(nic, "vf1", new RemoveAddress(OTHER))).hasMessageContaining("ENOENT");
        }
    }

    @Test
    void whoAsksIxgbeForAFurtherAddressIsNotCheckedForSpoofingAnyMore() {
        NicSettings checked = with(IXGBE, "vf1", set -> set.withSpoofMac(true).withSpoofVlan(true));
        VsiSettings after = ask(checked, "vf1", new AddAddress(OTHER)).settings();
        assertThat(after.spoofMac() || after.spoofVlan()).isFalse();
        NicSettings igb = with(IGB, "vf1", set -> set.withSpoofMac(true));
        assertThat(ask(igb, "vf1", new AddAddress(OTHER)).settings().spoofMac()).isTrue();
    }

    @Test
    void furtherAddressesAreRefusedToTheUntrustedWithAnAssignedAddress() {
        for (NicSettings nic : List.of(IXGBE, IGB)) {
            assertThat(refused(assigned(nic, "vf1"), "vf1", new AddAddress(OTHER)))
                    .hasMessageContaining("does not trust");
        }
    }

    @Test
    void addressesFindNoPlaceInAFullTable() {
        for (String device : List.of("82599", "82576")) {
            int places = Nics.device(device).get(Choice.ADDRESSES);
            NicSettings nic = Nics.of(device, 3);
            List<Long> all =
                    IntStream.rangeClosed(1, places - 2).mapToObj(Nics::station).toList();
            NicSettings full = nic.with("vf0", vsi -> vsi.withAddresses(all));
            assertThat(refused(full, "vf1", new AddAddress(OTHER))).hasMessageContaining("no place");
            assertThat(ask(full, "vf1", new SetAddress(OTHER)).addresses()).containsExactly(OTHER);
        }
    }

    @Test
    void igbvfAsksForThreeFurtherAddresses() {
        NicSettings three = IGB.with("vf1", vsi -> vsi.withAddresses(List.of(2L << 40, 11L, 12L, 13L)));
        assertThat(refused(three, "vf1", new AddAddress(OTHER))).hasMessageContaining("3 further addresses");
    }

    @Test
    void groupsComeAndGoAndThe31stIsLeftOut() {
        for (NicSettings nic : List.of(IXGBE, IGB)) {
            NicSettings joined = GuestDriver.ask(nic, "vf1", new JoinGroup(group(1)));
            assertThat(joined.vsi("vf1").groups()).containsExactly(group(1));
            assertThat(refused(joined, "vf1", new JoinGroup(group(1)))).hasMessageContaining("EEXIST");
            assertThat(ask(joined, "vf1", new LeaveGroup(group(1))).groups()).isEmpty();
            NicSettings thirty = nic.with(
                    "vf1",
                    vsi -> vsi.withGroups(
                            IntStream.range(0, 30).mapToObj(Nics::group).toList()));
            assertThat(refused(thirty, "vf1", new JoinGroup(group(31)))).hasMessageContaining("left out");
        }
    }

    @Test
    void vlansComeAndGo() {
        for (NicSettings nic : List.of(IXGBE, IGB, VXGE)) {
            NicSettings in = GuestDriver.ask(nic, "vf1", new JoinVlan(10));
            assertThat(in.vsi("vf1").settings().vlans()).isEqualTo(VlanSet.of(10));
            assertThat(refused(in, "vf1", new JoinVlan(10))).hasMessageContaining("EEXIST");
            assertThat(ask(in, "vf1", new LeaveVlan(10)).settings().vlans()).isEqualTo(VlanSet.NONE);
            assertThat(refused(nic, "vf1", new LeaveVlan(10))).hasMessageContaining("ENODEV");
        }
    }

    @Test
    void whoIsInEveryVlanStaysSo() {
        NicSettings any = with(IXGBE, "vf1", set -> set.withVlans(VlanSet.ANY));
        assertThat(GuestDriver.ask(any, "vf1", new JoinVlan(10))).isEqualTo(any);
        assertThat(GuestDriver.ask(any, "vf1", new LeaveVlan(10))).isEqualTo(any);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82576", "82599", "x3100", "ieee"})
    void aPortVlanAllowsNoOther(String device) {
        NicSettings nic = with(Nics.of(device, 3), "vf1", set -> set.withPortVlan(5));
        assertThat(refused(nic, "vf1", new JoinVlan(10))).hasMessageContaining("port VLAN");
    }

    @ParameterizedTest
    @CsvSource({"82576, 32", "82599, 64"})
    void aFullTableOfVlansHasPlaceForThoseThatAreInIt(String device, int places) {
        int[] all = IntStream.rangeClosed(1, places).toArray();
        NicSettings full = with(Nics.of(device, 3), "vf0", set -> set.withVlans(VlanSet.of(all)));
        assertThat(refused(full, "vf1", new JoinVlan(places + 1))).hasMessageContaining("no place for another VLAN");
        assertThat(ask(full, "vf1", new JoinVlan(places)).settings().vlans()).isEqualTo(VlanSet.of(places));
    }

    @Test
    void ixgbeGrantsAllGroupsToTheTrustedAndPromiscuityToNobody() {
        assertThat(ask(trusted(IXGBE), "vf1", new AllMulticast(true)).settings().xcast())
                .isEqualTo(Xcast.ALLMULTI);
        assertThat(refused(trusted(IXGBE), "vf1", new Promiscuous(true))).hasMessageContaining("no promiscuous mode");
    }

    @Test
    void ixgbeGrantsTheUntrustedLessInSilenceAndAllGroupsOnceTheyAreTrusted() {
        assertThat(refused(IXGBE, "vf1", new Promiscuous(true))).hasMessageContaining("not trusted");
        Refused less = refused(IXGBE, "vf1", new AllMulticast(true));
        assertThat(less).hasMessageContaining("not trusted");
        // The relay grants no more than the device does; what was asked for it knows.
        assertThat(less.left().orElseThrow().vsi("vf1").settings()).isEqualTo(Nics.SET.withXcast(Xcast.ALLMULTI));
        assertThat(Nics.device("82599").get(Choice.XCAST_UNTRUSTED)).isEqualTo(Xcast.MULTI);
        assertThat(refused(IXGBE, "vf1", new Promiscuous(true)).left()).isEmpty();
    }

    @Test
    void igbvfAsksForNeither() {
        assertThat(refused(IGB, "vf1", new Promiscuous(true))).hasMessageContaining("igbvf sends no message");
        assertThat(refused(IGB, "vf1", new AllMulticast(true))).hasMessageContaining("igbvf sends no message");
    }

    @Test
    void theX3100LeavesPromiscuityToTheFunctionThatManagesTheDevice() {
        assertThat(refused(VXGE, "vf1", new Promiscuous(true)))
                .hasMessageContaining("vxge answers yes and does nothing");
        assertThat(ask(VXGE, "vf1", new AllMulticast(true)).settings().xcast()).isEqualTo(Xcast.ALLMULTI);
        NicSettings physical = with(VXGE, "vf1", set -> set.withPhysical(true));
        assertThat(ask(physical, "vf1", new Promiscuous(true)).settings().xcast())
                .isEqualTo(Xcast.PROMISC);
    }

    @Test
    void allGroupsAreStillAskedForWhenPromiscuityEnds() {
        NicSettings nic = Nics.of("ieee", 3);
        for (GuestRequest request : List.of(new AllMulticast(true), new Promiscuous(true), new Promiscuous(false))) {
            nic = GuestDriver.ask(nic, "vf1", request);
        }
        assertThat(nic.vsi("vf1").settings().xcast()).isEqualTo(Xcast.ALLMULTI);
        assertThat(ask(nic, "vf1", new AllMulticast(false)).settings()).isEqualTo(Nics.SET);
    }

    @ParameterizedTest
    @CsvSource({"82576, 9216", "82599, 1500", "x3100, 9600", "ieee, 65535"})
    void theMtuIsTheLongestFrameWithoutItsHeader(String device, int most) {
        NicSettings nic = Nics.of(device, 3);
        for (int mtu : new int[] {68, most}) {
            assertThat(ask(nic, "vf1", new Mtu(mtu)).settings().longestFrame()).isEqualTo(mtu + 14);
        }
        assertThat(refused(nic, "vf1", new Mtu(67))).hasMessageContaining("EINVAL");
        assertThat(refused(nic, "vf1", new Mtu(65_536))).hasMessageContaining("EINVAL");
    }

    @Test
    void jumboFramesThatThePhysicalFunctionDoesNotTakeMakeAVirtualFunctionOfThe82599Deaf() {
        Refused refused = refused(IXGBE, "vf1", new Mtu(9000));
        assertThat(refused).hasMessageContaining("nothing is received");
        NicSettings left = refused.left().orElseThrow();
        assertThat(left.vsi("vf1").settings()).isEqualTo(Nics.SET.withRxEnabled(false));
        assertThat(ask(left, "vf1", new Mtu(1400)).settings().rxEnabled()).isTrue();
        NicSettings jumbo = with(IXGBE, "vf0", set -> set.withPhysical(true).withLongestFrame(9014));
        assertThat(ask(jumbo, "vf1", new Mtu(9000)).settings().longestFrame()).isEqualTo(9014);
    }

    @ParameterizedTest
    @ValueSource(strings = {"82576", "82599", "x3100", "ieee"})
    void downAndUpAgainIsAsBefore(String device) {
        NicSettings nic = Nics.of(device, 3);
        for (GuestRequest request : List.of(new AddAddress(OTHER), new JoinVlan(10), new JoinGroup(group(1)))) {
            nic = GuestDriver.ask(nic, "vf1", request);
        }
        NicSettings down = GuestDriver.ask(nic, "vf1", new Link(false));
        assertThat(down.vsi("vf1").settings().txEnabled()).isFalse();
        assertThat(down.vsi("vf1").settings().rxEnabled()).isFalse();
        assertThat(GuestDriver.ask(down, "vf1", new Link(true))).isEqualTo(nic);
    }

    @Test
    void anotherMtuWhileItIsDownDoesNotMakeItReceive() {
        for (NicSettings nic : List.of(IXGBE, IGB)) {
            NicSettings down = GuestDriver.ask(nic, "vf1", new Link(false));
            assertThat(ask(down, "vf1", new Mtu(1400)).settings().rxEnabled()).isFalse();
        }
    }

    @Test
    void aResetGivesTheGuestTheAddressThatIsAssigned() {
        NicSettings nic = trusted(assigned(IXGBE, "vf1"));
        NicSettings own = GuestDriver.ask(nic, "vf1", new SetAddress(OTHER));
        assertThat(ask(own, "vf1", new Link(true)).addresses()).containsExactly(station(2));
    }

    @Test
    void whatTheAdministratorForbadeMeanwhileIsNotThereAfterAReset() {
        NicSettings nic = GuestDriver.ask(IXGBE, "vf1", new AddAddress(OTHER));
        Vsi after = ask(assigned(nic, "vf1"), "vf1", new Link(true));
        assertThat(after.addresses()).containsExactly(station(2));
    }

    @Test
    void anotherStationsAddressIsRefusedWhereAnAddressHasOnePort() {
        NicSettings nic = Nics.of("ieee", 3);
        assertThat(refused(nic, "vf1", new SetAddress(station(1)))).hasMessageContaining("which vf0 has");
        assertThat(ask(IXGBE, "vf1", new SetAddress(station(1))).addresses()).containsExactly(station(1));
    }

    @Test
    void whatIsManagedNoGuestChangesWhateverItsDriver() {
        for (String device : List.of("82576", "82599", "x3100", "ieee")) {
            for (Resource resource : List.of(Resource.MAC, Resource.VLAN, Resource.PROMISCUITY)) {
                NicSettings nic = Nics.of(device, 3);
                NicSettings managed = nic.leaving(nic.privileges().with(resource, Holder.MANAGED));
                for (GuestRequest request : List.of(
                        new SetAddress(OTHER), new AddAddress(OTHER), new JoinVlan(10), new Promiscuous(false))) {
                    if (request.resource().equals(Optional.of(resource))) {
                        assertThat(refused(managed, "vf1", request).denial())
                                .get()
                                .extracting(denial -> denial.reason())
                                .isEqualTo(Reason.MANAGED);
                    } else {
                        ask(managed, "vf1", request);
                    }
                }
            }
        }
    }
}
