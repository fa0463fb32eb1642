package dev.hairpin.experiments.command;

import dev.hairpin.experiments.projection.Explanation;
import dev.hairpin.experiments.projection.FateChanges;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.pcap.Capture;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What changed between two runs of one capture, with the first frame of each kind explained side by side. */
final class DiffReport {
    private final RunFolder first;
    private final RunFolder second;
    private final Capture capture;
    private final FateChanges changes;

    private DiffReport(RunFolder first, RunFolder second, Capture capture, FateChanges changes) {
        this.first = first;
        this.second = second;
        this.capture = capture;
        this.changes = changes;
    }

    static DiffReport of(RunFolder first, RunFolder second, Capture capture) throws IOException {
        return new DiffReport(first, second, capture, FateChanges.of(first, second));
    }

    /** Whether nothing changed. */
    boolean same() {
        return changes.changed() == 0;
    }

    void print(PrintWriter out) throws IOException {
        out.println("What changed, frame by frame, from " + name(first) + " to " + name(second));
        count(out, "the same fate", changes.same(), "");
        count(out, "another fate", changes.changed(), "");
        for (Map.Entry<FateChanges.Kind, FateChanges.Found> kind :
                changes.found().entrySet()) {
            count(
                    out,
                    "  " + kind.getKey().words(),
                    kind.getValue().frames(),
                    "  " + kind.getKey().meaning());
        }
        for (Map.Entry<FateChanges.Kind, FateChanges.Found> kind :
                changes.found().entrySet()) {
            out.println();
            out.println("frame " + FrameNumber.text(kind.getValue().first()) + ", the first that is "
                    + (kind.getKey() == FateChanges.Kind.OTHER_PATH
                            ? "on another path"
                            : kind.getKey().words()));
            sideBySide(
                    lines(first, kind.getValue().first()),
                    lines(second, kind.getValue().first()),
                    out);
        }
    }

    private static void count(PrintWriter out, String what, long frames, String meaning) {
        out.printf(Locale.ROOT, "  %-26s%,14d%s%n", what, frames, meaning);
    }

    private static String name(RunFolder run) {
        return RunAtTime.name(run.path());
    }

    /** What {@link #print} counts, as an object. */
    Map<String, Object> values() {
        Map<String, Object> kinds = new LinkedHashMap<>();
        changes.found().forEach((kind, found) -> {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("frames", found.frames());
            values.put(
                    "first",
                    FrameNumber.isSegment(found.first()) ? FrameNumber.text(found.first()) : (Object) found.first());
            values.put("receiversBefore", found.before());
            values.put("receiversAfter", found.after());
            kinds.put(kind.words(), values);
        });
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("from", first.path().toString());
        values.put("to", second.path().toString());
        values.put("same", changes.same());
        values.put("changed", changes.changed());
        values.put("kinds", kinds);
        return values;
    }

    private List<String> lines(RunFolder run, long frame) throws IOException {
        Explanation told = Explanation.find(run, capture, FrameNumber.frame(frame), FrameNumber.segment(frame)).stream()
                .findFirst()
                .orElse(null);
        List<String> lines = new ArrayList<>(List.of(name(run)));
        if (told == null) {
            lines.add("no frame " + FrameNumber.text(frame));
            return lines;
        }
        for (Explanation.Step step : told.steps()) {
            lines.add(step.stage() + ", from " + step.ingress() + ": "
                    + step.outcome().rule());
            if (!step.egress().isEmpty()) {
                lines.add("  out by   " + step.egress());
            }
            if (!step.dropped().isEmpty()) {
                lines.add("  dropped  " + step.dropped());
            }
        }
        lines.add("received by " + (told.receivers().isEmpty() ? "nobody" : String.join(" ", told.receivers())));
        return lines;
    }

    private static void sideBySide(List<String> left, List<String> right, PrintWriter out) {
        int width = left.stream().mapToInt(String::length).max().orElse(0);
        for (int line = 0; line < Math.max(left.size(), right.size()); line++) {
            String one = line < left.size() ? left.get(line) : "";
            String other = line < right.size() ? right.get(line) : "";
            out.println(("  " + one + " ".repeat(width - one.length()) + " | " + other).stripTrailing());
        }
    }
}
