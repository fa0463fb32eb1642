package dev.hairpin.model.management;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.privilege.Act;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Resource;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.VlanSet;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * An I/O profile: what is set for a function when it is put on it, under a VSI type and version as VDP names it (802.1Q-2022
 * clause 41). All of it is set, also what it does not mention.
 *
 * @param name that the chassis manager knows it by
 * @param type VSI type identifier, 24 bits
 * @param version VSI type version, 8 bits
 * @param mac address that is assigned; 0 leaves the function the one it has
 * @param portVlan 1 to 4094, or 0 for none
 * @param portPriority of frames in the port VLAN
 * @param vlans that it is in with tagged frames
 * @param trusted whether it may listen to more
 * @param spoofChecked whether address and VLAN of what it sends are checked
 * @param rate of what it sends, bits a second, or {@link Server#UNLIMITED}; policed, with {@link #BURST} octets at once
 * @param rules for its frames, before those of the NIC; the ports in them are of no meaning
 */
public record Profile(
        String name,
        int type,
        int version,
        long mac,
        int portVlan,
        int portPriority,
        VlanSet vlans,
        boolean trusted,
        boolean spoofChecked,
        long rate,
        List<PolicyRule> rules) {
    /** What a function with a rate may send at once, in octets: 64 KiB, as a rate says nothing about it. */
    public static final long BURST = 65_536;

    /** VSI type identifiers have 24 bits. */
    public static final int MOST_TYPE = 0xff_ffff;

    /** VSI type versions have 8 bits. */
    public static final int MOST_VERSION = 0xff;

    private static final FrameMatch EVERYTHING = FrameMatch.compile("");

    /** What it sets. */
    private static final List<Resource> SETS =
            List.of(Resource.MAC, Resource.VLAN, Resource.PROMISCUITY, Resource.BANDWIDTH);

    public Profile {
        rules = List.copyOf(rules);
        if (type < 0 || type > MOST_TYPE || version < 0 || version > MOST_VERSION) {
            throw new IllegalArgumentException("VSI type " + type + " version " + version);
        }
    }

    /** As a function remembers it: {@code web 3.1}. */
    public String text() {
        return name + " " + type + "." + version;
    }

    /**
     * Puts it on a function.
     *
     * @param known all profiles, so that the rules of the one before are taken away
     * @throws Refused when {@code caller} may not, or the device has no place for it
     */
    public NicSettings applied(NicSettings nic, String function, Caller caller, Collection<Profile> known) {
        SETS.forEach(resource -> nic.authorise(caller, Act.ADMINISTER, resource, function));
        Policy base = without(nic, function, known);
        List<PolicyRule> rules = new ArrayList<>(rules(function));
        rules.addAll(base.rules());
        return nic.with(function, this::set).under(new Policy(rules));
    }

    private Vsi set(Vsi vsi) {
        VsiSettings before = vsi.settings();
        VsiSettings after = before.withPortVlan(portVlan)
                .withPortPriority(portPriority)
                .withVlans(vlans)
                .withTrusted(trusted)
                .withSpoofMac(spoofChecked)
                .withSpoofVlan(spoofChecked)
                .withRecord(before.record().withAssignedMac(mac).withProfile(text()));
        List<Long> addresses = mac == 0 ? vsi.addresses() : DirectGuest.primary(vsi.addresses(), mac);
        return vsi.withAddresses(addresses).with(after);
    }

    private List<PolicyRule> rules(String function) {
        List<PolicyRule> all = new ArrayList<>();
        if (rate != Server.UNLIMITED) {
            PolicyAction limit = new PolicyAction.RateLimit(rate, BURST);
            all.add(new PolicyRule(EVERYTHING, Direction.FROM_STATION, List.of(function), limit));
        }
        for (PolicyRule rule : rules) {
            all.add(new PolicyRule(rule.match(), Direction.FROM_STATION, List.of(function), rule.action()));
        }
        return all;
    }

    /** The policy without the rules of the profile that is on {@code function}. */
    private static Policy without(NicSettings nic, String function, Collection<Profile> known) {
        List<PolicyRule> rules = new ArrayList<>(nic.policy().rules());
        of(nic.vsi(function), known).forEach(before -> rules.removeAll(before.rules(function)));
        return new Policy(rules);
    }

    private static List<Profile> of(Vsi vsi, Collection<Profile> known) {
        return known.stream()
                .filter(profile -> profile.text().equals(vsi.settings().record().profile()))
                .toList();
    }

    /** The NIC under another policy; the rules of profiles stay before it. */
    public static NicSettings under(NicSettings nic, Policy policy, Collection<Profile> known) {
        List<PolicyRule> rules = new ArrayList<>();
        for (Vsi vsi : nic.vsis()) {
            of(vsi, known).forEach(profile -> rules.addAll(profile.rules(vsi.name())));
        }
        rules.addAll(policy.rules());
        return nic.under(new Policy(rules));
    }
}
