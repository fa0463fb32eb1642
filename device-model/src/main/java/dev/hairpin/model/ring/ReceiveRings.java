package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.link.Batch;
import java.util.Arrays;
import java.util.List;

/**
 * The receive rings of one function; a frame's port is its ring. Frames leave in the order in which they came, each at the
 * time when the guest takes it; of two rings the later frame may be the first.
 */
final class ReceiveRings implements Passing {
    private static final int[] NONE = {};

    private final ReceiveRing.Settings settings;
    private final ReceiveRing[] rings;

    private final BurstBuilder out = new BurstBuilder(0);

    ReceiveRings(HostSide.Function function) {
        this(function.receives(), new ReceiveRing[function.queues()]);
        for (int ring = 0; ring < rings.length; ring++) {
            this.rings[ring] = new ReceiveRing(settings);
        }
    }

    private ReceiveRings(ReceiveRing.Settings settings, ReceiveRing[] rings) {
        this.settings = settings;
        this.rings = rings;
    }

    @Override
    public boolean loses() {
        return settings.loses();
    }

    @Override
    public boolean mayLose(Batch arrived) {
        long first = arrived.burst().time(0);
        for (ReceiveRing ring : rings) {
            if (ring.free(first) < arrived.burst().size()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Passing copy() {
        ReceiveRing[] copies = new ReceiveRing[rings.length];
        for (int ring = 0; ring < copies.length; ring++) {
            copies[ring] = rings[ring].copy();
        }
        return new ReceiveRings(settings, copies);
    }

    @Override
    public Passed pass(Batch arrived, Admission admission) {
        Burst burst = arrived.burst();
        if (settings.takesNoTime()) {
            return new Passed(new Burst[] {burst}, NONE, 0);
        }
        long[] taken = new long[burst.size()];
        int[] dropped = NONE;
        int drops = 0;
        for (int row = 0; row < taken.length; row++) {
            ReceiveRing ring = rings[burst.port(row)];
            long now = burst.time(row);
            if (admission.admits(row, ring.free(now) > 0)) {
                taken[row] = ring.take(now, burst.length(row));
            } else {
                dropped = drops == 0 ? new int[taken.length - row] : dropped;
                dropped[drops++] = row;
            }
        }
        return new Passed(
                new Burst[] {drops == 0 ? burst.at(taken) : others(burst, taken, dropped, drops)}, dropped, drops);
    }

    private Burst others(Burst burst, long[] taken, int[] dropped, int drops) {
        int drop = 0;
        for (int row = 0; row < taken.length; row++) {
            if (drop < drops && dropped[drop] == row) {
                drop++;
            } else {
                out.add(burst, row, taken[row], burst.port(row));
            }
        }
        return out.build();
    }

    @Override
    public long earliest() {
        return rings.length == 1 && !settings.takesNoTime() ? rings[0].earliest() : Long.MIN_VALUE;
    }

    @Override
    public Burst waiting() {
        return Burst.EMPTY;
    }

    @Override
    public List<long[]> state() {
        return Arrays.stream(rings).flatMap(ring -> ring.state().stream()).toList();
    }

    @Override
    public void restore(List<long[]> state) {
        int each = state.size() / rings.length;
        for (int ring = 0; ring < rings.length; ring++) {
            rings[ring].restore(state.subList(ring * each, (ring + 1) * each));
        }
    }

    @Override
    public void keep(Burst waiting) {
        if (waiting.size() > 0) {
            throw new IllegalArgumentException("nothing waits here");
        }
    }
}
