package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.Dissection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongPredicate;

/**
 * The whole way of one frame: at every stage the decision that is in the journal, with its rule, the rule's source and
 * evidence, and what the filtering database said and learned.
 *
 * @param number of the frame
 * @param time when it entered, in nanoseconds
 * @param length octets on the wire
 * @param dissection what it is, a line for each layer
 * @param steps in the order of its way
 * @param receivers the ends that got it, as names
 */
public record Explanation(
        long number, long time, int length, List<String> dissection, List<Step> steps, List<String> receivers) {
    /** By these the filtering database was asked for the destination. */
    private static final Set<Rule> LOOKED_UP = EnumSet.of(
            Rule.BR_KNOWN_UNICAST,
            Rule.BR_REFLECTIVE_RELAY,
            Rule.BR_SAME_PORT,
            Rule.BR_EGRESS_FILTERED,
            Rule.BR_OWN_ADDRESS,
            Rule.BR_UNKNOWN_UNICAST);

    /** By these a frame went no further before the filtering database could learn from it. */
    private static final Set<Rule> NOT_ADMITTED = EnumSet.of(
            Rule.BR_RUNT, Rule.BR_INVALID_SA, Rule.BR_PAUSE, Rule.BR_PORT_DOWN, Rule.BR_NO_PVID, Rule.BR_INGRESS_VLAN);

    /**
     * One decision about the frame.
     *
     * @param vid the VLAN whose entries the filtering database was asked for; 0 where all share them, or it was not asked
     * @param trafficClass of the wire whose queue it came to, in words; empty where there is one, or it came to none
     * @param changes that were made, or refused, of the functions that the decision names, the latest last; not all
     * @param consulted what the filtering database said, empty where it was not asked
     * @param learned what it learned, likewise
     */
    public record Step(
            String stage,
            long time,
            int vid,
            String ingress,
            Outcome outcome,
            String egress,
            String dropped,
            String trafficClass,
            List<String> changes,
            String consulted,
            String learned) {}

    /**
     * Tells the way of frame {@code frame} of the capture in {@code run}; where its NIC has segmented it, that of each segment, in
     * their order.
     *
     * @param segment from 1, for the way of that alone; 0 for all there are
     * @throws IOException also when the run has no such frame
     */
    public static List<Explanation> of(RunFolder run, Capture capture, long frame, int segment) throws IOException {
        List<Explanation> told = find(run, capture, frame, segment);
        if (told.isEmpty()) {
            throw new IOException(
                    "frame " + frame + (segment == 0 ? "" : "." + segment) + " did not take part in " + run.path());
        }
        return told;
    }

    /** Likewise; empty when it did not take part. */
    public static List<Explanation> find(RunFolder run, Capture capture, long frame, int segment) throws IOException {
        FrameIndex frames = new FrameIndex(capture);
        try {
            frames.find(frame);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        Burst headers = frames.headers();
        int row = frames.row();
        Teller teller = new Teller(
                number ->
                        FrameNumber.frame(number) == frame && (segment == 0 || FrameNumber.segment(number) == segment),
                run.settings(),
                headers.source(row),
                headers.destination(row),
                new FrameIndex(capture));
        run.read(teller::tell);
        return teller.ways.entrySet().stream()
                .map(way -> told(FrameNumber.ofOrder(way.getKey()), way.getValue(), frames))
                .toList();
    }

    private static Explanation told(long number, Way way, FrameIndex frames) {
        way.receivers.sort(PortNames.ORDER);
        frames.find(number);
        Burst headers = frames.headers();
        byte[] octets = new byte[headers.captured(frames.row())];
        frames.octets().copy(headers.offset(frames.row()), octets, 0, octets.length);
        return new Explanation(
                number,
                way.steps.get(0).time(),
                headers.length(frames.row()),
                Dissection.dissect(octets),
                List.copyOf(way.steps),
                List.copyOf(way.receivers));
    }

    /** Whether the other took the same way with the same outcomes, but for times. */
    public boolean isAlike(Explanation other) {
        return receivers.equals(other.receivers) && story().equals(other.story());
    }

    private List<String> story() {
        return steps.stream()
                .map(step -> step.stage + " " + step.ingress + " " + step.outcome.rule() + " " + step.egress + " - "
                        + step.dropped)
                .toList();
    }

    /** The way of one frame, or segment, as far as it was read. */
    private static final class Way {
        private final List<Step> steps = new ArrayList<>();
        private final List<String> receivers = new ArrayList<>();
    }

    /** Follows the journal and keeps what concerns one frame, or the segments of one. */
    private static final class Teller {
        private final LongPredicate concerned;
        private final RecordedSettings settings;
        private final long source;
        private final long destination;
        private final FrameIndex frames;
        private final BridgeVlans vlans;

        /** By frame, in their order; see {@link FrameNumber#order}. */
        private final TreeMap<Long, Way> ways = new TreeMap<>();

        /** Frames that taught the bridge of the two stations, by key of the entry. */
        private final Map<Long, Sighting> seen = new HashMap<>();

        Teller(LongPredicate concerned, RecordedSettings settings, long source, long destination, FrameIndex frames) {
            this.concerned = concerned;
            this.settings = settings;
            this.source = source;
            this.destination = destination;
            this.frames = frames;
            this.vlans = new BridgeVlans(settings, frames);
        }

        Void tell(Decisions at) {
            while (at.next()) {
                boolean bridge = at.stageName(at.stage()).equals(Lan.BRIDGE);
                int vid = vlans.take(at);
                if (concerned.test(at.number())) {
                    step(at, bridge, vid);
                }
                if (bridge && !NOT_ADMITTED.contains(at.outcome().rule())) {
                    sight(at, vid);
                }
            }
            return null;
        }

        private void sight(Decisions at, int vid) {
            frames.find(at.number());
            long from = frames.headers().source(frames.row());
            String port = at.ports(at.stage()).get(at.outcome().ingress());
            EntryKind kind = from == source || from == destination ? entry(at, key(vid, from)) : EntryKind.REMOVED;
            if (kind == EntryKind.LEARNED || kind == EntryKind.LOCKED) {
                seen.put(key(vid, from), new Sighting(at.number(), at.time(), port, kind == EntryKind.LOCKED));
            }
        }

        /** What the wave of the decision at hand made of an entry; REMOVED where nothing. */
        private static EntryKind entry(Decisions at, long key) {
            Learned learned = at.learned();
            for (int entry = 0; entry < learned.size(); entry++) {
                if (learned.key()[entry] == key) {
                    return EntryKind.of(learned.kind()[entry]);
                }
            }
            return EntryKind.REMOVED;
        }

        private static long key(int vid, long address) {
            return ((long) vid << 48) | address;
        }

        private void step(Decisions at, boolean bridge, int vid) {
            Outcome outcome = at.outcome();
            List<String> ports = at.ports(at.stage());
            String ingress = ports.get(outcome.ingress());
            boolean admitted = bridge && !NOT_ADMITTED.contains(outcome.rule());
            Way way = ways.computeIfAbsent(FrameNumber.order(at.number()), unknown -> new Way());
            way.steps.add(new Step(
                    at.stageName(at.stage()),
                    at.time(),
                    admitted ? vid : 0,
                    ingress,
                    outcome,
                    outcome.egressText(ports),
                    outcome.droppedText(ports),
                    settings.trafficClass(at.stageName(at.stage()), at.time(), outcome.ingress()),
                    changes(at, ports),
                    bridge ? consulted(at, vid, ports) : "",
                    admitted ? learned(at, vid, ingress) : ""));
            for (int copy = 0; copy < outcome.copies(); copy++) {
                String port = ports.get(outcome.egress(copy));
                if (settings.wires().isEnd(port)) {
                    way.receivers.add(port);
                }
            }
            if (outcome.rule().takesBack()) {
                way.receivers.remove(ingress);
            }
        }

        private List<String> changes(Decisions at, List<String> ports) {
            Outcome outcome = at.outcome();
            Set<String> named = new HashSet<>(Set.of(ports.get(outcome.ingress())));
            for (int copy = 0; copy < outcome.copies(); copy++) {
                named.add(ports.get(outcome.egress(copy)));
            }
            for (int drop = 0; drop < outcome.drops(); drop++) {
                if (outcome.droppedPort(drop) != Outcome.NO_PORT) {
                    named.add(ports.get(outcome.droppedPort(drop)));
                }
            }
            return settings.changes(at.stageName(at.stage()), at.time(), named).stream()
                    .map(change -> change.change() + " at " + DecisionTable.seconds(change.time())
                            + (change.refusal().isEmpty() ? "" : ", refused: " + change.refusal()))
                    .toList();
        }

        private String consulted(Decisions at, int vid, List<String> ports) {
            Outcome outcome = at.outcome();
            String address = Mac.format(destination) + inVlan(vid);
            if (outcome.rule() == Rule.BR_LOCKED) {
                return locked(vid, ports.get(outcome.ingress()));
            }
            if (outcome.rule() == Rule.BR_SNOOPED_MULTICAST) {
                return address + " is listened to, or has a router, behind "
                        + (outcome.copies() == 0 ? "no other port" : outcome.egressText(ports));
            }
            if (!LOOKED_UP.contains(outcome.rule())) {
                return "";
            }
            Sighting before = seen.get(key(vid, destination));
            if (outcome.rule() == Rule.BR_UNKNOWN_UNICAST) {
                return before == null
                        ? address + " is unknown: it has not been seen"
                        : address + " is unknown: seen last " + before + ", it has aged out or was removed";
            }
            String given = settings.given(at.time(), vid, Mac.format(destination));
            if (!given.isEmpty()) {
                return address + " is set by hand: " + given;
            }
            String port = outcome.copies() > 0
                    ? ports.get(outcome.egress(0))
                    : outcome.drops() > 0 && outcome.droppedPort(0) != Outcome.NO_PORT
                            ? ports.get(outcome.droppedPort(0))
                            : ports.get(outcome.ingress());
            return address + " is behind " + port + ", "
                    + (before == null
                            ? "known from the start"
                            : (before.locked ? "with a locked entry, " : "") + "seen last " + before);
        }

        private String locked(int vid, String ingress) {
            Sighting before = seen.get(key(vid, source));
            return Mac.format(source) + inVlan(vid) + " is not authorised behind " + ingress
                    + (before == null ? "" : ": it was behind " + before.port + ", " + before);
        }

        private String learned(Decisions at, int vid, String ingress) {
            String address = Mac.format(source) + inVlan(vid) + " behind " + ingress;
            String given = settings.given(at.time(), vid, Mac.format(source));
            EntryKind kind = entry(at, key(vid, source));
            if (at.outcome().rule() == Rule.BR_LOCKED) {
                return kind == EntryKind.LOCKED ? address + ", a locked entry: frames to it pass" : "";
            }
            if (!given.isEmpty()) {
                return "nothing: " + Mac.format(source) + inVlan(vid) + " is set by hand, " + given
                        + (kind == EntryKind.STATIC ? ", and moves to " + ingress : "");
            }
            if (kind != EntryKind.LEARNED) {
                return settings.learns(at.time(), ingress)
                        ? "nothing: " + Mac.format(source) + inVlan(vid) + " finds no place, or the entry did not last"
                        : "nothing: " + ingress + " does not learn";
            }
            Sighting before = seen.get(key(vid, source));
            if (before == null) {
                return address + ", its first frame";
            }
            return before.port.equals(ingress)
                    ? address + ", as seen " + before
                    : address + ", moved from " + before.port + " where it was " + before;
        }

        private static String inVlan(int vid) {
            return vid == 0 ? "" : " in VLAN " + vid;
        }
    }

    /** Where a station was seen. */
    private record Sighting(long number, long time, String port, boolean locked) {
        @Override
        public String toString() {
            return "in frame " + FrameNumber.text(number) + " at " + DecisionTable.seconds(time);
        }
    }
}
