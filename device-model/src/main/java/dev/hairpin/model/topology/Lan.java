package dev.hairpin.model.topology;

import dev.hairpin.model.bridge.Bridge;
import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.link.PassThrough;
import dev.hairpin.model.link.QueueStage;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.relay.EdgeRelayRx;
import dev.hairpin.model.relay.EdgeRelayTx;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Topology.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * One NIC, one adjacent bridge, and a port of the bridge for every station outside:
 *
 * <pre>
 *  vf0.tx ──┐          ┌─ loopback ────────────────────────────┐          ┌─ vf0.rx
 *  vf1.tx ──┤ veb.tx ──┤                                       ├─ veb.rx ─┤
 *    ...  ──┘          └─ uplink.tx ┐                uplink.rx ┘          └─ vf1.rx ...
 *                                   │                    │
 *                          br.uplink.in            br.uplink.out
 *                                   └───── bridge ───────┘
 *                          extK.in ────────┘  └──────── extK.out
 * </pre>
 *
 * What stations send and what they get are stages of their own, so the whole has no cycle.
 */
public final class Lan {
    /** The NIC's wire port. */
    public static final String UPLINK = "uplink";

    /** The bridge's relay. */
    public static final String BRIDGE = "bridge";

    /** The bridge's port towards the NIC. */
    public static final String BRIDGE_UPLINK = "br.uplink";

    private final LanSettings settings;
    private final List<String> vsis;
    private final List<String> externals;

    /** The edge relay, and its two directions. */
    private final String relay;

    private final String tx;
    private final String rx;
    private final List<StageOutline> outlines = new ArrayList<>();

    private Lan(LanSettings settings) {
        this.settings = settings;
        this.vsis = settings.vsis().stream().map(Vsi::name).toList();
        this.externals = IntStream.range(0, settings.externalPorts())
                .mapToObj(Lan::external)
                .toList();
        this.relay = settings.mode().word();
        this.tx = relay + ".tx";
        this.rx = relay + ".rx";
    }

    /** Wires what {@code settings} describe. */
    public static Topology of(LanSettings settings) {
        return new Lan(settings).wire();
    }

    /** The name of the bridge's port for station {@code k} outside. */
    public static String external(int k) {
        return "ext" + k;
    }

    /** The source port by which frames of external station {@code k} enter. */
    public static int externalSource(LanSettings settings, int k) {
        return settings.vsis().size() + k;
    }

    private Topology wire() {
        sending();
        bridging();
        receiving();
        link();
        List<String> ends = new ArrayList<>(vsis);
        ends.addAll(externals);
        return build(
                Stream.concat(
                                vsis.stream().map(vsi -> vsi + ".tx"),
                                externals.stream().map(ext -> ext + ".in"))
                        .toList(),
                Stream.concat(
                                vsis.stream().map(vsi -> vsi + ".rx"),
                                externals.stream().map(ext -> ext + ".out"))
                        .toList(),
                ends);
    }

    /** From the functions through the edge relay to the wire. */
    private void sending() {
        for (String vsi : vsis) {
            passThrough(Device.NIC, vsi + ".tx", vsi);
        }
        Limits limits = settings.limits();
        stage(
                Device.NIC,
                tx,
                relay,
                () -> new EdgeRelayTx(tx, settings.nic(), settings.changes(), limits.relayLatency()));
        wire(Device.NIC, "uplink.tx", UPLINK, limits);
    }

    /** The adjacent bridge and both sides of its ports. */
    private void bridging() {
        passThrough(Device.BRIDGE, "br.uplink.in", BRIDGE_UPLINK);
        for (String external : externals) {
            passThrough(Device.BRIDGE, external + ".in", external);
        }
        Limits limits = settings.limits();
        List<BridgePort> ports =
                new ArrayList<>(List.of(BridgePort.named(BRIDGE_UPLINK).withReflects(settings.reflectiveRelay())));
        externals.forEach(external -> ports.add(BridgePort.named(external)));
        BridgeSettings bridge = BridgeSettings.of(ports).withAgeing(limits.ageing());
        stage(
                Device.BRIDGE,
                BRIDGE,
                BRIDGE,
                () -> new Bridge(BRIDGE, bridge, List.of(), settings.known(), limits.bridgeLatency()));
        wire(Device.BRIDGE, "br.uplink.out", BRIDGE_UPLINK, limits);
        for (String external : externals) {
            String name = external + ".out";
            stage(
                    Device.BRIDGE,
                    name,
                    external,
                    () -> new QueueStage(name, external, Server.unlimited(), DropReason.QUEUE_FULL));
        }
    }

    /** From the wire through the edge relay to the functions. */
    private void receiving() {
        passThrough(Device.NIC, "uplink.rx", UPLINK);
        Limits limits = settings.limits();
        stage(
                Device.NIC,
                rx,
                relay,
                () -> new EdgeRelayRx(rx, settings.nic(), settings.changes(), limits.relayLatency()));
        for (String vsi : vsis) {
            String name = vsi + ".rx";
            stage(
                    Device.NIC,
                    name,
                    vsi,
                    () -> new QueueStage(
                            name,
                            vsi,
                            new Server(limits.functionRate(), limits.functionRing(), 0, 0),
                            DropReason.NO_RX_BUFFER));
        }
    }

    private void link() {
        for (int vsi = 0; vsi < vsis.size(); vsi++) {
            link(vsis.get(vsi) + ".tx", tx, vsi);
        }
        link(tx, rx, EdgeRelayRx.LOOPBACK_INPUT);
        link(tx, "uplink.tx", 0);
        link("uplink.tx", "br.uplink.in", 0);
        link("br.uplink.in", BRIDGE, 0);
        for (int k = 0; k < externals.size(); k++) {
            link(externals.get(k) + ".in", BRIDGE, 1 + k);
        }
        link(BRIDGE, "br.uplink.out", 0);
        for (String external : externals) {
            link(BRIDGE, external + ".out", 0);
        }
        link("br.uplink.out", "uplink.rx", 0);
        link("uplink.rx", rx, EdgeRelayRx.UPLINK_INPUT);
        for (String vsi : vsis) {
            link(rx, vsi + ".rx", 0);
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
            specs.add(new Topology.StageSpec(outline.name, outline.device, outline.actor, outline.make, outputs));
        }
        return new Topology(specs, links, feeds, ends, ends);
    }

    private void passThrough(Device device, String name, String actor) {
        stage(device, name, actor, () -> new PassThrough(name, actor, 0));
    }

    private void wire(Device device, String name, String actor, Limits limits) {
        stage(
                device,
                name,
                actor,
                () -> new QueueStage(
                        name, actor, Server.wire(limits.uplinkRate(), limits.uplinkQueue()), DropReason.QUEUE_FULL));
    }

    private void stage(Device device, String name, String actor, Supplier<Stage> make) {
        outlines.add(new StageOutline(name, device, actor, make, new ArrayList<>()));
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

    private record StageOutline(String name, Device device, String actor, Supplier<Stage> make, List<Target> targets) {}

    private record Target(String stage, int input) {}
}
