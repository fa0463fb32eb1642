package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.PlacementReport;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.pcap.Capture;
import dev.hairpin.persistence.stage.DecidedCursor;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run on disk: {@code journal/} and {@code manifest.json}. The manifest is there from the start; the seal, which tells
 * how much was decided and its digest, comes with the end.
 */
public final class RunFolder {
    private static final String SEAL = "seal";
    private static final String COMMAND = "command";
    private static final String CONFIGURATION = "configuration";

    private final Path folder;

    private RunFolder(Path folder) {
        this.folder = folder;
    }

    /** An existing run. */
    public static RunFolder open(Path folder) throws IOException {
        Manifest.read(folder);
        return new RunFolder(folder);
    }

    /** The place of a run that is to be made. The folder must not exist, or be empty: runs are never written over. */
    public static RunFolder create(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
                for (Path entry : entries) {
                    if (!Manifest.isUnfinished(entry)) {
                        throw new IOException(
                                folder + ": is not empty, and a run is never written over; name another folder");
                    }
                }
            }
        }
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new FolderUnwritable(folder, e);
        }
        return new RunFolder(folder);
    }

    public Path path() {
        return folder;
    }

    public Manifest manifest() throws IOException {
        return Manifest.read(folder);
    }

    /**
     * Runs {@code experiment} into this folder and seals it.
     *
     * @param receiver is told what arrives
     * @return what the run came to
     */
    public CaptureExperiment.Ran run(
            CaptureExperiment experiment,
            Mode mode,
            Receiver receiver,
            Progress progress,
            String toolVersion,
            List<String> commandLine)
            throws IOException, RunFailed {
        Lineage lineage = Lineage.of(experiment, mode);
        Manifest manifest = started(experiment, lineage, toolVersion, commandLine);
        begin(manifest);
        return carryOut(experiment, lineage, receiver, progress, manifest);
    }

    /**
     * Likewise a fork of {@code parent}: {@code lineage} is its parent's with the change that {@code commandLine} asks for.
     *
     * @return what the run came to
     */
    public CaptureExperiment.Ran fork(
            RunFolder parent,
            CaptureExperiment experiment,
            Lineage lineage,
            Progress progress,
            String toolVersion,
            List<String> commandLine)
            throws IOException, RunFailed {
        Manifest manifest = started(experiment, lineage, toolVersion, commandLine);
        parent.origin().fork(commandLine).put(manifest, parent, lineage);
        begin(manifest);
        return carryOut(experiment, lineage, (end, burst) -> {}, progress, manifest);
    }

    private void begin(Manifest manifest) throws FolderUnwritable {
        try {
            manifest.write(folder);
        } catch (IOException e) {
            throw new FolderUnwritable(folder, e);
        }
    }

    private static Manifest started(
            CaptureExperiment experiment, Lineage lineage, String toolVersion, List<String> commandLine) {
        return Manifest.create(toolVersion)
                .put(COMMAND, commandLine)
                .put("input", input(experiment))
                .put(CONFIGURATION, configuration(experiment, lineage.lan()));
    }

    /** What the run was made from. */
    public Origin origin() throws IOException {
        return Origin.of(this);
    }

    /**
     * Goes on with a run that was stopped: what its journal holds is not decided again. To be given the experiment that it
     * was, anew.
     *
     * @throws IOException also when {@code experiment} is another
     */
    public CaptureExperiment.Ran resume(
            CaptureExperiment experiment, Lineage lineage, Receiver receiver, Progress progress)
            throws IOException, RunFailed {
        requireSame(experiment, lineage);
        return carryOut(experiment, lineage, receiver, progress, manifest());
    }

    /**
     * Checks that the run's experiment, made again, is what it was.
     *
     * @throws IOException when it is another
     */
    public void requireSame(CaptureExperiment experiment, Lineage lineage) throws IOException {
        Object before = manifest().values().get(CONFIGURATION);
        Object now = Manifest.plain(configuration(experiment, lineage.lan()));
        if (!now.equals(before)) {
            throw new IOException(folder + ": the run's configuration comes out otherwise now than in its "
                    + Manifest.FILE + ": was a file that it names changed, or was it made by another version?");
        }
    }

    private CaptureExperiment.Ran carryOut(
            CaptureExperiment experiment, Lineage lineage, Receiver receiver, Progress progress, Manifest manifest)
            throws IOException, RunFailed {
        CaptureExperiment.Ran ran = experiment.run(lineage, folder.resolve(StageJournal.FOLDER), receiver, progress);
        manifest.put(SEAL, seal(experiment, ran));
        try {
            manifest.write(folder);
        } catch (IOException e) {
            throw new RunFailed(e);
        }
        return ran;
    }

    /** Whether the run has come to its end. */
    public boolean isFinished() throws IOException {
        return manifest().values().containsKey(SEAL);
    }

    /** The words that the run was started with, verb first. */
    public List<String> commandLine() throws IOException {
        return manifest().values().get(COMMAND) instanceof List<?> words
                ? words.stream().map(Object::toString).toList()
                : List.of();
    }

    /** The mode that the run is in. */
    public Mode mode() throws IOException {
        return mode(manifest().text(CONFIGURATION, "mode").orElse(""), folder);
    }

    static Mode mode(String word, Path folder) throws IOException {
        for (Mode mode : Mode.values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IOException(
                folder + ": found mode '" + word + "' in its " + Manifest.FILE + ", expected veb or vepa");
    }

    /** What was set in the run. */
    public RecordedSettings settings() throws IOException {
        Object configuration = manifest().values().get(CONFIGURATION);
        return RecordedSettings.of(folder.toString(), configuration instanceof Map<?, ?> map ? map : Map.of());
    }

    /** When its first frame entered, in nanoseconds; zero when it has none. */
    public long firstTime() throws IOException {
        return manifest().number(CONFIGURATION, "placement", "firstTime").orElse(0L);
    }

    /** Octets of the journal on disk. */
    public long journalOctets() {
        try (StageJournal journal = StageJournal.open(folder)) {
            return journal.bytes();
        }
    }

    /** The digest of all that the journal holds. */
    public RunDigest digest() {
        RunDigest digest = new RunDigest();
        try (StageJournal journal = StageJournal.open(folder)) {
            journal.forEach(digest);
        }
        return digest;
    }

    /** What is wrong with the seal, when the run has one and {@code digest}, that of its journal, is another. */
    public Optional<String> brokenSeal(RunDigest digest) throws IOException {
        Manifest manifest = manifest();
        if (!isFinished()) {
            return Optional.empty();
        }
        String sealed = manifest.number(SEAL, "decisions").orElse(0L) + " decisions, "
                + manifest.text(SEAL, "fate").orElse("") + ", "
                + manifest.text(SEAL, "timed").orElse("");
        String found = digest.decisions() + " decisions, " + digest.fate() + ", " + digest.timed();
        return found.equals(sealed)
                ? Optional.empty()
                : Optional.of(folder.resolve(Manifest.FILE) + ": the seal is not that of the journal: it says " + sealed
                        + "; the journal has " + found);
    }

    /** What is done with a run's decisions. */
    public interface Reading<T> {
        T of(Decisions decisions) throws IOException;
    }

    /** Opens the journal, and gives all decisions in order to {@code reading}. */
    public <T> T read(Reading<T> reading) throws IOException {
        List<DecidedCursor> open = new ArrayList<>();
        try (StageJournal journal = StageJournal.open(folder)) {
            List<Decisions.Recording> recordings = new ArrayList<>();
            for (String stage : journal.stages()) {
                DecidedCursor events = journal.decided(stage);
                open.add(events);
                recordings.add(new Decisions.Recording(
                        stage, journal.opened(stage).ports(), () -> events.next() ? events.event() : null));
            }
            T told = reading.of(new Decisions(recordings));
            open.forEach(DecidedCursor::close);
            open.clear();
            return told;
        } finally {
            open.forEach(DecidedCursor::close);
        }
    }

    /**
     * The capture that the run was made from.
     *
     * @param elsewhere where to look for it instead of where it was
     * @throws IOException also when it is another: then its SHA-256 differs
     */
    public Capture capture(@Nullable Path elsewhere) throws IOException {
        Path file = captureFile(elsewhere);
        Manifest manifest = manifest();
        Capture capture = Capture.open(file);
        String expected = manifest.text("input", "sha256").orElse("nothing");
        if (!capture.sha256().equals(expected)) {
            String found = capture.sha256();
            capture.close();
            throw new IOException(
                    file + ": is not the capture of " + folder + ": found SHA-256 " + found + ", expected " + expected);
        }
        return capture;
    }

    /**
     * Where the capture is that the run was made from.
     *
     * @param elsewhere where to look for it instead of where it was
     */
    public Path captureFile(@Nullable Path elsewhere) throws IOException {
        return elsewhere != null
                ? elsewhere
                : Path.of(manifest()
                        .text("input", "path")
                        .orElseThrow(() -> new IOException(folder + ": the run was made from standard input; name the"
                                + " capture with --capture FILE")));
    }

    private static Map<String, Object> input(CaptureExperiment experiment) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("file", experiment.name());
        experiment.path().ifPresent(path -> input.put("path", path.toString()));
        input.put("container", experiment.capture().container());
        input.put("sha256", experiment.capture().sha256());
        return input;
    }

    private static Map<String, Object> configuration(CaptureExperiment experiment, LanSettings lan) {
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("mode", lan.mode().word());
        configuration.putAll(SettingsRecord.of(lan));
        FrameMatch filter = experiment.settings().filter();
        configuration.put("filter", filter == null ? "" : filter.toString());
        configuration.put("placement", PlacementReport.record(experiment.placement()));
        return configuration;
    }

    private Map<String, Object> seal(CaptureExperiment experiment, CaptureExperiment.Ran ran) {
        RunDigest digest = new RunDigest();
        SegmentCount segments = new SegmentCount(digest);
        try (StageJournal journal = StageJournal.open(folder)) {
            journal.forEach(segments);
        }
        Map<String, Object> seal = new LinkedHashMap<>();
        seal.put("frames", ran.frames());
        if (segments.segments() > 0) {
            seal.put("segmentedFrames", segments.frames());
            seal.put("segments", segments.segments());
        }
        seal.put("decisions", digest.decisions());
        seal.put("fate", digest.fate());
        seal.put("timed", digest.timed());
        experiment.damage().ifPresent(damage -> seal.put("damage", damage.toString()));
        return seal;
    }
}
