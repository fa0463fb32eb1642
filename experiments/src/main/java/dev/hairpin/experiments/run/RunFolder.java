package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.PlacementReport;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.relay.VsiSettings;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanNic;
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
import java.util.Set;
import java.util.function.ToLongFunction;
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
                if (entries.iterator().hasNext()) {
                    throw new IOException(
                            folder + ": is not empty, and a run is never written over; name another folder");
                }
            }
        }
        Files.createDirectories(folder);
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
        Manifest manifest = Manifest.create(toolVersion)
                .put(COMMAND, commandLine)
                .put("input", input(experiment))
                .put(CONFIGURATION, configuration(experiment, experiment.lan(mode)));
        manifest.write(folder);
        return carryOut(experiment, mode, receiver, progress, manifest);
    }

    /**
     * Goes on with a run that was stopped: what its journal holds is not decided again. To be given the experiment that it
     * was, anew.
     *
     * @throws IOException also when {@code experiment} is another
     */
    public CaptureExperiment.Ran resume(CaptureExperiment experiment, Mode mode, Receiver receiver, Progress progress)
            throws IOException, RunFailed {
        requireSame(experiment, mode);
        return carryOut(experiment, mode, receiver, progress, manifest());
    }

    /**
     * Checks that the run's experiment, made again, is what it was.
     *
     * @throws IOException when it is another
     */
    public void requireSame(CaptureExperiment experiment, Mode mode) throws IOException {
        Object before = manifest().values().get(CONFIGURATION);
        Object now = Manifest.plain(configuration(experiment, experiment.lan(mode)));
        if (!now.equals(before)) {
            throw new IOException(folder + ": the run's configuration comes out otherwise now than in its "
                    + Manifest.FILE + ": was a file that it names changed, or was it made by another version?");
        }
    }

    private CaptureExperiment.Ran carryOut(
            CaptureExperiment experiment, Mode mode, Receiver receiver, Progress progress, Manifest manifest)
            throws IOException, RunFailed {
        CaptureExperiment.Ran ran = experiment.run(mode, folder.resolve(StageJournal.FOLDER), receiver, progress);
        manifest.put(SEAL, seal(experiment, ran));
        manifest.write(folder);
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
        String word = manifest().text(CONFIGURATION, "mode").orElse("");
        for (Mode mode : Mode.values()) {
            if (mode.word().equals(word)) {
                return mode;
            }
        }
        throw new IOException(
                folder + ": found mode '" + word + "' in its " + Manifest.FILE + ", expected veb or vepa");
    }

    /**
     * The device that the run was made on, with its own answers; the standard's in runs that name none.
     *
     * @throws IOException also when it is not known here
     */
    public Device device() throws IOException {
        String name = manifest()
                .text(CONFIGURATION, "device")
                .orElse(Devices.IEEE.name())
                .split(",", 2)[0];
        return Devices.named(name)
                .orElseThrow(() -> new IOException(folder + ": found device '" + name + "' in its " + Manifest.FILE
                        + ", which is not known here: made by another version?"));
    }

    /** By which ports frames went between NIC and bridge. */
    public Wires wires() throws IOException {
        Map<String, String> toNic = new LinkedHashMap<>();
        if (manifest().values().get(CONFIGURATION) instanceof Map<?, ?> configuration
                && configuration.get("bridge") instanceof Map<?, ?> bridge
                && bridge.get(SettingsRecord.WIRES) instanceof Map<?, ?> wires) {
            wires.forEach((port, nic) -> toNic.put(port.toString(), nic.toString()));
        } else {
            // Runs of earlier versions have one wire.
            toNic.put(Lan.BRIDGE_UPLINK, Lan.UPLINK);
        }
        return Wires.of(toNic);
    }

    /** The rules of the NIC's policy at the start, in words. */
    public List<String> policy() throws IOException {
        return manifest().values().get(CONFIGURATION) instanceof Map<?, ?> configuration
                        && configuration.get("policy") instanceof List<?> rules
                ? rules.stream().map(Object::toString).toList()
                : List.of();
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
        Map<String, Object> functions = new LinkedHashMap<>();
        for (Vsi vsi : lan.vsis()) {
            Map<String, Object> function = new LinkedHashMap<>();
            function.put("addresses", macs(vsi.addresses()));
            function.put("groups", vsi.allGroups() ? "all" : macs(vsi.groups()));
            if (!vsi.settings()
                    .equals(VsiSettings.DEFAULT.withXcast(vsi.settings().xcast()))) {
                function.put("settings", vsi.settings().toString());
            }
            functions.put(vsi.name(), function);
        }
        LanNic nic = lan.nics().get(0);
        Map<String, Object> limits = new LinkedHashMap<>();
        limits.put("uplinkBitsPerSecond", limit(nic.uplinkRate()));
        limits.put("uplinkQueueFrames", limit(nic.uplinkQueue()));
        limits.put("functionBitsPerSecond", alike(nic.functions(), LanNic.Ring::rate));
        limits.put("functionRingFrames", alike(nic.functions(), LanNic.Ring::buffers));
        limits.put("relayLatencyNanos", nic.relayLatency());
        limits.put("bridgeLatencyNanos", lan.bridge().latency());
        limits.put("ageingNanos", lan.bridge().settings().ageing());
        Map<String, Object> configuration = new LinkedHashMap<>();
        configuration.put("mode", lan.mode().word());
        configuration.put("device", device(lan.nic().device()));
        configuration.put(
                "policy",
                lan.nic().policy().rules().stream().map(PolicyRule::toString).toList());
        configuration.put(
                "changes",
                lan.nics().get(0).changes().stream().map(SettingsRecord::change).toList());
        configuration.put("reflectiveRelay", lan.reflectiveRelay());
        configuration.put("functions", functions);
        configuration.put("externalPorts", lan.externalPorts());
        configuration.put("bridge", SettingsRecord.of(lan));
        configuration.put("limits", limits);
        FrameMatch filter = experiment.settings().filter();
        configuration.put("filter", filter == null ? "" : filter.toString());
        configuration.put("placement", PlacementReport.record(experiment.placement()));
        return configuration;
    }

    /** A device's name and what an experiment answers for it. */
    private static String device(Device device) {
        StringBuilder text = new StringBuilder(device.name());
        for (Choice<?> choice : Choice.all()) {
            Device.Answer answer = device.answer(choice);
            if (answer.source().equals(Device.BY_EXPERIMENT)) {
                text.append(", ").append(choice).append(" = ").append(Choice.word(answer.value()));
            }
        }
        return text.toString();
    }

    /** What holds for all functions, or for each in their order. */
    private static Object alike(List<LanNic.Ring> functions, ToLongFunction<LanNic.Ring> value) {
        List<Object> each = functions.stream()
                .map(function -> limit(value.applyAsLong(function)))
                .toList();
        return Set.copyOf(each).size() == 1 ? each.get(0) : each;
    }

    /** A rate or a number of places, in words when there is no end to it. */
    private static Object limit(long value) {
        return value == Server.UNLIMITED || value == Integer.MAX_VALUE ? "unlimited" : value;
    }

    private static List<String> macs(List<Long> addresses) {
        return addresses.stream().map(Mac::format).toList();
    }

    private Map<String, Object> seal(CaptureExperiment experiment, CaptureExperiment.Ran ran) {
        RunDigest digest = digest();
        Map<String, Object> seal = new LinkedHashMap<>();
        seal.put("frames", ran.frames());
        seal.put("decisions", digest.decisions());
        seal.put("fate", digest.fate());
        seal.put("timed", digest.timed());
        experiment.damage().ifPresent(damage -> seal.put("damage", damage.toString()));
        return seal;
    }
}
