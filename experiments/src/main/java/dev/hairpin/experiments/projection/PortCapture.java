package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.anonymity.Anonymiser;
import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.run.Wires;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.Direction;
import dev.hairpin.pcap.PcapngWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.agrona.collections.Object2IntHashMap;

/**
 * What every port of a run saw, as a pcapng with an interface for each port. A frame is <em>inbound</em> at the port by
 * which it came to a relay, and <em>outbound</em> at each port by which a copy left; the decision stands with it as
 * comment. Copies that a queue dropped behind a port did not leave by it and are not there.
 */
public final class PortCapture {
    private static final int WHOLE = 0;

    private final Wish wish;
    private final RecordedSettings settings;
    private final Slab slab;
    private final FrameIndex frames;
    private final PcapngWriter writer;
    private final Set<String> atBridge = new HashSet<>();
    private final Map<String, Integer> interfaces = new LinkedHashMap<>();

    /** Copies that queues dropped, by frame and port. */
    private final Object2IntHashMap<String> droppedBehind = new Object2IntHashMap<>(0);

    private final Wires wires;
    private final CopyTags tags;
    private final Completed completed;
    private long written;

    /**
     * What is wished of an export.
     *
     * @param port a port's name, for its frames alone
     * @param snap octets of a frame that are written at most; its length is told all the same
     * @param anonymiser maps the addresses in frames
     */
    public record Wish(Optional<String> port, int snap, Optional<Anonymiser> anonymiser) {
        private boolean asItWas() {
            return snap == Integer.MAX_VALUE && anonymiser.isEmpty();
        }
    }

    private PortCapture(Wish wish, RecordedSettings settings, Capture capture, PcapngWriter writer) {
        this.settings = settings;
        this.wires = settings.wires();
        this.tags = new CopyTags(wires);
        this.completed = new Completed(settings);
        this.wish = wish;
        this.slab = capture.slab();
        this.frames = new FrameIndex(capture);
        this.writer = writer;
    }

    /**
     * Writes the ports of {@code run} to {@code file}, under a temporary name first.
     *
     * @param capture that the run was made from
     * @return how many frames were written
     * @throws IOException also when there is no such port
     */
    public static long write(RunFolder run, Capture capture, Wish wish, Path file) throws IOException {
        try (PcapngWriter writer = PcapngWriter.create(file, "Hairpin")) {
            PortCapture ports = new PortCapture(wish, run.settings(), capture, writer);
            try {
                run.read(decisions -> ports.prepare(decisions));
                run.read(decisions -> ports.copy(decisions));
                return ports.written;
            } catch (IOException | RuntimeException failed) {
                writer.discard();
                throw failed;
            }
        }
    }

    /** Finds the ports, and what queues dropped. */
    private Void prepare(Decisions decisions) throws IOException {
        TreeSet<String> names = new TreeSet<>(PortNames.ORDER);
        for (int stage = 0; stage < decisions.stages(); stage++) {
            names.addAll(decisions.ports(stage));
            if (decisions.stageName(stage).equals(Lan.BRIDGE)) {
                atBridge.addAll(decisions.ports(stage));
            }
        }
        if (wish.port().isPresent() && !names.contains(wish.port().get())) {
            throw new IOException("no port " + wish.port().get() + ": expected one of " + String.join(" ", names));
        }
        for (String name : names) {
            if (wish.port().isEmpty() || wish.port().get().equals(name)) {
                interfaces.put(name, writer.addInterface(name, describe(name), WHOLE));
            }
        }
        while (decisions.next()) {
            if (decisions.outcome().rule().takesBack()) {
                String copy = copy(
                        decisions.number(),
                        decisions
                                .ports(decisions.stage())
                                .get(decisions.outcome().ingress()));
                droppedBehind.put(copy, droppedBehind.getValue(copy) + 1);
            }
        }
        return null;
    }

    private Void copy(Decisions decisions) throws IOException {
        while (decisions.next()) {
            Outcome outcome = decisions.outcome();
            if (outcome.rule().takesBack()) {
                continue;
            }
            List<String> ports = decisions.ports(decisions.stage());
            completed.take(decisions);
            String comment = comment(decisions, outcome, ports);
            String ingress = ports.get(outcome.ingress());
            long arriving = tags.arriving(decisions.number(), ingress);
            write(decisions, ingress, Direction.INBOUND, arriving, comment);
            for (int copy = 0; copy < outcome.copies(); copy++) {
                String port = ports.get(outcome.egress(copy));
                long leaving = tags.leaving(decisions.number(), outcome, copy, ports, arriving);
                if (!takeDropped(decisions.number(), port)) {
                    write(decisions, port, Direction.OUTBOUND, leaving, comment);
                }
            }
        }
        return null;
    }

    private boolean takeDropped(long number, String port) {
        if (droppedBehind.isEmpty()) {
            return false;
        }
        String copy = copy(number, port);
        int left = droppedBehind.getValue(copy);
        if (left > 1) {
            droppedBehind.put(copy, left - 1);
        } else if (left == 1) {
            droppedBehind.removeKey(copy);
        }
        return left > 0;
    }

    private void write(Decisions at, String port, Direction direction, long retagging, String comment)
            throws IOException {
        Integer number = interfaces.get(port);
        if (number == null) {
            return;
        }
        frames.find(at.number());
        Burst headers = frames.headers();
        int row = frames.row();
        Slab octetsOf = completed.is(at.number()) ? frames.completedOctets() : slab;
        if (retagging == Retagging.NONE && wish.asItWas()) {
            writer.write(
                    number,
                    at.time(),
                    octetsOf,
                    headers.offset(row),
                    headers.captured(row),
                    headers.length(row),
                    direction,
                    comment);
        } else {
            byte[] octets = Retagging.octets(octetsOf, headers.offset(row), headers.captured(row), retagging);
            int length = Math.max(octets.length, headers.length(row) + Retagging.longer(retagging));
            wish.anonymiser().ifPresent(anonymiser -> anonymiser.anonymise(octets));
            writer.write(
                    number,
                    at.time(),
                    Slab.of(octets),
                    0,
                    Math.min(octets.length, wish.snap()),
                    length,
                    direction,
                    comment);
        }
        written++;
    }

    private String comment(Decisions at, Outcome outcome, List<String> ports) {
        List<String> words = new ArrayList<>();
        words.add("frame " + FrameNumber.text(at.number()));
        words.add(at.stageName(at.stage()));
        words.add(outcome.disposition().name());
        words.add(outcome.rule() + " ("
                + settings.device(at.stageName(at.stage()))
                        .evidence(outcome.rule())
                        .word() + ")");
        words.add(
                ports.get(outcome.ingress()) + " > " + (outcome.copies() == 0 ? "nowhere" : outcome.egressText(ports)));
        if (outcome.drops() > 0) {
            words.add("dropped " + outcome.droppedText(ports));
        }
        return String.join(", ", words);
    }

    private String describe(String port) {
        if (wires.isEnd(port)) {
            return atBridge.contains(port)
                    ? "port of the adjacent bridge towards a station outside"
                    : "function of the NIC";
        }
        return wires.isAtNic(port) ? "wire port of the NIC" : "port of the adjacent bridge towards the NIC";
    }

    private static String copy(long number, String port) {
        return number + " " + port;
    }
}
