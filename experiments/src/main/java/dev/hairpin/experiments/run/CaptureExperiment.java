package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.CaptureCounts;
import dev.hairpin.experiments.placement.CaptureSurvey;
import dev.hairpin.experiments.placement.CapturedTimes;
import dev.hairpin.experiments.placement.FrameSelection;
import dev.hairpin.experiments.placement.Placement;
import dev.hairpin.experiments.placement.PlacementOptions;
import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.placement.Seats;
import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.StationTable;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanBridge;
import dev.hairpin.model.topology.LanNic;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;
import dev.hairpin.pcap.Damage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** A capture whose stations are placed, ready to be run in any mode. */
public final class CaptureExperiment implements AutoCloseable {
    private static final Path STANDARD_INPUT = Path.of("-");

    private final Path file;
    private final Capture capture;
    private final Settings settings;
    private final FrameSelection filter;
    private final CaptureSurvey survey;
    private final Placement placement;
    private final StationTable functions;

    /** Of their NICs. */
    private final List<String> uplinks;

    /**
     * What an experiment depends on beside the capture and the mode, and the means to carry it out.
     *
     * @param topology the LAN and where stations are; when absent, a NIC with one function for each station placed
     * @param device that the NIC is, where there is no topology
     * @param filter which frames take part, or null for all
     * @param reflectiveRelay on the bridge's port towards the NIC; when absent, as the mode wants it
     * @param framesPerWave of no consequence for what is decided
     * @param bridgingOnly whether nothing takes time and no queue or ring has an end, whatever else is said
     */
    public record Settings(
            PlacementOptions placement,
            Optional<TopologyFile> topology,
            Device device,
            @Nullable FrameMatch filter,
            Optional<Boolean> reflectiveRelay,
            Limits limits,
            int framesPerWave,
            Means means,
            boolean bridgingOnly) {
        /** On a NIC as the standard has it. */
        public Settings(
                PlacementOptions placement,
                @Nullable FrameMatch filter,
                Optional<Boolean> reflectiveRelay,
                Limits limits,
                int framesPerWave,
                Means means) {
            this(
                    placement,
                    Optional.empty(),
                    Devices.IEEE,
                    filter,
                    reflectiveRelay,
                    limits,
                    framesPerWave,
                    means,
                    false);
        }

        /** The same, carried out otherwise. */
        public Settings by(Means others) {
            return new Settings(
                    placement, topology, device, filter, reflectiveRelay, limits, framesPerWave, others, bridgingOnly);
        }

        /** The same where nothing takes time and no queue or ring has an end. */
        Settings unlimited() {
            return new Settings(
                    placement, topology, device, filter, reflectiveRelay, limits, framesPerWave, means, true);
        }
    }

    /**
     * What a run came to.
     *
     * @param frames that entered
     * @param nanos of the wall clock from the first frame to the last durable decision
     */
    public record Ran(LanSettings lan, long frames, long nanos) {}

    private CaptureExperiment(
            Path file,
            Capture capture,
            Settings settings,
            FrameSelection filter,
            CaptureSurvey survey,
            Placement placement) {
        this.file = file;
        this.capture = capture;
        this.settings = settings;
        this.filter = filter;
        this.survey = survey;
        this.placement = placement;
        this.functions = new StationTable(placement.vsis());
        this.uplinks = settings.topology()
                .map(topology -> new TopologyLan(topology).uplinks())
                .orElseGet(() -> Collections.nCopies(placement.vsis().size(), Lan.UPLINK));
    }

    /**
     * Opens a capture, looks through it and places its stations.
     *
     * @param file {@code -} is standard input
     * @throws IOException when it cannot be read, or is none
     * @throws PlacementRefused when the placement asked for cannot be
     */
    public static CaptureExperiment open(Path file, Settings settings) throws IOException, PlacementRefused {
        Capture capture = Capture.open(file);
        try {
            FrameSelection filter = selection(settings.filter(), capture.slab());
            Optional<Seats> seats = settings.topology().map(topology -> new TopologyLan(topology).seats());
            boolean byInterface = settings.placement().byInterface();
            CaptureSurvey survey = byInterface && seats.isPresent()
                    ? CaptureSurvey.of(capture, filter, seats.get())
                    : CaptureSurvey.of(capture, filter, byInterface);
            requireEthernet(file, survey);
            Placement placement = Placement.choose(survey, settings.placement(), seats);
            CaptureExperiment experiment = new CaptureExperiment(file, capture, settings, filter, survey, placement);
            for (Mode mode : Mode.values()) {
                experiment.requirePlaces(mode);
            }
            return experiment;
        } catch (IOException | RuntimeException | PlacementRefused failed) {
            capture.close();
            throw failed;
        }
    }

    /** A capture without a frame is a capture; one with frames of other link types only is none of ours. */
    private static void requireEthernet(Path file, CaptureSurvey survey) throws IOException {
        CaptureCounts counts = survey.counts();
        if (survey.skippedFrames() > 0 && counts.frames() + counts.filtered() + counts.notEntering() == 0) {
            throw new IOException(file + ": found " + survey.skippedFrames() + " frames of link type "
                    + String.join(", ", survey.skippedLinkTypes().keySet()) + " only, expected frames of Ethernet");
        }
    }

    /** The capture's name, without folders. */
    public String name() {
        Path name = file.getFileName();
        return file.equals(STANDARD_INPUT) || name == null ? "standard input" : name.toString();
    }

    /** Where the capture is; empty for standard input. */
    public Optional<Path> path() {
        return file.equals(STANDARD_INPUT) ? Optional.empty() : Optional.of(file.toAbsolutePath());
    }

    public Capture capture() {
        return capture;
    }

    public Settings settings() {
        return settings;
    }

    public Placement placement() {
        return placement;
    }

    /** What is wrong with the capture; the frames before it take part. */
    public Optional<Damage> damage() {
        return survey.damage();
    }

    /** Frames that take part. */
    public long frames() {
        return survey.counts().frames();
    }

    /** The same with bridging only; not to be closed. */
    public CaptureExperiment bridgingOnly() {
        return new CaptureExperiment(file, capture, settings.unlimited(), filter, survey, placement);
    }

    /** The settings of the whole in {@code mode}. */
    public LanSettings lan(Mode mode) {
        try {
            LanSettings lan = settings.topology().isPresent()
                    ? written(new TopologyLan(settings.topology().get()), mode)
                    : placed(mode);
            return settings.bridgingOnly() ? lan.unlimited() : lan;
        } catch (PlacementRefused refused) {
            throw new IllegalStateException("refused after it was opened", refused);
        }
    }

    /** That the devices have places for what is set and where stations are. */
    private void requirePlaces(Mode mode) throws PlacementRefused {
        if (settings.topology().isPresent()) {
            written(new TopologyLan(settings.topology().get()), mode);
        } else {
            placed(mode);
        }
    }

    /** A LAN as a file has it. */
    private LanSettings written(TopologyLan file, Mode mode) throws PlacementRefused {
        long began = survey.firstTime();
        List<LanNic> nics = file.nics(mode, placement, began);
        LanBridge bridge = file.bridge(mode, settings.reflectiveRelay(), placement, began);
        return new LanSettings(nics, bridge, new Warm(nics, bridge.settings()).known(placement, began));
    }

    /** One NIC and a port of the bridge for each station outside. */
    private LanSettings placed(Mode mode) throws PlacementRefused {
        try {
            return new LanSettings(
                    NicSettings.of("nic0", mode, placement.vsis()).on(settings.device()),
                    List.of(),
                    settings.reflectiveRelay().orElse(mode == Mode.VEPA),
                    placement.externalPorts(),
                    placement.known(survey.firstTime()),
                    settings.limits());
        } catch (Refused refused) {
            throw new PlacementRefused(refused.getMessage());
        }
    }

    /** Whether a frame that enters at {@code time} is at {@code moment} or behind it. */
    boolean isAt(Moment moment, long number, long time) {
        return moment.frame() ? number >= moment.value() : time - survey.firstTime() >= moment.value();
    }

    /** The wire port of the NIC that has a function which {@code address} is placed at, or null. */
    public @Nullable String uplink(long address) {
        int function = functions.owner(address);
        return function < 0 ? null : uplinks.get(function);
    }

    /** The time of frame {@code number} by the clock of a run; empty when the capture has no such frame. */
    public OptionalLong time(long number) {
        CapturedTimes times = new CapturedTimes();
        CaptureReader frames = capture.frames();
        while (frames.next()) {
            long time = times.time(frames.number(), frames.time());
            if (frames.number() == number) {
                return OptionalLong.of(time);
            }
        }
        return OptionalLong.empty();
    }

    /** A fresh pass over the frames. */
    public CaptureFeed feed(Progress progress) {
        return feed(settings.framesPerWave(), progress);
    }

    /** Likewise, in other waves; of no consequence for what is decided. */
    public CaptureFeed feed(int framesPerWave, Progress progress) {
        return new CaptureFeed(capture, placement, filter, framesPerWave, progress);
    }

    /**
     * Runs the capture in actors.
     *
     * @param journal folder of the journal
     * @param receiver is told what arrives
     */
    public Ran run(Mode mode, Path journal, Receiver receiver, Progress progress) throws RunFailed {
        return run(lan(mode), journal, receiver, progress);
    }

    /** Runs the capture in actors, with the NICs and the bridge as {@code lan} has them. */
    public Ran run(LanSettings lan, Path journal, Receiver receiver, Progress progress) throws RunFailed {
        return run(new Lineage(lan, List.of()), journal, receiver, progress);
    }

    /** Likewise, forked as {@code lineage} has it. */
    public Ran run(Lineage lineage, Path journal, Receiver receiver, Progress progress) throws RunFailed {
        CaptureFeed feed = feed(progress);
        long nanos = ActorRun.run(lineage.topology(), feed, receiver, journal, settings.means());
        return new Ran(lineage.lan(), feed.entered(), nanos);
    }

    @Override
    public void close() {
        capture.close();
    }

    private static FrameSelection selection(@Nullable FrameMatch filter, Slab slab) {
        return filter == null
                ? FrameSelection.ALL
                : frame -> filter.matches(slab, frame.offset(), frame.captured(), frame.length());
    }
}
