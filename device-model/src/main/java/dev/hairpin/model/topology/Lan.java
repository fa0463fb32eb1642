package dev.hairpin.model.topology;

import dev.hairpin.model.bridge.Bridge;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.link.PassThrough;
import dev.hairpin.model.link.QueueStage;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.relay.EdgeRelayRx;
import dev.hairpin.model.relay.EdgeRelayTx;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.ring.RingStage;
import dev.hairpin.model.topology.Topology.Device;
import dev.hairpin.model.topology.Topology.Part;
import dev.hairpin.model.wire.BondStage;
import dev.hairpin.model.wire.WireSettings;
import dev.hairpin.model.wire.WireStage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * NICs, one adjacent bridge, and a port of the bridge for stations outside:
 *
 * <pre>
 *  vf0.tx ─┐                   ┌─ loopback ────────────────────────────┐                   ┌─ vf0.rx
 *  vf1.tx ─┤ pcie.tx ─ veb.tx ─┤                                       ├─ veb.rx ─ pcie.rx ┤
 *    ...  ─┘                   └─ uplink.tx ┐                uplink.rx ┘                   └─ vf1.rx ...
 *                                           │                    │
 *                                  br.uplink.in            br.uplink.out
 *                                           └───── bridge ───────┘
 *                                  extK.in ────────┘  └──────── extK.out
 * </pre>
 *
 * What stations send and what they get are stages of their own, so the whole has no cycle: a frame between two servers
 * leaves one by its sending stages, and enters the other by its receiving ones.
 */
public final class Lan {
    /** A NIC's wire port. */
    public static final String UPLINK = "uplink";

    /** A NIC's way to and from its host: transmit rings and their scheduler, and PCI Express either way. */
    public static final String PCIE = "pcie";

    /** The bridge's relay. */
    public static final String BRIDGE = "bridge";

    /** The bridge's port towards the NIC, unless it is named otherwise. */
    public static final String BRIDGE_UPLINK = "br.uplink";

    /** Names in a NIC that no function may have. */
    public static final List<String> RESERVED = Stream.concat(
                    Stream.of(UPLINK, BRIDGE, PCIE), Stream.of(Mode.values()).map(Mode::word))
            .toList();

    private final LanSettings settings;
    private final List<String> bridgePorts;
    private final List<String> externals;
    private final List<StageOutline> outlines = new ArrayList<>();

    private Lan(LanSettings settings) {
        this.settings = settings;
        this.bridgePorts = settings.bridge().settings().names();
        this.externals = settings.externals().stream().map(bridgePorts::get).toList();
    }

    /** Wires what {@code settings} describe. Source ports and ends are all functions, NIC by NIC, then what is outside. */
    public static Topology of(LanSettings settings) {
        return new Lan(settings).wire();
    }

    /** The name of the bridge's port for station {@code k} outside, unless it is named otherwise. */
    public static String external(int k) {
        return "ext" + k;
    }

    private Topology wire() {
        List<InLan> nics = IntStream.range(0, settings.nics().size())
                .mapToObj(nic -> new InLan(
                        settings.nics().get(nic),
                        settings.prefix(nic),
                        settings.nics().get(nic).bridgePorts().stream()
                                .map(bridgePorts::get)
                                .toList()))
                .toList();
        nics.forEach(this::sending);
        bridging(nics);
        nics.forEach(this::receiving);
        nics.forEach(this::linkSending);
        linkBridge();
        nics.forEach(this::linkReceiving);
        List<String> functions =
                nics.stream().flatMap(nic -> nic.functions().stream()).toList();
        return build(
                Stream.concat(
                                functions.stream().map(vsi -> vsi + ".tx"),
                                externals.stream().map(ext -> ext + ".in"))
                        .toList(),
                Stream.concat(
                                functions.stream().map(vsi -> vsi + ".rx"),
                                externals.stream().map(ext -> ext + ".out"))
                        .toList(),
                Stream.concat(functions.stream(), externals.stream()).toList());
    }

    /** A NIC, what stands before its names, and the ports of the bridge that its wires lead to, see {@link LanNic}. */
    private record InLan(LanNic nic, String prefix, List<String> bridgePorts) {
        Device device() {
            return new Device(nic.settings().name(), Device.Kind.NIC);
        }

        List<String> functions() {
            return nic.settings().vsis().stream()
                    .map(vsi -> prefix + vsi.name())
                    .toList();
        }

        Steps<HostSide> host() {
            return Steps.of(nic.settings(), nic.changes(), NicSettings::host);
        }

        Steps<WireSettings> wire() {
            return Steps.of(nic.settings(), nic.changes(), NicSettings::wire);
        }

        /** How many wires it has. */
        int wires() {
            return nic.settings().wire().bond().members().size();
        }

        /** The port of the bridge that a wire leads to. */
        String bridgePort(int wire) {
            return bridgePorts.get(Math.min(wire, bridgePorts.size() - 1));
        }

        /** How many of its wires end in one port of the bridge. */
        int atOnePort() {
            return wires() / bridgePorts.size();
        }

        String relay() {
            return prefix + nic.settings().mode().word();
        }

        String tx() {
            return relay() + ".tx";
        }

        String rx() {
            return relay() + ".rx";
        }

        String uplink() {
            return prefix + UPLINK;
        }

        String fromHost() {
            return prefix + PCIE + ".tx";
        }

        String toHost() {
            return prefix + PCIE + ".rx";
        }
    }

    /** From the functions through the edge relay to the wire. */
    private void sending(InLan in) {
        LanNic nic = in.nic;
        for (String function : in.functions()) {
            passThrough(in.device(), function + ".tx", function, Part.FUNCTION);
        }
        stage(
                in.device(),
                in.fromHost(),
                in.relay(),
                Part.EDGE_RELAY,
                () -> RingStage.sending(
                        in.fromHost(),
                        in.functions(),
                        in.host(),
                        nic.settings().device().get(Choice.MOST_MSS)));
        stage(
                in.device(),
                in.tx(),
                in.relay(),
                Part.EDGE_RELAY,
                () -> new EdgeRelayTx(in.tx(), in.prefix, nic.settings(), nic.changes(), nic.relayLatency()));
        stage(
                in.device(),
                in.uplink() + ".tx",
                in.uplink(),
                Part.UPLINK,
                () -> WireStage.of(in.uplink() + ".tx", in.uplink(), nic.uplinkRate(), nic.uplinkQueue(), in.wire()));
    }

    /** The adjacent bridge and both sides of its ports. */
    private void bridging(List<InLan> nics) {
        LanBridge bridge = settings.bridge();
        for (int port = 0; port < bridgePorts.size(); port++) {
            String name = bridgePorts.get(port);
            int nic = settings.nicAt(port);
            int wires = nic < 0 ? 1 : nics.get(nic).atOnePort();
            stage(
                    Device.BRIDGE,
                    name + ".in",
                    name,
                    Part.BRIDGE_PORT,
                    () -> new PassThrough(name + ".in", name, wires, 0));
        }
        stage(
                Device.BRIDGE,
                BRIDGE,
                BRIDGE,
                Part.BRIDGE_RELAY,
                () -> new Bridge(BRIDGE, bridge.settings(), bridge.changes(), settings.known(), bridge.latency()));
        for (int port = 0; port < bridgePorts.size(); port++) {
            String name = bridgePorts.get(port);
            int nic = settings.nicAt(port);
            if (nic < 0) {
                queue(name + ".out", name, Server::unlimited);
            } else if (nics.get(nic).atOnePort() > 1) {
                stage(Device.BRIDGE, name + ".out", name, Part.BRIDGE_PORT, () -> aggregate(name, nics.get(nic)));
            } else {
                LanNic its = nics.get(nic).nic;
                queue(name + ".out", name, () -> Server.wire(its.uplinkRate(), its.uplinkQueue()));
            }
        }
    }

    /** The bridge's side of a static aggregate: it has no classes and nobody pauses it. */
    private static Stage aggregate(String name, InLan in) {
        return WireStage.of(
                name + ".out",
                name,
                in.nic.uplinkRate(),
                in.nic.uplinkQueue(),
                in.wire().of(WireSettings::bond).of(WireSettings.PLAIN::with));
    }

    /** From the wire through the edge relay to the functions. */
    private void receiving(InLan in) {
        LanNic nic = in.nic;
        stage(
                in.device(),
                in.uplink() + ".rx",
                // One that drops keeps a journal, as the sending side does, and an actor has one.
                in.bridgePorts.size() == 1 ? in.uplink() : in.uplink() + ".bond",
                Part.UPLINK,
                () -> BondStage.of(in.uplink() + ".rx", in.uplink(), in.bridgePorts, in.wire()));
        stage(
                in.device(),
                in.rx(),
                in.relay(),
                Part.EDGE_RELAY,
                () -> new EdgeRelayRx(in.rx(), in.prefix, nic.settings(), nic.changes(), nic.relayLatency()));
        stage(
                in.device(),
                in.toHost(),
                in.relay(),
                Part.EDGE_RELAY,
                () -> RingStage.towardsHost(in.toHost(), in.functions(), in.host()));
        for (int port = 0; port < in.functions().size(); port++) {
            String function = in.functions().get(port);
            int number = port;
            stage(
                    in.device(),
                    function + ".rx",
                    function,
                    Part.FUNCTION,
                    () -> RingStage.receiving(
                            function + ".rx",
                            function,
                            in.host().of(host -> host.functions().get(number))));
        }
    }

    private void linkSending(InLan in) {
        for (int port = 0; port < in.functions().size(); port++) {
            link(in.functions().get(port) + ".tx", in.fromHost(), port);
        }
        link(in.fromHost(), in.tx(), 0);
        link(in.tx(), in.rx(), EdgeRelayRx.LOOPBACK_INPUT);
        link(in.tx(), in.uplink() + ".tx", 0);
        for (int wire = 0; wire < in.wires(); wire++) {
            link(in.uplink() + ".tx", in.bridgePort(wire) + ".in", wire % in.atOnePort());
        }
    }

    private void linkBridge() {
        for (int port = 0; port < bridgePorts.size(); port++) {
            link(bridgePorts.get(port) + ".in", BRIDGE, port);
        }
        for (String port : bridgePorts) {
            link(BRIDGE, port + ".out", 0);
        }
    }

    private void linkReceiving(InLan in) {
        for (int wire = 0; wire < in.wires(); wire++) {
            link(in.bridgePort(wire) + ".out", in.uplink() + ".rx", wire);
        }
        link(in.uplink() + ".rx", in.rx(), EdgeRelayRx.UPLINK_INPUT);
        link(in.rx(), in.toHost(), 0);
        for (String function : in.functions()) {
            link(in.toHost(), function + ".rx", 0);
        }
    }

    private Topology build(List<String> entries, List<String> exits, List<String> ends) {
        List<Topology.Link> links = new ArrayList<>();
        List<Integer> feeds = new ArrayList<>();
        for (String entry : entries) {
            feeds.add(links.size());
            links.add(new Topology.Link(links.size(), number(entry), 0));
        }
        List<Topology.StageSpec> specs = new ArrayList<>();
        for (StageOutline outline : outlines) {
            List<Integer> outputs = new ArrayList<>();
            for (Target target : outline.targets) {
                outputs.add(links.size());
                links.add(new Topology.Link(links.size(), number(target.stage), target.input));
            }
            int end = exits.indexOf(outline.name);
            if (end >= 0) {
                outputs.add(links.size());
                links.add(new Topology.Link(links.size(), Topology.OUTSIDE, end));
            }
            specs.add(new Topology.StageSpec(
                    outline.name, outline.device, outline.part, outline.actor, outline.make, outputs));
        }
        return new Topology(specs, links, feeds, ends, ends);
    }

    private void passThrough(Device device, String name, String actor, Part part) {
        stage(device, name, actor, part, () -> new PassThrough(name, actor, 0));
    }

    private void queue(String name, String port, Supplier<Server> server) {
        stage(
                Device.BRIDGE,
                name,
                port,
                Part.BRIDGE_PORT,
                () -> new QueueStage(name, port, server.get(), DropReason.QUEUE_FULL));
    }

    private void stage(Device device, String name, String actor, Part part, Supplier<Stage> make) {
        outlines.add(new StageOutline(name, device, part, actor, make, new ArrayList<>()));
    }

    /** The next output of {@code from} leads to {@code input} of {@code to}. */
    private void link(String from, String to, int input) {
        outlines.get(number(from)).targets.add(new Target(to, input));
    }

    private int number(String name) {
        for (int stage = 0; stage < outlines.size(); stage++) {
            if (outlines.get(stage).name.equals(name)) {
                return stage;
            }
        }
        throw new IllegalStateException("no stage " + name);
    }

    private record StageOutline(
            String name, Device device, Part part, String actor, Supplier<Stage> make, List<Target> targets) {}

    private record Target(String stage, int input) {}
}
