package dev.hairpin.model.management;

import static dev.hairpin.model.management.Nics.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** I/O profiles: what a chassis manager puts on a function at once. */
class ProfileTest {
    private static final NicSettings NIC = Nics.of("82599", 3);
    private static final PolicyRule NO_TELNET = rule("tcp dst port 23", List.of(), Direction.ANY);
    private static final PolicyRule OF_THE_NIC = rule("arp", List.of("vf0"), Direction.ANY);
    private static final Profile WEB = new Profile(
            "web", 3, 1, station(0x77), 10, 5, VlanSet.ANY, false, true, 1_000_000_000L, List.of(NO_TELNET));
    private static final Profile LAB =
            new Profile("lab", 4, 0, 0, 0, 0, VlanSet.of(20), true, false, Server.UNLIMITED, List.of());
    private static final List<Profile> ALL = List.of(WEB, LAB);

    private static PolicyRule rule(String match, List<String> ports, Direction direction) {
        return new PolicyRule(FrameMatch.compile(match), direction, ports, new PolicyAction.Drop());
    }

    private static NicSettings applied(Profile profile, NicSettings nic) {
        return profile.applied(nic, "vf1", Caller.CHASSIS_MANAGER, ALL);
    }

    @Test
    void aProfileSetsAllThatItStandsFor() {
        Vsi vf1 = applied(WEB, NIC).vsi("vf1");
        assertThat(vf1.addresses()).containsExactly(station(0x77));
        assertThat(vf1.settings())
                .isEqualTo(Nics.SET
                        .withPortVlan(10)
                        .withPortPriority(5)
                        .withVlans(VlanSet.ANY)
                        .withSpoofMac(true)
                        .withSpoofVlan(true)
                        .withRecord(
                                Nics.SET.record().withAssignedMac(station(0x77)).withProfile("web 3.1")));
    }

    @Test
    void noOtherFunctionIsOtherwiseThanBefore() {
        NicSettings after = applied(WEB, NIC);
        assertThat(after.with("vf1", vsi -> NIC.vsi("vf1")).under(Policy.NONE)).isEqualTo(NIC);
    }

    @Test
    void itsRateAndRulesAreForWhatItsFunctionSendsAndComeFirst() {
        NicSettings after = applied(WEB, NIC.under(new Policy(List.of(OF_THE_NIC))));
        List<PolicyRule> rules = after.policy().rules();
        assertThat(rules).hasSize(3);
        assertThat(rules.get(0).action()).isEqualTo(new PolicyAction.RateLimit(1_000_000_000L, Profile.BURST));
        assertThat(rules.subList(0, 2)).allSatisfy(rule -> {
            assertThat(rule.ports()).containsExactly("vf1");
            assertThat(rule.direction()).isEqualTo(Direction.FROM_STATION);
        });
        assertThat(rules.get(1).match()).isEqualTo(NO_TELNET.match());
        assertThat(rules.get(2)).isEqualTo(OF_THE_NIC);
    }

    @Test
    void anotherProfileTakesThePlaceOfTheOneBefore() {
        NicSettings base = NIC.under(new Policy(List.of(OF_THE_NIC)));
        NicSettings after = applied(LAB, applied(WEB, base));
        assertThat(after.policy()).isEqualTo(base.policy());
        assertThat(after.vsi("vf1").settings().record().profile()).isEqualTo("lab 4.0");
        assertThat(after.vsi("vf1").settings().portVlan()).isZero();
        // It assigns no address, so the function keeps the one it has.
        assertThat(after.vsi("vf1").addresses()).containsExactly(station(0x77));
        assertThat(after.vsi("vf1").settings().record().assignedMac()).isZero();
    }

    @Test
    void theSameProfileTwiceIsTheSameAsOnce() {
        assertThat(applied(WEB, applied(WEB, NIC))).isEqualTo(applied(WEB, NIC));
    }

    @Test
    void anotherPolicyOfTheNicLeavesTheRulesOfProfiles() {
        NicSettings after = Profile.under(applied(WEB, NIC), new Policy(List.of(OF_THE_NIC)), ALL);
        assertThat(after.policy().rules()).hasSize(3).endsWith(OF_THE_NIC);
        assertThat(applied(LAB, after).policy().rules()).containsExactly(OF_THE_NIC);
    }

    @ParameterizedTest
    @EnumSource(
            value = Resource.class,
            names = {"MAC", "VLAN", "PROMISCUITY", "BANDWIDTH"})
    void thePrivilegedDomainMayNotWhereTheChassisManagerHasOneOfWhatItSets(Resource resource) {
        NicSettings nic = NIC.leaving(NIC.privileges().with(resource, Holder.CHASSIS));
        Refused refused =
                catchThrowableOfType(Refused.class, () -> WEB.applied(nic, "vf1", Caller.PRIVILEGED_DOMAIN, ALL));
        assertThat(refused.denial())
                .get()
                .extracting(denial -> denial.resource())
                .isEqualTo(resource);
        assertThat(WEB.applied(nic, "vf1", Caller.CHASSIS_MANAGER, ALL)).isNotEqualTo(nic);
        assertThat(WEB.applied(NIC, "vf1", Caller.PRIVILEGED_DOMAIN, ALL)).isNotEqualTo(NIC);
    }

    @Test
    void aGuestMayPutNoProfileOnItself() {
        Refused refused =
                catchThrowableOfType(Refused.class, () -> LAB.applied(NIC, "vf1", new Caller.Guest("vf1"), ALL));
        assertThat(refused.denial()).isPresent();
    }

    @Test
    void itsAddressBindsTheGuest() {
        Refused refused = Nics.refused(applied(WEB, NIC), "vf1", new GuestRequest.SetAddress(station(9)));
        assertThat(refused).hasMessageContaining("the administrator assigned another address");
    }
}
