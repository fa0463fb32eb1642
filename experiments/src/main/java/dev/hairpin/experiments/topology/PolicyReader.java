package dev.hairpin.experiments.topology;

import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.match.MatchRefused;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads policies: lists of rules for one relay, or the name of such a list. */
final class PolicyReader {
    private static final String RULES =
            "rules such as [{ match = \"vlan 10\", action = drop }], or the name of a policy";
    private static final String ACTIONS =
            "permit, drop, hairpin, switch-locally, redirect PORT, mirror PORT, set-vlan VID, set-priority PCP or"
                    + " rate-limit RATE burst OCTETS";
    private static final List<String> VERBS = List.of(
            "permit",
            "drop",
            "hairpin",
            "switch-locally",
            "redirect",
            "mirror",
            "set-vlan",
            "set-priority",
            "rate-limit");
    private static final FrameMatch EVERYTHING = FrameMatch.compile("");

    private final Map<String, Entry> named;
    private final Set<String> used = new HashSet<>();

    /** @param named the file's {@code policies} */
    PolicyReader(Map<String, Entry> named) {
        this.named = named;
    }

    /**
     * The relay that a policy is for.
     *
     * @param name {@code nic0} or {@code bridge}
     * @param ports it has; empty when it is not known which
     * @param bridge whether it is the bridge
     */
    record Target(String name, Collection<String> ports, boolean bridge) {}

    /** The names there are. */
    Collection<String> names() {
        return named.keySet();
    }

    Policy read(Entry entry, Target target) {
        if (!entry.isText()) {
            return rules(entry, target);
        }
        String name = entry.text(RULES).orElse("");
        Entry rules = named.get(name);
        used.add(name);
        if (rules == null) {
            entry.wrong("found " + name + ", expected "
                    + (named.isEmpty() ? RULES : "one of " + String.join(", ", named.keySet()))
                    + Nearest.hint(name, named.keySet()));
            return Policy.NONE;
        }
        return rules(rules, target);
    }

    /** The policy of that name, which there is. */
    Policy named(String name, Target target) {
        Entry rules = named.get(name);
        used.add(name);
        return rules == null ? Policy.NONE : rules(rules, target);
    }

    /** Policies that nobody selects may be wrong, too; which ports there are for them nobody knows. */
    void readUnused() {
        named.forEach((name, rules) -> {
            if (!used.contains(name)) {
                rules.warn("no relay and no change selects it");
                rules(rules, new Target(name, List.of(), false));
            }
        });
    }

    private static Policy rules(Entry entry, Target target) {
        List<PolicyRule> rules = new ArrayList<>();
        List<Entry> entries = entry.list(RULES);
        for (Entry one : entries) {
            one.block("a rule such as { match = \"vlan 10\", action = drop }")
                    .flatMap(block -> rule(block, target))
                    .ifPresent(rule -> {
                        warn(rule, rules, one);
                        rules.add(rule);
                    });
        }
        return new Policy(rules);
    }

    private static Optional<PolicyRule> rule(Block block, Target target) {
        Optional<FrameMatch> match = block.get("match", Optional.of(EVERYTHING), PolicyReader::match);
        Direction direction = block.get("from", Direction.ANY, from -> direction(from, target));
        List<String> ports = new ArrayList<>();
        block.ifPresent(
                "ports",
                list -> list.list("ports")
                        .forEach(one -> one.text("a port").ifPresent(port -> {
                            if (isPort(port, one, target)) {
                                ports.add(port);
                            }
                        })));
        Optional<PolicyAction> action = block.require("action", ACTIONS).flatMap(one -> action(one, target));
        block.done();
        return match.flatMap(frames -> action.map(act -> new PolicyRule(frames, direction, ports, act)));
    }

    private static Optional<FrameMatch> match(Entry entry) {
        String expression = entry.text("a filter expression").orElse("");
        try {
            return Optional.of(FrameMatch.compile(expression));
        } catch (MatchRefused refused) {
            entry.wrong("column " + refused.column() + " of \"" + expression + "\": found " + refused.found()
                    + ", expected " + refused.expected());
            return Optional.empty();
        }
    }

    private static Direction direction(Entry entry, Target target) {
        if (target.bridge()) {
            entry.wrong("found a direction in a policy of the bridge, expected ports");
            return Direction.ANY;
        }
        return entry.oneOf(
                Map.of("any", Direction.ANY, "station", Direction.FROM_STATION, "uplink", Direction.FROM_UPLINK),
                "station, uplink or any",
                Direction.ANY);
    }

    private static boolean isPort(String port, Entry entry, Target target) {
        if (target.ports().isEmpty() || target.ports().contains(port)) {
            return true;
        }
        entry.wrong("found " + port + ", expected a port of " + (target.bridge() ? "the bridge" : target.name()) + ": "
                + String.join(", ", target.ports()) + Nearest.hint(port, target.ports()));
        return false;
    }

    private static Optional<PolicyAction> action(Entry entry, Target target) {
        String[] words = entry.text(ACTIONS).orElse("").trim().split("\\s+");
        if (words[0].isEmpty()) {
            return Optional.empty();
        }
        try {
            PolicyAction action = action(words);
            if (action == null) {
                entry.wrong("found " + String.join(" ", words) + ", expected " + ACTIONS
                        + (VERBS.contains(words[0]) ? "" : Nearest.hint(words[0], VERBS)));
                return Optional.empty();
            }
            if (target.bridge() && action instanceof PolicyAction.SwitchLocally) {
                entry.wrong("found switch-locally in a policy of the bridge, expected it at a NIC only");
            }
            if (action instanceof PolicyAction.Redirect to) {
                isPort(to.port(), entry, target);
            } else if (action instanceof PolicyAction.Mirror to) {
                isPort(to.port(), entry, target);
            }
            return Optional.of(action);
        } catch (IllegalArgumentException e) {
            entry.wrong(String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** Null where the words are no action; out of range is an exception. */
    private static @Nullable PolicyAction action(String... words) {
        if (words.length == 1) {
            return switch (words[0]) {
                case "permit" -> new PolicyAction.Permit();
                case "drop" -> new PolicyAction.Drop();
                case "hairpin" -> new PolicyAction.Hairpin();
                case "switch-locally" -> new PolicyAction.SwitchLocally();
                default -> null;
            };
        }
        if (words.length == 2) {
            return switch (words[0]) {
                case "redirect" -> new PolicyAction.Redirect(words[1]);
                case "mirror" -> new PolicyAction.Mirror(words[1]);
                case "set-vlan" -> new PolicyAction.SetVlan(number(words[1], "1 to 4094"));
                case "set-priority" -> new PolicyAction.SetPriority(number(words[1], "0 to 7"));
                default -> null;
            };
        }
        if (words.length == 4 && words[0].equals("rate-limit") && words[2].equals("burst")) {
            return new PolicyAction.RateLimit(Quantities.rate(words[1]), Quantities.octets(words[3]));
        }
        return null;
    }

    private static int number(String word, String expected) {
        if (!word.matches("[0-9]{1,5}")) {
            throw new IllegalArgumentException("found " + word + ", expected " + expected);
        }
        return Integer.parseInt(word);
    }

    /** Rules that no frame can meet. */
    private static void warn(PolicyRule rule, List<PolicyRule> before, Entry entry) {
        if (rule.match().neverMatches()) {
            entry.warn("\"" + rule.match() + "\" contradicts itself: this rule matches no frame");
            return;
        }
        for (int at = 0; at < before.size(); at++) {
            if (covers(before.get(at), rule)) {
                entry.warn("this rule is never met: rule " + (at + 1) + ", " + before.get(at)
                        + ", ends every frame that it matches");
                return;
            }
        }
    }

    private static boolean covers(PolicyRule earlier, PolicyRule rule) {
        String expression = earlier.match().toString().strip();
        return earlier.action().ends()
                && (expression.isEmpty()
                        || expression.equals(rule.match().toString().strip()))
                && (earlier.direction() == Direction.ANY || earlier.direction() == rule.direction())
                && (earlier.ports().isEmpty()
                        || (!rule.ports().isEmpty() && earlier.ports().containsAll(rule.ports())));
    }
}
