package dev.hairpin.experiments.command;

import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.placement.PlacementOptions;
import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.topology.Problem;
import dev.hairpin.experiments.topology.Reading;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.match.MatchRefused;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that every verb has which runs a capture. */
final class TrafficOptions {
    /** See there. */
    static final String BRIDGING_ONLY = "--bridging-only";

    private static final int FRAMES_PER_WAVE = 4096;
    private static final int WAVES_PER_SECOND = 20;

    @Option(
            names = "--topology",
            paramLabel = "FILE",
            description =
                    "NICs, functions, bridge, policies and timed changes; see hairpin check. It says who is where.")
    private @Nullable Path topology;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            defaultValue = "ieee",
            description = "Whose embedded switch it is; see hairpin devices (default: ${DEFAULT-VALUE}).")
    private String device = "ieee";

    @Option(names = "--vfs", paramLabel = "N", description = "How many stations get a VF, at most (default: 4).")
    private @Nullable Integer vfs;

    @Option(
            names = "--place",
            paramLabel = "HOW",
            defaultValue = "top",
            description = "Which stations: top (those that talk most), random:SEED, or a file of lines 'vf0 MAC'"
                    + " (default: ${DEFAULT-VALUE}).")
    private String place = "top";

    @Option(
            names = "--map",
            paramLabel = "vf0=MAC,...",
            description = "Who is where, named outright: vf0=02:00:00:00:00:01,vf1=MAC+MAC,pf=MAC,ext0=MAC.")
    private @Nullable String map;

    @Option(
            names = "--by-interface",
            description = "Let each frame enter at the port that its interface in the capture is named after (vf0, pf,"
                    + " ext3), if it is marked inbound or not at all.")
    private boolean byInterface;

    @Option(
            names = "--fdb",
            paramLabel = "cold|warm",
            defaultValue = "warm",
            description = "Whether the bridge has learned every station before the first frame"
                    + " (default: ${DEFAULT-VALUE}).")
    private PlacementOptions.Fdb fdb = PlacementOptions.Fdb.WARM;

    @Option(
            names = "--multicast",
            paramLabel = "igmp|all|none",
            defaultValue = "igmp",
            description = "Which groups VFs listen to: those they report by IGMP or MLD, all, or none"
                    + " (default: ${DEFAULT-VALUE}).")
    private PlacementOptions.Multicast multicast = PlacementOptions.Multicast.IGMP;

    @Option(
            names = "--filter",
            paramLabel = "EXPR",
            description = "Only frames that a pcap-filter expression accepts; one that ends before what is asked for is"
                    + " not accepted.")
    private @Nullable String filter;

    @Option(
            names = "--reflective-relay",
            paramLabel = "on|off",
            description = "Whether the bridge reflects towards the NIC (default: on for vepa, off for veb).")
    private @Nullable Switch reflectiveRelay;

    @Option(
            names = BRIDGING_ONLY,
            description = "Nothing takes time and no queue or ring has an end, whatever else is said.")
    private boolean bridgingOnly;

    @Option(
            names = "--uplink-rate",
            paramLabel = "RATE",
            defaultValue = "unlimited",
            description = "Of the wire between NIC and bridge, each way (default: ${DEFAULT-VALUE}).")
    private String uplinkRate = "unlimited";

    @Option(
            names = "--uplink-queue",
            paramLabel = "FRAMES",
            description = "Queue before that wire, on either side (default: without end).")
    private @Nullable Integer uplinkQueue;

    @Option(
            names = "--vf-rate",
            paramLabel = "RATE",
            defaultValue = "unlimited",
            description = "At which a function takes frames from the relay (default: ${DEFAULT-VALUE}).")
    private String vfRate = "unlimited";

    @Option(
            names = "--rx-ring",
            paramLabel = "FRAMES",
            description = "Receive buffers of a function (default: without end).")
    private @Nullable Integer rxRing;

    @Option(
            names = "--relay-latency",
            paramLabel = "TIME",
            defaultValue = "0ns",
            description = "Of the edge relay, each direction (default: ${DEFAULT-VALUE}).")
    private String relayLatency = "0ns";

    @Option(
            names = "--bridge-latency",
            paramLabel = "TIME",
            defaultValue = "0ns",
            description = "Of the bridge (default: ${DEFAULT-VALUE}).")
    private String bridgeLatency = "0ns";

    @Option(
            names = "--ageing",
            paramLabel = "TIME",
            defaultValue = "300s",
            description = "Of the bridge's filtering database (default: ${DEFAULT-VALUE}).")
    private String ageing = "300s";

    @Option(
            names = "--ext-ports",
            paramLabel = "N",
            defaultValue = "256",
            description = "Ports of the bridge for stations outside, at most; further ones share the last"
                    + " (default: ${DEFAULT-VALUE}).")
    private int externalPorts = 256;

    @Option(names = "--threads", paramLabel = "N", description = "For the actors (default: all processors).")
    private @Nullable Integer threads;

    @Option(
            names = "--credits",
            paramLabel = "N",
            defaultValue = "8",
            description = "Waves of frames that may be under way (default: ${DEFAULT-VALUE}).")
    private int credits = 8;

    @Option(
            names = "--wave",
            paramLabel = "FRAMES",
            description = "Frames in a wave (default: 4096; with --pace, less where so many take long).")
    private @Nullable Integer wave;

    @Option(
            names = "--pace",
            paramLabel = "FRAMES/S",
            description = "Frames that enter in a second of the wall clock, for watching; nothing is decided otherwise"
                    + " (default: as fast as it goes).")
    private @Nullable Integer pace;

    @Option(
            names = "--sync",
            paramLabel = "group|always",
            defaultValue = "group",
            description = "Whether every write waits for the disk, so that a power failure loses nothing, or only what"
                    + " kill -9 would (default: ${DEFAULT-VALUE}).")
    private Sync sync = Sync.GROUP;

    /** On or off. */
    enum Switch {
        ON,
        OFF
    }

    /** When writes wait for the disk. */
    enum Sync {
        GROUP,
        ALWAYS
    }

    CaptureExperiment.Settings settings() throws PlacementRefused {
        requirePositive("--credits", credits);
        requirePositive("--wave", framesPerWave());
        if (pace != null) {
            requirePositive("--pace", pace);
        }
        if (threads != null) {
            requirePositive("--threads", threads);
        }
        requirePositive("--ext-ports", externalPorts);
        Means usual = Means.usual();
        return new CaptureExperiment.Settings(
                placement(),
                topology(),
                device(),
                filter(),
                Optional.ofNullable(reflectiveRelay).map(state -> state == Switch.ON),
                limits(),
                framesPerWave(),
                new Means(threads == null ? usual.threads() : threads, credits, sync == Sync.ALWAYS)
                        .at(pace == null ? 0 : pace),
                bridgingOnly);
    }

    /** A wave enters at once: at a slow pace it is so small that some come every second. */
    private int framesPerWave() {
        if (wave != null) {
            return wave;
        }
        return pace == null ? FRAMES_PER_WAVE : Math.max(1, Math.min(FRAMES_PER_WAVE, pace / WAVES_PER_SECOND));
    }

    private Limits limits() {
        return new Limits(
                Quantity.rate("--uplink-rate", uplinkRate),
                frames("--uplink-queue", uplinkQueue),
                Quantity.rate("--vf-rate", vfRate),
                frames("--rx-ring", rxRing),
                Quantity.time("--relay-latency", relayLatency),
                Quantity.time("--bridge-latency", bridgeLatency),
                Quantity.time("--ageing", ageing));
    }

    private Optional<TopologyFile> topology() {
        if (topology == null) {
            return Optional.empty();
        }
        if (map != null || vfs != null || !place.equals("top") || !device.equals("ieee")) {
            throw new Unusable("--topology: says who is where and which device it is: expected none of --map, --vfs,"
                    + " --place and --device beside it");
        }
        if (!limits().equals(Limits.NONE)) {
            throw new Unusable(
                    "--topology: says what takes time and has an end: expected none of --uplink-rate,"
                            + " --uplink-queue, --vf-rate, --rx-ring, --relay-latency, --bridge-latency and --ageing beside it");
        }
        try {
            Reading reading = TopologyReader.read(topology);
            if (reading.topology().isEmpty()) {
                throw new Unusable(String.join(
                        System.lineSeparator(),
                        reading.problems().stream().map(Problem::toString).toList()));
            }
            return reading.topology();
        } catch (IOException e) {
            throw new Unusable(topology + ": cannot be read: " + e.getMessage());
        }
    }

    private Device device() {
        return DevicesCommand.named("--device", device);
    }

    private PlacementOptions placement() throws PlacementRefused {
        if (vfs != null) {
            requirePositive("--vfs", vfs);
        }
        return new PlacementOptions(
                vfs == null ? OptionalInt.empty() : OptionalInt.of(vfs),
                PlacementOptions.Place.parse(place),
                map == null ? "" : map,
                multicast,
                fdb,
                byInterface,
                externalPorts);
    }

    private @Nullable FrameMatch filter() {
        try {
            return filter == null ? null : FrameMatch.compile(filter);
        } catch (MatchRefused refused) {
            throw new Unusable("--filter: column " + refused.column() + " of \"" + filter + "\": found "
                    + refused.found() + ", expected " + refused.expected());
        }
    }

    private static int frames(String option, @Nullable Integer frames) {
        if (frames == null) {
            return Integer.MAX_VALUE;
        }
        requirePositive(option, frames);
        return frames;
    }

    private static void requirePositive(String option, int value) {
        if (value < 1) {
            throw new Unusable(option + ": found " + value + ", expected 1 or more");
        }
    }
}
