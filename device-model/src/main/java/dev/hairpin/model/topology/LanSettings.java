package dev.hairpin.model.topology;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Timed;
import dev.hairpin.model.relay.Vsi;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a run on one NIC and one bridge depends on, but for the traffic.
 *
 * @param nic the NIC at the start, with at least one function
 * @param changes of the NIC's settings, at times of the capture
 * @param reflectiveRelay whether the bridge reflects on the port towards the NIC
 * @param externalPorts how many ports the bridge has for stations outside, {@code ext0} on
 * @param known what the bridge's filtering database holds at the start; port 0 is the one towards the NIC, {@code 1 + k}
 *     is {@code ext}<i>k</i>
 * @param limits rates, queues and latencies
 */
public record LanSettings(
        NicSettings nic,
        List<Timed<NicSettings>> changes,
        boolean reflectiveRelay,
        int externalPorts,
        Learned known,
        Limits limits) {
    /** With a NIC as the standard has it, whose settings stay. */
    public LanSettings(
            Mode mode, boolean reflectiveRelay, List<Vsi> vsis, int externalPorts, Learned known, Limits limits) {
        this(NicSettings.of("nic0", mode, vsis), List.of(), reflectiveRelay, externalPorts, known, limits);
    }

    public LanSettings {
        changes = List.copyOf(changes);
        List<Vsi> vsis = nic.vsis();
        if (vsis.isEmpty()) {
            throw new IllegalArgumentException("a NIC without a function");
        }
        if (externalPorts < 0) {
            throw new IllegalArgumentException("a bridge with " + externalPorts + " external ports");
        }
        refuseSharedNames(vsis, externalPorts);
        for (int station = 0; station < known.size(); station++) {
            if (known.port()[station] < 0 || known.port()[station] > externalPorts) {
                throw new IllegalArgumentException("the bridge knows " + Mac.format(known.key()[station])
                        + " behind port " + known.port()[station] + ", which it does not have");
            }
            if (!Mac.isStation(known.key()[station])) {
                throw new IllegalArgumentException(
                        "the bridge knows " + Mac.format(known.key()[station]) + ", which is no station's address");
            }
        }
    }

    /** The mode of the NIC's edge relay, at the start. */
    public Mode mode() {
        return nic.mode();
    }

    /** The NIC's functions with what is registered for them. */
    public List<Vsi> vsis() {
        return nic.vsis();
    }

    /** Stages, ports and ends go by these names. */
    private static void refuseSharedNames(List<Vsi> vsis, int externalPorts) {
        Set<String> taken = new HashSet<>(List.of(Lan.UPLINK, Lan.BRIDGE, Lan.BRIDGE_UPLINK));
        for (Mode mode : Mode.values()) {
            taken.add(mode.word());
        }
        for (int k = 0; k < externalPorts; k++) {
            taken.add(Lan.external(k));
        }
        for (Vsi vsi : vsis) {
            if (!taken.add(vsi.name())) {
                throw new IllegalArgumentException("the name " + vsi.name() + " is taken");
            }
        }
    }

    /**
     * What takes time or has an end. Times are nanoseconds, rates bits a second, queues frames.
     *
     * @param uplinkRate of the wire between NIC and bridge, each way
     * @param uplinkQueue before it, on either side
     * @param functionRate at which a function takes frames from the relay
     * @param functionRing receive buffers of a function
     * @param relayLatency of each direction of the edge relay
     * @param bridgeLatency of the bridge
     * @param ageing of the bridge's filtering database
     */
    public record Limits(
            long uplinkRate,
            int uplinkQueue,
            long functionRate,
            int functionRing,
            long relayLatency,
            long bridgeLatency,
            long ageing) {
        /** 300 s, as 802.1Q-2022 table 8-6 recommends and Linux does. */
        public static final long DEFAULT_AGEING = 300_000_000_000L;

        /** Bridging only: nothing takes time and no queue ends. */
        public static final Limits NONE = new Limits(
                Server.UNLIMITED, Integer.MAX_VALUE, Server.UNLIMITED, Integer.MAX_VALUE, 0, 0, DEFAULT_AGEING);

        public Limits {
            if (relayLatency < 0 || bridgeLatency < 0 || ageing < 0) {
                throw new IllegalArgumentException("latencies of " + relayLatency + " and " + bridgeLatency
                        + " ns, ageing after " + ageing + " ns");
            }
        }
    }
}
