package dev.hairpin.experiments.bench;

import com.sun.management.OperatingSystemMXBean;
import dev.hairpin.experiments.placement.PlacementOptions;
import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.projection.Verification;
import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.Progress;
import dev.hairpin.experiments.run.TemporaryFolder;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Rig;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Carries the workload through the bare loop, the Rig, and actors over a journal, in both modes and as a VEB with port VLANs
 * and anti-spoofing and with a policy, verifies and recovers what was written, and measures each.
 */
public final class Bench {
    private static final double NANOS = 1e9;
    private static final double MILLION = 1e6;
    private static final int WARM_UP_SHARE = 4;
    private static final int PORT_VLAN = 10;
    private static final int POLICY_RULES = 100;

    private final Means means;
    private final int framesPerWave;

    /**
     * One measurement.
     *
     * @param seconds of the wall clock
     * @param cpuSeconds of the process, all threads
     * @param decisions 0 where none are made
     * @param journalOctets 0 where none is kept
     */
    public record Figure(
            String name, long frames, double seconds, double cpuSeconds, long decisions, long journalOctets) {
        public double framesPerSecond() {
            return frames / seconds;
        }

        public double decisionsPerSecond() {
            return decisions / seconds;
        }

        public double cpuSecondsPerMillionFrames() {
            return cpuSeconds / (frames / MILLION);
        }

        /** Of the whole folder, its fixed cost included. */
        public double octetsPerDecision() {
            return decisions == 0 ? 0 : (double) journalOctets / decisions;
        }
    }

    public Bench(Means means, int framesPerWave) {
        this.means = means;
        this.framesPerWave = framesPerWave;
    }

    /**
     * Measures {@code frames} frames made from {@code seed}, after a warm-up with a quarter of them: all in turn, {@code rounds}
     * times, and of each the fastest. What disturbs a measurement only makes it slower.
     */
    public List<Figure> run(long frames, long seed, int rounds) throws IOException, RunFailed, PlacementRefused {
        try (TemporaryFolder folder = TemporaryFolder.create("hairpin-bench")) {
            Path warmUp = folder.path().resolve("warm-up.pcap");
            Path measured = folder.path().resolve("bench.pcap");
            Workload.write(warmUp, Math.max(1, frames / WARM_UP_SHARE), seed);
            Workload.write(measured, frames, seed);
            measure(warmUp, folder.path().resolve("warm-up"));
            List<Figure> best = List.of();
            for (int round = 1; round <= rounds; round++) {
                best = faster(best, measure(measured, folder.path().resolve("run" + round)));
            }
            return best;
        }
    }

    /** Of each measurement the faster one. */
    private static List<Figure> faster(List<Figure> some, List<Figure> others) {
        List<Figure> best = new ArrayList<>(others);
        for (int each = 0; each < some.size(); each++) {
            if (some.get(each).seconds() < best.get(each).seconds()) {
                best.set(each, some.get(each));
            }
        }
        return best;
    }

    private List<Figure> measure(Path file, Path journals) throws IOException, RunFailed, PlacementRefused {
        CaptureExperiment.Settings settings = new CaptureExperiment.Settings(
                PlacementOptions.DEFAULT
                        .withMap(Workload.map())
                        .withMulticast(PlacementOptions.Multicast.ALL)
                        .withFdb(PlacementOptions.Fdb.WARM),
                null,
                Optional.empty(),
                Limits.NONE,
                framesPerWave,
                means);
        try (CaptureExperiment experiment = CaptureExperiment.open(file, settings)) {
            List<Figure> figures = new ArrayList<>();
            Stopwatch watch = new Stopwatch();
            long frames = BareLoop.run(experiment.capture(), journals.resolveSibling("records"));
            figures.add(watch.figure("bare loop", frames, 0, 0));
            List<Variant> variants = variants(experiment);
            for (Variant variant : variants) {
                watch = new Stopwatch();
                Count count = new Count();
                new Rig(Lan.of(variant.lan), count, (end, burst) -> {}).run(experiment.feed(Progress.NONE));
                figures.add(watch.figure("rig " + variant.name, frames, count.decisions, 0));
            }
            for (Variant variant : variants) {
                figures.add(durable(experiment, variant, journals));
            }
            Variant last = variants.get(Mode.VEPA.ordinal());
            figures.add(verified(experiment, last, journals));
            figures.add(recovered(experiment, last, journals));
            return figures;
        }
    }

    /** In actors, over a journal. */
    private static Figure durable(CaptureExperiment experiment, Variant variant, Path journals)
            throws IOException, RunFailed {
        Path run = journals.resolve(variant.folder());
        Stopwatch watch = new Stopwatch();
        experiment.run(variant.lan, run.resolve(StageJournal.FOLDER), (end, burst) -> {}, Progress.NONE);
        Figure timed = watch.figure(variant.name, experiment.frames(), 0, 0);
        try (StageJournal journal = StageJournal.open(run)) {
            Count count = new Count();
            journal.forEach(count);
            return new Figure(
                    timed.name(),
                    timed.frames(),
                    timed.seconds(),
                    timed.cpuSeconds(),
                    count.decisions,
                    journal.bytes());
        }
    }

    /** What was written is decided once more, and compared. */
    private static Figure verified(CaptureExperiment experiment, Variant variant, Path journals) throws IOException {
        Stopwatch watch = new Stopwatch();
        try (StageJournal journal = StageJournal.open(journals.resolve(variant.folder()));
                Verification verification = new Verification(journal, variant.lan.known())) {
            new Rig(Lan.of(variant.lan), verification, (end, burst) -> {}).run(experiment.feed(Progress.NONE));
            if (verification.difference().isPresent()) {
                throw new IllegalStateException("the actors decided otherwise: " + verification.difference());
            }
            return watch.figure("verify " + variant.name, experiment.frames(), verification.equal(), 0);
        }
    }

    /** A run that has just ended is taken up once more: what remains is to recover it. */
    private static Figure recovered(CaptureExperiment experiment, Variant variant, Path journals)
            throws IOException, RunFailed {
        Path run = journals.resolve(variant.folder());
        Count count = new Count();
        try (StageJournal journal = StageJournal.open(run)) {
            journal.forEach(count);
        }
        Stopwatch watch = new Stopwatch();
        experiment.run(variant.lan, run.resolve(StageJournal.FOLDER), (end, burst) -> {}, Progress.NONE);
        return watch.figure("recover " + variant.name, experiment.frames(), count.decisions, 0);
    }

    /** Both modes plain, and the VEB with all that a decision can be made to depend on. */
    private static List<Variant> variants(CaptureExperiment experiment) {
        List<Variant> variants = new ArrayList<>();
        for (Mode mode : Mode.values()) {
            variants.add(new Variant(mode.word(), experiment.lan(mode)));
        }
        LanSettings plain = experiment.lan(Mode.VEB);
        NicSettings nic = plain.nic();
        List<Vsi> checked = nic.vsis().stream()
                .map(vsi -> vsi.with(vsi.settings()
                        .withPortVlan(PORT_VLAN)
                        .withSpoofMac(true)
                        .withSpoofVlan(true)
                        .withSpoofEtherType(true)))
                .toList();
        variants.add(new Variant("veb, VLAN and spoof", plain.with(nic.with(checked))));
        variants.add(new Variant("veb, 100 rules", plain.with(nic.under(policy()))));
        return variants;
    }

    /** None of them matches, so that each frame meets all. */
    private static Policy policy() {
        List<PolicyRule> rules = new ArrayList<>();
        for (int rule = 1; rule <= POLICY_RULES; rule++) {
            rules.add(new PolicyRule(
                    FrameMatch.compile("ip and src host 192.0.2." + rule + " and tcp dst port " + (1_000 + rule)),
                    PolicyRule.Direction.ANY,
                    List.of(),
                    new PolicyAction.Drop()));
        }
        return new Policy(rules);
    }

    private record Variant(String name, LanSettings lan) {
        String folder() {
            return name.replaceAll("[^a-z0-9]+", "-");
        }
    }

    /** Wall clock and processor time from its making on. */
    private static final class Stopwatch {
        private final OperatingSystemMXBean system =
                (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        private final long began = System.nanoTime();
        private final long cpuBegan = system.getProcessCpuTime();

        Figure figure(String name, long frames, long decisions, long octets) {
            return new Figure(
                    name,
                    frames,
                    (System.nanoTime() - began) / NANOS,
                    (system.getProcessCpuTime() - cpuBegan) / NANOS,
                    decisions,
                    octets);
        }
    }

    private static final class Count implements DecisionLog {
        private long decisions;

        @Override
        public void stage(String stage, List<String> ports) {}

        @Override
        public void decided(String stage, Decided event) {
            decisions += event.size();
        }
    }
}
