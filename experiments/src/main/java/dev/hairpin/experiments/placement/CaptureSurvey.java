package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureInterface;
import dev.hairpin.pcap.CaptureReader;
import dev.hairpin.pcap.Damage;
import dev.hairpin.pcap.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import org.agrona.collections.Long2LongHashMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.collections.LongHashSet;
import org.jspecify.annotations.Nullable;

/**
 * What one pass over a capture tells of the stations in it. Takes memory for 65,536 stations and a million pairs of them
 * at most, however long the capture is.
 */
public final class CaptureSurvey {
    /** Stations told apart; more than any LAN has, but a flood of forged addresses may have more. */
    static final int MOST_STATIONS = 1 << 16;

    private final @Nullable ToIntFunction<String> portNames;
    private final FrameTally frames = new FrameTally();
    private final CapturedTimes times = new CapturedTimes();
    private final OnLink onLink = new OnLink();
    private final Conversations conversations = new Conversations();
    private final Long2ObjectHashMap<StationTally> tallies = new Long2ObjectHashMap<>();
    private final List<StationTally> inOrder = new ArrayList<>();
    private int[] ports = {};
    private long untracked;
    private long firstTime;
    private long lastTime;
    private long firstNumber;

    private final List<Station> stations;
    private final List<CaptureInterface> interfaces;
    private final CaptureCounts counts;
    private final Vantage vantage;
    private final long unheard;
    private final Optional<Damage> damage;
    private final long skippedFrames;
    private final Map<String, Long> skippedLinkTypes;

    private CaptureSurvey(Capture capture, FrameSelection filter, @Nullable ToIntFunction<String> portNames) {
        this.portNames = portNames;
        CaptureReader reader = capture.frames();
        pass(capture.slab(), reader, filter);
        this.stations = inOrder.stream()
                .map(tally -> tally.told(onLink))
                .sorted(Comparator.comparingLong(Station::frames).reversed().thenComparingLong(Station::address))
                .toList();
        this.interfaces = List.copyOf(reader.interfaces());
        this.counts = frames.told();
        this.vantage = conversations.vantage();
        this.unheard = conversations.unheard(heard());
        this.damage = reader.damage();
        this.skippedFrames = reader.skippedFrames();
        this.skippedLinkTypes = reader.skippedLinkTypes();
    }

    /** Surveys the frames that a filter takes, each entering at the port of its source address. */
    public static CaptureSurvey of(Capture capture, FrameSelection filter) {
        return new CaptureSurvey(capture, filter, null);
    }

    /**
     * Surveys the frames that a filter takes and that enter.
     *
     * @param byInterface whether frames enter at the port that their interface names, those marked outbound not at all
     */
    public static CaptureSurvey of(Capture capture, FrameSelection filter, boolean byInterface) {
        return new CaptureSurvey(capture, filter, byInterface ? PortName::parse : null);
    }

    /** Surveys the frames that a filter takes and that enter, each at the port of {@code seats} that its interface names. */
    public static CaptureSurvey of(Capture capture, FrameSelection filter, Seats seats) {
        Map<String, Integer> numbers = new HashMap<>();
        seats.all().forEach(seat -> numbers.put(seat.port(), numbers.size()));
        return new CaptureSurvey(capture, filter, name -> numbers.getOrDefault(name, PortName.NONE));
    }

    private void pass(Slab slab, CaptureReader reader, FrameSelection filter) {
        FrameHeaders headers = new FrameHeaders();
        NetworkLayer network = new NetworkLayer(onLink);
        while (reader.next()) {
            long time = times.time(reader.number(), reader.time());
            if (!filter.takes(reader)) {
                frames.filtered();
                continue;
            }
            int port = portNames == null ? PortName.NONE : entry(reader, portNames);
            if (portNames != null && port == PortName.NONE) {
                frames.notEntering();
                continue;
            }
            if (firstNumber == 0) {
                firstNumber = reader.number();
                firstTime = time;
            }
            lastTime = time;
            headers.read(slab, reader.offset(), reader.captured());
            frames.add(slab, reader, headers, time);
            long source = headers.source();
            if (!Mac.isStation(source)) {
                frames.noStation();
                continue;
            }
            StationTally sender = station(source);
            if (sender != null) {
                sent(sender, headers, network, reader.length(), port);
            }
            if (Mac.isStation(headers.destination()) && headers.destination() != source) {
                conversations.add(source, headers.destination());
            }
        }
    }

    /** The port of a frame's interface; none when it does not enter. */
    private int entry(CaptureReader reader, ToIntFunction<String> portNames) {
        if (reader.interfaceIndex() >= ports.length) {
            List<CaptureInterface> known = reader.interfaces();
            int from = ports.length;
            ports = Arrays.copyOf(ports, known.size());
            for (int i = from; i < ports.length; i++) {
                ports[i] = portNames.applyAsInt(known.get(i).name());
            }
        }
        return reader.direction() == Direction.OUTBOUND || reader.interfaceIndex() >= ports.length
                ? PortName.NONE
                : ports[reader.interfaceIndex()];
    }

    private @Nullable StationTally station(long source) {
        StationTally known = tallies.get(source);
        if (known == null) {
            if (tallies.size() >= MOST_STATIONS) {
                untracked++;
                return null;
            }
            known = new StationTally(source);
            tallies.put(source, known);
            inOrder.add(known);
        }
        return known;
    }

    private static void sent(StationTally sender, FrameHeaders headers, NetworkLayer network, int length, int port) {
        sender.frames++;
        sender.octets += length;
        sender.tags.add(headers.tag());
        if (sender.port == PortName.NONE) {
            sender.port = port;
        } else if (sender.port != port) {
            sender.elsewhere = true;
        }
        Mark mark = Mark.ofLink(headers);
        if (mark != null) {
            sender.mark(mark);
        }
        network.read(headers, sender);
    }

    private LongHashSet heard() {
        LongHashSet heard = new LongHashSet();
        for (StationTally tally : inOrder) {
            heard.add(tally.address);
        }
        return heard;
    }

    /** Whether frames enter by interface. */
    public boolean byInterface() {
        return portNames != null;
    }

    /** The stations that were heard, those that sent most frames first. */
    public List<Station> stations() {
        return stations;
    }

    /** The interfaces of the capture. */
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }

    public CaptureCounts counts() {
        return counts;
    }

    public Vantage vantage() {
        return vantage;
    }

    /** How many stations were sent to that were never heard. */
    public long unheard() {
        return unheard;
    }

    /** Frames of stations beyond the 65,536 that are told apart. */
    public long untracked() {
        return untracked;
    }

    /** The capture's clock after the last frame. */
    public CapturedTimes times() {
        return times;
    }

    /** When the first frame enters that takes part; zero when none does. */
    public long firstTime() {
        return firstTime;
    }

    /** When the last frame enters; zero when none does. */
    public long lastTime() {
        return lastTime;
    }

    /** The number of the first frame that takes part; zero when none does. */
    public long firstNumber() {
        return firstNumber;
    }

    /** Where the capture could not be read further. */
    public Optional<Damage> damage() {
        return damage;
    }

    /** Frames of the capture that are not Ethernet. */
    public long skippedFrames() {
        return skippedFrames;
    }

    /** These by link type. */
    public Map<String, Long> skippedLinkTypes() {
        return skippedLinkTypes;
    }

    /** Frames from one station to another. */
    public long betweenStations() {
        return conversations.frames();
    }

    /** Frames from one station to another that {@link #between} does not tell of, since pairs are too many. */
    public long unlistedPairs() {
        return conversations.unlisted();
    }

    /**
     * Frames from one to another of some owners.
     *
     * @param ownerOfAddress whose an address is, negative for nobody's
     */
    long between(Long2LongHashMap ownerOfAddress) {
        return conversations.between(ownerOfAddress);
    }

    /** The port by which a station was heard first, a number of {@link PortName} or of the seats. */
    int port(long address) {
        StationTally tally = tallies.get(address);
        return tally == null ? PortName.NONE : tally.port;
    }

    /** Stations heard by more than one port, in the order in which they were heard. */
    List<Long> moved() {
        return inOrder.stream()
                .filter(tally -> tally.elsewhere)
                .map(tally -> tally.address)
                .toList();
    }
}
