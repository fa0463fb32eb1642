package dev.hairpin.experiments.command;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.projection.Explanation;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.pcap.Capture;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
    private static final Pattern FRAME = Pattern.compile("([0-9]{1,10})(?:\\.([0-9]{1,5}))?");

    @Mixin
    private KeptRun kept;

    @Parameters(
            index = "1",
            paramLabel = "FRAME",
            description =
                    "The frame's number in the capture; 12.3 for the third segment that its NIC made of frame 12.")
    private String frame;

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        RunFolder run = kept.open();
        PrintWriter out = spec.commandLine().getOut();
        try (Capture frames = kept.capture()) {
            Matcher words = FRAME.matcher(frame);
            if (!words.matches()) {
                throw new Unusable(
                        "FRAME: found " + frame + ", expected a number such as 12, or 12.3 for a segment of it");
            }
            long number = Long.parseLong(words.group(1));
            int segment = words.group(2) == null ? 0 : Integer.parseInt(words.group(2));
            List<Explanation> told = Explanation.of(run, frames, number, segment);
            Grounds grounds = new Grounds(run.settings());
            if (json) {
                out.println(JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(values(told, grounds)));
            } else if (told.size() == 1) {
                lines(told.get(0), grounds).forEach(out::println);
            } else {
                segments(told, grounds).forEach(out::println);
            }
            return ExitCode.DONE;
        }
    }

    /** Of segments those that follow each other and have the same story are told of once. */
    private static List<String> segments(List<Explanation> told, Grounds grounds) {
        List<String> lines = new ArrayList<>();
        long first = told.get(0).number();
        lines.add("frame " + FrameNumber.frame(first) + ", segmented by its NIC into " + told.size() + ", with up to "
                + FrameNumber.mss(first) + " octets of payload each");
        for (int from = 0; from < told.size(); ) {
            int to = from + 1;
            while (to < told.size() && told.get(to).isAlike(told.get(from))) {
                to++;
            }
            lines.add("");
            if (to > from + 1) {
                lines.add(FrameNumber.text(told.get(from).number()) + " to "
                        + FrameNumber.text(told.get(to - 1).number()) + " alike; the first of them:");
            }
            lines.addAll(lines(told.get(from), grounds));
            from = to;
        }
        return lines;
    }

    private static List<String> lines(Explanation told, Grounds grounds) {
        List<String> lines = new ArrayList<>();
        lines.add("frame " + FrameNumber.text(told.number()) + ", " + told.length() + " octets");
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

    private static Map<String, Object> values(List<Explanation> told, Grounds grounds) {
        if (told.size() == 1) {
            return values(told.get(0), grounds);
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("frame", FrameNumber.frame(told.get(0).number()));
        values.put("segments", told.stream().map(each -> values(each, grounds)).toList());
        return values;
    }

    private static Map<String, Object> values(Explanation told, Grounds grounds) {
        Map<String, Object> values = new LinkedHashMap<>();
        boolean segment = FrameNumber.isSegment(told.number());
        values.put("frame", segment ? FrameNumber.text(told.number()) : (Object) told.number());
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
