package dev.hairpin.experiments.topology;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import com.typesafe.config.ConfigSyntax;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.wire.Bond;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads topology files. */
public final class TopologyReader {
    private static final String NICS = "NICs such as { nic0 { mode = vepa, vfs { ... } } }";
    private static final String STATION = "a station such as { mac = \"02:00:00:00:00:aa\", port = ext0 }";

    private final Problems problems = new Problems();
    private final Addresses addresses = new Addresses();

    private TopologyReader() {}

    /** Reads a file. Mistakes in it are part of what is returned; only a file that cannot be read is an exception. */
    public static Reading read(Path file) throws IOException {
        String text = Files.readString(file);
        return read(file.toString(), text);
    }

    /** Reads {@code text}, which problems name {@code file}. */
    public static Reading read(String file, String text) {
        ConfigObject root;
        try {
            root = ConfigFactory.parseString(
                            text,
                            ConfigParseOptions.defaults()
                                    .setSyntax(ConfigSyntax.CONF)
                                    .setOriginDescription(file))
                    .resolve(ConfigResolveOptions.noSystem())
                    .root();
        } catch (ConfigException wrong) {
            return new Reading(Optional.empty(), List.of(problem(file, wrong)));
        }
        return new TopologyReader().read(root);
    }

    private static Problem problem(String file, ConfigException wrong) {
        String message = String.valueOf(wrong.getMessage()).lines().findFirst().orElse("");
        if (wrong.origin() == null) {
            return new Problem(file, 1, "", message, false);
        }
        String description = wrong.origin().description();
        String own = message.startsWith(description + ": ") ? message.substring(description.length() + 2) : message;
        // What it may have meant in a Java properties file helps nobody here.
        own = own.replaceFirst(", or you may be able to rename the file .properties rather than .conf", "");
        return Problems.problem(wrong.origin(), "", own, false);
    }

    private Reading read(ConfigObject object) {
        Block root = new Block("", object, problems);
        PolicyReader policies = new PolicyReader(policies(root));
        ProfileReader profiles = new ProfileReader(policies);
        root.ifPresent("profiles", profiles::read);
        List<TopologyFile.Nic> nics = nics(root, policies, profiles);
        Set<String> names = nicNames(root);
        Optional<TopologyFile.Bridge> bridge = root.require("bridge", BridgeReader.EXPECTED)
                .flatMap(entry -> entry.block(BridgeReader.EXPECTED))
                .flatMap(block -> new BridgeReader(names, ends(names, nics), taken(nics), policies).read(block));
        bridge.ifPresent(there -> reflects(root, there, nics));
        List<TopologyFile.Station> stations = stations(root, bridge);
        TimedChanges changes = new TimedChanges(policies, profiles);
        root.ifPresent("changes", entry -> bridge.ifPresent(there -> changes.read(entry, nics, there)));
        policies.readUnused();
        root.done();
        List<Problem> all = problems.inOrder();
        if (bridge.isEmpty() || !all.stream().allMatch(Problem::warning)) {
            return new Reading(Optional.empty(), all);
        }
        return new Reading(
                Optional.of(new TopologyFile(
                        changes.applied(nics), changes.applied(bridge.orElseThrow()), stations, changes.all())),
                all);
    }

    private static Map<String, Entry> policies(Block root) {
        Map<String, Entry> named = new LinkedHashMap<>();
        root.find("policies")
                .flatMap(entry -> entry.block("policies such as { strict = [{ action = drop }] }"))
                .ifPresent(block -> block.each("a policy", named::put));
        return named;
    }

    private List<TopologyFile.Nic> nics(Block root, PolicyReader policies, ProfileReader profiles) {
        List<TopologyFile.Nic> nics = new ArrayList<>();
        NicReader reader = new NicReader(policies, profiles, addresses);
        Optional<Block> all = root.require("nics", NICS).flatMap(entry -> entry.block(NICS));
        all.ifPresent(block -> block.each("a NIC", (name, entry) -> {
            if (name.equals(BridgeReader.NAME)) {
                entry.wrong("found a NIC named bridge, expected another name");
            }
            entry.block("a NIC such as { mode = vepa, vfs { ... } }")
                    .flatMap(nic -> reader.read(name, nic))
                    .ifPresent(nics::add);
        }));
        return nics;
    }

    /** Names that a run has for parts of NICs, and for the bridge's relay. */
    private static Set<String> taken(List<TopologyFile.Nic> nics) {
        Set<String> taken = new HashSet<>(Set.of(BridgeReader.NAME));
        for (TopologyFile.Nic nic : nics) {
            String prefix = nics.size() == 1 ? "" : nic.name() + ".";
            Lan.RESERVED.forEach(name -> taken.add(prefix + name));
            nic.settings().vsis().forEach(vsi -> taken.add(prefix + vsi.name()));
        }
        return taken;
    }

    /** What ports of the bridge lead to: NICs, but of an active-backup bond its wires, each by itself. */
    private static Map<String, String> ends(Set<String> names, List<TopologyFile.Nic> nics) {
        Map<String, String> ends = new LinkedHashMap<>();
        names.forEach(name -> ends.put(name, name));
        for (TopologyFile.Nic nic : nics) {
            Bond bond = nic.settings().wire().bond();
            if (bond.mode() == Bond.Mode.ACTIVE_BACKUP) {
                ends.remove(nic.name());
                bond.members().forEach(wire -> ends.put(nic.name() + "." + wire.name(), nic.name()));
            }
        }
        return ends;
    }

    /** A VEPA without reflective relay is allowed, and seldom meant. */
    private static void reflects(Block root, TopologyFile.Bridge bridge, List<TopologyFile.Nic> nics) {
        List<String> reflecting = bridge.settings().ports().stream()
                .filter(BridgePort::reflects)
                .map(BridgePort::name)
                .toList();
        for (TopologyFile.Nic nic : nics) {
            for (TopologyFile.Port port : bridge.ports()) {
                if (nic.settings().mode() == Mode.VEPA
                        && port.nic().equals(nic.name())
                        && !reflecting.contains(port.name())) {
                    root.ifPresent(
                            "bridge",
                            entry -> entry.warn(port.name() + " does not reflect: stations of " + nic.name()
                                    + ", a VEPA, cannot reach each other; expected reflective-relay = on"));
                }
            }
        }
    }

    /** Those that are named, whatever else is wrong with them. */
    private static Set<String> nicNames(Block root) {
        Set<String> names = new HashSet<>();
        root.find("nics").ifPresent(entry -> names.addAll(entry.keys()));
        names.removeIf(name -> !Block.NAME.matcher(name).matches());
        return names;
    }

    private List<TopologyFile.Station> stations(Block root, Optional<TopologyFile.Bridge> bridge) {
        List<TopologyFile.Station> stations = new ArrayList<>();
        root.find("stations")
                .flatMap(entry -> entry.block("stations such as { ext0 { mac = \"02:00:00:00:00:aa\" } }"))
                .ifPresent(block -> block.each(
                        "a station",
                        (name, entry) -> entry.block(STATION)
                                .ifPresent(station -> stations.add(station(name, entry, station, bridge)))));
        return stations;
    }

    private TopologyFile.Station station(String name, Entry entry, Block block, Optional<TopologyFile.Bridge> bridge) {
        List<Long> own = new ArrayList<>();
        block.require("mac", "a station's address such as \"02:00:00:00:00:01\"")
                .ifPresent(mac -> own(name, mac, own));
        block.ifPresent("addresses", list -> list.list("addresses").forEach(mac -> own(name, mac, own)));
        Entry at = block.find("port").orElse(entry);
        String port = at == entry ? name : at.text("a port of the bridge").orElse(name);
        block.done();
        bridge.ifPresent(there -> {
            Map<String, String> free = new LinkedHashMap<>();
            there.ports().forEach(each -> free.put(each.name(), each.nic()));
            if (!free.containsKey(port)) {
                at.wrong("found " + port + ", expected a port of the bridge: " + String.join(", ", free.keySet())
                        + Nearest.hint(port, free.keySet()));
            } else if (!free.getOrDefault(port, "").isEmpty()) {
                at.wrong("found " + port + ", which is connected to " + free.get(port)
                        + ", expected a port of the bridge without a NIC");
            }
        });
        return new TopologyFile.Station(name, own, port);
    }

    private void own(String name, Entry entry, List<Long> own) {
        entry.station().ifPresent(mac -> {
            if (addresses.isFree("", name, mac, entry)) {
                own.add(mac);
            }
        });
    }
}
