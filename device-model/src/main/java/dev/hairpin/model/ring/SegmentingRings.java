package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Passing;
import dev.hairpin.model.offload.Segmenter;
import java.util.List;

/**
 * Transmit rings behind which the device segments, before anything is switched: a frame takes one place in its ring and crosses
 * PCI Express once; what leaves, when it is through, are its segments. So the relay, its peers and all counters behind have
 * frames of at most the MTU.
 *
 * <p>A frame with an MSS that the device has no place for is not taken into the ring. The device would find out when it reads the
 * descriptor, a little later: X3100 tells it by transmit code 3 then.
 */
final class SegmentingRings implements Passing {
    private final Passing rings;
    private final Segmenter segmenter;
    private final boolean refuses;
    private final int functions;

    SegmentingRings(Passing rings, Segmenter segmenter, int functions) {
        this.functions = functions;
        this.rings = rings;
        this.segmenter = segmenter;
        this.refuses = segmenter.refusesAny();
    }

    @Override
    public boolean loses() {
        return refuses || rings.loses();
    }

    @Override
    public boolean mayLose(Batch arrived) {
        Burst burst = arrived.burst();
        for (int row = 0; refuses && row < burst.size(); row++) {
            if (segmenter.refuses(burst, row)) {
                return true;
            }
        }
        return rings.loses() && rings.mayLose(arrived);
    }

    /** Behind the functions those whose frame has an illegal MSS. */
    @Override
    public int kind(Burst burst, int row) {
        int function = burst.port(row);
        return refuses && segmenter.refuses(burst, row) ? functions + function : function;
    }

    @Override
    public Passing copy() {
        return new SegmentingRings(rings.copy(), segmenter, functions);
    }

    @Override
    public Passed pass(Batch arrived, Admission admission) {
        Passed passed = !refuses
                ? rings.pass(arrived, admission)
                : rings.loses()
                        ? rings.pass(
                                arrived,
                                (row, place) ->
                                        admission.admits(row, place && !segmenter.refuses(arrived.burst(), row)))
                        : legal(arrived, admission);
        return new Passed(new Burst[] {segmenter.cut(passed.out()[0])}, passed.dropped(), passed.drops());
    }

    /** Through rings that have always a place. */
    private Passed legal(Batch arrived, Admission admission) {
        Burst burst = arrived.burst();
        BurstBuilder admitted = new BurstBuilder(burst.size());
        int[] dropped = new int[burst.size()];
        int drops = 0;
        for (int row = 0; row < burst.size(); row++) {
            if (admission.admits(row, !segmenter.refuses(burst, row))) {
                admitted.add(burst, row, burst.time(row), burst.port(row));
            } else {
                dropped[drops++] = row;
            }
        }
        Passed passed = rings.pass(arrived.with(admitted.build(), 0), (row, place) -> place);
        return new Passed(passed.out(), dropped, drops);
    }

    @Override
    public long earliest() {
        return rings.earliest();
    }

    @Override
    public Burst waiting() {
        return rings.waiting();
    }

    @Override
    public List<long[]> state() {
        return rings.state();
    }

    @Override
    public void restore(List<long[]> state) {
        rings.restore(state);
    }

    @Override
    public void keep(Burst waiting) {
        rings.keep(waiting);
    }
}
