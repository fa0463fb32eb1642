package dev.hairpin.experiments.placement;

import dev.hairpin.experiments.placement.PlacementOptions.Place;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What is told with every result: the choice that was made, that the run is open loop, where the capture was taken, how
 * much is local because of both, and what is odd about the frames.
 */
public final class PlacementReport {
    /** What an open loop can find. */
    public static final String FINDINGS = "receivers, copies, drops by rule, visibility, bytes, loss at this load";

    /** What it cannot. */
    public static final String NOT_FINDINGS = "TCP throughput, completion times";

    private static final int MARKS_SHOWN = 2;
    private static final int MOST_FUNCTIONS = 16;
    private static final int MOST_OUTSIDE = 8;
    private static final String MARGIN = " ".repeat(11);

    private final Placement placement;
    private final CaptureSurvey survey;
    private final PlacementOptions options;
    private final CaptureCounts counts;
    private final Map<Long, Station> stations = new HashMap<>();

    private PlacementReport(Placement placement) {
        this.placement = placement;
        this.survey = placement.survey();
        this.options = placement.options();
        this.counts = survey.counts();
        survey.stations().forEach(station -> stations.put(station.address(), station));
    }

    /** The lines to print. */
    public static List<String> lines(Placement placement) {
        return new PlacementReport(placement).lines();
    }

    /** The same and more as plain values: strings, numbers, booleans, lists and maps with an order. */
    public static Map<String, Object> record(Placement placement) {
        return new PlacementRecord(placement).record();
    }

    private List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("Placement  " + choice());
        List<Row> inside = new ArrayList<>();
        for (Vsi vsi : placement.vsis()) {
            if (vsi.addresses().isEmpty()) {
                inside.add(new Row(vsi.name(), "-", "", "idle", ""));
            }
            vsi.addresses().forEach(address -> inside.add(row(vsi.name(), address)));
        }
        List<Row> rows = new ArrayList<>(inside.subList(0, Math.min(MOST_FUNCTIONS, inside.size())));
        List<Row> outside = outside();
        int shown = Math.min(MOST_OUTSIDE, outside.size());
        List<Row> all = new ArrayList<>(rows);
        all.addAll(outside.subList(0, shown));
        List<String> table = Row.aligned(all);
        table.subList(0, rows.size()).forEach(line -> lines.add(MARGIN + line));
        more(inside.size() - rows.size(), "inside", lines);
        table.subList(rows.size(), table.size()).forEach(line -> lines.add(MARGIN + line));
        more(outside.size() - shown, "outside", lines);
        placement.notes().forEach(note -> lines.add(MARGIN + "note: " + note));
        lines.add("Open loop  frames enter at captured times and do not react");
        lines.add(MARGIN + "findings: " + FINDINGS);
        lines.add(MARGIN + "no findings: " + NOT_FINDINGS);
        lines.add("Vantage    " + survey.vantage().kind().words() + ": "
                + survey.vantage().evidence());
        lines.add("Local      " + Wording.percent(placement.localFrames(), counts.unicast())
                + " of unicast frames go from function to function (" + Wording.number(placement.localFrames()) + " of "
                + Wording.number(counts.unicast()) + ")" + (survey.unlistedPairs() > 0 ? ", at least" : ""));
        lines.add("Frames     " + frames());
        oddities().forEach(oddity -> lines.add(MARGIN + oddity));
        return List.copyOf(lines);
    }

    private static void more(int count, String where, List<String> lines) {
        if (count > 0) {
            lines.add(MARGIN + "and " + Wording.count(count, "station") + " more " + where);
        }
    }

    private String choice() {
        String how;
        if (placement.isNamed()) {
            how = "as the topology has it" + (options.byInterface() ? ", frames by interface" : "");
        } else if (options.byInterface()) {
            how = "by interface";
        } else {
            how = options.map().isBlank() ? "" : "as mapped, then ";
            how += options.place() instanceof Place.Listed ? "as " + options.place() + " lists, then " : "";
            how += options.place() instanceof Place.Chance ? options.place().toString() : "the busiest";
            how += " of " + Wording.number(hosts()) + " that look like hosts";
        }
        return how + "; fdb " + options.fdb().word() + ", multicast "
                + options.multicast().word();
    }

    private long hosts() {
        return survey.stations().stream()
                .filter(station -> station.looks() == Looks.HOST)
                .count();
    }

    /** Stations outside: first those that do not look like hosts, which one may want to question. */
    private List<Row> outside() {
        List<Row> rows = new ArrayList<>();
        for (int k = 0; k < placement.externalPorts(); k++) {
            for (Long address : placement.external(k)) {
                rows.add(row(placement.seats().outside().get(k).port(), address));
            }
        }
        rows.sort(Comparator.comparing(row -> row.looks.equals(Looks.HOST.word())));
        return rows;
    }

    private Row row(String port, Long address) {
        Station station = stations.get(address);
        if (station == null) {
            return new Row(port, Mac.format(address), "", "never heard", "");
        }
        return new Row(
                port,
                Mac.format(address),
                station.looks().word(),
                Wording.count(station.frames(), "frame"),
                station.looks() == Looks.HOST ? addresses(station) : evidence(station));
    }

    /** The first marks; the record has them all. */
    private static String evidence(Station station) {
        List<String> marks = station.evidence();
        return marks.size() <= MARKS_SHOWN
                ? String.join(", ", marks)
                : String.join(", ", marks.subList(0, MARKS_SHOWN)) + " +" + (marks.size() - MARKS_SHOWN);
    }

    private static String addresses(Station station) {
        List<String> known = station.ipv4().isEmpty() ? station.ipv6() : station.ipv4();
        int others = station.ipv4().size() + station.ipv6().size() - 1;
        return known.isEmpty()
                ? ""
                : known.get(0) + (others > 0 ? " +" + others + (station.moreAddresses() ? " and more" : "") : "");
    }

    private String frames() {
        return Wording.number(counts.frames()) + ": " + Wording.number(counts.unicast()) + " unicast, "
                + Wording.number(counts.broadcast()) + " broadcast, " + Wording.number(counts.multicast())
                + " multicast, " + Wording.number(counts.tagged()) + " tagged; "
                + Wording.count(survey.stations().size(), "station")
                + (survey.unheard() > 0 ? ", " + Wording.number(survey.unheard()) + " more never heard" : "");
    }

    private List<String> oddities() {
        List<String> told = new ArrayList<>();
        tell(told, counts.duplicates(), "byte-identical to one within 1 ms before; kept");
        tell(
                told,
                counts.aboveMtu(),
                "above the MTU, as segmentation offload leaves them; the longest has "
                        + Wording.number(counts.longest()) + " octets");
        tell(told, counts.unpadded(), "unpadded, less than 60 octets; taken as captured");
        tell(told, counts.cut(), "cut by the capture; the length on the wire is used");
        tell(told, counts.headerCut(), "of these cut within the Ethernet header");
        tell(told, counts.untimed(), "without a time; taken at that of the frame before");
        CapturedTimes times = survey.times();
        times.firstHeld().ifPresent(first -> tell(told, times.held(), "back in time, held at the latest; " + first));
        times.firstJump()
                .ifPresent(first -> told.add(
                        Wording.count(times.jumps(), "jump") + " of the clock by over an hour, taken out; " + first));
        tell(told, counts.filtered(), "left out by the filter");
        tell(told, counts.notEntering(), "not entering: marked outbound, or of an interface that is no station's port");
        tell(
                told,
                survey.skippedFrames(),
                "not Ethernet, skipped: "
                        + String.join(", ", survey.skippedLinkTypes().keySet()));
        survey.damage().ifPresent(damage -> told.add("the capture is damaged: " + damage));
        return told;
    }

    private static void tell(List<String> told, long count, String what) {
        if (count > 0) {
            told.add(Wording.count(count, "frame") + " " + what);
        }
    }

    /** A line of the table. */
    private record Row(String port, String address, String looks, String frames, String more) {
        static List<String> aligned(List<Row> rows) {
            int port = rows.stream().mapToInt(row -> row.port.length()).max().orElse(1);
            int looks = rows.stream().mapToInt(row -> row.looks.length()).max().orElse(1);
            int frames =
                    rows.stream().mapToInt(row -> row.frames.length()).max().orElse(1);
            List<String> lines = new ArrayList<>();
            for (Row row : rows) {
                lines.add((pad(row.port, port) + "  " + pad(row.address, 17) + "  " + pad(row.looks, looks) + "  "
                                + " ".repeat(frames - row.frames.length()) + row.frames + "  " + row.more)
                        .stripTrailing());
            }
            return lines;
        }

        private static String pad(String text, int width) {
            return text + " ".repeat(Math.max(0, width - text.length()));
        }
    }
}
