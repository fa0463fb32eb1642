package dev.hairpin.experiments.run;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.FdbEntry;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.offload.Offloads;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.privilege.Privileges;
import dev.hairpin.model.privilege.Sharing;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.Pcie;
import dev.hairpin.model.topology.LanBridge;
import dev.hairpin.model.topology.LanNic;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.wire.Bond;
import dev.hairpin.model.wire.TrafficClasses;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * The settings of a LAN as plain values for a manifest. Of the bridge that is all that is set otherwise than it is unless
 * given, by its name; of a change what is otherwise after it.
 */
final class SettingsRecord {
    static final String NICS = "nics";
    static final String BRIDGE = "bridge";
    static final String DEVICE = "device";

    /** What each wire of the bridge leads to. */
    static final String WIRES = "wires";

    static final String CHANGES = "changes";
    static final String FUNCTIONS = "functions";
    static final String OFFLOADS = "offloads";
    static final String FILLS_IN = "tx";
    static final String AT = "atNanos";
    static final String CHANGE = "change";
    static final String REFUSED = "refused";
    private static final String PRIVILEGE = "privilege";
    private static final String RINGS = "rings";

    /** Traffic classes, where there are several. */
    static final String CLASSES = "classes";

    private static final String BOND = "bond";

    private SettingsRecord() {}

    static Map<String, Object> of(LanSettings lan) {
        Map<String, Object> nics = new LinkedHashMap<>();
        lan.nics().forEach(nic -> nics.put(nic.settings().name(), nic(nic)));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(NICS, nics);
        record.put(BRIDGE, bridge(lan));
        return record;
    }

    private static Map<String, Object> nic(LanNic nic) {
        NicSettings settings = nic.settings();
        Map<String, Object> functions = new LinkedHashMap<>();
        for (int port = 0; port < settings.vsis().size(); port++) {
            Vsi vsi = settings.vsis().get(port);
            functions.put(
                    vsi.name(),
                    function(vsi, settings.host().functions().get(port).offloads()));
        }
        Map<String, Object> record = new LinkedHashMap<>();
        record.put("mode", settings.mode().word());
        record.put(DEVICE, device(settings.device()));
        record.put("policy", plain(settings.policy()));
        if (!settings.privileges().holders().equals(Privileges.USUAL.holders())) {
            record.put(PRIVILEGE, settings.privileges().toString());
        }
        sharing(settings.privileges().sharing(), Sharing.USUAL, record);
        record.put(FUNCTIONS, functions);
        record.put("uplinkBitsPerSecond", limit(nic.uplinkRate()));
        record.put("uplinkQueueFrames", limit(nic.uplinkQueue()));
        record.put(
                "functionBitsPerSecond",
                alike(settings.host(), rings -> rings.receives().rate()));
        record.put(
                "functionRingFrames",
                alike(settings.host(), rings -> rings.receives().buffers()));
        record.put("relayLatencyNanos", nic.relayLatency());
        if (!settings.wire().classes().equals(TrafficClasses.ONE)) {
            record.put(CLASSES, settings.wire().classes().toString());
        }
        if (settings.wire().bond().mode() != Bond.Mode.NONE) {
            record.put(BOND, settings.wire().bond().toString());
        }
        host(settings.host(), record);
        List<Object> changes = new ArrayList<>();
        NicSettings before = settings;
        for (Timed<NicSettings> change : nic.changes()) {
            Map<String, Object> done = change(change);
            if (!change.settings().policy().equals(before.policy())) {
                done.put("policy", plain(change.settings().policy()));
            }
            Privileges then = change.settings().privileges();
            if (!then.holders().equals(before.privileges().holders())) {
                done.put(PRIVILEGE, then.toString());
            }
            if (!change.settings().wire().classes().equals(before.wire().classes())) {
                done.put(CLASSES, change.settings().wire().classes().toString());
            }
            if (!change.settings().wire().bond().equals(before.wire().bond())) {
                done.put(BOND, change.settings().wire().bond().toString());
            }
            if (!change.settings().host().equals(before.host())) {
                done.put(RINGS, rings(change.settings(), before));
            }
            sharing(then.sharing(), before.privileges().sharing(), done);
            changes.add(done);
            before = change.settings();
        }
        record.put(CHANGES, changes);
        return record;
    }

    /** The rings of those functions whose rings are others than before. */
    private static Map<String, Object> rings(NicSettings now, NicSettings before) {
        Map<String, Object> rings = new LinkedHashMap<>();
        for (int port = 0; port < now.vsis().size(); port++) {
            HostSide.Function function = now.host().functions().get(port);
            if (!function.equals(before.host().functions().get(port))) {
                rings.put(now.vsis().get(port).name(), function.toString());
            }
        }
        return rings;
    }

    /** What is otherwise than {@code before}. */
    private static void sharing(Sharing sharing, Sharing before, Map<String, Object> record) {
        if (!sharing.mode().equals(before.mode())) {
            record.put("functionMode", sharing.mode());
        }
        if (!sharing.hierarchies().equals(before.hierarchies())) {
            record.put("hierarchies", sharing.hierarchies());
        }
    }

    /** What is not as it is unless given. */
    private static void host(HostSide host, Map<String, Object> record) {
        if (!host.pcie().equals(Pcie.UNLIMITED)) {
            record.put("pcie", host.pcie().toString());
        }
        if (host.rate() != Server.UNLIMITED) {
            record.put("txBitsPerSecond", host.rate());
        }
        HostSide usual = HostSide.of(1, HostSide.Function.UNLIMITED);
        Map<String, ToLongFunction<HostSide.Function>> values = new LinkedHashMap<>();
        values.put("functionQueues", HostSide.Function::queues);
        values.put("functionInterruptNanos", rings -> rings.receives().itr());
        values.put("functionRefillFrames", rings -> rings.receives().refill());
        values.put("functionHashesUdp", rings -> rings.rss().udp() ? 1 : 0);
        values.put("functionTxRingFrames", rings -> rings.sends().ring());
        values.put("functionWeight", rings -> rings.sends().weight());
        values.put("functionPriority", rings -> rings.sends().priority());
        values.put("functionMinBitsPerSecond", rings -> rings.sends().minRate());
        values.put("functionMaxBitsPerSecond", rings -> rings.sends().maxRate());
        values.forEach((name, value) -> {
            Object set = alike(host, value);
            if (!set.equals(alike(usual, value))) {
                record.put(name, set);
            }
        });
    }

    private static Map<String, Object> function(Vsi vsi, Offloads offloads) {
        Map<String, Object> function = new LinkedHashMap<>();
        function.put("addresses", macs(vsi.addresses()));
        function.put("groups", vsi.allGroups() ? "all" : macs(vsi.groups()));
        if (!vsi.settings().equals(VsiSettings.DEFAULT.withXcast(vsi.settings().xcast()))) {
            function.put("settings", vsi.settings().toString());
        }
        if (!offloads.equals(Offloads.NONE)) {
            function.put(OFFLOADS, differing(offloads, Offloads.NONE));
        }
        return function;
    }

    private static Map<String, Object> bridge(LanSettings lan) {
        LanBridge bridge = lan.bridge();
        BridgeSettings settings = bridge.settings();
        BridgeSettings usual = BridgeSettings.of(
                settings.names().stream().map(BridgePort::named).toList());
        Map<String, Object> ports = new LinkedHashMap<>();
        settings.ports().forEach(port -> ports.put(port.name(), differing(port, BridgePort.named(port.name()))));
        Map<String, Object> record = new LinkedHashMap<>();
        record.put(WIRES, lan.wires());
        record.putAll(differing(settings, usual));
        record.put("ports", ports);
        record.put("latencyNanos", bridge.latency());
        List<Object> changes = new ArrayList<>();
        BridgeSettings before = settings;
        for (Timed<BridgeSettings> change : bridge.changes()) {
            Map<String, Object> done = change(change);
            done.putAll(differing(change.settings(), before));
            changes.add(done);
            before = change.settings();
        }
        record.put(CHANGES, changes);
        return record;
    }

    private static Map<String, Object> change(Timed<?> change) {
        Map<String, Object> done = new LinkedHashMap<>();
        done.put(AT, change.time());
        done.put(CHANGE, change.change());
        if (!change.refusal().isEmpty()) {
            done.put(REFUSED, change.refusal());
        }
        return done;
    }

    /** A device's name and what an experiment answers for it. */
    private static String device(Device device) {
        StringBuilder text = new StringBuilder(device.name());
        for (Choice<?> choice : Choice.all()) {
            Device.Answer answer = device.answer(choice);
            if (answer.source().equals(Device.BY_EXPERIMENT)) {
                text.append(", ").append(choice).append(" = ").append(Choice.word(answer.value()));
            }
        }
        return text.toString();
    }

    /** What holds for all functions, or for each in their order. */
    private static Object alike(HostSide host, ToLongFunction<HostSide.Function> value) {
        List<Object> each = host.functions().stream()
                .map(function -> limit(value.applyAsLong(function)))
                .toList();
        return Set.copyOf(each).size() == 1 ? each.get(0) : each;
    }

    /** A rate or a number of places, in words when there is no end to it. */
    private static Object limit(long value) {
        return value == Server.UNLIMITED || value == Integer.MAX_VALUE ? "unlimited" : value;
    }

    private static List<String> macs(List<Long> addresses) {
        return addresses.stream().map(Mac::format).toList();
    }

    /** Components of {@code settings} that are not as in {@code usual}; of ports, those of each. */
    private static <R extends Record> Map<String, Object> differing(R settings, R usual) {
        Map<String, Object> differing = new LinkedHashMap<>();
        for (RecordComponent component : settings.getClass().getRecordComponents()) {
            Object value = value(component, settings);
            Object before = value(component, usual);
            if (value.equals(before)) {
                continue;
            }
            if (settings instanceof BridgeSettings now && usual instanceof BridgeSettings old && value == now.ports()) {
                differing.put(component.getName(), ports(now, old));
            } else if (settings instanceof BridgeSettings now && value == now.stations()) {
                differing.put(component.getName(), stations(now));
            } else {
                differing.put(component.getName(), plain(value));
            }
        }
        return differing;
    }

    private static Map<String, Object> ports(BridgeSettings now, BridgeSettings before) {
        Map<String, Object> ports = new LinkedHashMap<>();
        for (int port = 0; port < now.ports().size(); port++) {
            Map<String, Object> differing =
                    differing(now.ports().get(port), before.ports().get(port));
            if (!differing.isEmpty()) {
                ports.put(now.ports().get(port).name(), differing);
            }
        }
        return ports;
    }

    /** Each as {@code MAC vlan VID dev PORT KIND}. */
    private static List<String> stations(BridgeSettings bridge) {
        List<String> stations = new ArrayList<>();
        for (FdbEntry entry : bridge.stations()) {
            stations.add(Mac.format(entry.address()) + " vlan " + entry.vid() + " dev "
                    + (entry.port() == FdbEntry.BRIDGE ? BRIDGE : bridge.names().get(entry.port())) + " "
                    + entry.kind().word());
        }
        return stations;
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
