package dev.hairpin.model.relay;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.match.MatchList;
import dev.hairpin.model.offload.SentOctets;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyAction.RateLimit;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.Verdict.End;
import dev.hairpin.model.relay.Verdict.Mirror;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A policy made ready for a relay. What it says of a frame is a {@link Verdict}, of which few exist; they are numbered, so
 * that a decision can be remembered by it. Verdicts grow as a tree: each has a child for the rule that applies next.
 */
public final class PolicyTable {
    /** The number of the verdict when no rule applied. */
    public static final int NO_RULE = 0;

    private final List<Rule> rules = new ArrayList<>();
    private final List<Verdict> verdicts = new ArrayList<>(List.of(Verdict.NONE));

    /** By verdict and rule, the verdict when that rule applies next; behind those, when its bucket had too little. */
    private final List<int[]> children = new ArrayList<>();

    private final Meters meters;
    private final MatchList matches;
    private final SentOctets sent = new SentOctets();

    /**
     * @param ports of the relay, by number
     * @param direction of the relay's frames; rules of the other one are left out
     * @param meters that get a bucket for each rule that limits a rate
     */
    public PolicyTable(Policy policy, List<String> ports, Direction direction, Meters meters) {
        this.meters = meters;
        for (int number = 1; number <= policy.rules().size(); number++) {
            PolicyRule rule = policy.rules().get(number - 1);
            if (rule.direction() == Direction.ANY || direction == Direction.ANY || rule.direction() == direction) {
                rules.add(rule(number, rule, ports, meters));
            }
        }
        matches = MatchList.of(rules.stream().map(Rule::match).toList());
        children.add(new int[2 * rules.size()]);
    }

    private static Rule rule(int number, PolicyRule rule, List<String> ports, Meters meters) {
        boolean[] from = new boolean[ports.size()];
        for (int port = 0; port < from.length; port++) {
            from[port] = rule.ports().isEmpty() || rule.ports().contains(ports.get(port));
        }
        for (String port : rule.ports()) {
            port(ports, port);
        }
        int target = rule.action() instanceof PolicyAction.Redirect redirect
                ? port(ports, redirect.port())
                : rule.action() instanceof PolicyAction.Mirror mirror ? port(ports, mirror.port()) : -1;
        int meter = rule.action() instanceof RateLimit limit ? meters.add(limit) : -1;
        return new Rule(number, rule.match(), from, rule.action(), target, meter);
    }

    private static int port(List<String> ports, String name) {
        int port = ports.indexOf(name);
        if (port < 0) {
            throw new Refused("a policy names port " + name + ", expected one of " + String.join(" ", ports));
        }
        return port;
    }

    /** Whether there are no rules. */
    public boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The number of what the policy says of a frame; draws on buckets. */
    public int verdict(Burst burst, int row) {
        int verdict = NO_RULE;
        int from = burst.port(row);
        matches.begin(burst, row, sent.of(burst, row));
        for (int next = matches.next(0); next != MatchList.NONE; next = matches.next(next + 1)) {
            Rule rule = rules.get(next);
            if (!rule.from[from]) {
                continue;
            }
            boolean within = rule.meter < 0 || meters.draw(rule.meter, 8L * burst.length(row), burst.time(row));
            verdict = child(verdict, within ? next : rules.size() + next);
            if (!within || rule.action.ends()) {
                return verdict;
            }
        }
        return verdict;
    }

    /** The verdict of that number. */
    public Verdict get(int verdict) {
        return verdicts.get(verdict);
    }

    private int child(int verdict, int index) {
        int known = children.get(verdict)[index];
        if (known != NO_RULE) {
            return known;
        }
        int number = verdicts.size();
        verdicts.add(after(verdicts.get(verdict), rules.get(index % rules.size()), index < rules.size()));
        children.add(new int[2 * rules.size()]);
        children.get(verdict)[index] = number;
        return number;
    }

    private static Verdict after(Verdict before, Rule rule, boolean within) {
        int[] applied = Arrays.copyOf(before.rules(), before.rules().length + 1);
        applied[before.rules().length] = rule.number;
        End end = within ? end(rule.action) : End.OVER_RATE;
        List<Mirror> mirrors = new ArrayList<>(before.mirrors());
        if (rule.action instanceof PolicyAction.Mirror) {
            mirrors.add(new Mirror(rule.target, before.vid(), before.pcp()));
        }
        return new Verdict(
                end,
                end == End.REDIRECT ? rule.target : -1,
                List.copyOf(mirrors),
                rule.action instanceof PolicyAction.SetVlan set ? set.vid() : before.vid(),
                rule.action instanceof PolicyAction.SetPriority set ? set.pcp() : before.pcp(),
                applied);
    }

    private static End end(PolicyAction action) {
        if (action instanceof PolicyAction.Drop) {
            return End.DROP;
        }
        if (action instanceof PolicyAction.Redirect) {
            return End.REDIRECT;
        }
        if (action instanceof PolicyAction.Hairpin) {
            return End.HAIRPIN;
        }
        return action instanceof PolicyAction.SwitchLocally ? End.SWITCH_LOCALLY : End.PERMIT;
    }

    private record Rule(int number, FrameMatch match, boolean[] from, PolicyAction action, int target, int meter) {}
}
