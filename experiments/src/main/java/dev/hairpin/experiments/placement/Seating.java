package dev.hairpin.experiments.placement;

import dev.hairpin.experiments.placement.PlacementOptions.Place;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.pcap.CaptureInterface;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Works out which station gets which port. */
final class Seating {
    private final CaptureSurvey survey;
    private final PlacementOptions options;

    /** Addresses of each function, by {@link PortName}. */
    private final NavigableMap<Integer, List<Long>> functions = new TreeMap<>();

    /** Addresses behind each port of the bridge. */
    private final List<List<Long>> externals = new ArrayList<>();

    /** Who is where, in the end. */
    Seats seats = new Seats(List.of(), List.of());

    /** Source ports of the capture's interfaces; empty when frames enter by their source. */
    int[] interfaces = {};

    final List<String> notes = new ArrayList<>();

    private Seating(CaptureSurvey survey, PlacementOptions options) {
        this.survey = survey;
        this.options = options;
    }

    /** @param named who is where; when absent, the options say it */
    static Seating of(CaptureSurvey survey, PlacementOptions options, Optional<Seats> named) throws PlacementRefused {
        if (options.vfs().isPresent()
                && (options.vfs().getAsInt() < 1 || options.vfs().getAsInt() >= PortName.PF)) {
            throw new PlacementRefused("--vfs: " + options.vfs().getAsInt() + ": expected 1 to " + (PortName.PF - 1));
        }
        if (options.maxExternalPorts() < 1) {
            throw new PlacementRefused(
                    "external ports: " + options.maxExternalPorts() + ": expected one at least to share");
        }
        Seating seating = new Seating(survey, options);
        if (named.isPresent()) {
            seating.named(named.get());
        } else if (options.byInterface()) {
            seating.byInterface();
        } else {
            seating.bySource();
        }
        if (named.isEmpty()) {
            seating.name();
        }
        return seating;
    }

    /** Gives all ports their names and the capture's interfaces their ports. */
    private void name() {
        List<Seats.Seat> inside = new ArrayList<>();
        functions.forEach((port, addresses) -> inside.add(new Seats.Seat(PortName.format(port), addresses)));
        List<Seats.Seat> outside = new ArrayList<>();
        externals.forEach(addresses -> outside.add(new Seats.Seat("ext" + outside.size(), addresses)));
        seats = new Seats(List.of(inside), outside);
        List<Integer> ports = List.copyOf(functions.keySet());
        for (int i = 0; i < interfaces.length; i++) {
            int port = interfaces[i];
            interfaces[i] = PortName.isExternal(port) ? ports.size() + portOf(port) : ports.indexOf(port);
        }
    }

    /** Takes seats as they are, and gives ports to stations that have none there. */
    private void named(Seats given) throws PlacementRefused {
        seats = given;
        Set<Long> known = new HashSet<>();
        given.all().forEach(seat -> known.addAll(seat.addresses()));
        List<Long> others = survey.stations().stream()
                .map(Station::address)
                .filter(address -> !known.contains(address))
                .toList();
        if (options.byInterface()) {
            interfaces = survey.interfaces().stream()
                    .mapToInt(each -> given.number(each.name()))
                    .toArray();
            if (Arrays.stream(interfaces).allMatch(port -> port == PortName.NONE)) {
                throw new PlacementRefused("--by-interface: the capture's interfaces are " + found()
                        + ": expected some named "
                        + String.join(
                                ", ", given.all().stream().map(Seats.Seat::port).toList()));
            }
            heard(others);
            noteMoved();
            return;
        }
        int room = Math.max(1, options.maxExternalPorts() - given.outside().size());
        int most = room - (hasStrays() && room > 1 ? 1 : 0);
        List<List<Long>> more = new ArrayList<>();
        for (long address : others) {
            if (more.size() < most) {
                more.add(new ArrayList<>());
            }
            more.get(more.size() - 1).add(address);
        }
        for (List<Long> addresses : more) {
            seats = seats.withOneMore(addresses);
        }
        if (!others.isEmpty()) {
            notes.add(Wording.count(others.size(), "station") + " that the topology does not name, "
                    + Mac.format(others.get(0)) + (others.size() > 1 ? " for one" : "")
                    + ", behind " + Wording.count(more.size(), "further port") + " of the bridge");
        }
    }

    /** Stations outside are where they were heard; at a function nobody is registered because of what he sends. */
    private void heard(List<Long> others) {
        List<Seats.Seat> outside = new ArrayList<>(seats.outside());
        int functions = seats.functions().size();
        long inside = 0;
        for (long address : others) {
            int port = survey.port(address) - functions;
            if (port < 0) {
                inside++;
                continue;
            }
            List<Long> there = new ArrayList<>(outside.get(port).addresses());
            there.add(address);
            outside.set(port, new Seats.Seat(outside.get(port).port(), there));
        }
        seats = seats.with(outside);
        if (inside > 0) {
            notes.add(Wording.count(inside, "source address") + " of functions that the topology does not name: not"
                    + " registered");
        }
    }

    private void bySource() throws PlacementRefused {
        Assignments assignments = Assignments.of(options);
        assignments.ports().forEach((port, addresses) -> {
            if (!PortName.isExternal(port)) {
                functions.put(port, addresses);
            }
        });
        chooseVfs(assignments);
        atLeastOneVf();

        int most = options.maxExternalPorts() - (hasStrays() && options.maxExternalPorts() > 1 ? 1 : 0);
        Set<Long> inside = new HashSet<>();
        functions.values().forEach(inside::addAll);
        for (Integer port : assignments.ports().tailMap(PortName.PF, false).keySet()) {
            int k = PortName.external(port);
            if (k >= options.maxExternalPorts()) {
                throw new PlacementRefused(PortName.format(port) + ": expected ext0 to ext"
                        + (options.maxExternalPorts() - 1) + ", for so many external ports there may be");
            }
            external(k).addAll(assignments.ports().get(port));
        }
        outside(assignments, inside, most);
    }

    /** Whether there are frames that are of no station with a port. */
    boolean hasStrays() {
        return survey.counts().noStation() > 0 || survey.untracked() > 0;
    }

    private void chooseVfs(Assignments assignments) {
        int named = functions.headMap(PortName.PF).size();
        OptionalInt asked = options.vfs();
        int wanted = asked.orElse(named > 0 ? named : PlacementOptions.VFS);
        int number = 0;
        int chosen = named;
        for (long host : ordered(assignments)) {
            if (chosen >= wanted || number >= PortName.PF - 1) {
                break;
            }
            while (functions.containsKey(number)) {
                number++;
            }
            functions.put(number, List.of(host));
            chosen++;
        }
        if (asked.isPresent() && chosen < wanted) {
            notes.add(Wording.count(wanted, "VF") + " asked for, but no more stations look like hosts: "
                    + Wording.count(chosen, "VF"));
        }
    }

    /** Stations that look like hosts and are not assigned, in the order in which they are chosen. */
    private long[] ordered(Assignments assignments) {
        long[] hosts = survey.stations().stream()
                .filter(station -> station.looks() == Looks.HOST && !assignments.hasAddress(station.address()))
                .mapToLong(Station::address)
                .toArray();
        if (options.place() instanceof Place.Chance chance) {
            Arrays.sort(hosts);
            SplittableRandom random = new SplittableRandom(chance.seed());
            for (int i = hosts.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                long kept = hosts[i];
                hosts[i] = hosts[other];
                hosts[other] = kept;
            }
        }
        return hosts;
    }

    private void outside(Assignments assignments, Set<Long> inside, int most) {
        int k = 0;
        long sharing = 0;
        for (Station station : survey.stations()) {
            long address = station.address();
            if (inside.contains(address) || assignments.hasAddress(address)) {
                continue;
            }
            while (k < most && k < externals.size() && !externals.get(k).isEmpty()) {
                k++;
            }
            sharing += k < most ? 0 : 1;
            external(Math.min(k, most - 1)).add(address);
        }
        if (sharing > 0) {
            notes.add(Wording.count(sharing, "station") + " more than there are external ports share ext" + (most - 1));
        }
    }

    private void byInterface() throws PlacementRefused {
        if (options.vfs().isPresent()
                || !options.map().isBlank()
                || !options.place().equals(Place.TOP)) {
            throw new PlacementRefused(
                    "--by-interface: the capture names the ports: expected no --vfs, --place or --map");
        }
        interfaces = survey.interfaces().stream()
                .mapToInt(each -> PortName.parse(each.name()))
                .toArray();
        boolean named = false;
        int sharing = 0;
        for (int port : interfaces) {
            named |= port != PortName.NONE;
            if (PortName.isExternal(port)) {
                sharing += PortName.external(port) < options.maxExternalPorts() ? 0 : 1;
                external(portOf(port));
            } else if (port != PortName.NONE) {
                functions.computeIfAbsent(port, unused -> new ArrayList<>());
            }
        }
        if (!named) {
            throw new PlacementRefused("--by-interface: the capture's interfaces are " + found()
                    + ": expected some named vf0, pf or ext0");
        }
        for (Station station : survey.stations()) {
            int port = survey.port(station.address());
            if (PortName.isExternal(port)) {
                external(portOf(port)).add(station.address());
            } else {
                functions.computeIfAbsent(port, unused -> new ArrayList<>()).add(station.address());
            }
        }
        atLeastOneVf();
        if (sharing > 0) {
            notes.add(Wording.count(sharing, "interface") + " beyond ext" + (options.maxExternalPorts() - 1)
                    + " share it");
        }
        noteMoved();
    }

    /** The number of the external port that {@code port} names. */
    private int portOf(int port) {
        return Math.min(PortName.external(port), options.maxExternalPorts() - 1);
    }

    private void noteMoved() {
        List<Long> moved = survey.moved();
        if (!moved.isEmpty()) {
            notes.add(Wording.count(moved.size(), "station") + " entered at more than one port, "
                    + Mac.format(moved.get(0))
                    + (moved.size() > 1 ? " for one" : "") + ": registered where heard first");
        }
    }

    private void atLeastOneVf() {
        if (functions.headMap(PortName.PF).isEmpty()) {
            functions.put(0, List.of());
            notes.add("no station for a VF: vf0 is idle");
        }
    }

    private String found() {
        List<String> names = survey.interfaces().stream()
                .map(CaptureInterface::name)
                .map(name -> name.isEmpty() ? "(no name)" : name)
                .distinct()
                .toList();
        return names.isEmpty()
                ? "none"
                : String.join(", ", names.subList(0, Math.min(8, names.size()))) + (names.size() > 8 ? ", ..." : "");
    }

    private List<Long> external(int k) {
        while (externals.size() <= k) {
            externals.add(new ArrayList<>());
        }
        return externals.get(k);
    }
}
