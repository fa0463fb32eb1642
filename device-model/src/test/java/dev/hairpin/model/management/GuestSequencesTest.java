package dev.hairpin.model.management;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.privilege.Act;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Holder;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.privilege.Sharing;
import dev.hairpin.model.relay.FunctionRecord;
import dev.hairpin.model.relay.MailboxState;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Property;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random operations of guests, privileged domains and chassis manager, one after the other, on every family of devices: no
 * privilege or hierarchy is crossed, no guest changes another's function, and no shared table is over-full. {@code
 * -Dhairpin.sequences=100000} for a long series.
 */
class GuestSequencesTest {
    private static final int SEQUENCES = Integer.getInteger("hairpin.sequences", 1_000);
    private static final int OPERATIONS = 30;
    private static final int FUNCTIONS = 5;
    private static final List<Profile> PROFILES = List.of(
            new Profile("web", 3, 1, Nics.station(0x70), 10, 0, VlanSet.ANY, false, true, Server.UNLIMITED, List.of()),
            new Profile("lab", 4, 0, 0, 0, 0, VlanSet.of(20, 21), true, false, 1_000_000, List.of()));

    /** A root complex that is not the first. */
    private static final String OTHER = "rc1";

    private static final Sharing TWO = new Sharing(
            "mr-iov", new TreeMap<>(Map.of("rc0", List.of("vf0", "vf1"), OTHER, List.of("vf2", "vf3", "vf4"))));

    private static long granted;
    private static long denied;
    private static long declined;

    @ParameterizedTest
    @ValueSource(strings = {"82576", "82599", "x3100", "ieee"})
    void holdWhateverIsAsked(String device) {
        Property.forAll(SEQUENCES, dice -> {
            NicSettings nic = start(device, dice);
            for (int operation = 0; operation < OPERATIONS; operation++) {
                nic = dice.percent(70) ? guest(nic, dice) : above(nic, dice);
                tablesHold(nic);
            }
        });
    }

    /** Chance makes many of each: otherwise it would show little. */
    @AfterAll
    static void muchIsGrantedAndMuchRefused() {
        long all = granted + denied + declined;
        if (System.getProperty("hairpin.seed") == null) {
            assertThat(List.of(granted, denied, declined))
                    .as("granted, denied, declined of %d", all)
                    .allSatisfy(count -> assertThat(count).isGreaterThan(all / 50));
        }
    }

    /** Tables with little room, so that they fill. */
    private static NicSettings start(String device, Dice dice) {
        NicSettings nic = Nics.of(device, FUNCTIONS);
        nic = nic.on(
                nic.device().with(Choice.ADDRESSES, 9).with(Choice.VLANS, 4).with(Choice.GROUPS, 6));
        if (device.equals("x3100") && dice.percent(50)) {
            nic = nic.leaving(nic.privileges().shared(TWO));
        }
        if (dice.percent(30)) {
            nic = Nics.with(nic, "vf0", set -> set.withPhysical(true).withLongestFrame(dice.pick(1514, 9014)));
        }
        for (Resource resource : Resource.values()) {
            if (dice.percent(15)) {
                nic = nic.leaving(nic.privileges().with(resource, dice.pick(List.of(Holder.MANAGED, Holder.CHASSIS))));
            }
        }
        return nic;
    }

    private static NicSettings guest(NicSettings nic, Dice dice) {
        String function = "vf" + dice.below(FUNCTIONS);
        GuestRequest request = request(dice);
        Caller caller = GuestDriver.caller(nic, function);
        NicSettings after = nic;
        try {
            after = GuestDriver.ask(nic, function, request);
            granted++;
        } catch (Refused refused) {
            denied += refused.denial().isPresent() ? 1 : 0;
            declined += refused.denial().isPresent() ? 0 : 1;
            after = refused.left().orElse(nic);
        }
        othersAreAsBefore(nic, after, function, request);
        notCrossed(nic, after, function, caller, request);
        return after;
    }

    private static void othersAreAsBefore(
            NicSettings before, NicSettings after, String function, GuestRequest request) {
        boolean same = before.policy().equals(after.policy())
                && before.privileges().equals(after.privileges())
                && before.uplinkUp() == after.uplinkUp()
                && before.mode() == after.mode();
        for (int port = 0; port < before.vsis().size(); port++) {
            Vsi was = before.vsis().get(port);
            same &= was.name().equals(function) || was.equals(after.vsis().get(port));
        }
        if (!same) {
            throw new AssertionError(request + " of " + function + " makes of " + before + " " + after);
        }
    }

    /** What changed was left to the guest, and of what the administrator set for it nothing did. */
    private static void notCrossed(
            NicSettings before, NicSettings after, String function, Caller caller, GuestRequest request) {
        Vsi was = before.vsi(function);
        Vsi is = after.vsi(function);
        EnumSet<Resource> changed = EnumSet.noneOf(Resource.class);
        // A reset gives the guest what was assigned, and takes what is forbidden since: no change of its own.
        boolean reset = request instanceof GuestRequest.Link;
        if (!reset && !was.addresses().equals(is.addresses())) {
            changed.add(Resource.MAC);
        }
        if (!reset && !was.settings().vlans().equals(is.settings().vlans())) {
            changed.add(Resource.VLAN);
        }
        if (was.settings().xcast() != is.settings().xcast()) {
            changed.add(Resource.PROMISCUITY);
        }
        boolean domain = caller instanceof Caller.PrivilegedDomain;
        for (Resource resource : changed) {
            Holder holder = before.privileges().holder(resource);
            assertThat(holder == Holder.GUEST || (domain && holder == Holder.MANAGED))
                    .as("%s of %s changed %s", request, function, resource)
                    .isTrue();
        }
        assertThat(administered(is.settings())).as("%s", request).isEqualTo(administered(was.settings()));
        long assigned = was.settings().record().assignedMac();
        boolean bound = assigned != 0 && !was.settings().trusted() && !domain;
        boolean intel = before.device().name().startsWith("82");
        if (bound && intel && !was.addresses().equals(is.addresses())) {
            assertThat(reset
                            || request instanceof GuestRequest.RemoveAddress
                            || is.addresses().get(0) == assigned)
                    .as("%s binds %s: %s", assigned, function, request)
                    .isTrue();
        }
    }

    /** Nothing that a guest asks for is in here; ixgbe alone switches the checks off, for further addresses. */
    private static VsiSettings administered(VsiSettings set) {
        VsiSettings usual = VsiSettings.DEFAULT;
        return set.withVlans(usual.vlans())
                .withXcast(usual.xcast())
                .withLongestFrame(0)
                .withTxEnabled(true)
                .withRxEnabled(true)
                .withSpoofMac(false)
                .withSpoofVlan(false)
                .withRecord(new FunctionRecord(
                        set.record().assignedMac(),
                        false,
                        set.record().profile(),
                        set.record().mailbox(),
                        false));
    }

    /** A privileged domain, or the chassis manager, does something; or a mailbox fails, or is well again. */
    private static NicSettings above(NicSettings nic, Dice dice) {
        String function = "vf" + dice.below(FUNCTIONS);
        if (dice.percent(15)) {
            MailboxState state = dice.percent(60) ? MailboxState.ANSWERED : dice.pick(List.of(MailboxState.values()));
            NicSettings after =
                    Nics.with(nic, function, set -> set.withRecord(set.record().withMailbox(state)));
            return dice.percent(50) ? GuestDriver.renegotiated(after, function, dice.percent(50)) : after;
        }
        Caller caller = dice.pick(
                List.of(Caller.PRIVILEGED_DOMAIN, new Caller.PrivilegedDomain(OTHER), Caller.CHASSIS_MANAGER));
        NicSettings after = done(nic, caller, function, dice);
        Sharing sharing = nic.privileges().sharing();
        if (!sharing.hierarchies().isEmpty() && !after.equals(nic) && caller instanceof Caller.PrivilegedDomain by) {
            String its = sharing.hierarchy(function).orElseThrow();
            boolean own = by.hierarchy().equals(OTHER) ? its.equals(OTHER) : sharing.isBase(its);
            boolean leaves = !nic.privileges().equals(after.privileges());
            assertThat(own || (leaves && !by.hierarchy().equals(OTHER)))
                    .as("%s changed %s or who has what", by.text(), function)
                    .isTrue();
        }
        return after;
    }

    /** It puts a profile on a function, trusts it or does not, or leaves a resource to somebody. */
    private static NicSettings done(NicSettings nic, Caller caller, String function, Dice dice) {
        if (dice.percent(50)) {
            return nic.privileges()
                            .authorise(caller, Act.ADMINISTER, Resource.PROMISCUITY, function)
                            .isPresent()
                    ? nic
                    : Nics.with(nic, function, set -> set.withTrusted(dice.percent(50)));
        }
        if (dice.percent(50)) {
            Resource resource = dice.pick(List.of(Resource.values()));
            Holder holder = dice.pick(List.of(Holder.values()));
            boolean may = !(resource.isShared() && holder == Holder.GUEST)
                    && nic.privileges().authorise(caller, resource, holder).isEmpty();
            return may ? nic.leaving(nic.privileges().with(resource, holder)) : nic;
        }
        try {
            NicSettings after = dice.pick(PROFILES).applied(nic, function, caller, PROFILES);
            if (caller instanceof Caller.PrivilegedDomain) {
                assertThat(nic.privileges().holder(Resource.BANDWIDTH)).isNotEqualTo(Holder.CHASSIS);
            }
            return after;
        } catch (Refused refused) {
            return nic;
        }
    }

    private static void tablesHold(NicSettings nic) {
        Set<Integer> vlans = new HashSet<>();
        int addresses = 0;
        for (Vsi vsi : nic.vsis()) {
            addresses += vsi.addresses().size();
            assertThat(vsi.groups().size()).isLessThanOrEqualTo(nic.device().get(Choice.GROUPS));
            assertThat(new HashSet<>(vsi.addresses())).hasSameSizeAs(vsi.addresses());
            IntStream.of(vsi.settings().vlans().vids()).forEach(vlans::add);
            if (vsi.settings().portVlan() > 0) {
                vlans.add(vsi.settings().portVlan());
            }
        }
        assertThat(addresses).isLessThanOrEqualTo(nic.device().get(Choice.ADDRESSES));
        assertThat(vlans.size()).isLessThanOrEqualTo(nic.device().get(Choice.VLANS));
    }

    private static GuestRequest request(Dice dice) {
        long mac = Nics.station(dice.between(0, 12));
        long group = Nics.group(dice.below(9));
        int vid = dice.between(8, 14);
        return switch (dice.below(12)) {
            case 0 -> new GuestRequest.SetAddress(mac);
            case 1, 2 -> new GuestRequest.AddAddress(mac);
            case 3 -> new GuestRequest.RemoveAddress(mac);
            case 4, 5 -> new GuestRequest.JoinGroup(group);
            case 6 -> new GuestRequest.LeaveGroup(group);
            case 7 -> new GuestRequest.JoinVlan(vid);
            case 8 -> new GuestRequest.LeaveVlan(vid);
            case 9 -> new GuestRequest.Promiscuous(dice.percent(60));
            case 10 -> new GuestRequest.AllMulticast(dice.percent(60));
            default ->
                dice.percent(40)
                        ? new GuestRequest.Mtu(dice.pick(67, 68, 1500, 9000, 9600, 70_000))
                        : new GuestRequest.Link(dice.percent(60));
        };
    }
}
