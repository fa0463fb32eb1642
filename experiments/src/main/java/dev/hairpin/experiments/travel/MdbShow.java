package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code bridge [-d] [-s] mdb [show] [dev BR]}: who listens to which group. Groups are told apart by MAC address, and shown
 * so, as Linux shows those that are none of IP.
 */
final class MdbShow {
    private static final double NANOS = 1e9;
    private static final String ROUTERS = "router ports on " + Lan.BRIDGE + ": ";

    private MdbShow() {}

    static Answer of(StateAt state, Options options) {
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> entries = new ArrayList<>();
        for (Row row : rows(state)) {
            lines.add(text(row, options));
            entries.add(object(row, index(state), options));
        }
        List<String> routers = routers(state);
        if (options.details() && !routers.isEmpty()) {
            lines.add(ROUTERS + String.join(" ", routers) + " ");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("mdb", entries);
        Map<String, Object> router = new LinkedHashMap<>();
        if (!routers.isEmpty()) {
            router.put(
                    Lan.BRIDGE,
                    routers.stream().map(port -> Map.of("port", port)).toList());
        }
        object.put("router", router);
        return new Answer(lines, List.of(object));
    }

    /** What the database holds, by group, VLAN and port, what was set apart from what was heard; ports to routers last. */
    static SortedMap<String, TableChanges.Line> lines(StateAt state) {
        SortedMap<String, TableChanges.Line> lines = new TreeMap<>();
        for (Row row : rows(state)) {
            lines.put(
                    String.format(Locale.ROOT, "%012x %04d %s %s", row.group, row.vid, row.port, row.kind()),
                    new TableChanges.Line(row.port, text(row, Options.NONE), object(row, index(state), Options.NONE)));
        }
        for (String port : routers(state)) {
            lines.put("router " + port, new TableChanges.Line(port, ROUTERS + port + " ", Map.of("router", port)));
        }
        return lines;
    }

    private static List<Row> rows(StateAt state) {
        List<Row> rows = new ArrayList<>();
        for (MdbEntry entry : state.bridge().groups()) {
            rows.add(new Row(port(state, entry.port()), entry.group(), entry.vid(), true, 0));
        }
        for (StateAt.Group group : state.groups()) {
            if (!group.router()) {
                double left = (group.until() - state.now()) / NANOS;
                rows.add(new Row(port(state, group.port()), group.group(), group.vid(), false, left));
            }
        }
        return rows;
    }

    /** Ports behind which there is a multicast router. */
    private static List<String> routers(StateAt state) {
        return state.groups().stream()
                .filter(StateAt.Group::router)
                .map(group -> port(state, group.port()))
                .distinct()
                .toList();
    }

    private static String port(StateAt state, int port) {
        return state.bridge().ports().get(port).name();
    }

    private static String text(Row row, Options options) {
        return "dev " + Lan.BRIDGE + " port " + row.port + " grp " + Mac.format(row.group) + " " + row.kind()
                + (options.details() ? " proto " + row.source() + " " : "")
                + (row.vid == 0 ? "" : " vid " + row.vid)
                + (options.statistics() ? " " + seconds(row.left) : "");
    }

    private static Map<String, Object> object(Row row, int index, Options options) {
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("index", index);
        object.put("dev", Lan.BRIDGE);
        object.put("port", row.port);
        object.put("grp", Mac.format(row.group));
        object.put("state", row.kind());
        if (options.details()) {
            object.put("protocol", row.source());
        }
        object.put("flags", List.of());
        if (row.vid != 0) {
            object.put("vid", row.vid);
        }
        if (options.statistics()) {
            object.put("timer", seconds(row.left));
        }
        return object;
    }

    private static String seconds(double left) {
        return String.format(Locale.ROOT, "%7.2f", left);
    }

    private static int index(StateAt state) {
        return Netdev.of(state).stream()
                .filter(device -> device.kind() == Netdev.Kind.BRIDGE)
                .findFirst()
                .map(Netdev::index)
                .orElse(0);
    }

    private record Row(String port, long group, int vid, boolean given, double left) {
        String kind() {
            return given ? "permanent" : "temp";
        }

        String source() {
            return given ? "static" : "kernel";
        }
    }
}
