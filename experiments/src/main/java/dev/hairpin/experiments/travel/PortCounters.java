package dev.hairpin.experiments.travel;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.offload.Checksums;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * What a port has counted, as the relay sees it: <em>in</em> is towards the relay.
 *
 * @param in frames that came by it
 * @param out copies that left by it, those that a queue behind it dropped not among them
 * @param inDropped those of {@code in} that were dropped as a whole, by reason
 * @param outDropped copies dropped on their way to it, by reason
 * @param queues those of {@code out} by receive ring, and the copies that each had no buffer for; none where there is one ring
 * @param checked those of {@code out} by what the NIC says of their checksums; none where it is not asked to
 */
public record PortCounters(
        Passed in,
        Passed out,
        Map<DropReason, Long> inDropped,
        Map<DropReason, Long> outDropped,
        List<Queue> queues,
        Map<Checksums.Status, Long> checked) {
    /** Of a port that no frame has come to. */
    public static final PortCounters NOTHING =
            new PortCounters(Passed.NOTHING, Passed.NOTHING, Map.of(), Map.of(), List.of(), Map.of());

    public PortCounters {
        inDropped = byReason(inDropped);
        outDropped = byReason(outDropped);
        queues = List.copyOf(queues);
        checked = Map.copyOf(checked);
    }

    private static Map<DropReason, Long> byReason(Map<DropReason, Long> counts) {
        return counts.isEmpty() ? Map.of() : Collections.unmodifiableMap(new EnumMap<>(counts));
    }

    /**
     * Frames one way.
     *
     * @param octets from destination address to the end of the payload
     * @param multicast frames to group addresses but broadcast
     */
    public record Passed(long frames, long octets, long multicast, long broadcast) {
        /** None. */
        public static final Passed NOTHING = new Passed(0, 0, 0, 0);
    }

    /** What came to a receive ring. */
    public record Queue(long frames, long octets, long dropped) {}

    /** Frames that came by the port and were dropped there. */
    public long allInDropped() {
        return inDropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Copies that were dropped for {@code reason} on their way to the port. */
    public long outDropped(DropReason reason) {
        return outDropped.getOrDefault(reason, 0L);
    }

    /** Copies that were dropped on their way to the port. */
    public long allOutDropped() {
        return outDropped.values().stream().mapToLong(Long::longValue).sum();
    }
}
