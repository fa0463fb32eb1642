package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Wires;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.TagChange;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/**
 * What has been done to the tags of the copies under way between NIC and bridge, as decisions are read in order: the event
 * of a stage says only what that stage does. See {@link Retagging}.
 */
public final class CopyTags {
    private final Wires wires;

    /** By the port that they come to. */
    private final Map<String, Long2LongHashMap> underWay = new HashMap<>();

    public CopyTags(Wires wires) {
        this.wires = wires;
        Map<String, Long2LongHashMap> fromNic = new HashMap<>();
        wires.toNic().forEach((bridge, nic) -> {
            // What a NIC sends takes one of its wires, whichever that is.
            underWay.put(bridge, fromNic.computeIfAbsent(nic, one -> new Long2LongHashMap(Retagging.NONE)));
            underWay.put(nic, new Long2LongHashMap(Retagging.NONE));
        });
    }

    /** Of a frame that comes to a relay by {@code port}. */
    public long arriving(long number, String port) {
        Long2LongHashMap tags = underWay.get(port);
        return tags == null ? Retagging.NONE : tags.get(number);
    }

    /** Of copy {@code copy} of {@code outcome}, when its frame came with {@code arriving}; to be told of every copy. */
    public long leaving(long number, Outcome outcome, int copy, List<String> ports, long arriving) {
        long leaving = TagChange.apply(outcome.change(copy), arriving);
        Long2LongHashMap tags = underWay.get(wires.otherEnd(ports.get(outcome.egress(copy))));
        if (tags != null) {
            put(tags, number, leaving);
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
