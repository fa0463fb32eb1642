package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.projection.Completed;
import dev.hairpin.experiments.projection.CopyTags;
import dev.hairpin.experiments.projection.FrameIndex;
import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.offload.Checksums;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.topology.Lan;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Counts, decision by decision, what passes each port; and keeps the tags of frames that come to the bridge. */
final class Counting {
    private final FrameIndex frames;
    private final CopyTags tags;
    private final Map<String, Port> ports = new LinkedHashMap<>();

    private final Completed completed;
    private final Checksums checksums = new Checksums();

    /** Of functions with several receive rings, or whose NIC checks checksums, by port. */
    private final Map<String, Rings> rings;

    /** By frame, for those that came to the bridge with their tags changed. */
    private final Map<Long, Long> changed = new HashMap<>();

    /** Frames from this on are asked for by {@link #retagging}. */
    private final long firstAsked;

    Counting(FrameIndex frames, RecordedSettings settings, Map<String, Rings> rings, long firstAsked) {
        this.frames = frames;
        this.tags = new CopyTags(settings.wires());
        this.completed = new Completed(settings);
        this.rings = rings;
        this.firstAsked = firstAsked;
    }

    /** Takes the decision in that {@code at} stands on. */
    void take(Decisions at) {
        Outcome outcome = at.outcome();
        List<String> names = at.ports(at.stage());
        frames.find(at.number());
        if (outcome.rule().takesBack()) {
            Port port = port(names.get(outcome.ingress()));
            port.outDropped.merge(outcome.droppedReason(0), 1L, Long::sum);
            // The relay before it had it leave there, with its tags as they were then.
            long before = port.lastOut.getOrDefault(at.number(), Retagging.NONE);
            port.out.add(-1, length(before), destination());
            if (outcome.droppedReason(0) == DropReason.NO_RX_BUFFER) {
                // The port of a receiving stage is the ring.
                port.queues.dropped(outcome.ingress(), length(before));
            } else {
                port.queues.add(-1, before, at.time());
            }
            check(port, at.number(), -1);
            return;
        }
        completed.take(at);
        String ingress = names.get(outcome.ingress());
        long arriving = tags.arriving(at.number(), ingress);
        if (arriving != Retagging.NONE
                && FrameNumber.frame(at.number()) >= FrameNumber.frame(firstAsked)
                && at.stageName(at.stage()).equals(Lan.BRIDGE)) {
            changed.put(at.number(), arriving);
        }
        port(ingress).in.add(1, length(arriving), destination());
        for (int copy = 0; copy < outcome.copies(); copy++) {
            long leaving = tags.leaving(at.number(), outcome, copy, names, arriving);
            Port port = port(names.get(outcome.egress(copy)));
            port.out.add(1, length(leaving), destination());
            port.queues.add(1, leaving, at.time() + hops(at) * port.queues.latency());
            check(port, at.number(), 1);
            if (leaving != Retagging.NONE) {
                port.lastOut.put(at.number(), leaving);
            }
        }
        for (int drop = 0; drop < outcome.drops(); drop++) {
            if (outcome.droppedPort(drop) == Outcome.NO_PORT) {
                port(ingress).inDropped.merge(outcome.droppedReason(drop), 1L, Long::sum);
            } else {
                port(names.get(outcome.droppedPort(drop))).outDropped.merge(outcome.droppedReason(drop), 1L, Long::sum);
            }
        }
    }

    /** What had been done to the tags of a frame when it came to the bridge. */
    long retagging(long number) {
        return changed.getOrDefault(number, Retagging.NONE);
    }

    /** How many directions of an edge relay a copy passes before its ring is chosen. */
    private static int hops(Decisions at) {
        return at.stageName(at.stage()).endsWith(".tx") ? 2 : 1;
    }

    /** Checks the frame at hand as the NIC of a function does that gets it. */
    private void check(Port port, long number, int count) {
        if (!port.checks) {
            return;
        }
        Burst headers = frames.headers();
        int row = frames.row();
        Slab octets = completed.is(number) ? frames.completedOctets() : frames.octets();
        Checksums.Status status =
                checksums.status(octets, headers.offset(row), headers.captured(row), headers.length(row));
        port.checked.merge(status, (long) count, Long::sum);
    }

    private long destination() {
        return frames.headers().destination(frames.row());
    }

    private int length(long retagging) {
        Burst headers = frames.headers();
        return headers.length(frames.row()) + Retagging.longer(retagging);
    }

    private Port port(String name) {
        return ports.computeIfAbsent(name, unknown -> new Port(rings.get(name)));
    }

    /** All counts so far, by port. */
    Map<String, PortCounters> counters() {
        Map<String, PortCounters> counters = new LinkedHashMap<>();
        ports.forEach((name, port) -> counters.put(
                name,
                new PortCounters(
                        port.in.passed(),
                        port.out.passed(),
                        port.inDropped,
                        port.outDropped,
                        port.queues.counted(),
                        port.checked)));
        return counters;
    }

    /**
     * The receive rings of a function.
     *
     * @param latency of each direction of the edge relay before them, in nanoseconds
     */
    record Rings(Steps<HostSide.Function> steps, long latency) {}

    private final class Port {
        private final Tally in = new Tally();
        private final Tally out = new Tally();
        private final Map<DropReason, Long> inDropped = new EnumMap<>(DropReason.class);
        private final Map<DropReason, Long> outDropped = new EnumMap<>(DropReason.class);

        /** By frame, how the tags of a copy were changed that left here. */
        private final Map<Long, Long> lastOut = new HashMap<>();

        private final Queues queues;
        private final boolean checks;
        private final Map<Checksums.Status, Long> checked = new EnumMap<>(Checksums.Status.class);

        Port(@Nullable Rings rings) {
            queues = new Queues(rings == null || HostSide.Function.mostQueues(rings.steps()) == 1 ? null : rings);
            checks = rings != null && rings.steps().now().offloads().rx();
            for (Checksums.Status status : Checksums.Status.values()) {
                if (checks) {
                    checked.put(status, 0L);
                }
            }
        }
    }

    /** The receive rings of a function; which of them a frame went to follows from its octets. */
    private final class Queues {
        private final @Nullable Rings rings;
        private final Map<Rss.Settings, Rss> hashes = new HashMap<>();
        private final long[] packets;
        private final long[] octets;
        private final long[] dropped;

        Queues(@Nullable Rings rings) {
            this.rings = rings;
            packets = new long[rings == null ? 0 : HostSide.Function.mostQueues(rings.steps())];
            octets = new long[packets.length];
            dropped = new long[packets.length];
        }

        long latency() {
            return rings == null ? 0 : rings.latency();
        }

        /** A copy whose ring is chosen at {@code time}. */
        void add(int count, long retagging, long time) {
            if (rings == null) {
                return;
            }
            Rss rss = hashes.computeIfAbsent(rings.steps().at(time).rss(), Rss::new);
            BurstBuilder arriving = new BurstBuilder(1);
            arriving.add(frames.headers(), frames.row(), 0, 0, retagging);
            int ring = rss.ring(arriving.build(), 0);
            packets[ring] += count;
            octets[ring] += (long) count * length(retagging);
        }

        void dropped(int ring, int length) {
            if (rings != null) {
                packets[ring]--;
                octets[ring] -= length;
                dropped[ring]++;
            }
        }

        List<PortCounters.Queue> counted() {
            return IntStream.range(0, packets.length)
                    .mapToObj(ring -> new PortCounters.Queue(packets[ring], octets[ring], dropped[ring]))
                    .toList();
        }
    }

    private static final class Tally {
        private long frames;
        private long octets;
        private long multicast;
        private long broadcast;

        void add(int count, int length, long destination) {
            frames += count;
            octets += (long) count * length;
            if (destination == Mac.BROADCAST) {
                broadcast += count;
            } else if (Mac.isGroup(destination)) {
                multicast += count;
            }
        }

        PortCounters.Passed passed() {
            return new PortCounters.Passed(frames, octets, multicast, broadcast);
        }
    }
}
