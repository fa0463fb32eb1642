package dev.hairpin.experiments.projection;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.topology.Receiver;
import org.agrona.collections.Long2LongHashMap;

/**
 * Watches the ends while a run goes on: counts the copies of each frame that do arrive, independently of what the journal
 * says, and the frames that arrive behind a later one of their flow. A flow is one source, destination and tag at one end.
 */
public final class Arrivals implements Receiver {
    private final PerFrame copies = new PerFrame();
    private final Long2LongHashMap lastOfFlow = new Long2LongHashMap(0);
    private long outOfOrder;

    @Override
    public void received(int end, Burst burst) {
        for (int row = 0; row < burst.size(); row++) {
            copies.add(burst.number(row), 1);
            long order = FrameNumber.order(burst.number(row));
            // Two flows of one hash would at worst be told as one that is out of order: 64 bits make it no matter.
            long flow = burst.source(row) * 0x9E37_79B9_7F4A_7C15L
                    + (burst.destination(row) ^ ((long) VlanTag.vid(burst.tag(row)) << 48)) * 0xC2B2_AE3D_27D4_EB4FL
                    + end * 0x1656_67B1_9E37_79F9L;
            long last = lastOfFlow.put(flow, order);
            if (last > order) {
                outOfOrder++;
                lastOfFlow.put(flow, last);
            }
        }
    }

    /** Copies that arrived, by frame. */
    public PerFrame copies() {
        return copies;
    }

    /** Frames that arrived behind a later one of their flow. */
    public long outOfOrder() {
        return outOfOrder;
    }
}
