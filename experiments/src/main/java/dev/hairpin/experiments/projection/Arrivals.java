package dev.hairpin.experiments.projection;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.topology.Receiver;
import java.util.Arrays;
import org.agrona.collections.Long2LongHashMap;

/**
 * Watches the ends while a run goes on: counts the copies of each frame that do arrive, independently of what the journal
 * says, and the frames that arrive behind a later one of their flow. A flow is one source, destination and tag at one end.
 */
public final class Arrivals implements Receiver {
    private int[] copies = new int[1024];
    private final Long2LongHashMap lastOfFlow = new Long2LongHashMap(0);
    private long outOfOrder;

    @Override
    public void received(int end, Burst burst) {
        for (int row = 0; row < burst.size(); row++) {
            int number = (int) burst.number(row);
            if (number >= copies.length) {
                copies = Arrays.copyOf(copies, Math.max(number + 1, 2 * copies.length));
            }
            copies[number]++;
            // Two flows of one hash would at worst be told as one that is out of order: 64 bits make it no matter.
            long flow = burst.source(row) * 0x9E37_79B9_7F4A_7C15L
                    + (burst.destination(row) ^ ((long) VlanTag.vid(burst.tag(row)) << 48)) * 0xC2B2_AE3D_27D4_EB4FL
                    + end * 0x1656_67B1_9E37_79F9L;
            long last = lastOfFlow.put(flow, number);
            if (last > number) {
                outOfOrder++;
                lastOfFlow.put(flow, last);
            }
        }
    }

    /** Copies that arrived, by frame number. The array may be longer than there are frames. */
    public int[] copies() {
        return copies;
    }

    /** Frames that arrived behind a later one of their flow. */
    public long outOfOrder() {
        return outOfOrder;
    }
}
