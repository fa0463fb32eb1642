package dev.hairpin.experiments.testkit;

import dev.hairpin.experiments.placement.FrameSelection;
import dev.hairpin.experiments.placement.PlacementOptions;
import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.run.ActorRun;
import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.CaptureFeed;
import dev.hairpin.experiments.run.Progress;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.model.topology.Rig;
import dev.hairpin.model.topology.SeekableFeed;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** One capture's traffic, run in the Rig and in actors under whatever a test wants to vary. */
public final class Runs {
    /** Little room and little time: every kind of drop happens, and frames wait. */
    public static final Limits TIGHT = new Limits(20_000_000, 12, 10_000_000, 4, 350, 2_000, 5_000_000_000L);

    private static final int WAVE = 4096;

    private final CaptureExperiment experiment;

    private Runs(CaptureExperiment experiment) {
        this.experiment = experiment;
    }

    /** Both lines of a digest. */
    public record Digest(String fate, String timed, long decisions) {
        public static Digest of(RunDigest digest) {
            return new Digest(digest.fate(), digest.timed(), digest.decisions());
        }
    }

    /** The traffic of {@code capture}, with {@code vfs} VFs and a bridge that has to learn. */
    public static Runs of(Path capture, int vfs) throws IOException {
        CaptureExperiment.Settings settings = new CaptureExperiment.Settings(
                PlacementOptions.DEFAULT.withVfs(vfs).withFdb(PlacementOptions.Fdb.COLD),
                null,
                Optional.empty(),
                Limits.NONE,
                WAVE,
                Means.usual());
        return of(capture, settings);
    }

    /** The traffic of {@code capture} in the LAN of a file, whose limits alone count. */
    public static Runs of(Path capture, TopologyFile topology) throws IOException {
        return of(
                capture,
                new CaptureExperiment.Settings(
                        PlacementOptions.DEFAULT,
                        Optional.of(topology),
                        Devices.IEEE,
                        null,
                        Optional.empty(),
                        Limits.NONE,
                        WAVE,
                        Means.usual(),
                        false));
    }

    private static Runs of(Path capture, CaptureExperiment.Settings settings) throws IOException {
        try (CaptureExperiment experiment = CaptureExperiment.open(capture, settings)) {
            return new Runs(experiment);
        } catch (PlacementRefused e) {
            throw new AssertionError(e);
        }
    }

    /** What the experiment is in {@code mode} under {@code limits}. */
    public LanSettings lan(Mode mode, Limits limits) {
        LanSettings lan = experiment.lan(mode);
        if (experiment.settings().topology().isPresent()) {
            return lan;
        }
        return new LanSettings(mode, lan.reflectiveRelay(), lan.vsis(), lan.externalPorts(), lan.known(), limits);
    }

    public Topology topology(Mode mode, Limits limits) {
        return Lan.of(lan(mode, limits));
    }

    /** A pass over the frames. */
    public SeekableFeed feed(int framesPerWave) {
        return new CaptureFeed(
                experiment.capture(), experiment.placement(), FrameSelection.ALL, framesPerWave, Progress.NONE);
    }

    public long frames() {
        return experiment.frames();
    }

    /** The digest that the Rig comes to. */
    public Digest rig(Mode mode, Limits limits, int framesPerWave) {
        RunDigest digest = new RunDigest();
        new Rig(topology(mode, limits), digest, (end, burst) -> {}).run(feed(framesPerWave));
        return Digest.of(digest);
    }

    /** What the Rig decides, row by row, and what arrives in it. */
    public Ledger ledger(Mode mode, Limits limits) {
        Ledger ledger = new Ledger();
        new Rig(topology(mode, limits), ledger, ledger.arrivals()).run(feed(WAVE));
        return ledger;
    }

    /** The digest of the journal after a run in actors into {@code folder}, or after one that was taken up there. */
    public Digest actors(Mode mode, Limits limits, int framesPerWave, Means means, Path folder, Receiver receiver)
            throws RunFailed {
        return actors(mode, limits, means, folder, feed(framesPerWave), receiver);
    }

    /** Likewise, with a feed of the test's. */
    public Digest actors(Mode mode, Limits limits, Means means, Path folder, Feed feed, Receiver receiver)
            throws RunFailed {
        ActorRun.run(topology(mode, limits), feed, receiver, folder.resolve(StageJournal.FOLDER), means);
        return journal(folder);
    }

    /** The digest of what the journal in {@code folder} holds. */
    public static Digest journal(Path folder) {
        RunDigest digest = new RunDigest();
        try (StageJournal journal = StageJournal.open(folder)) {
            journal.forEach(digest);
        }
        return Digest.of(digest);
    }
}
