package dev.hairpin.experiments.projection;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import java.io.IOException;
import java.io.Writer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Decisions as rows: one for each frame and relay that it passed, one more for each later drop. Column names are those of
 * Wireshark's fields where it has one.
 */
public final class DecisionTable {
    /** The columns, in order. */
    public static final List<String> COLUMNS = List.of(
            "frame.number",
            "frame.time_epoch",
            "relay",
            "direction",
            "ingress",
            "eth.src",
            "eth.dst",
            "vlan.id",
            "evb.vid",
            "disposition",
            "rule",
            "egress",
            "egress.dropped");

    private static final long NANOS = 1_000_000_000L;

    private DecisionTable() {}

    /** How rows are written. */
    public enum Form {
        /** Columns in fixed widths, for reading. */
        TEXT,
        /** RFC 4180; lines end in LF. No value needs quoting. */
        CSV,
        /** One JSON object a line, with the columns' names; numbers are numbers, the 12.3 of a segment a text, what is absent is null. */
        JSON_LINES
    }

    /** Writes what comes before the rows. */
    public static void writeHeader(Form form, Writer out) throws IOException {
        if (form == Form.CSV) {
            out.write(String.join(",", COLUMNS));
            out.write('\n');
        }
    }

    /** Writes a row for each decision that {@code filter} takes. */
    public static void write(
            Decisions decisions, DecisionFilter filter, FrameIndex frames, BridgeVlans vlans, Form form, Writer out)
            throws IOException {
        while (decisions.next()) {
            int vid = vlans.take(decisions);
            if (filter.takes(decisions, frames)) {
                List<String> row = row(decisions, frames, vid);
                switch (form) {
                    case TEXT -> out.write(text(decisions.stageName(decisions.stage()), row));
                    case CSV -> out.write(String.join(",", row));
                    case JSON_LINES -> out.write(json(row));
                }
                out.write('\n');
            }
        }
    }

    private static String json(List<String> row) throws IOException {
        Map<String, Object> object = new LinkedHashMap<>();
        for (int column = 0; column < COLUMNS.size(); column++) {
            String value = row.get(column);
            boolean number = COLUMNS.get(column).equals("frame.number")
                    || COLUMNS.get(column).endsWith(".id")
                    || COLUMNS.get(column).equals("evb.vid");
            object.put(
                    COLUMNS.get(column),
                    value.isEmpty() ? null : number && value.indexOf('.') < 0 ? Long.valueOf(value) : value);
        }
        return JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(object);
    }

    private static String text(String stage, List<String> row) {
        return String.format(
                Locale.ROOT,
                "%8s %s %-10s %-9s %s > %s%s  %s %s",
                row.get(0),
                row.get(1),
                stage,
                row.get(4),
                row.get(5),
                row.get(6),
                row.get(7).isEmpty() ? "" : " vlan " + row.get(7),
                row.get(10),
                fate(row));
    }

    private static String fate(List<String> row) {
        String egress = row.get(11).isEmpty() ? "" : "-> " + row.get(11);
        return row.get(12).isEmpty() ? egress : (egress + " dropped " + row.get(12)).strip();
    }

    private static List<String> row(Decisions at, FrameIndex frames, int vid) {
        frames.find(at.number());
        Burst headers = frames.headers();
        int row = frames.row();
        Outcome outcome = at.outcome();
        List<String> ports = at.ports(at.stage());
        String stage = at.stageName(at.stage());
        int dot = stage.lastIndexOf('.');
        int tag = headers.tag(row);
        return List.of(
                FrameNumber.text(at.number()),
                seconds(at.time()),
                dot < 0 ? stage : stage.substring(0, dot),
                dot < 0 ? "" : stage.substring(dot + 1),
                ports.get(outcome.ingress()),
                Mac.format(headers.source(row)),
                Mac.format(headers.destination(row)),
                tag == VlanTag.NONE ? "" : Integer.toString(VlanTag.vid(tag)),
                Integer.toString(vid),
                outcome.disposition().name(),
                outcome.rule().name(),
                outcome.egressText(ports),
                outcome.droppedText(ports));
    }

    /** Seconds since the epoch with nine decimals. */
    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%d.%09d", Math.floorDiv(nanos, NANOS), Math.floorMod(nanos, NANOS));
    }
}
