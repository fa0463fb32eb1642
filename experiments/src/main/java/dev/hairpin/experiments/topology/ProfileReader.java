package dev.hairpin.experiments.topology;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.management.Profile;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.VlanSet;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads I/O profiles. */
final class ProfileReader {
    private static final String EXPECTED =
            "profiles such as { web { type = 3, version = 1, vlan = 10, rate = 1Gbit } }";
    private static final String ONE = "a profile such as { type = 3, version = 1, vlan = 10, rate = 1Gbit }";

    private final PolicyReader policies;
    private final Map<String, Profile> named = new LinkedHashMap<>();

    ProfileReader(PolicyReader policies) {
        this.policies = policies;
    }

    /** Reads the file's {@code profiles}. */
    void read(Entry all) {
        all.block(EXPECTED)
                .ifPresent(block -> block.each(
                        "a profile",
                        (name, entry) -> entry.block(ONE).ifPresent(one -> named.put(name, read(name, one)))));
    }

    private Profile read(String name, Block block) {
        int type = block.require("type", "a VSI type, 0 to " + Profile.MOST_TYPE)
                .map(entry -> entry.number(0, Profile.MOST_TYPE, 0))
                .orElse(0);
        int version = block.get("version", 0, entry -> entry.number(0, Profile.MOST_VERSION, 0));
        long mac = block.get("mac", 0L, entry -> entry.station().orElse(0));
        int vlan = block.get("vlan", 0, entry -> entry.number(0, 4094, 0));
        int qos = block.get("qos", 0, entry -> entry.number(0, 7, 0));
        VlanSet trunk = block.get("trunk", VlanSet.ANY, VsiReader::vlanSet);
        boolean trusted = block.get("trust", false, entry -> entry.isSwitch(false));
        boolean checked = block.get("spoofchk", false, entry -> entry.isSwitch(false));
        long rate = block.get("rate", Server.UNLIMITED, entry -> entry.quantity(Quantities::rate, Server.UNLIMITED));
        List<PolicyRule> rules = block.get("rules", List.of(), entry -> rules(name, entry));
        block.done();
        return new Profile(name, type, version, mac, vlan, qos, trunk, trusted, checked, rate, rules);
    }

    private List<PolicyRule> rules(String name, Entry entry) {
        Policy policy = policies.read(entry, new PolicyReader.Target(name, List.of(), false));
        if (policy.rules().stream()
                .anyMatch(rule ->
                        rule.direction() != Direction.ANY || !rule.ports().isEmpty())) {
            entry.wrong(
                    "found from or ports in the rules of a profile, expected none: they are for what its function sends");
        }
        return policy.rules();
    }

    /** All of them. */
    Collection<Profile> all() {
        return named.values();
    }

    /** The profile that a function names. */
    Optional<Profile> named(Entry entry) {
        String name = entry.text("the name of a profile").orElse("");
        Profile profile = named.get(name);
        if (profile == null) {
            entry.wrong("found " + name + ", expected "
                    + (named.isEmpty() ? "a profile, of which there is none in profiles" : "one of " + names())
                    + Nearest.hint(name, named.keySet()));
        }
        return Optional.ofNullable(profile);
    }

    private String names() {
        return String.join(", ", named.keySet());
    }
}
