package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Line;
import dev.hairpin.model.link.Passing;
import dev.hairpin.model.link.Steps;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The receive rings of one function; a frame's port is its ring. Frames leave in the order in which they came, each at the
 * time when the guest takes it; of two rings the later frame may be the first.
 */
final class ReceiveRings extends Line {
    private final Steps<Held> steps;
    private final boolean takesNoTime;
    private final boolean loses;
    private final ReceiveRing[] rings;

    /** @param steps that change settings and the number of rings */
    ReceiveRings(Steps<HostSide.Function> steps) {
        this(steps.of(Held::of), new ReceiveRing[HostSide.Function.mostQueues(steps)]);
        for (int ring = 0; ring < rings.length; ring++) {
            this.rings[ring] = new ReceiveRing(this.steps.now().settings, loses);
        }
        configure();
    }

    private ReceiveRings(Steps<Held> steps, ReceiveRing[] rings) {
        this.steps = steps;
        this.takesNoTime = steps.all().stream().allMatch(Held::takesNoTime);
        this.loses = steps.all().stream().anyMatch(Held::loses);
        this.rings = rings;
    }

    @Override
    public boolean loses() {
        return loses;
    }

    @Override
    public boolean mayLose(Batch arrived) {
        Burst burst = arrived.burst();
        if (steps.isDue(burst.time(burst.size() - 1))) {
            return true;
        }
        for (ReceiveRing ring : rings) {
            if (ring.free(burst.time(0)) < burst.size()) {
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
        return new ReceiveRings(steps.copy(), copies);
    }

    @Override
    protected boolean takesNoTime() {
        return takesNoTime;
    }

    @Override
    protected boolean hasPlace(Burst burst, int row) {
        if (steps.reach(burst.time(row))) {
            configure();
        }
        return rings[burst.port(row)].free(burst.time(row)) > 0;
    }

    private void configure() {
        long stalledUntil = steps.now().stalled ? steps.nextWhere(held -> !held.stalled) : Long.MIN_VALUE;
        for (ReceiveRing ring : rings) {
            ring.under(steps.now().settings, stalledUntil);
        }
    }

    /** What rings are set to, and whether they stand still. */
    private record Held(ReceiveRing.Settings settings, boolean stalled) {
        static Held of(HostSide.Function function) {
            return new Held(function.receives(), function.stall() == Stall.RECEIVES);
        }

        boolean takesNoTime() {
            return settings.takesNoTime() && !stalled;
        }

        boolean loses() {
            return settings.buffers() != ReceiveRing.UNLIMITED && !takesNoTime();
        }
    }

    @Override
    protected long serve(Burst burst, int row) {
        return rings[burst.port(row)].take(burst.time(row), burst.length(row));
    }

    @Override
    public long earliest() {
        return rings.length == 1 && !takesNoTime ? rings[0].earliest() : Long.MIN_VALUE;
    }

    @Override
    public List<long[]> state() {
        return Stream.concat(Arrays.stream(rings).flatMap(ring -> ring.state().stream()), steps.state().stream())
                .toList();
    }

    @Override
    public void restore(List<long[]> state) {
        int each = rings[0].state().size();
        steps.restore(state.subList(rings.length * each, state.size()));
        configure();
        for (int ring = 0; ring < rings.length; ring++) {
            rings[ring].restore(state.subList(ring * each, (ring + 1) * each));
        }
    }
}
