package dev.hairpin.experiments.command;

import dev.hairpin.experiments.placement.PlacementReport;
import dev.hairpin.experiments.projection.Comparison;
import dev.hairpin.experiments.projection.Fates;
import dev.hairpin.experiments.projection.RunSummary;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Evidence;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/** The comparison as lines for a person and as values for a program; both from the same counts. */
final class CompareReport {
    private static final double NANOS = 1e9;

    private final CaptureExperiment experiment;
    private final List<Column> bridging;
    private final List<Column> columns;
    private final Fates fates;

    /**
     * One run.
     *
     * @param name the mode, and the run's folder
     * @param unbalanced the first frame whose copies do not add up, 0 for none
     */
    record Column(
            String name,
            CaptureExperiment.Ran ran,
            RunSummary summary,
            long journalOctets,
            long outOfOrder,
            long unbalanced,
            String fate,
            String timed) {}

    /**
     * @param bridging the runs where nothing takes time and nothing has an end; none where that is so in all
     * @param columns the runs as configured, in the same order
     */
    CompareReport(CaptureExperiment experiment, List<Column> bridging, List<Column> columns, Fates fates) {
        this.experiment = experiment;
        this.bridging = bridging;
        this.columns = columns;
        this.fates = fates;
    }

    /** Whether in every run, for every frame, copies made are copies delivered and dropped. */
    boolean balanced() {
        return all().allMatch(column -> column.unbalanced() == 0);
    }

    private Stream<Column> all() {
        return Stream.concat(bridging.stream(), columns.stream());
    }

    List<String> lines() {
        if (bridging.isEmpty()) {
            return step(columns);
        }
        List<String> lines =
                new ArrayList<>(List.of("Bridging only: nothing takes time, and no queue or ring has an end"));
        lines.addAll(step(bridging));
        lines.add("");
        lines.add("As configured");
        lines.addAll(step(columns));
        for (int mode = 0; mode < columns.size(); mode++) {
            lines.add("");
            lines.addAll(differences(bridging.get(mode), columns.get(mode)));
        }
        return lines;
    }

    private List<String> step(List<Column> columns) {
        List<String> lines = new ArrayList<>();
        lines.add(row(columns, "", Column::name));
        lines.add(count(columns, "frames in", column -> column.ran().frames()));
        lines.add(count(columns, "delivered copies", column -> column.summary().delivered()));
        lines.add(count(
                columns,
                "  of these from learning floods",
                column -> column.summary().learningFloodCopies()));
        lines.add(count(
                columns, "dropped frames and copies", column -> column.summary().dropped()));
        for (DropReason reason : DropReason.values()) {
            if (columns.stream().anyMatch(column -> column.summary().dropped(reason) > 0)) {
                lines.add(
                        count(columns, "  " + reason, column -> column.summary().dropped(reason)));
            }
        }
        lines.add("inter-VM frames (unicast between functions)");
        lines.add(
                count(columns, "  switched locally", column -> column.summary().switchedLocally()));
        lines.add(count(
                columns,
                "  hairpinned by the bridge",
                column -> column.summary().hairpinned()));
        if (columns.stream().anyMatch(column -> column.ran().lan().nics().size() > 1)) {
            lines.add(
                    count(columns, "  between NICs", column -> column.summary().betweenNics()));
        }
        lines.add(count(
                columns, "  seen by the bridge", column -> column.summary().seenByBridge()));
        lines.add(
                count(columns, "uplink frames, out", column -> column.summary().uplinkFramesOut()));
        lines.add(count(columns, "uplink frames, in", column -> column.summary().uplinkFramesIn()));
        lines.add(
                count(columns, "uplink octets, out", column -> column.summary().uplinkOctetsOut()));
        lines.add(count(columns, "uplink octets, in", column -> column.summary().uplinkOctetsIn()));
        lines.add(count(columns, "decisions", column -> column.summary().decisions()));
        lines.add(
                count(columns, "  by assumed rules", column -> column.summary().decisions(Evidence.ASSUMED)));
        lines.add(
                count(columns, "  by inferred rules", column -> column.summary().decisions(Evidence.INFERRED)));
        lines.add(count(columns, "journal octets", Column::journalOctets));
        lines.add(count(columns, "decisions a second, journal included", CompareReport::decisionsPerSecond));
        lines.add(row(columns, "digest (first octets of fate)", column -> digest(column.fate())));
        lines.add(row(
                columns,
                "copies made = delivered + dropped",
                column -> column.unbalanced() == 0 ? "every frame" : "NOT frame " + column.unbalanced()));
        for (int other = 1; other < columns.size(); other++) {
            lines.add("");
            lines.addAll(differences(columns.get(0), columns.get(other)));
        }
        return lines;
    }

    private List<String> differences(Column first, Column second) {
        Comparison comparison = comparison(first, second);
        List<String> lines = new ArrayList<>();
        lines.add("What differs, frame by frame, from " + first.name() + " to " + second.name());
        lines.add(String.format(Locale.ROOT, "  %-42s%,16d", "frames with other receivers", comparison.differing()));
        lines.add(String.format(
                        Locale.ROOT,
                        "  %-42s%,16d copies of %,d frames",
                        "extra receivers",
                        comparison.extraCopies(),
                        comparison.extraFrames())
                + (comparison.extraFromLearning() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT, ", %,d of them from learning floods", comparison.extraFromLearning())));
        lines.add(String.format(
                Locale.ROOT,
                "  %-42s%,16d copies of %,d frames",
                "missing receivers",
                comparison.missingCopies(),
                comparison.missingFrames()));
        lines.add(String.format(
                Locale.ROOT,
                "  %-42s%,16d against %,d",
                "duplicate copies to one receiver",
                comparison.secondDuplicates(),
                comparison.firstDuplicates()));
        lines.add(String.format(
                Locale.ROOT,
                "  %-42s%,16d against %,d",
                "out of order within a flow",
                second.outOfOrder(),
                first.outOfOrder()));
        for (Comparison.Difference example : comparison.examples()) {
            lines.add(String.format(
                    Locale.ROOT,
                    "    frame %d: %s in %s, %s in %s",
                    example.number(),
                    example.first(),
                    first.name(),
                    example.second(),
                    second.name()));
        }
        return lines;
    }

    /** The same as nested maps. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("capture", experiment.name());
        values.put("sha256", experiment.capture().sha256());
        values.put("placement", PlacementReport.record(experiment.placement()));
        experiment.damage().ifPresent(damage -> values.put("damage", damage.toString()));
        Map<String, Object> runs = new LinkedHashMap<>();
        all().forEach(column -> runs.put(column.name(), values(column)));
        values.put("runs", runs);
        Map<String, Object> differences = new LinkedHashMap<>();
        for (List<Column> step : List.of(bridging, columns)) {
            for (int other = 1; other < step.size(); other++) {
                put(differences, step.get(0), step.get(other));
            }
        }
        for (int mode = 0; mode < bridging.size(); mode++) {
            put(differences, bridging.get(mode), columns.get(mode));
        }
        values.put("differences", differences);
        return values;
    }

    private void put(Map<String, Object> differences, Column first, Column second) {
        differences.put(first.name() + " " + second.name(), values(first, second, comparison(first, second)));
    }

    private Comparison comparison(Column first, Column second) {
        return Comparison.of(first.summary(), second.summary(), fates);
    }

    private static Map<String, Object> values(Column column) {
        RunSummary summary = column.summary();
        Map<String, Object> dropped = new LinkedHashMap<>();
        for (DropReason reason : DropReason.values()) {
            if (summary.dropped(reason) > 0) {
                dropped.put(reason.name(), summary.dropped(reason));
            }
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("framesIn", column.ran().frames());
        values.put("delivered", summary.delivered());
        values.put("learningFloodCopies", summary.learningFloodCopies());
        values.put("dropped", dropped);
        values.put("switchedLocally", summary.switchedLocally());
        values.put("hairpinned", summary.hairpinned());
        values.put("betweenNics", summary.betweenNics());
        values.put("seenByBridge", summary.seenByBridge());
        values.put("uplinkFramesOut", summary.uplinkFramesOut());
        values.put("uplinkFramesIn", summary.uplinkFramesIn());
        values.put("uplinkOctetsOut", summary.uplinkOctetsOut());
        values.put("uplinkOctetsIn", summary.uplinkOctetsIn());
        values.put("decisions", summary.decisions());
        values.put("decisionsByAssumedRules", summary.decisions(Evidence.ASSUMED));
        values.put("decisionsByInferredRules", summary.decisions(Evidence.INFERRED));
        values.put("journalOctets", column.journalOctets());
        values.put("decisionsPerSecond", decisionsPerSecond(column));
        values.put("outOfOrder", column.outOfOrder());
        values.put("balanced", column.unbalanced() == 0);
        values.put("fate", column.fate());
        values.put("timed", column.timed());
        return values;
    }

    private static Map<String, Object> values(Column first, Column second, Comparison comparison) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("differingFrames", comparison.differing());
        values.put("extraCopies", comparison.extraCopies());
        values.put("extraCopiesFromLearningFloods", comparison.extraFromLearning());
        values.put("missingCopies", comparison.missingCopies());
        values.put("duplicates", List.of(comparison.firstDuplicates(), comparison.secondDuplicates()));
        values.put("outOfOrder", List.of(first.outOfOrder(), second.outOfOrder()));
        List<Object> examples = new ArrayList<>();
        for (Comparison.Difference example : comparison.examples()) {
            Map<String, Object> frame = new LinkedHashMap<>();
            frame.put("frame", example.number());
            frame.put(first.name(), example.first());
            frame.put(second.name(), example.second());
            examples.add(frame);
        }
        values.put("examples", examples);
        return values;
    }

    private static long decisionsPerSecond(Column column) {
        return Math.round(column.summary().decisions() / (Math.max(column.ran().nanos(), 1) / NANOS));
    }

    private static String digest(String line) {
        return line.substring(line.lastIndexOf(' ') + 1, Math.min(line.length(), line.lastIndexOf(' ') + 13));
    }

    private static String count(List<Column> columns, String what, ToLongFunction<Column> value) {
        return row(columns, what, column -> String.format(Locale.ROOT, "%,d", value.applyAsLong(column)));
    }

    private static String row(List<Column> columns, String what, Function<Column, String> value) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-44s", what));
        columns.forEach(column -> row.append(String.format(Locale.ROOT, "%16s", value.apply(column))));
        return row.toString().stripTrailing();
    }
}
