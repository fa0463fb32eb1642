package dev.hairpin.experiments.placement;

import dev.hairpin.experiments.placement.PlacementOptions.Fdb;
import dev.hairpin.experiments.placement.PlacementOptions.Multicast;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.pcap.CaptureReader;
import dev.hairpin.pcap.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
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
    private final boolean named;
    private final List<Vsi> vsis;
    private final Seats seats;
    private final List<String> notes;
    /** Source ports by address. Only read, so any number of threads may. */
    private final Long2LongHashMap ports = new Long2LongHashMap(NOT_ENTERING);

    private final int[] interfaces;
    private final int strays;
    private final long localFrames;

    private Placement(CaptureSurvey survey, PlacementOptions options, boolean named, Seating seating) {
        this.survey = survey;
        this.options = options;
        this.named = named;
        this.vsis = functions(survey, options, seating.seats);
        this.interfaces = seating.interfaces;
        List<String> told = new ArrayList<>(seating.notes);
        boolean strange = !options.byInterface() && seating.hasStrays();
        boolean shared = strange && seating.seats.outside().size() >= options.maxExternalPorts();
        this.seats = strange && !shared ? seating.seats.withOneMore(List.of()) : seating.seats;
        this.strays = strange ? seats.all().size() - 1 : NOT_ENTERING;
        if (strange) {
            noteStrays(shared, told);
        }
        this.notes = List.copyOf(told);

        List<Seats.Seat> all = seats.all();
        for (int port = 0; port < all.size(); port++) {
            for (long address : all.get(port).addresses()) {
                ports.putIfAbsent(address, port);
            }
        }
        this.localFrames = localFramesOfEach();
    }

    /** Frames from one function to another of the same NIC. */
    private long localFramesOfEach() {
        long sum = 0;
        int first = 0;
        for (List<Seats.Seat> nic : seats.nics()) {
            Long2LongHashMap owners = new Long2LongHashMap(NOT_ENTERING);
            for (int function = 0; function < nic.size(); function++) {
                for (long address : nic.get(function).addresses()) {
                    owners.put(address, first + function);
                }
            }
            sum += survey.between(owners);
            first += nic.size();
        }
        return sum;
    }

    /**
     * Places the stations of a capture.
     *
     * @param survey of the frames that will enter, by interface or not as the options have it
     * @throws PlacementRefused when what the options ask for makes no sense
     */
    public static Placement choose(CaptureSurvey survey, PlacementOptions options) throws PlacementRefused {
        return choose(survey, options, Optional.empty());
    }

    /**
     * Likewise, with stations where {@code seats} have them. Others get ports of their own outside, or are at those that
     * their frames enter by.
     */
    public static Placement choose(CaptureSurvey survey, PlacementOptions options, Optional<Seats> seats)
            throws PlacementRefused {
        if (survey.byInterface() != options.byInterface()) {
            throw new IllegalArgumentException("a survey of frames that enter otherwise");
        }
        return new Placement(survey, options, seats.isPresent(), Seating.of(survey, options, seats));
    }

    private static List<Vsi> functions(CaptureSurvey survey, PlacementOptions options, Seats seats) {
        Map<Long, Station> stations = new HashMap<>();
        survey.stations().forEach(station -> stations.put(station.address(), station));
        List<Vsi> vsis = new ArrayList<>();
        for (Seats.Seat seat : seats.functions()) {
            TreeSet<Long> groups = new TreeSet<>();
            if (options.multicast() == Multicast.IGMP) {
                groups.add(Ip.ALL_IPV4);
                groups.add(Ip.ALL_IPV6);
                for (Long address : seat.addresses()) {
                    Station station = stations.get(address);
                    if (station != null) {
                        groups.addAll(station.groups());
                    }
                }
            }
            vsis.add(new Vsi(seat.port(), seat.addresses(), List.copyOf(groups), options.multicast() == Multicast.ALL));
        }
        return List.copyOf(vsis);
    }

    /** That there are frames which are of no station. */
    private void noteStrays(boolean shared, List<String> told) {
        String port = seats.all().get(strays).port();
        if (survey.counts().noStation() > 0) {
            told.add(Wording.count(survey.counts().noStation(), "frame")
                    + " whose source is a group, zero or cut off enter at " + port
                    + (shared ? "" : ", a port of their own"));
        }
        if (survey.untracked() > 0) {
            told.add(Wording.count(survey.untracked(), "frame") + " of stations beyond the first "
                    + Wording.number(CaptureSurvey.MOST_STATIONS) + " enter at " + port);
        }
    }

    /** Whether it was said who is where, rather than chosen. */
    public boolean isNamed() {
        return named;
    }

    /** Who is where. */
    public Seats seats() {
        return seats;
    }

    /** All functions by source port, named as in the run: VFs by number, then the PF if a station is mapped to it. At least one. */
    public List<Vsi> vsis() {
        return vsis;
    }

    /** How many ports the bridge has for stations outside. */
    public int externalPorts() {
        return seats.outside().size();
    }

    /** The stations behind external port {@code k}. */
    public List<Long> external(int k) {
        return seats.outside().get(k).addresses();
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

    /** As {@link #known(long, Learning)}, by a bridge whose port 0 leads to the NIC, {@code 1 + k} to {@code ext}<i>k</i>. */
    public Learned known(long firstTime) {
        return known(firstTime, (port, address, tag) -> {
            int behind = Math.max(0, port - vsis.size() + 1);
            return Optional.of(new Learning.Entry(address, behind));
        });
    }

    /**
     * What the bridge's filtering database has learned at the start: every station, as if seen at {@code firstTime}, when
     * warm, nothing when cold.
     */
    public Learned known(long firstTime, Learning learning) {
        if (options.fdb() == Fdb.COLD) {
            return Learned.NOTHING;
        }
        Map<Long, List<Integer>> tags = new HashMap<>();
        survey.stations().forEach(station -> tags.put(station.address(), station.tags()));
        TreeMap<Long, Integer> entries = new TreeMap<>();
        List<Seats.Seat> all = seats.all();
        for (int port = 0; port < all.size(); port++) {
            for (long address : all.get(port).addresses()) {
                for (int tag : tags.getOrDefault(address, List.of(VlanTag.NONE))) {
                    learning.of(port, address, tag).ifPresent(entry -> entries.putIfAbsent(entry.key(), entry.port()));
                }
            }
        }
        return new Learned(
                entries.keySet().stream().mapToLong(Long::longValue).toArray(),
                entries.values().stream().mapToInt(Integer::intValue).toArray(),
                entries.keySet().stream().mapToLong(key -> firstTime).toArray());
    }

    /** What a bridge learns from a station. */
    @FunctionalInterface
    public interface Learning {
        /**
         * The entry that a station's frames make, if any.
         *
         * @param port source port of the station
         * @param tag of the frames as the station sends them
         */
        Optional<Entry> of(int port, long address, int tag);

        /** An entry of the filtering database: its key there, and the port of the bridge. */
        record Entry(long key, int port) {}
    }

    /** Unicast frames from one of the functions to another of the same NIC. */
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
