package dev.hairpin.model.topology;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All that a run on NICs and one bridge depends on, but for the traffic.
 *
 * <p>Where there are several NICs, the name of each stands before those of its parts: {@code nic1.vf0}. Ports of the bridge
 * keep theirs.
 *
 * @param nics at least one; each at a port of its own
 * @param bridge that they are connected to; at its other ports are stations outside
 * @param known what the bridge's filtering database has learned at the start, behind ports of the bridge by number
 */
public record LanSettings(List<LanNic> nics, LanBridge bridge, Learned known) {
    /** With a NIC as the standard has it, whose settings stay. */
    public LanSettings(
            Mode mode, boolean reflectiveRelay, List<Vsi> vsis, int externalPorts, Learned known, Limits limits) {
        this(NicSettings.of("nic0", mode, vsis), List.of(), reflectiveRelay, externalPorts, known, limits);
    }

    /**
     * One NIC at a bridge that learns and may reflect. Port 0 of the bridge is the one towards the NIC, {@code 1 + k} is
     * {@code ext}<i>k</i>.
     */
    public LanSettings(
            NicSettings nic,
            List<Timed<NicSettings>> changes,
            boolean reflectiveRelay,
            int externalPorts,
            Learned known,
            Limits limits) {
        this(
                List.of(LanNic.of(nic, changes, 0, limits)),
                new LanBridge(
                        BridgeSettings.of(ports(reflectiveRelay, externalPorts)).withAgeing(limits.ageing()),
                        List.of(),
                        limits.bridgeLatency()),
                known);
    }

    public LanSettings {
        nics = List.copyOf(nics);
        List<String> ports = bridge.settings().names();
        refuseSharedPorts(nics, ports.size());
        refuseSharedNames(nics, ports);
        for (int station = 0; station < known.size(); station++) {
            if (known.port()[station] < 0 || known.port()[station] >= ports.size()) {
                throw new IllegalArgumentException("the bridge knows " + Mac.format(known.key()[station])
                        + " behind port " + known.port()[station] + ", which it does not have");
            }
            if (!Mac.isStation(known.key()[station])) {
                throw new IllegalArgumentException(
                        "the bridge knows " + Mac.format(known.key()[station]) + ", which is no station's address");
            }
        }
    }

    private static List<BridgePort> ports(boolean reflectiveRelay, int externalPorts) {
        if (externalPorts < 0) {
            throw new IllegalArgumentException("a bridge with " + externalPorts + " external ports");
        }
        List<BridgePort> ports =
                new ArrayList<>(List.of(BridgePort.named(Lan.BRIDGE_UPLINK).withReflects(reflectiveRelay)));
        for (int k = 0; k < externalPorts; k++) {
            ports.add(BridgePort.named(Lan.external(k)));
        }
        return ports;
    }

    /** The first NIC at the start. */
    public NicSettings nic() {
        return nics.get(0).settings();
    }

    /** The mode of the first NIC's edge relay, at the start. */
    public Mode mode() {
        return nic().mode();
    }

    /** The first NIC's functions with what is registered for them. */
    public List<Vsi> vsis() {
        return nic().vsis();
    }

    /** Whether the bridge reflects towards the first NIC, at the start. */
    public boolean reflectiveRelay() {
        return bridge.settings().ports().get(nics.get(0).bridgePort()).reflects();
    }

    /** Ports of the bridge, by number, at which there are stations outside. */
    public List<Integer> externals() {
        List<Integer> externals = new ArrayList<>();
        for (int port = 0; port < bridge.settings().ports().size(); port++) {
            if (nicAt(port) < 0) {
                externals.add(port);
            }
        }
        return externals;
    }

    /** The NIC whose wire leads to port {@code port} of the bridge, by number, or -1. */
    public int nicAt(int port) {
        for (int nic = 0; nic < nics.size(); nic++) {
            if (nics.get(nic).bridgePorts().contains(port)) {
                return nic;
            }
        }
        return -1;
    }

    /** How many ports of the bridge have stations outside. */
    public int externalPorts() {
        return externals().size();
    }

    /** What stands before the names of all parts of NIC {@code nic}: nothing where it is the only one. */
    public String prefix(int nic) {
        return prefix(nics, nics.get(nic));
    }

    private static String prefix(List<LanNic> nics, LanNic nic) {
        return nics.size() == 1 ? "" : nic.settings().name() + ".";
    }

    /** The ports by which frames go between NICs and bridge: to each of the bridge's that of the NIC at the other end. */
    public Map<String, String> wires() {
        Map<String, String> wires = new LinkedHashMap<>();
        for (int nic = 0; nic < nics.size(); nic++) {
            for (int port : nics.get(nic).bridgePorts()) {
                wires.put(bridge.settings().names().get(port), prefix(nic) + Lan.UPLINK);
            }
        }
        return wires;
    }

    /** Bridging only: the same where nothing takes time and no queue or ring has an end. */
    public LanSettings unlimited() {
        return new LanSettings(
                nics.stream().map(LanNic::unlimited).toList(),
                new LanBridge(bridge.settings(), bridge.changes(), 0),
                known);
    }

    /** The same with another first NIC at the start. */
    public LanSettings with(NicSettings first) {
        List<LanNic> others = new ArrayList<>(nics);
        others.set(0, nics.get(0).with(first));
        return new LanSettings(others, bridge, known);
    }

    /**
     * The settings of a run that parts from this one at {@code time} and goes on as {@code other}: what changes are NICs and
     * bridge, not what takes time or where stations are.
     *
     * @param words for the change between the two
     */
    public LanSettings forkedAt(long time, LanSettings other, String words) {
        if (time == Batch.NEVER) {
            return this;
        }
        List<LanNic> forked = new ArrayList<>();
        for (int nic = 0; nic < nics.size(); nic++) {
            LanNic own = other.nics.get(nic);
            forked.add(nics.get(nic)
                    .with(Timed.fork(nics.get(nic).changes(), own.settings(), own.changes(), time, words)));
        }
        LanBridge own = other.bridge;
        List<Timed<BridgeSettings>> changes = Timed.fork(bridge.changes(), own.settings(), own.changes(), time, words);
        return new LanSettings(forked, new LanBridge(bridge.settings(), changes, bridge.latency()), known);
    }

    private static void refuseSharedPorts(List<LanNic> nics, int ports) {
        Set<Integer> taken = new HashSet<>();
        for (LanNic nic : nics) {
            for (int port : nic.bridgePorts()) {
                if (port < 0 || port >= ports || !taken.add(port)) {
                    throw new IllegalArgumentException(nic.settings().name() + " at port " + port
                            + " of the bridge, which it does not have or another NIC is at");
                }
            }
        }
        if (nics.isEmpty()) {
            throw new IllegalArgumentException("a LAN without a NIC");
        }
    }

    /** Stages, ports and ends go by these names. */
    private static void refuseSharedNames(List<LanNic> nics, List<String> ports) {
        Set<String> taken = new HashSet<>();
        taken.add(Lan.BRIDGE);
        List<String> names = new ArrayList<>(ports);
        for (LanNic nic : nics) {
            String prefix = prefix(nics, nic);
            Lan.RESERVED.forEach(name -> taken.add(prefix + name));
            nic.settings().vsis().forEach(vsi -> names.add(prefix + vsi.name()));
        }
        for (String name : names) {
            if (!taken.add(name)) {
                throw new IllegalArgumentException("the name " + name + " is taken");
            }
        }
    }

    /**
     * What takes time or has an end, where all functions are alike. Times are nanoseconds, rates bits a second, queues frames.
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
