package dev.hairpin.model.topology;

import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.ReceiveRing;
import dev.hairpin.model.ring.Rss;
import dev.hairpin.model.ring.Share;
import dev.hairpin.model.wire.Bond;
import dev.hairpin.model.wire.WireSettings;
import java.util.List;

/**
 * A NIC in a LAN: what it does, what takes time in it, and where its wire ends. Times are nanoseconds, rates bits a second,
 * queues frames.
 *
 * @param settings at the start, with at least one function
 * @param changes of the settings, at times of the capture; after the last no transmit ring stands still
 *     and no wire is held back
 * @param bridgePorts the ports of the bridge that its wires lead to, by number: of an active-backup bond one for each of them,
 *     otherwise one
 * @param uplinkRate of that wire, each way
 * @param uplinkQueue before it, on either side
 * @param relayLatency of each direction of the edge relay
 */
public record LanNic(
        NicSettings settings,
        List<Timed<NicSettings>> changes,
        List<Integer> bridgePorts,
        long uplinkRate,
        int uplinkQueue,
        long relayLatency) {
    public LanNic {
        changes = List.copyOf(changes);
        bridgePorts = List.copyOf(bridgePorts);
        Bond bond = settings.wire().bond();
        int ports = bond.mode() == Bond.Mode.ACTIVE_BACKUP ? bond.members().size() : 1;
        if (bridgePorts.size() != ports) {
            throw new IllegalArgumentException(
                    settings.name() + " at ports " + bridgePorts + " of the bridge, expected " + ports);
        }
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
                List.of(bridgePort),
                limits.uplinkRate(),
                limits.uplinkQueue(),
                limits.relayLatency());
    }

    /** The port of the bridge that its wire leads to, or the first of its wires. */
    public int bridgePort() {
        return bridgePorts.get(0);
    }

    /** The same where nothing takes time and nothing has an end, at the start and after every change. */
    LanNic unlimited() {
        return new LanNic(
                unlimited(settings),
                changes.stream()
                        .map(change -> change.with(unlimited(change.settings())))
                        .toList(),
                bridgePorts,
                Server.UNLIMITED,
                Integer.MAX_VALUE,
                0);
    }

    /** Wires stay as many as they are, and those that are up. */
    private static NicSettings unlimited(NicSettings settings) {
        return settings.with(settings.host().unlimited())
                .with(WireSettings.PLAIN.with(settings.wire().bond()));
    }

    /** The same with other settings at the start. */
    public LanNic with(NicSettings others) {
        return new LanNic(others, changes, bridgePorts, uplinkRate, uplinkQueue, relayLatency);
    }

    /** The same with other changes. */
    public LanNic with(List<Timed<NicSettings>> others) {
        return new LanNic(settings, others, bridgePorts, uplinkRate, uplinkQueue, relayLatency);
    }
}
