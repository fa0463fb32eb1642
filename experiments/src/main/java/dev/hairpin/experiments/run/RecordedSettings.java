package dev.hairpin.experiments.run;

import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.wire.Selection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What was set in a run at any time of it, as its manifest has it. */
public final class RecordedSettings {
    /** Of a port whose PVID is not said. */
    private static final int USUAL_PVID = 1;

    /** So many changes of a function are told of. */
    private static final int MOST_CHANGES = 3;

    /** Changes of what waits before a wire. */
    private static final Pattern OF_WIRES = Pattern.compile("^(dcb|pause|ethtool -A) ");

    /** By the name that stands before those of a NIC's parts. */
    private final Map<String, Map<?, ?>> nics = new LinkedHashMap<>();

    private final Map<String, Device> devices = new LinkedHashMap<>();
    private final Map<?, ?> bridge;
    private final Wires wires;

    private RecordedSettings(String where, Map<?, ?> configuration) throws IOException {
        this.bridge = configuration.get(SettingsRecord.BRIDGE) instanceof Map<?, ?> there ? there : Map.of();
        Map<String, Map<?, ?>> named = new LinkedHashMap<>();
        if (configuration.get(SettingsRecord.NICS) instanceof Map<?, ?> all) {
            all.forEach((name, nic) -> named.put(name.toString(), nic instanceof Map<?, ?> its ? its : Map.of()));
        } else {
            // Earlier versions have one NIC, and its settings stand with the others.
            named.put("", configuration);
        }
        for (Map.Entry<String, Map<?, ?>> nic : named.entrySet()) {
            String prefix = named.size() == 1 ? "" : nic.getKey() + ".";
            nics.put(prefix, nic.getValue());
            devices.put(prefix, device(where, nic.getValue()));
        }
        Map<String, String> toNic = new LinkedHashMap<>();
        if (bridge.get(SettingsRecord.WIRES) instanceof Map<?, ?> there) {
            there.forEach((port, nic) -> toNic.put(port.toString(), nic.toString()));
        } else {
            toNic.put(Lan.BRIDGE_UPLINK, Lan.UPLINK);
        }
        this.wires = Wires.of(toNic);
    }

    /**
     * What {@code configuration} says.
     *
     * @param where it stands
     * @throws IOException when it names a device that is not known here
     */
    static RecordedSettings of(String where, Map<?, ?> configuration) throws IOException {
        return new RecordedSettings(where, configuration);
    }

    private static Device device(String where, Map<?, ?> nic) throws IOException {
        Object word = nic.get(SettingsRecord.DEVICE);
        String name = word == null ? Devices.IEEE.name() : word.toString().split(",", 2)[0];
        return Devices.named(name)
                .orElseThrow(() -> new IOException(where + ": found device '" + name + "' in its " + Manifest.FILE
                        + ", which is not known here: made by another version?"));
    }

    /** By which ports frames went between NICs and bridge. */
    public Wires wires() {
        return wires;
    }

    /** The device that grades the rules of a stage: of the NIC that it is part of, for the bridge that of the first. */
    public Device device(String stage) {
        Device device = devices.get(prefix(stage));
        return device == null ? devices.values().iterator().next() : device;
    }

    private String prefix(String stage) {
        return nics.keySet().stream()
                .filter(prefix -> !prefix.isEmpty() && stage.startsWith(prefix))
                .findFirst()
                .orElse("");
    }

    /** Whether a function, in the LAN's words, has its NIC fill in the checksums of what it sends. */
    public boolean fillsInChecksums(String function) {
        String prefix = prefix(function);
        Map<?, ?> nic = nics.get(prefix);
        return nic != null
                && function.startsWith(prefix)
                && Boolean.TRUE.equals(in(
                        nic,
                        SettingsRecord.FUNCTIONS,
                        function.substring(prefix.length()),
                        SettingsRecord.OFFLOADS,
                        SettingsRecord.FILLS_IN));
    }

    /** The rules of a relay's policy at a time, in words. */
    public List<String> policy(String stage, long time) {
        Map<?, ?> relay = stage.equals(Lan.BRIDGE) ? bridge : nics.get(prefix(stage));
        return relay != null && at(relay, time, "policy") instanceof List<?> rules
                ? rules.stream().map(Object::toString).toList()
                : List.of();
    }

    /**
     * The latest changes, until a time, that were about one of some ports of a NIC: each with its time and, where it was
     * refused, why.
     *
     * @param stage of the NIC
     * @param ports in the LAN's words, {@code vf3} or {@code nic0.vf3}
     */
    public List<Told> changes(String stage, long time, Set<String> ports) {
        String prefix = prefix(stage);
        Map<?, ?> nic = stage.equals(Lan.BRIDGE) ? null : nics.get(prefix);
        if (nic == null || !(nic.get(SettingsRecord.CHANGES) instanceof List<?> changes)) {
            return List.of();
        }
        List<Told> told = new ArrayList<>();
        for (Object each : changes) {
            if (each instanceof Map<?, ?> change
                    && change.get(SettingsRecord.AT) instanceof Number at
                    && at.longValue() <= time
                    && (isAbout(String.valueOf(change.get(SettingsRecord.CHANGE)), prefix, ports)
                            || (isWire(stage)
                                    && OF_WIRES.matcher(String.valueOf(change.get(SettingsRecord.CHANGE)))
                                            .find()))) {
                Object refusal = change.get(SettingsRecord.REFUSED);
                told.add(new Told(
                        at.longValue(),
                        String.valueOf(change.get(SettingsRecord.CHANGE)),
                        refusal == null ? "" : refusal.toString()));
            }
        }
        return told.subList(Math.max(0, told.size() - MOST_CHANGES), told.size());
    }

    /**
     * The traffic class of a wire port that an outcome of its stage tells of, in words: {@code 3, ets 40 %}; empty where there
     * is one for all.
     */
    public String trafficClass(String stage, long time, int tc) {
        Map<?, ?> nic = nics.get(prefix(stage));
        if (nic == null || !isWire(stage) || !(at(nic, time, SettingsRecord.CLASSES) instanceof String classes)) {
            return "";
        }
        String selection = classes.replaceFirst(".*tc-tsa.* " + tc + ":([a-z]+).*", "$1");
        String share = classes.replaceFirst(".*tc-bw.* " + tc + ":([0-9]+).*", "$1");
        return tc + ", " + selection + (selection.equals(Selection.ETS.word()) ? " " + share + " %" : "");
    }

    private boolean isWire(String stage) {
        return stage.equals(prefix(stage) + Lan.UPLINK + ".tx");
    }

    /**
     * A change as the manifest has it.
     *
     * @param refusal why nothing changed, or empty
     */
    public record Told(long time, String change, String refusal) {}

    /** {@code vf 3} of {@code ip link set} is {@code vf3}; and who stands behind {@code in} or {@code profile NAME}. */
    private static boolean isAbout(String change, String prefix, Set<String> ports) {
        String words = " " + change.replaceAll("\\bvf ([0-9]+)\\b", "vf$1") + " ";
        return ports.stream()
                .anyMatch(port -> words.contains(" " + port + " ")
                        || (port.startsWith(prefix) && words.contains(" " + port.substring(prefix.length()) + " ")));
    }

    /**
     * The VLAN whose entries the bridge's filtering database is asked for; 0 where VLANs share them, or the frame is in none.
     *
     * @param port by which the frame came
     * @param tag its outermost, see {@link VlanTag}
     */
    public int filteringId(long time, String port, int tag) {
        if (!isSet(time, "vlanFiltering") || isSet(time, "sharedLearning")) {
            return 0;
        }
        int protocol = at(bridge, time, "protocol") instanceof Number set ? set.intValue() : VlanTag.TPID_C;
        int vid = VlanTag.tpid(tag) == protocol ? VlanTag.vid(tag) : 0;
        if (vid != 0) {
            return vid;
        }
        return at(bridge, time, "ports", port, "pvid") instanceof Number pvid ? pvid.intValue() : USUAL_PVID;
    }

    /** Whether something of the bridge is set that is not unless it is said. */
    private boolean isSet(long time, String name) {
        return Boolean.TRUE.equals(at(bridge, time, name));
    }

    /** Whether a port of the bridge learns from what comes by it. */
    public boolean learns(long time, String port) {
        return !Boolean.FALSE.equals(at(bridge, time, "ports", port, "learns"));
    }

    /** How an address is set by hand, as {@code static behind PORT}; empty where it is not. */
    public String given(long time, int filteringId, String address) {
        if (at(bridge, time, "stations") instanceof List<?> all) {
            for (Object entry : all) {
                String[] words = entry.toString().split(" ", -1);
                if (words[0].equals(address) && (filteringId == 0 || words[2].equals(Integer.toString(filteringId)))) {
                    return words[5] + " behind " + words[4];
                }
            }
        }
        return "";
    }

    /** The value at {@code path} at a time: as the last change before has it, or as it was at the start. */
    private static @Nullable Object at(Map<?, ?> relay, long time, String... path) {
        Object found = in(relay, path);
        if (relay.get(SettingsRecord.CHANGES) instanceof List<?> changes) {
            for (Object each : changes) {
                if (each instanceof Map<?, ?> change
                        && change.get(SettingsRecord.AT) instanceof Number from
                        && from.longValue() <= time) {
                    Object changed = in(change, path);
                    found = changed == null ? found : changed;
                }
            }
        }
        return found;
    }

    private static @Nullable Object in(Map<?, ?> map, String... path) {
        Object at = map;
        for (String name : path) {
            at = at instanceof Map<?, ?> inner ? inner.get(name) : null;
        }
        return at;
    }
}
