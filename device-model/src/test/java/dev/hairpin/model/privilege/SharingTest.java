package dev.hairpin.model.privilege;

import static dev.hairpin.model.privilege.AccessRight.MRPCIM;
import static dev.hairpin.model.privilege.AccessRight.SRPCIM;
import static dev.hairpin.model.privilege.AccessRight.VPATH;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.privilege.Denial.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Who may do what where several servers share a NIC: rc0, which manages the device, has pf and vf0; rc1 vf1 and vf2. */
class SharingTest {
    private static final Sharing TWO = two();
    private static final Privileges SHARED = Privileges.USUAL.shared(TWO);
    private static final Caller BASE = new Caller.PrivilegedDomain("rc0");
    private static final Caller OTHER = new Caller.PrivilegedDomain("rc1");

    private static Sharing two() {
        Map<String, List<String>> trees = new LinkedHashMap<>();
        trees.put("rc0", List.of("pf", "vf0"));
        trees.put("rc1", List.of("vf1", "vf2"));
        return new Sharing("mr-iov", trees);
    }

    private static Optional<Reason> reason(Caller caller, Resource resource, String function) {
        return SHARED.authorise(caller, Act.ADMINISTER, resource, function).map(Denial::reason);
    }

    @Test
    void inTheBaseHierarchyThePhysicalFunctionManagesTheDevice() {
        assertThat(TWO.rights("pf", true)).isEqualTo(Set.of(VPATH, SRPCIM, MRPCIM));
        assertThat(TWO.rights("vf0", false)).isEqualTo(Set.of(VPATH));
    }

    @Test
    void inAnotherTheFirstFunctionManagesTheHierarchy() {
        assertThat(TWO.rights("vf1", false)).isEqualTo(Set.of(VPATH, SRPCIM));
        assertThat(TWO.rights("vf2", false)).isEqualTo(Set.of(VPATH));
    }

    @Test
    void forOneSystemThePhysicalFunctionHasAllRightsInEveryMode() {
        for (String mode : List.of("", "single-function", "multi-function", "sr-iov")) {
            Sharing one = new Sharing(mode, Map.of());
            assertThat(one.rights("pf", true)).as(mode).isEqualTo(Set.of(VPATH, SRPCIM, MRPCIM));
            assertThat(one.rights("vf0", false)).as(mode).isEqualTo(Set.of(VPATH));
        }
    }

    @Test
    void aServerManagesItsOwnFunctionsAndNoneOfAnothers() {
        for (Resource resource : List.of(Resource.MAC, Resource.VLAN, Resource.PROMISCUITY, Resource.FUNCTION)) {
            assertThat(reason(BASE, resource, "vf0")).isEmpty();
            assertThat(reason(OTHER, resource, "vf2")).isEmpty();
            assertThat(reason(BASE, resource, "vf2")).contains(Reason.OTHER_HIERARCHY);
            assertThat(reason(Caller.PRIVILEGED_DOMAIN, resource, "vf2")).contains(Reason.OTHER_HIERARCHY);
            assertThat(reason(OTHER, resource, "vf0")).contains(Reason.OTHER_HIERARCHY);
        }
    }

    @Test
    void whatAllShareIsTheBaseHierarchys() {
        for (Resource resource : List.of(Resource.BANDWIDTH, Resource.DEVICE, Resource.LINK)) {
            assertThat(reason(BASE, resource, "")).isEmpty();
            assertThat(reason(OTHER, resource, "")).contains(Reason.NOT_BASE);
            assertThat(SHARED.authorise(OTHER, resource, Holder.MANAGED).map(Denial::reason))
                    .contains(Reason.NOT_BASE);
        }
    }

    @Test
    void ofANicThatIsNotSharedAServerHasNothing() {
        assertThat(Privileges.USUAL
                        .authorise(OTHER, Act.ADMINISTER, Resource.MAC, "vf0")
                        .map(Denial::reason))
                .contains(Reason.OTHER_HIERARCHY);
        assertThat(Privileges.USUAL
                        .authorise(OTHER, Act.ADMINISTER, Resource.LINK, "")
                        .map(Denial::reason))
                .contains(Reason.NOT_BASE);
    }

    @Test
    void theChassisManagerStandsAboveAllServers() {
        assertThat(reason(Caller.CHASSIS_MANAGER, Resource.MAC, "vf0")).isEmpty();
        assertThat(reason(Caller.CHASSIS_MANAGER, Resource.MAC, "vf2")).isEmpty();
        assertThat(reason(Caller.CHASSIS_MANAGER, Resource.LINK, "")).isEmpty();
    }

    @Test
    void whatTheChassisManagerHasNoServerMayEvenInItsOwnHierarchy() {
        Privileges taken = SHARED.with(Resource.VLAN, Holder.CHASSIS);
        assertThat(taken.sharing()).isEqualTo(TWO);
        assertThat(taken.authorise(OTHER, Act.ADMINISTER, Resource.VLAN, "vf2").map(Denial::reason))
                .contains(Reason.CHASSIS);
    }

    @Test
    void aGuestIsAGuestInWhicheverHierarchy() {
        Caller guest = new Caller.Guest("vf2");
        assertThat(SHARED.authorise(guest, Act.USE, Resource.MAC, "vf2")).isEmpty();
        assertThat(SHARED.authorise(guest, Act.USE, Resource.MAC, "vf1").map(Denial::reason))
                .contains(Reason.OTHER_FUNCTION);
    }

    @Test
    void aDenialNamesTheServer() {
        assertThat(SHARED.authorise(OTHER, Act.ADMINISTER, Resource.MAC, "vf0"))
                .get()
                .extracting(Denial::text)
                .isEqualTo("the privileged domain of rc1 manages its own hierarchy and not vf0 (EPERM)");
        assertThat(SHARED.authorise(OTHER, Act.ADMINISTER, Resource.LINK, ""))
                .get()
                .extracting(Denial::text)
                .isEqualTo("the privileged domain of rc1 has no right to manage the device (MRPCIM): the link (EPERM)");
    }
}
