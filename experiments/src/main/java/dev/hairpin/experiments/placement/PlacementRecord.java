package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A placement as plain values, for a manifest. */
final class PlacementRecord {
    /** Stations outside that are recorded. */
    private static final int MOST_OUTSIDE = 1 << 10;

    private final Placement placement;
    private final CaptureSurvey survey;
    private final PlacementOptions options;
    private final CaptureCounts counts;
    private final Map<Long, Station> stations = new HashMap<>();

    PlacementRecord(Placement placement) {
        this.placement = placement;
        this.survey = placement.survey();
        this.options = placement.options();
        this.counts = survey.counts();
        survey.stations().forEach(station -> stations.put(station.address(), station));
    }

    Map<String, Object> record() {
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(
                "place",
                options.byInterface() ? "by-interface" : options.place().toString());
        record.put("map", options.map());
        record.put("fdb", options.fdb().word());
        record.put("multicast", options.multicast().word());
        record.put("functions", functionRecords());
        record.put("externalPorts", placement.externalPorts());
        record.put("outside", outsideRecords());
        record.put("notes", placement.notes());
        record.put(
                "openLoop", ordered("findings", PlacementReport.FINDINGS, "noFindings", PlacementReport.NOT_FINDINGS));
        Vantage vantage = survey.vantage();
        record.put(
                "vantage",
                ordered(
                        "place", vantage.kind().words(),
                        "evidence", vantage.evidence(),
                        "busiest", vantage.unicast() == 0 ? "" : Mac.format(vantage.busiest()),
                        "busiestFrames", vantage.share(),
                        "unicastFrames", vantage.unicast()));
        record.put("localFrames", placement.localFrames());
        record.put("firstTime", survey.firstTime());
        record.put("lastTime", survey.lastTime());
        record.put("frames", frameRecord());
        record.put("clock", clockRecord());
        return record;
    }

    private List<Object> functionRecords() {
        List<Object> records = new ArrayList<>();
        for (Vsi vsi : placement.vsis()) {
            records.add(ordered(
                    "port", vsi.name(),
                    "stations",
                            vsi.addresses().stream().map(this::stationRecord).toList(),
                    "groups", vsi.groups().stream().map(Mac::format).toList(),
                    "allGroups", vsi.allGroups()));
        }
        return records;
    }

    private List<Object> outsideRecords() {
        List<Object> records = new ArrayList<>();
        for (int k = 0; k < placement.externalPorts() && records.size() < MOST_OUTSIDE; k++) {
            for (Long address : placement.external(k)) {
                if (records.size() < MOST_OUTSIDE) {
                    Map<String, Object> station =
                            ordered("port", placement.seats().outside().get(k).port());
                    station.putAll(stationRecord(address));
                    records.add(station);
                }
            }
        }
        return records;
    }

    private Map<String, Object> stationRecord(Long address) {
        Station station = stations.get(address);
        return station == null
                ? ordered("address", Mac.format(address), "frames", 0L)
                : ordered(
                        "address", Mac.format(address),
                        "looks", station.looks().word(),
                        "evidence", station.evidence(),
                        "frames", station.frames(),
                        "octets", station.octets(),
                        "ipv4", station.ipv4(),
                        "ipv6", station.ipv6());
    }

    private Map<String, Object> frameRecord() {
        return ordered(
                "all", counts.frames(),
                "octets", counts.octets(),
                "unicast", counts.unicast(),
                "broadcast", counts.broadcast(),
                "multicast", counts.multicast(),
                "tagged", counts.tagged(),
                "duplicates", counts.duplicates(),
                "aboveMtu", counts.aboveMtu(),
                "longest", counts.longest(),
                "unpadded", counts.unpadded(),
                "cut", counts.cut(),
                "headerCut", counts.headerCut(),
                "noStation", counts.noStation(),
                "untimed", counts.untimed(),
                "filtered", counts.filtered(),
                "notEntering", counts.notEntering(),
                "notEthernet", survey.skippedFrames(),
                "stations", survey.stations().size(),
                "neverHeard", survey.unheard());
    }

    private Map<String, Object> clockRecord() {
        CapturedTimes times = survey.times();
        return ordered(
                "held", times.held(),
                "firstHeld",
                        times.firstHeld().map(CapturedTimes.Change::toString).orElse(""),
                "jumps", times.jumps(),
                "firstJump",
                        times.firstJump().map(CapturedTimes.Change::toString).orElse(""));
    }

    private static Map<String, Object> ordered(Object... keysAndValues) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < keysAndValues.length; i += 2) {
            map.put((String) keysAndValues[i], keysAndValues[i + 1]);
        }
        return map;
    }
}
