package dev.hairpin.experiments.placement;

import dev.hairpin.experiments.placement.PlacementOptions.Fdb;
import dev.hairpin.experiments.placement.PlacementOptions.Multicast;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.pcap.CaptureReader;
import dev.hairpin.pcap.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.agrona.collections.Long2LongHashMap;

/**
 * Which station of a capture is which function of the NIC, and which port of the bridge each of the others is behind;
 * hence where every frame enters. Immutable.
 *
 * <p>Source ports are numbered as {@link dev.hairpin.model.topology.Lan} has them: the functions in the order of {@link
 * #vsis}, then {@code ext0} on.
 *
 * <p>Each frame enters once, at the port of its source address; frames without a source that could be a station's enter
 * by an external port of their own. By interface it enters at the port its interface names, unless it is marked outbound
 * or the interface is no station's port.
 */
public final class Placement {
    /** The source port of a frame that does not enter. */
    public static final int NOT_ENTERING = -1;

    private final CaptureSurvey survey;
    private final PlacementOptions options;
    private final List<Vsi> vsis;
    private final List<List<Long>> externals;
    private final List<String> notes;
    /** Source ports by address. Only read, so any number of threads may. */
    private final Long2LongHashMap ports = new Long2LongHashMap(NOT_ENTERING);

    private final int[] interfaces;
    private final int strays;
    private final long localFrames;

    private Placement(CaptureSurvey survey, PlacementOptions options, Seating seating) {
        this.survey = survey;
        this.options = options;
        this.vsis = functions(survey, options, seating);
        List<String> told = new ArrayList<>(seating.notes);
        List<List<Long>> outside = new ArrayList<>();
        seating.externals.forEach(addresses -> outside.add(List.copyOf(addresses)));

        for (int vsi = 0; vsi < vsis.size(); vsi++) {
            for (long address : vsis.get(vsi).addresses()) {
                ports.put(address, vsi);
            }
        }
        this.localFrames = survey.between(ports);
        for (int k = 0; k < outside.size(); k++) {
            for (long address : outside.get(k)) {
                ports.put(address, vsis.size() + k);
            }
        }
        this.interfaces = sourcePorts(seating);
        this.strays = strays(seating, outside, told);
        this.externals = List.copyOf(outside);
        this.notes = List.copyOf(told);
    }

    /**
     * Places the stations of a capture.
     *
     * @param survey of the frames that will enter, by interface or not as the options have it
     * @throws PlacementRefused when what the options ask for makes no sense
     */
    public static Placement choose(CaptureSurvey survey, PlacementOptions options) throws PlacementRefused {
        if (survey.byInterface() != options.byInterface()) {
            throw new IllegalArgumentException("a survey of frames that enter otherwise");
        }
        return new Placement(survey, options, Seating.of(survey, options));
    }

    private static List<Vsi> functions(CaptureSurvey survey, PlacementOptions options, Seating seating) {
        Map<Long, Station> stations = new HashMap<>();
        survey.stations().forEach(station -> stations.put(station.address(), station));
        List<Vsi> vsis = new ArrayList<>();
        seating.functions.forEach((port, addresses) -> {
            TreeSet<Long> groups = new TreeSet<>();
            if (options.multicast() == Multicast.IGMP) {
                groups.add(Ip.ALL_IPV4);
                groups.add(Ip.ALL_IPV6);
                for (Long address : addresses) {
                    Station station = stations.get(address);
                    if (station != null) {
                        groups.addAll(station.groups());
                    }
                }
            }
            vsis.add(new Vsi(
                    PortName.format(port), addresses, List.copyOf(groups), options.multicast() == Multicast.ALL));
        });
        return List.copyOf(vsis);
    }

    private int[] sourcePorts(Seating seating) {
        List<Integer> functions = List.copyOf(seating.functions.keySet());
        int[] sourcePorts = new int[seating.interfaces.length];
        for (int i = 0; i < sourcePorts.length; i++) {
            int port = seating.interfaces[i];
            sourcePorts[i] = port == PortName.NONE
                    ? NOT_ENTERING
                    : PortName.isExternal(port) ? vsis.size() + seating.portOf(port) : functions.indexOf(port);
        }
        return sourcePorts;
    }

    /** The source port of frames that are of no station, adding one if there may be one more. */
    private int strays(Seating seating, List<List<Long>> outside, List<String> told) {
        if (options.byInterface() || !seating.hasStrays()) {
            return NOT_ENTERING;
        }
        boolean shared = outside.size() >= options.maxExternalPorts();
        if (!shared) {
            outside.add(List.of());
        }
        String port = "ext" + (outside.size() - 1);
        if (survey.counts().noStation() > 0) {
            told.add(Wording.count(survey.counts().noStation(), "frame")
                    + " whose source is a group, zero or cut off enter at " + port
                    + (shared ? "" : ", a port of their own"));
        }
        if (survey.untracked() > 0) {
            told.add(Wording.count(survey.untracked(), "frame") + " of stations beyond the first "
                    + Wording.number(CaptureSurvey.MOST_STATIONS) + " enter at " + port);
        }
        return vsis.size() + outside.size() - 1;
    }

    /** The NIC's functions: VFs by number, then the PF if a station is mapped to it. At least one. */
    public List<Vsi> vsis() {
        return vsis;
    }

    /** How many ports the bridge has for stations outside. */
    public int externalPorts() {
        return externals.size();
    }

    /** The stations behind external port {@code k}. */
    public List<Long> external(int k) {
        return externals.get(k);
    }

    /** The source port of the frame that a pass over the capture stands on, or {@link #NOT_ENTERING}. */
    public int port(Slab slab, CaptureReader frame) {
        return options.byInterface()
                ? port(frame.interfaceIndex(), frame.direction())
                : port(FrameHeaders.source(slab, frame.offset(), frame.captured()));
    }

    /**
     * The source port of frames from an address, where frames enter by source. {@link #NOT_ENTERING} for a station the
     * survey has not heard.
     *
     * @param source zero when the capture does not hold all of it
     */
    public int port(long source) {
        int known = (int) ports.get(source);
        return known != NOT_ENTERING ? known : !Mac.isStation(source) || survey.untracked() > 0 ? strays : NOT_ENTERING;
    }

    /** The source port of a frame, where frames enter by interface, or {@link #NOT_ENTERING}. */
    public int port(int interfaceIndex, Direction direction) {
        return direction == Direction.OUTBOUND || interfaceIndex >= interfaces.length
                ? NOT_ENTERING
                : interfaces[interfaceIndex];
    }

    /**
     * What the bridge's filtering database holds at the start, by address: every station seen at {@code firstTime} when
     * warm, nothing when cold.
     */
    public Learned known(long firstTime) {
        if (options.fdb() == Fdb.COLD) {
            return Learned.NOTHING;
        }
        long[] addresses = Stream.concat(vsis.stream().map(Vsi::addresses), externals.stream())
                .flatMap(List::stream)
                .mapToLong(Long::longValue)
                .sorted()
                .toArray();
        int[] behind = new int[addresses.length];
        long[] seen = new long[addresses.length];
        for (int i = 0; i < addresses.length; i++) {
            behind[i] = Math.max(0, (int) ports.get(addresses[i]) - vsis.size() + 1);
            seen[i] = firstTime;
        }
        return new Learned(addresses, behind, seen);
    }

    /** Unicast frames from one of the functions to another. */
    public long localFrames() {
        return localFrames;
    }

    /** What the user should know of the choice. */
    public List<String> notes() {
        return notes;
    }

    public CaptureSurvey survey() {
        return survey;
    }

    public PlacementOptions options() {
        return options;
    }
}
