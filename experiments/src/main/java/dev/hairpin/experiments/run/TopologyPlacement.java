package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.Placement;
import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Timed;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Brings together what a topology file says of a NIC and which stations a capture has. */
final class TopologyPlacement {
    private TopologyPlacement() {}

    /**
     * The placement that a file asks for, as {@code --map} takes it.
     *
     * @throws PlacementRefused when the file describes what a run does not carry out yet
     */
    static String map(TopologyFile file) throws PlacementRefused {
        if (file.nics().size() > 1) {
            throw new PlacementRefused("the topology has " + file.nics().size() + " NICs ("
                    + file.nics().get(0).name() + ", " + file.nics().get(1).name() + "): a run carries out one, yet");
        }
        requirePlainBridge(file.bridge());
        requireEqualFunctions(file.nics().get(0));
        List<String> entries = new ArrayList<>();
        for (Vsi vsi : file.nics().get(0).settings().vsis()) {
            if (vsi.addresses().isEmpty()) {
                throw new PlacementRefused("the topology gives " + vsi.name() + " no mac: expected the address of a"
                        + " station in the capture");
            }
            entries.add(vsi.name() + "=" + joined(vsi.addresses()));
        }
        for (TopologyFile.Station station : file.stations()) {
            if (!station.addresses().isEmpty()) {
                entries.add(station.port() + "=" + joined(station.addresses()));
            }
        }
        return String.join(",", entries);
    }

    /** A run's bridge learns and reflects; what else a file sets for it must not be passed over in silence. */
    private static void requirePlainBridge(TopologyFile.Bridge bridge) throws PlacementRefused {
        BridgeSettings plain = BridgeSettings.of(bridge.settings().ports().stream()
                        .map(port -> BridgePort.named(port.name()).withReflects(port.reflects()))
                        .toList())
                .withAgeing(bridge.settings().ageing());
        if (!bridge.settings().equals(plain) || !bridge.changes().isEmpty()) {
            throw new PlacementRefused("the topology's bridge sets more than latency, ageing and reflective relay, or"
                    + " changes: a run carries that out for the NIC only, yet");
        }
    }

    /** Whether the port towards the NIC reflects. */
    static boolean reflects(TopologyFile file) {
        String nic = file.nics().get(0).name();
        return file.bridge().ports().stream()
                .filter(port -> port.nic().equals(nic))
                .anyMatch(port -> file.bridge().settings().ports().stream()
                        .anyMatch(set -> set.name().equals(port.name()) && set.reflects()));
    }

    /** A run has one rate and one ring for all functions. */
    private static void requireEqualFunctions(TopologyFile.Nic nic) throws PlacementRefused {
        TopologyFile.Function first = nic.functions().get(0);
        for (TopologyFile.Function other : nic.functions()) {
            if (other.rate() != first.rate() || other.ring() != first.ring()) {
                throw new PlacementRefused("the topology gives " + first.name() + " and " + other.name()
                        + " different rates or rings: a run carries out one for all, yet");
            }
        }
    }

    /**
     * A file's NIC in {@code mode}, with its stations in the order of the placement and with the groups they were seen to
     * listen to.
     *
     * @throws PlacementRefused when the device has no place for that
     */
    static NicSettings nic(NicSettings settings, Mode mode, Placement placement) throws PlacementRefused {
        List<Vsi> vsis = new ArrayList<>();
        int defaultStation = NicSettings.NOBODY;
        for (Vsi placed : placement.vsis()) {
            Vsi written = null;
            for (int port = 0; port < settings.vsis().size(); port++) {
                if (settings.vsis().get(port).name().equals(placed.name())) {
                    written = settings.vsis().get(port);
                    defaultStation = port == settings.defaultStation() ? vsis.size() : defaultStation;
                }
            }
            if (written == null) {
                throw new PlacementRefused("the topology has no " + placed.name());
            }
            TreeSet<Long> groups = new TreeSet<>(written.groups());
            groups.addAll(placed.groups());
            List<Long> addresses = Stream.concat(written.addresses().stream(), placed.addresses().stream())
                    .distinct()
                    .toList();
            vsis.add(new Vsi(placed.name(), addresses, List.copyOf(groups), written.settings()));
        }
        try {
            return new NicSettings(
                    settings.name(),
                    settings.device(),
                    mode,
                    vsis,
                    settings.policy(),
                    defaultStation,
                    settings.uplinkUp());
        } catch (Refused refused) {
            throw new PlacementRefused(refused.getMessage());
        }
    }

    /**
     * A file's changes likewise, at times of the capture. Where a change has put the NIC in another mode, it is in that.
     *
     * @param firstTime of the capture, in nanoseconds
     */
    static List<Timed<NicSettings>> changes(TopologyFile.Nic nic, Mode mode, Placement placement, long firstTime)
            throws PlacementRefused {
        List<Timed<NicSettings>> changes = new ArrayList<>();
        for (Timed<NicSettings> change : nic.changes()) {
            Mode then = change.settings().mode();
            changes.add(new Timed<>(
                    firstTime + change.time(),
                    change.change(),
                    change.refusal(),
                    nic(change.settings(), then == nic.settings().mode() ? mode : then, placement)));
        }
        return changes;
    }

    private static String joined(List<Long> addresses) {
        return String.join("+", addresses.stream().map(Mac::format).toList());
    }
}
