package dev.hairpin.model.privilege;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.privilege.Denial.Reason;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Who may do what: each caller, each resource, each of those it can be left to. */
class PrivilegesTest {
    private static final Caller GUEST = new Caller.Guest("vf3");

    private static String verdict(Holder holder, Caller caller, Act act, Resource resource, String function) {
        return new Privileges(Map.of(resource, holder))
                .authorise(caller, act, resource, function)
                .map(denial -> denial.reason().name())
                .orElse("may");
    }

    @ParameterizedTest
    @CsvSource({
        // left to,  guest,   privileged domain, chassis manager
        "GUEST,      may,     may,               may",
        "MANAGED,    MANAGED, may,               may",
        "CHASSIS,    MANAGED, CHASSIS,           may",
    })
    void whatIsAFunctionsOwnIsUsedByWhomItIsLeftToAndByThoseAbove(
            Holder holder, String guest, String domain, String chassis) {
        for (Resource resource : Resource.values()) {
            if (!resource.isShared()) {
                assertThat(verdict(holder, GUEST, Act.USE, resource, "vf3"))
                        .as("%s", resource)
                        .isEqualTo(guest);
                assertThat(verdict(holder, Caller.PRIVILEGED_DOMAIN, Act.USE, resource, "vf3"))
                        .as("%s", resource)
                        .isEqualTo(domain);
                assertThat(verdict(holder, Caller.CHASSIS_MANAGER, Act.USE, resource, "vf3"))
                        .as("%s", resource)
                        .isEqualTo(chassis);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MANAGED, SHARED, may,     may",
        "CHASSIS, SHARED, CHASSIS, may",
    })
    void whatAllFunctionsShareIsNoGuests(Holder holder, String guest, String domain, String chassis) {
        for (Resource resource : Resource.values()) {
            if (resource.isShared()) {
                assertThat(verdict(holder, GUEST, Act.USE, resource, "vf3")).isEqualTo(guest);
                assertThat(verdict(holder, Caller.PRIVILEGED_DOMAIN, Act.ADMINISTER, resource, ""))
                        .isEqualTo(domain);
                assertThat(verdict(holder, Caller.CHASSIS_MANAGER, Act.ADMINISTER, resource, ""))
                        .isEqualTo(chassis);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = Resource.class,
            names = {"MAC", "VLAN", "PROMISCUITY", "FUNCTION"})
    void aGuestSetsNothingForItselfAndReachesForNobodyElse(Resource resource) {
        assertThat(verdict(Holder.GUEST, GUEST, Act.ADMINISTER, resource, "vf3"))
                .isEqualTo(Reason.ADMINISTRATION.name());
        assertThat(verdict(Holder.GUEST, GUEST, Act.USE, resource, "vf2")).isEqualTo(Reason.OTHER_FUNCTION.name());
        assertThat(verdict(Holder.GUEST, GUEST, Act.ADMINISTER, resource, "")).isEqualTo(Reason.SHARED.name());
    }

    @ParameterizedTest
    @EnumSource(
            value = Resource.class,
            names = {"BANDWIDTH", "DEVICE", "LINK"})
    void whatIsSharedCannotBeLeftToAGuest(Resource resource) {
        assertThatThrownBy(() -> Privileges.USUAL.with(resource, Holder.GUEST)).hasMessageContaining("share");
    }

    @Test
    void usuallyAGuestHasWhatIsItsFunctionsAndTheRestIsManaged() {
        assertThat(Privileges.USUAL)
                .hasToString("mac = guest, vlan = guest, promiscuity = guest, bandwidth = managed, device = managed,"
                        + " function = guest, link = managed");
    }

    @Test
    void theChassisManagerAloneTakesForItselfAndGivesBack() {
        Privileges taken = Privileges.USUAL.with(Resource.VLAN, Holder.CHASSIS);
        assertThat(Privileges.USUAL.authorise(Caller.PRIVILEGED_DOMAIN, Resource.VLAN, Holder.MANAGED))
                .isEmpty();
        assertThat(Privileges.USUAL.authorise(Caller.PRIVILEGED_DOMAIN, Resource.VLAN, Holder.CHASSIS))
                .isPresent();
        assertThat(taken.authorise(Caller.PRIVILEGED_DOMAIN, Resource.VLAN, Holder.MANAGED))
                .isPresent();
        assertThat(taken.authorise(Caller.CHASSIS_MANAGER, Resource.VLAN, Holder.GUEST))
                .isEmpty();
        assertThat(Privileges.USUAL.authorise(GUEST, Resource.VLAN, Holder.GUEST))
                .isPresent();
    }

    @Test
    void aDenialSaysWhoAndWhat() {
        assertThat(Privileges.USUAL.authorise(GUEST, Act.USE, Resource.MAC, "vf2"))
                .get()
                .extracting(Denial::text)
                .isEqualTo("the guest of vf3 controls its own function and not vf2 (EPERM)");
        assertThat(Privileges.USUAL.with(Resource.VLAN, Holder.MANAGED).authorise(GUEST, Act.USE, Resource.VLAN, "vf3"))
                .get()
                .extracting(Denial::text)
                .isEqualTo("the guest of vf3 may not change what is managed: VLAN membership (EPERM)");
    }

    @Test
    void theX3100GivesTheRightToManageToFunctionZeroOfTheFirstHierarchy() {
        assertThat(AccessRight.of(true, true))
                .containsExactlyInAnyOrder(AccessRight.VPATH, AccessRight.SRPCIM, AccessRight.MRPCIM);
        assertThat(AccessRight.of(true, false)).containsExactlyInAnyOrder(AccessRight.VPATH, AccessRight.SRPCIM);
        assertThat(AccessRight.of(false, true)).isEqualTo(Set.of(AccessRight.VPATH));
        assertThat(AccessRight.of(false, false)).isEqualTo(Set.of(AccessRight.VPATH));
    }
}
