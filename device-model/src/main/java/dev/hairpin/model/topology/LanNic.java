package dev.hairpin.model.topology;

import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Timed;
import java.util.Collections;
import java.util.List;

/**
 * A NIC in a LAN: what it does, what takes time in it, and where its wire ends. Times are nanoseconds, rates bits a second,
 * queues frames.
 *
 * @param settings at the start, with at least one function
 * @param changes of the settings, at times of the capture
 * @param bridgePort the port of the bridge that its wire leads to, by number
 * @param uplinkRate of that wire, each way
 * @param uplinkQueue before it, on either side
 * @param relayLatency of each direction of the edge relay
 * @param functions limits of its functions, by port
 */
public record LanNic(
        NicSettings settings,
        List<Timed<NicSettings>> changes,
        int bridgePort,
        long uplinkRate,
        int uplinkQueue,
        long relayLatency,
        List<Ring> functions) {
    /**
     * How a function takes what the edge relay gives it.
     *
     * @param rate at which it takes frames
     * @param buffers for those that wait
     */
    public record Ring(long rate, int buffers) {}

    public LanNic {
        changes = List.copyOf(changes);
        functions = List.copyOf(functions);
        if (settings.vsis().isEmpty()) {
            throw new IllegalArgumentException("a NIC without a function");
        }
        if (functions.size() != settings.vsis().size()) {
            throw new IllegalArgumentException("limits for " + functions.size() + " functions of "
                    + settings.vsis().size());
        }
        if (relayLatency < 0) {
            throw new IllegalArgumentException("a relay latency of " + relayLatency + " ns");
        }
    }

    /** One whose functions are all alike, at port {@code bridgePort} of the bridge. */
    public static LanNic of(
            NicSettings settings, List<Timed<NicSettings>> changes, int bridgePort, LanSettings.Limits limits) {
        Ring ring = new Ring(limits.functionRate(), limits.functionRing());
        return new LanNic(
                settings,
                changes,
                bridgePort,
                limits.uplinkRate(),
                limits.uplinkQueue(),
                limits.relayLatency(),
                Collections.nCopies(settings.vsis().size(), ring));
    }

    /** The same with other settings at the start. */
    public LanNic with(NicSettings others) {
        return new LanNic(others, changes, bridgePort, uplinkRate, uplinkQueue, relayLatency, functions);
    }

    /** The same with other changes. */
    public LanNic with(List<Timed<NicSettings>> others) {
        return new LanNic(settings, others, bridgePort, uplinkRate, uplinkQueue, relayLatency, functions);
    }
}
