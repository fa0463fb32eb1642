package dev.hairpin.experiments.command;

import dev.hairpin.experiments.run.Moment;
import dev.hairpin.experiments.travel.AppliedChange;
import dev.hairpin.experiments.travel.Difference;
import dev.hairpin.experiments.travel.TableChanges;
import dev.hairpin.experiments.travel.TableChanges.Kind;
import dev.hairpin.experiments.travel.TableChanges.Line;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What changed in one run from one time of it to a later one. */
final class MomentsReport {
    private static final String PREFIX_OF_DROPS = "x_dropped_";
    private static final List<String> COLUMNS = List.of("rx_packets", "rx_bytes", "tx_packets", "tx_bytes");

    private final RunAtTime from;
    private final RunAtTime to;
    private final Difference difference;

    MomentsReport(RunAtTime from, RunAtTime to, Difference difference) {
        this.from = from;
        this.to = to;
        this.difference = difference;
    }

    /** Whether nothing changed. */
    boolean same() {
        return difference.nothing();
    }

    /** For reading: entries in the layouts of the tools that show them, with + where they came and - where they went. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("What changed in " + RunAtTime.name(from.folder()) + " from " + place(from, difference.from())
                + " to " + place(to, difference.to()));
        lines.add("");
        configuration(lines);
        lines.add("");
        table("bridge fdb show", difference.stations(), lines);
        lines.add("");
        table("bridge mdb show", difference.groups(), lines);
        lines.add("");
        counters(lines);
        return lines;
    }

    private static String place(RunAtTime place, long nanos) {
        String seconds = seconds(nanos) + " s";
        return place.moment()
                .map(moment -> moment.frame() ? moment + ", which enters at " + seconds : seconds)
                .orElse("the end, at " + seconds);
    }

    private static String seconds(long nanos) {
        return new Moment(false, Math.max(0, nanos)).toString();
    }

    private void configuration(List<String> lines) {
        List<AppliedChange> applied = difference.applied();
        long refused = applied.stream()
                .filter(change -> !change.change().refusal().isEmpty())
                .count();
        lines.add("configuration: "
                + (applied.isEmpty()
                        ? "nothing was changed"
                        : applied.size() + (applied.size() == 1 ? " change" : " changes"))
                + (refused == 0 ? "" : ", " + refused + " refused"));
        for (AppliedChange change : applied) {
            String at = sinceStart(change);
            lines.add(
                    String.format(Locale.ROOT, "  %-12s %s", at, change.change().change()));
            if (!change.change().refusal().isEmpty()) {
                lines.add(String.format(
                        Locale.ROOT, "  %-12s refused: %s", "", change.change().refusal()));
            }
        }
    }

    private String sinceStart(AppliedChange change) {
        return seconds(change.change().time() - difference.start());
    }

    private static void table(String title, TableChanges table, List<String> lines) {
        String counts = Stream.concat(
                        Stream.of(Kind.values())
                                .filter(kind -> !table.of(kind).isEmpty())
                                .map(kind -> table.of(kind).size() + " " + kind.word()),
                        Stream.of(table.stayed() + " stayed"))
                .collect(Collectors.joining(", "));
        lines.add(title + ": " + counts);
        for (TableChanges.Change change : table.changes()) {
            change.before().ifPresent(line -> lines.add("- " + line.text().stripTrailing()));
            change.after().ifPresent(line -> lines.add("+ " + line.text().stripTrailing()));
        }
    }

    private void counters(List<String> lines) {
        if (difference.counters().isEmpty()) {
            lines.add("counters: none has changed");
            return;
        }
        lines.add(String.format(
                Locale.ROOT,
                "%-16s%12s%14s%12s%14s  dropped",
                "counters",
                "rx packets",
                "rx bytes",
                "tx packets",
                "tx bytes"));
        difference.counters().forEach((device, counters) -> {
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-16s", device));
            for (String column : COLUMNS) {
                int width = column.endsWith("bytes") ? 14 : 12;
                line.append(String.format(Locale.ROOT, "%" + width + "s", signed(counters.getOrDefault(column, 0L))));
            }
            line.append("  ").append(drops(counters));
            lines.add(line.toString().stripTrailing());
        });
    }

    private static String signed(long count) {
        return count == 0 ? "" : String.format(Locale.ROOT, "%+,d", count);
    }

    private static String drops(Map<String, Long> counters) {
        return counters.entrySet().stream()
                .filter(counter -> counter.getKey().startsWith(PREFIX_OF_DROPS, 1))
                .map(counter -> counter.getKey().substring(0, 2) + " "
                        + counter.getKey()
                                .substring(1 + PREFIX_OF_DROPS.length())
                                .toUpperCase(Locale.ROOT) + " "
                        + signed(counter.getValue()))
                .collect(Collectors.joining(", "));
    }

    /** The same as an object; entries as {@code bridge -j} has them, counters by the names of {@code ethtool -S}. */
    Map<String, Object> values() {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("run", from.folder().toString());
        values.put("from", place(from.moment(), difference.from()));
        values.put("to", place(to.moment(), difference.to()));
        values.put(
                "configuration", difference.applied().stream().map(this::object).toList());
        values.put("fdb", object(difference.stations()));
        values.put("mdb", object(difference.groups()));
        values.put("counters", difference.counters());
        return values;
    }

    private static Map<String, Object> place(Optional<Moment> moment, long nanos) {
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("seconds", new BigDecimal(seconds(nanos)));
        moment.filter(Moment::frame).ifPresent(frame -> place.put("frame", frame.value()));
        return place;
    }

    private Map<String, Object> object(AppliedChange change) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("seconds", new BigDecimal(sinceStart(change)));
        object.put("change", change.change().change());
        object.put("refusal", change.change().refusal());
        object.put("stages", change.stages());
        return object;
    }

    private static Map<String, Object> object(TableChanges table) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("stayed", table.stayed());
        for (Kind kind : Kind.values()) {
            object.put(
                    kind.word(),
                    table.of(kind).stream()
                            .map(change -> change.before().isPresent()
                                            && change.after().isPresent()
                                    ? both(change.before().get(), change.after().get())
                                    : change.before()
                                            .or(change::after)
                                            .orElseThrow()
                                            .json())
                            .toList());
        }
        return object;
    }

    private static Map<String, Object> both(Line before, Line after) {
        Map<String, Object> both = new LinkedHashMap<>();
        both.put("before", before.json());
        both.put("after", after.json());
        return both;
    }
}
