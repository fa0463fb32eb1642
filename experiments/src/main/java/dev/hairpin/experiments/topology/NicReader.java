package dev.hairpin.experiments.topology;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.management.Profile;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.privilege.Caller;
import dev.hairpin.model.privilege.Privileges;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a NIC. */
final class NicReader {
    /** The port towards the wire, which no function may be named after. */
    static final String UPLINK = "uplink";

    private final PolicyReader policies;
    private final ProfileReader profiles;
    private final Addresses addresses;

    NicReader(PolicyReader policies, ProfileReader profiles, Addresses addresses) {
        this.policies = policies;
        this.profiles = profiles;
        this.addresses = addresses;
    }

    /** A NIC as it stands in a file, without changes. */
    Optional<TopologyFile.Nic> read(String name, Block block) {
        Device device = device(block);
        addresses.sharedInNic(device.get(Choice.SHARED_ADDRESSES));
        Mode mode = block.require("mode", "veb or vepa")
                .map(entry -> entry.oneOf(Block.words(Mode.class), "veb or vepa", Mode.VEB))
                .orElse(Mode.VEB);
        WireReader.Uplink uplink = WireReader.read(block);
        long latency = block.get("relay-latency", 0L, entry -> entry.quantity(Quantities::time, 0));
        List<Vsi> vsis = new ArrayList<>();
        List<HostSide.Function> functions = new ArrayList<>();
        Map<String, Entry> applied = new LinkedHashMap<>();
        functions(name, block, vsis, functions, applied);
        HostSide host = RingReader.host(block, functions);
        OffloadReader.check(
                block,
                device,
                functions.stream().map(HostSide.Function::offloads).toList());
        List<String> ports = ports(vsis);
        int defaultStation = block.get(
                "default-station", NicSettings.NOBODY, entry -> station(entry, ports.subList(0, vsis.size())));
        Policy policy = block.get(
                "policy", Policy.NONE, entry -> policies.read(entry, new PolicyReader.Target(name, ports, false)));
        Privileges privileges =
                PrivilegeReader.read(block).shared(SharingReader.read(block, device, vsis, host.functions()));
        block.done();
        return block.build(() -> new NicSettings(
                        name, device, mode, vsis, policy, defaultStation, uplink.up(), privileges, host, uplink.wire()))
                .map(settings -> profiled(settings, applied))
                .map(settings -> new TopologyFile.Nic(settings, uplink.rate(), uplink.queue(), latency, List.of()));
    }

    /** The ports of a NIC: its functions, and the uplink. */
    static List<String> ports(List<Vsi> vsis) {
        List<String> ports = new ArrayList<>(vsis.stream().map(Vsi::name).toList());
        ports.add(UPLINK);
        return ports;
    }

    /** The NIC with the profiles that its functions name, as the chassis manager puts them there before the start. */
    private NicSettings profiled(NicSettings written, Map<String, Entry> applied) {
        NicSettings now = written;
        for (Map.Entry<String, Entry> each : applied.entrySet()) {
            String function = each.getKey();
            Entry entry = each.getValue();
            Profile profile = profiles.named(entry).orElse(null);
            if (profile == null) {
                continue;
            }
            boolean taken = profile.mac() != 0
                    && !now.vsi(function).addresses().contains(profile.mac())
                    && !addresses.isFree(written.name(), function, profile.mac(), entry);
            try {
                now = taken ? now : profile.applied(now, function, Caller.CHASSIS_MANAGER, profiles.all());
            } catch (Refused refused) {
                entry.wrong(String.valueOf(refused.getMessage()));
            }
        }
        return now;
    }

    private void functions(
            String nic, Block block, List<Vsi> vsis, List<HostSide.Function> functions, Map<String, Entry> applied) {
        VsiReader reader = new VsiReader(nic, addresses);
        Block vfs = block.require("vfs", "functions such as { vf0 { mac = \"02:00:00:00:00:01\" } }")
                .flatMap(entry -> entry.block("functions such as { vf0 { mac = \"02:00:00:00:00:01\" } }"))
                .orElse(null);
        if (vfs == null) {
            return;
        }
        vfs.each("a function", (name, entry) -> {
            if (Lan.RESERVED.contains(name)) {
                entry.wrong("found a function named " + name + ", expected another name: that is a part of its own");
                return;
            }
            entry.block("a function such as { mac = \"02:00:00:00:00:01\" }").ifPresent(function -> {
                VsiReader.Read read = reader.read(name, function);
                vsis.add(read.vsi());
                functions.add(read.rings());
                read.profile().ifPresent(profile -> applied.put(name, profile));
            });
        });
        requireFunctions(vfs, vsis);
        if (vsis.isEmpty()) {
            vfs.wrong("found no function, expected at least one");
        }
    }

    /** That of which a station has a queue pair is a function, and no queue pair itself. */
    private static void requireFunctions(Block vfs, List<Vsi> vsis) {
        List<String> functions = vsis.stream()
                .filter(vsi -> vsi.settings().pairOf().isEmpty())
                .map(Vsi::name)
                .toList();
        for (Vsi vsi : vsis) {
            String function = vsi.settings().pairOf();
            if (!function.isEmpty() && !functions.contains(function)) {
                vfs.wrong("found " + vsi.name() + " with a queue pair of " + function + ", expected one of "
                        + String.join(", ", functions) + Nearest.hint(function, functions));
            }
        }
    }

    private static int station(Entry entry, List<String> names) {
        Map<String, Integer> words = new LinkedHashMap<>();
        for (int port = 0; port < names.size(); port++) {
            words.put(names.get(port), port);
        }
        return entry.oneOf(words, "one of " + String.join(", ", names), NicSettings.NOBODY);
    }

    private static Device device(Block block) {
        Map<String, Device> devices = new LinkedHashMap<>();
        Devices.all().forEach(device -> devices.put(device.name(), device));
        Device[] device = {
            block.get(
                    "device",
                    Devices.IEEE,
                    entry -> entry.oneOf(devices, String.join(", ", devices.keySet()), Devices.IEEE))
        };
        block.find("options")
                .flatMap(entry -> entry.block("an object of choices"))
                .ifPresent(options -> {
                    for (Choice<?> choice : Choice.all()) {
                        options.ifPresent(choice.name(), entry -> device[0] = with(device[0], choice, entry));
                    }
                    options.done();
                });
        return device[0];
    }

    private static <T> Device with(Device device, Choice<T> choice, Entry entry) {
        String word = entry.text(choice.expected()).map(NicReader::plain).orElse(null);
        if (word == null) {
            return device;
        }
        Optional<T> answer = choice.parse(word);
        if (answer.isEmpty()) {
            entry.wrong("found " + word + ", expected " + choice.expected());
        }
        return answer.map(value -> device.with(choice, value)).orElse(device);
    }

    /** HOCON's own words for yes and no are taken, too. */
    private static String plain(String word) {
        return switch (word) {
            case "true", "on" -> "yes";
            case "false", "off" -> "no";
            default -> word;
        };
    }
}
