package dev.hairpin.experiments.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.projection.Explanation;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Device;
import dev.hairpin.pcap.Capture;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "explain",
        description = "Tells the whole way of one frame: what it is, and at every relay the rule that decided, with its"
                + " source and evidence.",
        mixinStandardHelpOptions = true)
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class ExplainCommand implements Callable<Integer> {
    private static final double NANOS = 1e9;

    @Mixin
    private KeptRun kept;

    @Parameters(index = "1", paramLabel = "FRAME", description = "The frame's number in the capture.")
    private long number;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunFolder run = kept.open();
        PrintWriter out = spec.commandLine().getOut();
        try (Capture frames = kept.capture()) {
            Explanation told = Explanation.of(run, frames, number);
            Grounds grounds = new Grounds(run.settings());
            if (json) {
                out.println(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(values(told, grounds)));
            } else {
                lines(told, grounds).forEach(out::println);
            }
            return ExitCode.DONE;
        }
    }

    private static List<String> lines(Explanation told, Grounds grounds) {
        List<String> lines = new ArrayList<>();
        lines.add("frame " + told.number() + ", " + told.length() + " octets");
        told.dissection().forEach(layer -> lines.add("  " + layer));
        for (Explanation.Step step : told.steps()) {
            Rule rule = step.outcome().rule();
            lines.add("");
            lines.add(step.stage() + ", from " + step.ingress() + later(step.time() - told.time()));
            lines.add("  " + step.outcome().disposition() + " by " + rule);
            lines.add("    " + grounds.device(step).evidence(rule).word() + ": "
                    + grounds.device(step).source(rule));
            grounds.policy(step).forEach(words -> lines.add("  policy     " + words));
            addIfAny(lines, "  class      ", step.trafficClass());
            step.changes().forEach(change -> lines.add("  set        " + change));
            addIfAny(lines, "  consulted  ", step.consulted());
            addIfAny(lines, "  learned    ", step.learned());
            addIfAny(lines, "  out by     ", step.egress());
            addIfAny(lines, "  dropped    ", step.dropped());
        }
        lines.add("");
        lines.add("received by " + (told.receivers().isEmpty() ? "nobody" : String.join(" ", told.receivers())));
        return lines;
    }

    private static void addIfAny(List<String> lines, String what, String text) {
        if (!text.isEmpty()) {
            lines.add(what + text);
        }
    }

    private static String later(long nanos) {
        return nanos == 0 ? "" : String.format(Locale.ROOT, ", %.9f s after it entered", nanos / NANOS);
    }

    private static Map<String, Object> values(Explanation told, Grounds grounds) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", told.number());
        values.put("length", told.length());
        values.put("dissection", told.dissection());
        List<Object> steps = new ArrayList<>();
        for (Explanation.Step step : told.steps()) {
            Rule rule = step.outcome().rule();
            Map<String, Object> at = new LinkedHashMap<>();
            at.put("stage", step.stage());
            at.put("timeNanos", step.time());
            at.put("vid", step.vid());
            at.put("ingress", step.ingress());
            at.put("disposition", step.outcome().disposition().name());
            at.put("rule", rule.name());
            at.put("evidence", grounds.device(step).evidence(rule).word());
            at.put("source", grounds.device(step).source(rule));
            at.put("policy", grounds.policy(step));
            if (!step.trafficClass().isEmpty()) {
                at.put("class", step.trafficClass());
            }
            at.put("changes", step.changes());
            at.put("consulted", step.consulted());
            at.put("learned", step.learned());
            at.put("egress", step.egress());
            at.put("dropped", step.dropped());
            steps.add(at);
        }
        values.put("steps", steps);
        values.put("receivers", told.receivers());
        return values;
    }

    /** What a run's rules are founded on. */
    private record Grounds(RecordedSettings settings) {
        Device device(Explanation.Step step) {
            return settings.device(step.stage());
        }

        /** The rules of the relay's policy, as it was then, that had a part in a decision. */
        List<String> policy(Explanation.Step step) {
            List<String> policy = settings.policy(step.stage(), step.time());
            List<String> rules = new ArrayList<>();
            for (int i = 0; i < step.outcome().policyRules(); i++) {
                int number = step.outcome().policyRule(i);
                rules.add("rule " + number + (number <= policy.size() ? ", " + policy.get(number - 1) : ""));
            }
            return rules;
        }
    }
}
