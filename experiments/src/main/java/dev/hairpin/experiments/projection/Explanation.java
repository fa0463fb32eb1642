package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.run.Wires;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.Dissection;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private static final Set<Rule> NOT_LEARNT_FROM = Set.of(Rule.BR_RUNT, Rule.BR_INVALID_SA, Rule.BR_PAUSE);
    private static final Set<Rule> LOOKED_UP =
            Set.of(Rule.BR_KNOWN_UNICAST, Rule.BR_REFLECTIVE_RELAY, Rule.BR_SAME_PORT, Rule.BR_UNKNOWN_UNICAST);

    /**
     * One decision about the frame.
     *
     * @param consulted what the filtering database said, empty where it was not asked
     * @param learned what it learned, likewise
     */
    public record Step(
            String stage,
            long time,
            String ingress,
            Outcome outcome,
            String egress,
            String dropped,
            String consulted,
            String learned) {}

    /**
     * Tells the way of frame {@code number} in {@code run}.
     *
     * @throws IOException also when the run has no such frame
     */
    public static Explanation of(RunFolder run, Capture capture, long number) throws IOException {
        FrameIndex frames = new FrameIndex(capture);
        try {
            frames.find(number);
        } catch (IllegalArgumentException e) {
            throw new IOException(e.getMessage(), e);
        }
        Burst headers = frames.headers();
        int row = frames.row();
        byte[] octets = new byte[headers.captured(row)];
        capture.slab().copy(headers.offset(row), octets, 0, octets.length);
        Teller teller =
                new Teller(number, run.wires(), headers.source(row), headers.destination(row), new FrameIndex(capture));
        run.read(teller::tell);
        if (teller.steps.isEmpty()) {
            throw new IOException("frame " + number + " did not take part in " + run.path());
        }
        teller.receivers.sort(PortNames.ORDER);
        return new Explanation(
                number,
                teller.steps.get(0).time(),
                headers.length(row),
                Dissection.dissect(octets),
                List.copyOf(teller.steps),
                List.copyOf(teller.receivers));
    }

    /** Follows the journal and keeps what concerns one frame. */
    private static final class Teller {
        private final long number;
        private final Wires wires;
        private final long source;
        private final long destination;
        private final FrameIndex frames;
        private final List<Step> steps = new ArrayList<>();
        private final List<String> receivers = new ArrayList<>();
        private @Nullable Sighting ofSource;
        private @Nullable Sighting ofDestination;

        Teller(long number, Wires wires, long source, long destination, FrameIndex frames) {
            this.number = number;
            this.wires = wires;
            this.source = source;
            this.destination = destination;
            this.frames = frames;
        }

        Void tell(Decisions at) {
            while (at.next()) {
                boolean bridge = at.stageName(at.stage()).equals(Lan.BRIDGE);
                if (at.number() == number) {
                    step(at, bridge);
                }
                if (bridge && !NOT_LEARNT_FROM.contains(at.outcome().rule())) {
                    sight(at);
                }
            }
            return null;
        }

        private void sight(Decisions at) {
            frames.find(at.number());
            long seen = frames.headers().source(frames.row());
            if (seen == source || seen == destination) {
                Sighting sighting = new Sighting(
                        at.number(),
                        at.time(),
                        at.ports(at.stage()).get(at.outcome().ingress()));
                ofSource = seen == source ? sighting : ofSource;
                ofDestination = seen == destination ? sighting : ofDestination;
            }
        }

        private void step(Decisions at, boolean bridge) {
            Outcome outcome = at.outcome();
            List<String> ports = at.ports(at.stage());
            String ingress = ports.get(outcome.ingress());
            steps.add(new Step(
                    at.stageName(at.stage()),
                    at.time(),
                    ingress,
                    outcome,
                    outcome.egressText(ports),
                    outcome.droppedText(ports),
                    bridge && LOOKED_UP.contains(outcome.rule()) ? consulted(outcome, ports) : "",
                    bridge && !NOT_LEARNT_FROM.contains(outcome.rule()) ? learned(ingress) : ""));
            for (int copy = 0; copy < outcome.copies(); copy++) {
                String port = ports.get(outcome.egress(copy));
                if (wires.isEnd(port)) {
                    receivers.add(port);
                }
            }
            if (outcome.rule() == Rule.TAIL_DROP) {
                receivers.remove(ports.get(0));
            }
        }

        private String consulted(Outcome outcome, List<String> ports) {
            String address = Mac.format(destination);
            if (outcome.rule() == Rule.BR_UNKNOWN_UNICAST) {
                return ofDestination == null
                        ? address + " is unknown: it has not been seen"
                        : address + " is unknown: seen last " + ofDestination + ", it has aged out";
            }
            String port = outcome.copies() > 0 ? ports.get(outcome.egress(0)) : ports.get(outcome.ingress());
            return address + " is behind " + port + ", "
                    + (ofDestination == null ? "known from the start" : "seen last " + ofDestination);
        }

        private String learned(String ingress) {
            String address = Mac.format(source) + " behind " + ingress;
            Sighting before = ofSource;
            if (before == null) {
                return address + ", its first frame";
            }
            return before.port.equals(ingress)
                    ? address + ", as seen " + before
                    : address + ", moved from " + before.port + " where it was " + before;
        }
    }

    /** Where a station was seen. */
    private record Sighting(long number, long time, String port) {
        @Override
        public String toString() {
            return "in frame " + number + " at " + DecisionTable.seconds(time);
        }
    }
}
