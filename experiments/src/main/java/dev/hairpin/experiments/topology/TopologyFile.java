package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.NicSettings;
import java.util.List;

/**
 * What a topology file describes. Times are nanoseconds, rates bits a second ({@link
 * dev.hairpin.model.link.Server#UNLIMITED} for none), queues and rings frames ({@link Integer#MAX_VALUE} for without end).
 *
 * @param nics in the order of their names, at least one
 * @param bridge that they are connected to
 * @param stations outside, in the order of their names
 * @param changes as they were written, in the order of their times
 */
public record TopologyFile(List<Nic> nics, Bridge bridge, List<Station> stations, List<Change> changes) {
    public TopologyFile {
        nics = List.copyOf(nics);
        stations = List.copyOf(stations);
        changes = List.copyOf(changes);
    }

    /**
     * A NIC.
     *
     * @param settings at the start
     * @param uplinkRate of its wire, each way
     * @param uplinkQueue before it, on either side
     * @param relayLatency of each direction of the edge relay
     * @param changes of the settings, in the order of their times, from the first frame on
     */
    public record Nic(
            NicSettings settings,
            long uplinkRate,
            int uplinkQueue,
            long relayLatency,
            List<Timed<NicSettings>> changes) {
        public Nic {
            changes = List.copyOf(changes);
        }

        public String name() {
            return settings.name();
        }

        Nic with(List<Timed<NicSettings>> others) {
            return new Nic(settings, uplinkRate, uplinkQueue, relayLatency, others);
        }
    }

    /**
     * The bridge.
     *
     * @param settings at the start
     * @param ports by number, as in the settings
     * @param latency of every frame through it
     * @param changes of the settings, in the order of their times, from the first frame on
     */
    public record Bridge(BridgeSettings settings, List<Port> ports, long latency, List<Timed<BridgeSettings>> changes) {
        public Bridge {
            ports = List.copyOf(ports);
            changes = List.copyOf(changes);
        }

        Bridge with(List<Timed<BridgeSettings>> others) {
            return new Bridge(settings, ports, latency, others);
        }
    }

    /**
     * What is at a port of the bridge.
     *
     * @param nic whose wire ends there, or empty where stations are
     * @param wire which of the NIC's, where each ends in a port of its own; otherwise empty
     */
    public record Port(String name, String nic, String wire) {}

    /**
     * A station outside.
     *
     * @param addresses that it sends from
     * @param port of the bridge that it is at
     */
    public record Station(String name, List<Long> addresses, String port) {
        public Station {
            addresses = List.copyOf(addresses);
        }
    }

    /**
     * A change as it was written.
     *
     * @param time since the first frame
     * @param relay that it changes, the name of a NIC or {@code bridge}
     * @param refusal why nothing changes, or empty
     */
    public record Change(long time, String text, int line, String relay, String refusal) {}
}
