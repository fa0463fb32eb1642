package dev.hairpin.model.bridge;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Frames and configurations in words, short enough to be read in a failure: of settings, what differs from the default. */
final class BridgeText {
    private BridgeText() {}

    static String of(Burst burst, int row) {
        int tag = burst.tag(row);
        return String.format(
                Locale.ROOT,
                "frame %d at %d by %d, %s > %s, %s, type %04x, %d octets",
                burst.number(row),
                burst.time(row),
                burst.port(row),
                Mac.format(burst.source(row)),
                Mac.format(burst.destination(row)),
                tag == VlanTag.NONE ? "untagged" : TagChange.text(TagChange.push(tag)),
                burst.etherType(row),
                burst.length(row));
    }

    static String of(BridgeSettings settings) {
        BridgeSettings usual = BridgeSettings.of("p0");
        StringBuilder text = new StringBuilder();
        differing(text, settings, usual, List.of("ports", "stations", "groups", "policy"));
        for (BridgePort port : settings.ports()) {
            differing(text.append("\n    ").append(port.name()), port, BridgePort.named(port.name()), List.of());
        }
        settings.stations()
                .forEach(entry -> text.append("\n    ")
                        .append(Mac.format(entry.address()))
                        .append(" vlan " + entry.vid() + " behind " + entry.port() + " "
                                + entry.kind().word()));
        settings.groups()
                .forEach(entry -> text.append("\n    ")
                        .append(Mac.format(entry.group()))
                        .append(" vlan " + entry.vid() + " at " + entry.port()));
        settings.policy()
                .rules()
                .forEach(rule ->
                        text.append("\n    ").append(rule.ports()).append(' ').append(rule));
        return text.toString();
    }

    private static void differing(StringBuilder text, Record settings, Record usual, List<String> but) {
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(settings);
                if (!but.contains(component.getName())
                        && !Objects.equals(value, component.getAccessor().invoke(usual))) {
                    text.append(' ').append(component.getName()).append('=').append(value);
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
