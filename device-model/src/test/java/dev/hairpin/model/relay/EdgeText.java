package dev.hairpin.model.relay;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.policy.PolicyRule;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Locale;
import java.util.Objects;

/** Frames and configurations in words, short enough to be read in a failure: of settings, what differs from the default. */
final class EdgeText {
    private EdgeText() {}

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

    static String of(NicSettings nic) {
        StringBuilder text =
                new StringBuilder().append(nic.device()).append(' ').append(nic.mode());
        text.append(nic.uplinkUp() ? "" : " uplink down");
        text.append(nic.defaultStation() < 0 ? "" : " default " + nic.defaultStation());
        Device table = Devices.named(nic.device().name()).orElseThrow();
        for (Choice<?> choice : Choice.all()) {
            Object answer = nic.device().get(choice);
            text.append(answer.equals(table.get(choice)) ? "" : " " + choice + "=" + Choice.word(answer));
        }
        for (Vsi vsi : nic.vsis()) {
            text.append("\n    ").append(vsi.name());
            vsi.addresses().forEach(address -> text.append(' ').append(Mac.format(address)));
            text.append(" joined");
            vsi.groups().forEach(group -> text.append(' ').append(Mac.format(group)));
            text.append(of(vsi.settings()));
        }
        for (PolicyRule rule : nic.policy().rules()) {
            text.append("\n    ")
                    .append(rule.direction())
                    .append(rule.ports())
                    .append(' ')
                    .append(rule);
        }
        return text.toString();
    }

    private static String of(VsiSettings settings) {
        StringBuilder text = new StringBuilder();
        for (RecordComponent component : VsiSettings.class.getRecordComponents()) {
            try {
                Object value = component.getAccessor().invoke(settings);
                if (!Objects.equals(value, component.getAccessor().invoke(VsiSettings.DEFAULT))) {
                    text.append(' ').append(component.getName()).append('=').append(value);
                }
            } catch (IllegalAccessException | InvocationTargetException e) {
                throw new IllegalStateException(e);
            }
        }
        return text.toString();
    }
}
