package dev.hairpin.model.link;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;

/** A way with one end: frames leave in the order in which they came, each when it is served. */
public abstract class Line implements Passing {
    private static final int[] NONE = {};

    private final BurstBuilder out = new BurstBuilder(0);

    /** Whether frames leave as they come. */
    protected abstract boolean takesNoTime();

    /** Whether there is a place for a frame when it comes. */
    protected abstract boolean hasPlace(Burst burst, int row);

    /** Takes a frame in, whether there is a place or not, and tells when it leaves. */
    protected abstract long serve(Burst burst, int row);

    @Override
    public final Passed pass(Batch arrived, Admission admission) {
        Burst burst = arrived.burst();
        if (takesNoTime()) {
            return new Passed(new Burst[] {burst}, NONE, 0);
        }
        long[] leaving = new long[burst.size()];
        int[] dropped = NONE;
        int drops = 0;
        for (int row = 0; row < leaving.length; row++) {
            if (admission.admits(row, hasPlace(burst, row))) {
                leaving[row] = serve(burst, row);
            } else {
                dropped = drops == 0 ? new int[leaving.length - row] : dropped;
                dropped[drops++] = row;
            }
        }
        Burst all = drops == 0 ? burst.at(leaving) : others(burst, leaving, dropped, drops);
        return new Passed(new Burst[] {all}, dropped, drops);
    }

    private Burst others(Burst burst, long[] leaving, int[] dropped, int drops) {
        int drop = 0;
        for (int row = 0; row < leaving.length; row++) {
            if (drop < drops && dropped[drop] == row) {
                drop++;
            } else {
                out.add(burst, row, leaving[row], burst.port(row));
            }
        }
        return out.build();
    }
}
