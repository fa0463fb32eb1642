package dev.hairpin.experiments.linux;

import dev.hairpin.model.bridge.Bridge;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.model.topology.Rig;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Waves;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Sends frames through the model, one wave each. */
final class ModelLab implements DecisionLog, Receiver {
    private static final long APART_NANOS = 1_000_000;

    /**
     * What the model did with a frame.
     *
     * @param received how many copies each end got, the wire between NIC and bridge included
     * @param rules that decided
     */
    record Fate(Map<String, Integer> received, Set<Rule> rules) {}

    private final Topology topology;
    private final Map<String, List<String>> ports = new HashMap<>();
    private final Map<String, Outcomes> outcomes = new HashMap<>();
    private final List<Fate> fates = new ArrayList<>();

    private ModelLab(Topology topology, int frames) {
        this.topology = topology;
        for (int frame = 0; frame < frames; frame++) {
            fates.add(new Fate(new TreeMap<>(), EnumSet.noneOf(Rule.class)));
        }
    }

    /** @param rounds of frames */
    static List<Fate> run(SetUp setUp, List<List<Probe>> rounds) {
        List<Probe> probes = rounds.stream().flatMap(List::stream).toList();
        List<Long> starts = rounds.stream()
                .map(round -> round.get(0).number() * APART_NANOS)
                .toList();
        Topology topology = topology(setUp, starts);
        ModelLab lab = new ModelLab(topology, probes.size());
        Waves waves = new Waves(topology.sources().size());
        List<Probe> left = new ArrayList<>(probes);
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        probes.forEach(probe -> all.writeBytes(probe.octets()));
        Slab slab = Slab.of(all.toByteArray());
        AtomicLong offset = new AtomicLong();
        new Rig(topology, lab, lab).run(() -> {
            Probe probe = left.remove(0);
            int octets = probe.octets().length;
            int port = topology.sources().indexOf(probe.from());
            waves.add(
                    slab, offset.getAndAdd(octets), octets, octets, probe.number() * APART_NANOS, probe.number(), port);
            return waves.cut(left.isEmpty());
        });
        return lab.fates;
    }

    private static Topology topology(SetUp setUp, List<Long> starts) {
        List<NicSettings> nics = setUp.mode()
                .map(mode -> setUp.functionsByRound().stream()
                        .map(functions -> new NicSettings(
                                "nic0",
                                Devices.named("linux-macvlan").orElseThrow(),
                                mode,
                                functions,
                                Policy.NONE,
                                NicSettings.NOBODY,
                                true))
                        .toList())
                .orElse(List.of());
        return nics.isEmpty()
                ? bridge(setUp, starts)
                : Lan.of(new LanSettings(
                        nics.get(0),
                        changes(nics, starts),
                        setUp.ports().get(0).reflects(),
                        setUp.ports().size() - 1,
                        setUp.learned(),
                        Limits.NONE));
    }

    /** The settings of all rounds but the first, each from the round's first frame on. */
    private static <S> List<Timed<S>> changes(List<S> settings, List<Long> starts) {
        return IntStream.range(1, settings.size())
                .mapToObj(round -> new Timed<>(starts.get(round), "round " + round, "", settings.get(round)))
                .toList();
    }

    /** The bridge alone: input and output {@code k} are port {@code k}. */
    private static Topology bridge(SetUp setUp, List<Long> starts) {
        List<String> names = setUp.ports().stream().map(SetUp.Port::name).toList();
        int count = names.size();
        List<BridgeSettings> settings = setUp.bridges();
        List<Topology.Link> links = new ArrayList<>();
        for (int port = 0; port < count; port++) {
            links.add(new Topology.Link(port, 0, port));
        }
        for (int port = 0; port < count; port++) {
            links.add(new Topology.Link(count + port, Topology.OUTSIDE, port));
        }
        Topology.StageSpec bridge = new Topology.StageSpec(
                Lan.BRIDGE,
                Topology.Device.BRIDGE,
                Topology.Part.BRIDGE_RELAY,
                Lan.BRIDGE,
                () -> new Bridge(Lan.BRIDGE, settings.get(0), changes(settings, starts), setUp.learned(), 0),
                IntStream.range(count, 2 * count).boxed().toList());
        return new Topology(
                List.of(bridge), links, IntStream.range(0, count).boxed().toList(), names, names);
    }

    @Override
    public void stage(String stage, List<String> names) {
        ports.put(stage, names);
        outcomes.put(stage, new Outcomes());
    }

    @Override
    public void decided(String stage, Decided event) {
        Outcomes known = Objects.requireNonNull(outcomes.get(stage));
        known.define(event.firstNewOutcome(), event.newOutcomes());
        for (int row = 0; row < event.size(); row++) {
            Outcome outcome = known.get(event.outcome(row));
            Fate fate = fate(event.number(row));
            fate.rules().add(outcome.rule());
            for (int copy = 0; copy < outcome.copies(); copy++) {
                String port = Objects.requireNonNull(ports.get(stage)).get(outcome.egress(copy));
                if (port.equals(Lan.UPLINK)) {
                    fate.received().merge("uplink.up", 1, Integer::sum);
                } else if (port.equals(Lan.BRIDGE_UPLINK)) {
                    fate.received().merge("uplink.down", 1, Integer::sum);
                }
            }
        }
    }

    @Override
    public void received(int end, Burst burst) {
        for (int row = 0; row < burst.size(); row++) {
            fate(burst.number(row)).received().merge(topology.sinks().get(end), 1, Integer::sum);
        }
    }

    private Fate fate(long number) {
        return fates.get((int) number - 1);
    }
}
