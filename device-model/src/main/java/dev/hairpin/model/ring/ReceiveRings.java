package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Line;
import dev.hairpin.model.link.Passing;
import java.util.Arrays;
import java.util.List;

/**
 * The receive rings of one function; a frame's port is its ring. Frames leave in the order in which they came, each at the
 * time when the guest takes it; of two rings the later frame may be the first.
 */
final class ReceiveRings extends Line {
    private final ReceiveRing.Settings settings;
    private final ReceiveRing[] rings;

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
    protected boolean takesNoTime() {
        return settings.takesNoTime();
    }

    @Override
    protected boolean hasPlace(Burst burst, int row) {
        return rings[burst.port(row)].free(burst.time(row)) > 0;
    }

    @Override
    protected long serve(Burst burst, int row) {
        return rings[burst.port(row)].take(burst.time(row), burst.length(row));
    }

    @Override
    public long earliest() {
        return rings.length == 1 && !settings.takesNoTime() ? rings[0].earliest() : Long.MIN_VALUE;
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
}
