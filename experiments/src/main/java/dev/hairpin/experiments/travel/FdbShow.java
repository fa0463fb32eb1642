package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.EntryKind;
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
 * {@code bridge [-s] fdb show [br BR] [dev PORT]}. With {@code -s} the seconds since an entry was last seen stand for both
 * of Linux's times, since its last use is not kept.
 */
final class FdbShow {
    private static final long NANOS = 1_000_000_000L;

    private FdbShow() {}

    static Answer of(StateAt state, Options options) {
        List<String> lines = new ArrayList<>();
        List<Map<String, Object>> objects = new ArrayList<>();
        for (StateAt.Station station : state.stations()) {
            Row row = Row.of(state, station);
            if (options.shows(row.port)) {
                lines.add(row.text(options));
                objects.add(row.object(options));
            }
        }
        return new Answer(lines, objects);
    }

    /** What the database holds, by address and VLAN. */
    static SortedMap<String, TableChanges.Line> lines(StateAt state) {
        SortedMap<String, TableChanges.Line> lines = new TreeMap<>();
        for (StateAt.Station station : state.stations()) {
            Row row = Row.of(state, station);
            lines.put(
                    String.format(Locale.ROOT, "%012x %04d", station.address(), station.vid()),
                    new TableChanges.Line(row.port, row.text(Options.NONE), row.object(Options.NONE)));
        }
        return lines;
    }

    private record Row(StateAt.Station station, String port, long age) {
        static Row of(StateAt state, StateAt.Station station) {
            String port = station.port() < 0
                    ? Lan.BRIDGE
                    : state.bridge().ports().get(station.port()).name();
            return new Row(station, port, (state.now() - station.seen()) / NANOS);
        }

        String text(Options options) {
            String flag = flag();
            return Mac.format(station.address())
                    + (options.device().isEmpty() ? " dev " + port : "")
                    + (station.vid() == 0 ? "" : " vlan " + station.vid())
                    + (options.statistics() && ages() ? " used " + age + "/" + age : "")
                    + (flag.isEmpty() ? "" : " " + flag)
                    + " master " + Lan.BRIDGE + " " + state();
        }

        Map<String, Object> object(Options options) {
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("mac", Mac.format(station.address()));
            if (options.device().isEmpty()) {
                object.put("ifname", port);
            }
            if (station.vid() != 0) {
                object.put("vlan", station.vid());
            }
            if (options.statistics() && ages()) {
                object.put("used", age);
                object.put("updated", age);
            }
            object.put("flags", flag().isEmpty() ? List.of() : List.of(flag()));
            object.put("master", Lan.BRIDGE);
            object.put("state", state());
            return object;
        }

        private boolean ages() {
            return station.kind() == EntryKind.LEARNED || station.kind() == EntryKind.LOCKED;
        }

        private String flag() {
            return station.kind() == EntryKind.STICKY || station.kind() == EntryKind.LOCKED
                    ? station.kind().word()
                    : "";
        }

        private String state() {
            return switch (station.kind()) {
                case STATIC, STICKY -> "static";
                case LOCAL -> "permanent";
                default -> "";
            };
        }
    }
}
