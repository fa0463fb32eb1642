package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.MdbEntry;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * {@code bridge [-d] [-s] mdb [show] [dev BR]}: who listens to which group. Groups are told apart by MAC address, and shown
 * so, as Linux shows those that are none of IP.
 */
final class MdbShow {
    private static final double NANOS = 1e9;

    private MdbShow() {}

    static Answer of(StateAt state, Options options) {
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> entries = new ArrayList<>();
        for (MdbEntry entry : state.bridge().groups()) {
            add(state, options, new Row(entry.port(), entry.group(), entry.vid(), true, 0), lines, entries);
        }
        List<String> routers = new ArrayList<>();
        for (StateAt.Group group : state.groups()) {
            if (group.router()) {
                routers.add(state.bridge().ports().get(group.port()).name());
            } else {
                double left = (group.until() - state.now()) / NANOS;
                add(state, options, new Row(group.port(), group.group(), group.vid(), false, left), lines, entries);
            }
        }
        if (options.details() && !routers.isEmpty()) {
            lines.add("router ports on " + Lan.BRIDGE + ": "
                    + String.join(" ", routers.stream().distinct().toList()) + " ");
        }
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("mdb", entries);
        Map<String, Object> router = new LinkedHashMap<>();
        if (!routers.isEmpty()) {
            router.put(
                    Lan.BRIDGE,
                    routers.stream()
                            .distinct()
                            .map(port -> Map.of("port", port))
                            .toList());
        }
        object.put("router", router);
        return new Answer(lines, List.of(object));
    }

    private static void add(
            StateAt state, Options options, Row row, List<String> lines, List<Map<String, Object>> entries) {
        String port = state.bridge().ports().get(row.port).name();
        String kind = row.given ? "permanent" : "temp";
        String source = row.given ? "static" : "kernel";
        lines.add("dev " + Lan.BRIDGE + " port " + port + " grp " + Mac.format(row.group) + " " + kind
                + (options.details() ? " proto " + source + " " : "")
                + (row.vid == 0 ? "" : " vid " + row.vid)
                + (options.statistics() ? " " + seconds(row.left) : ""));
        Map<String, Object> object = new LinkedHashMap<>();
        object.put("index", index(state));
        object.put("dev", Lan.BRIDGE);
        object.put("port", port);
        object.put("grp", Mac.format(row.group));
        object.put("state", kind);
        if (options.details()) {
            object.put("protocol", source);
        }
        object.put("flags", List.of());
        if (row.vid != 0) {
            object.put("vid", row.vid);
        }
        if (options.statistics()) {
            object.put("timer", seconds(row.left));
        }
        entries.add(object);
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

    private record Row(int port, long group, int vid, boolean given, double left) {}
}
