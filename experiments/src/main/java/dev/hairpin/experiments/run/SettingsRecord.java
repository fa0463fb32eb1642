package dev.hairpin.experiments.run;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.Timed;
import dev.hairpin.model.topology.LanBridge;
import dev.hairpin.model.topology.LanSettings;
import java.lang.reflect.RecordComponent;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The bridge of a LAN as plain values for a manifest: all that is set otherwise than it is unless given, by its name. */
final class SettingsRecord {
    /** What each wire of the bridge leads to. */
    static final String WIRES = "wires";

    private SettingsRecord() {}

    static Map<String, Object> of(LanSettings lan) {
        LanBridge bridge = lan.bridge();
        BridgeSettings settings = bridge.settings();
        BridgeSettings usual = BridgeSettings.of(settings.ports());
        Map<String, Object> ports = new LinkedHashMap<>();
        for (BridgePort port : settings.ports()) {
            ports.put(port.name(), differing(port, BridgePort.named(port.name())));
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(WIRES, lan.wires());
        record.put("ports", ports);
        record.putAll(differing(settings, usual));
        record.put("latencyNanos", bridge.latency());
        record.put(
                "changes", bridge.changes().stream().map(SettingsRecord::change).toList());
        return record;
    }

    /** A change in words. */
    static String change(Timed<?> change) {
        return "at " + change.time() + " ns: " + change.change()
                + (change.refusal().isEmpty() ? "" : ": refused: " + change.refusal());
    }

    /** Components of {@code settings} that are not as in {@code usual}. */
    private static <R extends Record> Map<String, Object> differing(R settings, R usual) {
        Map<String, Object> differing = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = value(component, settings);
            if (!value.equals(value(component, usual))) {
                differing.put(component.getName(), plain(value));
            }
        }
        return differing;
    }

    private static Object value(RecordComponent component, Record of) {
        try {
            return component.getAccessor().invoke(of);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("a record does not tell its " + component.getName(), e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof Boolean || value instanceof Number) {
            return value;
        }
        if (value instanceof Enum<?> word) {
            return word.name().toLowerCase(Locale.ROOT);
        }
        if (value instanceof Policy policy) {
            return plain(policy.rules());
        }
        if (value instanceof List<?> list) {
            return list.stream().map(SettingsRecord::plain).toList();
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new TreeMap<>();
            map.forEach((key, of) -> plain.put(String.valueOf(key), plain(of)));
            return plain;
        }
        return value.toString();
    }
}
