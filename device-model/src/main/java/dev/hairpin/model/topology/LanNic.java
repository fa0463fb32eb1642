package dev.hairpin.model.topology;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import java.util.List;

/**
 * A NIC in a LAN: what it does, what takes time in it, and where its wire ends. Times are nanoseconds, rates bits a second,
 * queues frames.
 *
 * @param settings at the start, with at least one function
 * @param changes of the settings, at times of the capture; after the last no transmit ring stands still
 * @param bridgePort the port of the bridge that its wire leads to, by number
 * @param uplinkRate of that wire, each way
 * @param uplinkQueue before it, on either side
 * @param relayLatency of each direction of the edge relay
 */
public record LanNic(
        NicSettings settings,
        List<Timed<NicSettings>> changes,
        int bridgePort,
        long uplinkRate,
        int uplinkQueue,
        long relayLatency) {
    public LanNic {
        changes = List.copyOf(changes);
        if (settings.vsis().isEmpty()) {
            throw new IllegalArgumentException("a NIC without a function");
        }
        if ((changes.isEmpty() ? settings : changes.get(changes.size() - 1).settings())
                .host()
                .stallsSending()) {
            throw new IllegalArgumentException(settings.name() + ": a transmit ring that stands still to the end");
        }
        if (relayLatency < 0) {
            throw new IllegalArgumentException("a relay latency of " + relayLatency + " ns");
        }
    }

    /** One whose functions are all alike, at port {@code bridgePort} of the bridge. */
    public static LanNic of(
            NicSettings settings, List<Timed<NicSettings>> changes, int bridgePort, LanSettings.Limits limits) {
        HostSide.Function rings = new HostSide.Function(
                1,
                new ReceiveRing.Settings(limits.functionRing(), limits.functionRate(), 0, 1),
                Rss.Settings.of(1),
                Share.EQUAL);
        HostSide host = HostSide.of(settings.vsis().size(), rings);
        return new LanNic(
                settings.with(host),
                changes.stream()
                        .map(change -> change.with(change.settings().with(host)))
                        .toList(),
                bridgePort,
                limits.uplinkRate(),
                limits.uplinkQueue(),
                limits.relayLatency());
    }

    /** The same where nothing takes time and nothing has an end, at the start and after every change. */
    LanNic unlimited() {
        return new LanNic(
                unlimited(settings),
                changes.stream()
                        .map(change -> change.with(unlimited(change.settings())))
                        .toList(),
                bridgePort,
                Server.UNLIMITED,
                Integer.MAX_VALUE,
                0);
    }

    private static NicSettings unlimited(NicSettings settings) {
        return settings.with(settings.host().unlimited());
    }

    /** The same with other settings at the start. */
    public LanNic with(NicSettings others) {
        return new LanNic(others, changes, bridgePort, uplinkRate, uplinkQueue, relayLatency);
    }

    /** The same with other changes. */
    public LanNic with(List<Timed<NicSettings>> others) {
        return new LanNic(settings, others, bridgePort, uplinkRate, uplinkQueue, relayLatency);
    }
}
