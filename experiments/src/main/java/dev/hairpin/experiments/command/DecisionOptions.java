package dev.hairpin.experiments.command;

import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.projection.DecisionFilter;
import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.Moment;
import dev.hairpin.experiments.topology.Nearest;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.match.MatchRefused;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which decisions are asked for. */
final class DecisionOptions {
    private static final int LAST_VID = 4095;

    @Option(
            names = {"--vf", "--port"},
            paramLabel = "NAME",
            description = "Frames that came by this port, copies that left by it, or were dropped on their way to it:"
                    + " vf3, pf, uplink, br.uplink, ext0.")
    private @Nullable String port;

    @Option(names = "--mac", paramLabel = "MAC", description = "Frames from this address or to it.")
    private @Nullable String mac;

    @Option(
            names = "--vlan",
            paramLabel = "VID",
            description = "Frames captured with this VID in their outermost tag; none for those without a tag.")
    private @Nullable String vlan;

    @Option(names = "--reason", paramLabel = "REASON", description = "Drops for this reason: SOURCE_PRUNED.")
    private @Nullable String reason;

    @Option(names = "--rule", paramLabel = "RULE", description = "Decisions by this rule: VEPA_SEND_UP.")
    private @Nullable String rule;

    @Option(
            names = "--between",
            arity = "2",
            paramLabel = "T",
            description =
                    "From one moment to another, both included: seconds since the first frame, or #N for frame N.")
    private @Nullable List<String> between;

    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description = "Frames that match a pcap-filter expression, as they were captured.")
    private @Nullable String expression;

    /**
     * What is asked for, but for the port.
     *
     * @param start when the run's first frame entered
     */
    DecisionFilter filter(long start) {
        DecisionFilter filter = DecisionFilter.ALL;
        if (rule != null) {
            filter = filter.and(DecisionFilter.by(named("--rule", "a rule", rule, Rule.values())));
        }
        if (reason != null) {
            filter = filter.and(DecisionFilter.dropped(named("--reason", "a reason", reason, DropReason.values())));
        }
        if (between != null) {
            filter = filter.and(DecisionFilter.from(moment("--between", between.get(0)), start))
                    .and(DecisionFilter.until(moment("--between", between.get(1)), start));
        }
        if (mac != null) {
            filter = filter.and(DecisionFilter.withAddress(address(mac)));
        }
        if (vlan != null) {
            filter = filter.and(DecisionFilter.inVlan(vid(vlan)));
        }
        if (expression != null) {
            filter = filter.and(DecisionFilter.matching(compile(expression)));
        }
        return filter;
    }

    /** The port asked for, which must be one of the run's. */
    DecisionFilter port(Decisions decisions) {
        if (port == null) {
            return DecisionFilter.ALL;
        }
        Set<String> known = new LinkedHashSet<>();
        for (int stage = 0; stage < decisions.stages(); stage++) {
            known.addAll(decisions.ports(stage));
        }
        if (!known.isEmpty() && !known.contains(port)) {
            throw new Unusable(
                    "--vf: found " + port + ", expected one of " + String.join(" ", known) + Nearest.hint(port, known));
        }
        return DecisionFilter.atPort(port);
    }

    private static <E extends Enum<E>> E named(String option, String what, String word, E[] known) {
        String name = word.toUpperCase(Locale.ROOT).replace('-', '_');
        return Arrays.stream(known)
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> {
                    List<String> names = Arrays.stream(known).map(Enum::name).toList();
                    return new Unusable(
                            option + ": found " + word + ", expected the name of " + what + Nearest.hint(name, names));
                });
    }

    /** A moment as an option has it. */
    static Moment moment(String option, String text) {
        return Moment.parse(text)
                .orElseThrow(() -> new Unusable(option + ": found " + text
                        + ", expected seconds since the first frame, such as 12.345, or a frame, such as #1812"));
    }

    private static long address(String text) {
        return Mac.parse(text)
                .orElseThrow(
                        () -> new Unusable("--mac: found " + text + ", expected an address such as 02:00:00:00:00:01"));
    }

    private static int vid(String text) {
        if (text.equals("none")) {
            return DecisionFilter.UNTAGGED;
        }
        return Optional.of(text)
                .filter(digits -> digits.matches("[0-9]{1,4}"))
                .map(Integer::valueOf)
                .filter(vid -> vid <= LAST_VID)
                .orElseThrow(() -> new Unusable("--vlan: found " + text + ", expected 0 to 4095, or none"));
    }

    private static FrameMatch compile(String expression) {
        try {
            return FrameMatch.compile(expression);
        } catch (MatchRefused refused) {
            throw new Unusable("--filter: " + refused.getMessage());
        }
    }
}
