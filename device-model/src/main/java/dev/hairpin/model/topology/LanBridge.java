package dev.hairpin.model.topology;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.link.Timed;
import java.util.List;

/**
 * The bridge of a LAN.
 *
 * @param settings at the start, its ports among them
 * @param changes of the settings, at times of the capture; ports neither come nor go
 * @param latency of every frame through it, nanoseconds
 */
public record LanBridge(BridgeSettings settings, List<Timed<BridgeSettings>> changes, long latency) {
    public LanBridge {
        changes = List.copyOf(changes);
        if (latency < 0) {
            throw new IllegalArgumentException("a bridge latency of " + latency + " ns");
        }
    }
}
