package dev.hairpin.experiments.linux;

import dev.hairpin.model.decision.Rule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The tables of docs/conformance.md that are made of what was measured. */
final class ConformancePage {
    private static final Map<Rule, String> REMARKS = new EnumMap<>(Map.of(
            Rule.ER_RUNT, ": a packet socket refuses to send fewer than 14 octets",
            Rule.BR_RUNT, ": a packet socket refuses to send fewer than 14 octets",
            Rule.ER_UPLINK_NO_MATCH, "; the lower device itself gets such a frame, and is no end of the model",
            Rule.BR_RESERVED, "; 01 is not learnt from, 00, 02 and above are",
            Rule.TAIL_DROP, ": nothing is sent so fast that a queue fills",
            Rule.BR_NO_PVID, ": this kernel has no VLAN filtering",
            Rule.BR_INGRESS_VLAN, ": this kernel has no VLAN filtering"));

    private ConformancePage() {}

    /** What has to stand between the marks. */
    static String tables(List<Compared> frames) {
        List<String> lines = new ArrayList<>();
        Map<String, List<Compared>> setUps = frames.stream()
                .collect(Collectors.groupingBy(frame -> frame.setUp().name(), LinkedHashMap::new, Collectors.toList()));
        lines.add("");
        lines.add(String.format(
                Locale.ROOT,
                "%,d frames in %d set-ups; %,d fare otherwise, all by a known difference.",
                frames.size(),
                setUps.size(),
                differing(frames)));
        lines.addAll(List.of("", "| set-up | rounds | frames | differ |", "|---|---|---|---|"));
        setUps.forEach((name, here) -> lines.add("| " + name + " | "
                + here.get(0).setUp().rounds().size() + " | " + here.size() + " | " + differing(here) + " |"));
        lines.addAll(List.of("", "| rule | frames | differ | Linux |", "|---|---|---|---|"));
        for (Rule rule : Rule.values()) {
            lines.add(row(rule, frames));
        }
        lines.add("");
        lines.add("| known difference | rules | frames | what Linux does, and why the model does otherwise |");
        lines.add("|---|---|---|---|");
        for (KnownDifference difference : KnownDifference.values()) {
            long count = frames.stream()
                    .filter(frame -> frame.known().contains(difference))
                    .count();
            String rules =
                    difference.rules().stream().map(rule -> "`" + rule + "`").collect(Collectors.joining(", "));
            lines.add("| " + name(difference) + " | " + rules + " | " + count + " | " + difference.reason() + " |");
        }
        lines.add("");
        return String.join("\n", lines);
    }

    private static long differing(List<Compared> frames) {
        return frames.stream().filter(frame -> !frame.known().isEmpty()).count();
    }

    private static String row(Rule rule, List<Compared> frames) {
        List<Compared> compared = frames.stream()
                .filter(frame -> frame.ruled(rule) && frame.refused().isEmpty())
                .toList();
        List<KnownDifference> differences = Arrays.stream(KnownDifference.values())
                .filter(difference -> difference.rules().contains(rule))
                .toList();
        long differ = compared.stream()
                .filter(frame -> frame.known().stream().anyMatch(differences::contains))
                .count();
        String linux = compared.isEmpty() ? "not compared" : differ == compared.size() ? "differs" : "agrees";
        String but = differences.stream().map(ConformancePage::name).collect(Collectors.joining(", "));
        return "| `" + rule + "` | " + compared.size() + " | " + differ + " | " + linux
                + REMARKS.getOrDefault(rule, "")
                + (but.isEmpty() ? "" : linux.equals("differs") ? ": " + but : "; but see " + but) + " |";
    }

    private static String name(KnownDifference difference) {
        return difference.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
