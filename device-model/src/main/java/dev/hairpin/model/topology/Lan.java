package dev.hairpin.model.topology;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.link.PassThrough;
import dev.hairpin.model.link.QueueStage;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.relay.Bridge;
import dev.hairpin.model.relay.EdgeRelayRx;
import dev.hairpin.model.relay.EdgeRelayTx;
import dev.hairpin.model.relay.StationTable;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Topology.Device;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;

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

    private final List<StageOutline> outlines = new ArrayList<>();

    private Lan() {}

    /** Wires what {@code settings} describe. */
    public static Topology of(LanSettings settings) {
        return new Lan().wire(settings);
    }

    /** The name of the bridge's port for station {@code k} outside. */
    public static String external(int k) {
        return "ext" + k;
    }

    /** The source port by which frames of external station {@code k} enter. */
    public static int externalSource(LanSettings settings, int k) {
        return settings.vsis().size() + k;
    }

    private Topology wire(LanSettings settings) {
        Limits limits = settings.limits();
        StationTable stations = new StationTable(settings.vsis());
        List<String> externals = IntStream.range(0, settings.externalPorts())
                .mapToObj(Lan::external)
                .toList();
        List<String> bridgePorts = new ArrayList<>(List.of(BRIDGE_UPLINK));
        bridgePorts.addAll(externals);
        boolean[] reflects = new boolean[bridgePorts.size()];
        reflects[0] = settings.reflectiveRelay();
        String relay = settings.mode().word();
        String tx = relay + ".tx";
        String rx = relay + ".rx";

        for (Vsi vsi : settings.vsis()) {
            passThrough(Device.NIC, vsi.name() + ".tx", vsi.name());
        }
        stage(Device.NIC, tx, relay, () -> new EdgeRelayTx(settings.mode(), stations, limits.relayLatency()));
        wire(Device.NIC, "uplink.tx", UPLINK, limits);
        passThrough(Device.BRIDGE, "br.uplink.in", BRIDGE_UPLINK);
        for (String external : externals) {
            passThrough(Device.BRIDGE, external + ".in", external);
        }
        stage(
                Device.BRIDGE,
                BRIDGE,
                BRIDGE,
                () -> new Bridge(
                        BRIDGE, bridgePorts, reflects, limits.ageing(), settings.known(), limits.bridgeLatency()));
        wire(Device.BRIDGE, "br.uplink.out", BRIDGE_UPLINK, limits);
        for (String external : externals) {
            stage(
                    Device.BRIDGE,
                    external + ".out",
                    external,
                    () -> new QueueStage(external + ".out", external, Server.unlimited(), DropReason.QUEUE_FULL));
        }
        passThrough(Device.NIC, "uplink.rx", UPLINK);
        stage(Device.NIC, rx, relay, () -> new EdgeRelayRx(settings.mode(), stations, limits.relayLatency()));
        for (Vsi vsi : settings.vsis()) {
            String name = vsi.name() + ".rx";
            stage(
                    Device.NIC,
                    name,
                    vsi.name(),
                    () -> new QueueStage(
                            name,
                            vsi.name(),
                            new Server(limits.functionRate(), limits.functionRing(), 0, 0),
                            DropReason.NO_RX_BUFFER));
        }

        List<String> vsis = settings.vsis().stream().map(Vsi::name).toList();
        List<String> ends = new ArrayList<>(vsis);
        ends.addAll(externals);
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
        List<String> entries = new ArrayList<>();
        vsis.forEach(vsi -> entries.add(vsi + ".tx"));
        externals.forEach(external -> entries.add(external + ".in"));
        List<String> exits = new ArrayList<>();
        vsis.forEach(vsi -> exits.add(vsi + ".rx"));
        externals.forEach(external -> exits.add(external + ".out"));
        return build(entries, exits, ends);
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
