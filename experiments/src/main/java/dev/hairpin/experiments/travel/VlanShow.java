package dev.hairpin.experiments.travel;

import dev.hairpin.model.bridge.BridgePort;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code bridge vlan [show] [dev PORT]}: a line for each VLAN of a port. */
final class VlanShow {
    private VlanShow() {}

    static Answer of(StateAt state, Options options) {
        List<String> lines = new ArrayList<>(List.of(line("port", "vlan-id  ")));
        List<Map<String, Object>> objects = new ArrayList<>();
        for (BridgePort port : state.bridge().ports()) {
            if (!options.shows(port.name()) || port.vlans().isEmpty()) {
                continue;
            }
            List<Map<String, Object>> vlans = new ArrayList<>();
            String name = port.name();
            for (Map.Entry<Integer, Boolean> vlan : port.vlans().entrySet()) {
                List<String> flags = flags(port, vlan.getKey(), vlan.getValue());
                lines.add(line(name, String.join(" ", words(vlan.getKey(), flags))));
                name = "";
                Map<String, Object> object = new LinkedHashMap<>();
                object.put("vlan", vlan.getKey());
                if (!flags.isEmpty()) {
                    object.put("flags", flags);
                }
                vlans.add(object);
            }
            Map<String, Object> object = new LinkedHashMap<>();
            object.put("ifname", port.name());
            object.put("vlans", vlans);
            objects.add(object);
        }
        return new Answer(lines, objects);
    }

    private static List<String> words(int vid, List<String> flags) {
        List<String> words = new ArrayList<>(List.of(Integer.toString(vid)));
        words.addAll(flags);
        return words;
    }

    private static List<String> flags(BridgePort port, int vid, boolean untagged) {
        List<String> flags = new ArrayList<>();
        if (port.pvid() == vid) {
            flags.add("PVID");
        }
        if (untagged) {
            flags.add("Egress Untagged");
        }
        return flags;
    }

    private static String line(String port, String rest) {
        return String.format(Locale.ROOT, "%-16s  %s", port, rest);
    }
}
