package dev.hairpin.experiments.projection;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.topology.Lan;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;

/**
 * What has been done to the tags of the copies under way between NIC and bridge, as decisions are read in order: the event
 * of a stage says only what that stage does. See {@link Retagging}.
 */
final class CopyTags {
    private final Long2LongHashMap toBridge = new Long2LongHashMap(Retagging.NONE);
    private final Long2LongHashMap toNic = new Long2LongHashMap(Retagging.NONE);

    /** Of a frame that comes to a relay by {@code port}. */
    long arriving(long number, String port) {
        return switch (port) {
            case Lan.BRIDGE_UPLINK -> toBridge.get(number);
            case Lan.UPLINK -> toNic.get(number);
            default -> Retagging.NONE;
        };
    }

    /** Of copy {@code copy} of {@code outcome}, when its frame came with {@code arriving}; to be told of every copy. */
    long leaving(long number, Outcome outcome, int copy, List<String> ports, long arriving) {
        long leaving = TagChange.apply(outcome.change(copy), arriving);
        String port = ports.get(outcome.egress(copy));
        if (port.equals(Lan.UPLINK)) {
            put(toBridge, number, leaving);
        } else if (port.equals(Lan.BRIDGE_UPLINK)) {
            put(toNic, number, leaving);
        }
        return leaving;
    }

    private static void put(Long2LongHashMap tags, long number, long retagging) {
        if (retagging == Retagging.NONE) {
            tags.remove(number);
        } else {
            tags.put(number, retagging);
        }
    }
}
