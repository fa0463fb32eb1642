package dev.hairpin.model.relay;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.relay.StormControl.Kind;
import dev.hairpin.model.relay.StormControl.Level;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Storm control of a relay's ports made ready: which bucket there is for frames of a kind from a port. */
public final class StormTable {
    private static final int NONE = -1;
    private static final int KINDS = Kind.values().length;

    private final List<StormControl> ports;
    private final Meters meters;

    /** By port and kind. */
    private final int[] meter;

    private final boolean off;

    /**
     * @param ports what is set for each; those behind the last pass everything
     * @param before which held until now, or null; buckets of what has not changed are kept
     * @param meters that get the buckets
     */
    public StormTable(List<StormControl> ports, @Nullable StormTable before, Meters meters) {
        this.ports = List.copyOf(ports);
        this.meters = meters;
        this.meter = new int[KINDS * ports.size()];
        Arrays.fill(meter, NONE);
        for (int port = 0; port < ports.size(); port++) {
            for (var level : ports.get(port).levels().entrySet()) {
                int at = KINDS * port + level.getKey().ordinal();
                meter[at] = before == null || !level.getValue().equals(before.level(port, level.getKey()))
                        ? meters.add(
                                level.getValue().perSecond(), level.getValue().full())
                        : before.meter[at];
            }
        }
        this.off = Arrays.stream(meter).allMatch(each -> each == NONE);
    }

    private @Nullable Level level(int port, Kind kind) {
        return port < ports.size() ? ports.get(port).levels().get(kind) : null;
    }

    /** Whether everything passes. */
    public boolean isOff() {
        return off;
    }

    /**
     * Whether a frame passes; draws on its bucket.
     *
     * @param known whether the relay knows the destination, if that is a station's
     */
    public boolean admits(Burst burst, int row, boolean known) {
        Kind kind = Kind.of(burst.destination(row), known);
        int port = burst.port(row);
        Level level = kind == null ? null : level(port, kind);
        return level == null
                || kind == null
                || meters.draw(meter[KINDS * port + kind.ordinal()], level.tokens(burst.length(row)), burst.time(row));
    }
}
