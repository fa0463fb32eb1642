package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.Placement;
import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.placement.Seats;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanBridge;
import dev.hairpin.model.topology.LanNic;
import dev.hairpin.model.wire.Bond;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The LAN of a topology file in a run: ports have the file's names, and the bridge has one more for each station of the
 * capture that the file does not name.
 */
final class TopologyLan {
    private final TopologyFile file;

    /** The addresses that the file gives each function, at first or later; each is one function's alone, but at first. */
    private final Map<String, List<Long>> written = new HashMap<>();

    TopologyLan(TopologyFile file) {
        this.file = file;
        Set<Long> taken = new HashSet<>();
        file.stations().forEach(station -> taken.addAll(station.addresses()));
        file.nics().forEach(nic -> nic.settings().vsis().forEach(vsi -> taken.addAll(vsi.addresses())));
        for (TopologyFile.Nic nic : file.nics()) {
            for (Vsi vsi : nic.settings().vsis()) {
                Set<Long> addresses = new LinkedHashSet<>(vsi.addresses());
                // An address that another has at first, or gets before, is where its frames enter.
                for (Timed<NicSettings> change : nic.changes()) {
                    for (long address : change.settings().vsi(vsi.name()).addresses()) {
                        if (taken.add(address)) {
                            addresses.add(address);
                        }
                    }
                }
                written.put(prefix(nic) + vsi.name(), List.copyOf(addresses));
            }
        }
    }

    /** Who is where. */
    Seats seats() {
        List<List<Seats.Seat>> nics = new ArrayList<>();
        for (TopologyFile.Nic nic : file.nics()) {
            nics.add(nic.settings().vsis().stream()
                    .map(vsi -> new Seats.Seat(prefix(nic) + vsi.name(), written(nic, vsi)))
                    .toList());
        }
        List<Seats.Seat> outside = new ArrayList<>();
        for (TopologyFile.Port port : file.bridge().ports()) {
            if (port.nic().isEmpty()) {
                outside.add(new Seats.Seat(
                        port.name(),
                        file.stations().stream()
                                .filter(station -> station.port().equals(port.name()))
                                .flatMap(station -> station.addresses().stream())
                                .toList()));
            }
        }
        return new Seats(nics, outside);
    }

    private List<Long> written(TopologyFile.Nic nic, Vsi vsi) {
        return written.getOrDefault(prefix(nic) + vsi.name(), List.of());
    }

    /** For each function of each NIC, the NIC's wire port. */
    List<String> uplinks() {
        List<String> uplinks = new ArrayList<>();
        for (TopologyFile.Nic nic : file.nics()) {
            nic.settings().vsis().forEach(vsi -> uplinks.add(prefix(nic) + Lan.UPLINK));
        }
        return uplinks;
    }

    private String prefix(TopologyFile.Nic nic) {
        return file.nics().size() == 1 ? "" : nic.name() + ".";
    }

    /**
     * The NICs in {@code mode}, with the groups that their stations were seen to listen to.
     *
     * @param firstTime of the capture, in nanoseconds; changes are counted from there
     * @throws PlacementRefused when a device has no place for that
     */
    List<LanNic> nics(Mode mode, Placement placement, long firstTime) throws PlacementRefused {
        List<LanNic> nics = new ArrayList<>();
        int first = 0;
        for (TopologyFile.Nic nic : file.nics()) {
            int functions = nic.settings().vsis().size();
            List<Vsi> placed = placement.vsis().subList(first, first + functions);
            first += functions;
            List<Timed<NicSettings>> changes = new ArrayList<>();
            for (Timed<NicSettings> change : nic.changes()) {
                // Where a change has put the NIC in another mode, it is in that.
                Mode then = change.settings().mode();
                changes.add(new Timed<>(
                        firstTime + change.time(),
                        change.change(),
                        change.refusal(),
                        settings(nic, change.settings(), then == nic.settings().mode() ? mode : then, placed)));
            }
            nics.add(new LanNic(
                    settings(nic, nic.settings(), mode, placed),
                    changes,
                    bridgePorts(nic),
                    nic.uplinkRate(),
                    nic.uplinkQueue(),
                    nic.relayLatency()));
        }
        return nics;
    }

    private NicSettings settings(TopologyFile.Nic nic, NicSettings written, Mode mode, List<Vsi> placed)
            throws PlacementRefused {
        List<Vsi> vsis = new ArrayList<>();
        for (int port = 0; port < placed.size(); port++) {
            Vsi vsi = written.vsis().get(port);
            TreeSet<Long> groups = new TreeSet<>(vsi.groups());
            groups.addAll(placed.get(port).groups());
            // What the file gives it and takes from it again is not there between.
            Set<Long> addresses = new LinkedHashSet<>(placed.get(port).addresses());
            addresses.removeAll(written(nic, vsi));
            List<Long> all = Stream.concat(vsi.addresses().stream(), addresses.stream())
                    .distinct()
                    .toList();
            vsis.add(new Vsi(vsi.name(), all, List.copyOf(groups), vsi.settings()));
        }
        try {
            return written.in(mode).with(vsis);
        } catch (Refused refused) {
            throw new PlacementRefused(refused.getMessage());
        }
    }

    /** In the order of the wires that end there. */
    private List<Integer> bridgePorts(TopologyFile.Nic nic) {
        List<TopologyFile.Port> ports = file.bridge().ports();
        List<String> wires = nic.settings().wire().bond().members().stream()
                .map(Bond.Member::name)
                .toList();
        List<Integer> numbers = IntStream.range(0, ports.size())
                .filter(port -> ports.get(port).nic().equals(nic.name()))
                .boxed()
                .sorted(Comparator.comparingInt(
                        port -> wires.indexOf(ports.get(port).wire())))
                .toList();
        if (numbers.isEmpty()) {
            throw new IllegalStateException("no port to " + nic.name());
        }
        return numbers;
    }

    /**
     * The bridge. Its ports towards the NICs reflect as {@code asked}; when that is absent, as the file has it where a NIC is
     * in the file's own mode, and as {@code mode} wants it where it is not.
     *
     * @param firstTime of the capture, in nanoseconds; changes are counted from there
     */
    LanBridge bridge(Mode mode, Optional<Boolean> asked, Placement placement, long firstTime) {
        UnaryOperator<BridgeSettings> inRun = settings -> {
            List<BridgePort> ports = new ArrayList<>(settings.ports());
            for (TopologyFile.Nic nic : file.nics()) {
                for (int number : bridgePorts(nic)) {
                    boolean before =
                            file.bridge().settings().ports().get(number).reflects();
                    boolean inMode = asked.orElse(nic.settings().mode() == mode ? before : mode == Mode.VEPA);
                    BridgePort port = ports.get(number);
                    // Where a change has set it otherwise, it is so.
                    ports.set(number, port.reflects() == before ? port.withReflects(inMode) : port);
                }
            }
            List<Seats.Seat> outside = placement.seats().outside();
            int named = (int) file.bridge().ports().stream()
                    .filter(port -> port.nic().isEmpty())
                    .count();
            outside.subList(named, outside.size()).forEach(seat -> ports.add(BridgePort.named(seat.port())));
            return settings.withPorts(ports);
        };
        TopologyFile.Bridge bridge = file.bridge();
        return new LanBridge(
                inRun.apply(bridge.settings()),
                bridge.changes().stream()
                        .map(change -> new Timed<>(
                                firstTime + change.time(),
                                change.change(),
                                change.refusal(),
                                inRun.apply(change.settings())))
                        .toList(),
                bridge.latency());
    }
}
