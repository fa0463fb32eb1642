package dev.hairpin.experiments.travel;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.placement.PlacementOptions;
import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.Lineage;
import dev.hairpin.experiments.run.Moment;
import dev.hairpin.experiments.run.Progress;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.model.topology.Rig;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hairpin at}: what it tells of a time is what a run stopped there has. The run is in the journal, in waves that end
 * elsewhere; the stopped one is in the Rig, a frame at a time.
 */
class TravelTest {
    private static final long AGEING = 3_000_000L;
    private static final long SEED = 20_261_125L;
    private static final String TOPOLOGY = """
            nics { nic0 { mode = %s, device = 82599
              vfs { vf0 { mac = "02:00:00:00:00:01" }, vf1 { mac = "02:00:00:00:00:02" } }
            } }
            bridge { ageing = 3ms, ports { p0 { to = nic0, reflective-relay = on }, ext0 {}, ext1 {} } }
            stations {
              ext0 { mac = "02:00:00:00:00:03", addresses = ["02:00:00:00:00:04"] }
              ext1 { mac = "02:00:00:00:00:05" }
            }
            changes = [
              { at = 1ms, do = "ip link set dev nic0 vf 0 spoofchk on" }
              { at = 2ms, do = "ip link set dev nic0 vf 1 vlan 7 qos 3" }
              { at = 4ms, do = "ip link set dev nic0 vf 1 trust on" }
              { at = 6ms, do = "bridge link set dev nic0 hwmode %s" }
            ]
            """;

    /** Frames of five stations to each other, some at one time; seldom one that has moved. */
    private static Path capture(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Made made = new Made();
        long time = 0;
        for (int frame = 0; frame < 60; frame++) {
            int from = 1 + random.nextInt(5);
            long to = random.nextInt(6) == 0 ? Mac.BROADCAST : Made.station(1 + random.nextInt(6));
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(400_000);
            if (random.nextInt(4) == 0) {
                made.tagged(time, from, to, 7);
            } else {
                made.frame(time, from, to);
            }
        }
        return made.write(folder.resolve("sixty.pcap"));
    }

    private static RunFolder run(Path folder, Mode mode) throws IOException {
        Path topology = folder.resolve(mode.word() + ".conf");
        String other = mode == Mode.VEB ? "vepa" : "veb";
        Files.writeString(topology, TOPOLOGY.formatted(mode.word(), other));
        Path run = folder.resolve(mode.word());
        hairpin("replay", capture(folder), "--topology", topology, "--fdb=cold", "--out", run)
                .well();
        return RunFolder.open(run);
    }

    private static CaptureExperiment experiment(Path folder, Mode mode) throws Exception {
        return CaptureExperiment.open(
                folder.resolve("sixty.pcap"),
                new CaptureExperiment.Settings(
                        PlacementOptions.DEFAULT.withFdb(PlacementOptions.Fdb.COLD),
                        TopologyReader.read(folder.resolve(mode.word() + ".conf"))
                                .topology(),
                        Devices.IEEE,
                        null,
                        Optional.empty(),
                        Limits.NONE,
                        4096,
                        Means.usual(),
                        false));
    }

    /** What the bridge of a Rig has learned, frame by frame. */
    private static final class Learning implements DecisionLog {
        /** By (time, frame), the database after it. */
        private final List<Map.Entry<long[], Map<Long, long[]>>> steps = new ArrayList<>();

        private final Map<Long, long[]> now = new TreeMap<>();

        static Learning of(CaptureExperiment experiment, Mode mode) {
            Learning learning = new Learning();
            new Rig(Lan.of(experiment.lan(mode)), learning, (end, burst) -> {}).run(experiment.feed(1, Progress.NONE));
            return learning;
        }

        @Override
        public void stage(String stage, List<String> ports) {}

        @Override
        public void decided(String stage, Decided event) {
            if (!stage.equals(Lan.BRIDGE)) {
                return;
            }
            assertThat(event.size()).as("frames of a wave").isEqualTo(1);
            for (int row = 0; row < event.learned().size(); row++) {
                assertThat(event.learned().kind()[row]).isEqualTo(EntryKind.LEARNED.ordinal());
                now.put(
                        event.learned().key()[row],
                        new long[] {event.learned().port()[row], event.learned().seen()[row]});
            }
            steps.add(Map.entry(new long[] {event.time(0), event.number(0)}, new TreeMap<>(now)));
        }

        /** {@code address port} of what is in the database before (time, frame). */
        List<String> before(long time, long frame) {
            Map<Long, long[]> there = Map.of();
            for (Map.Entry<long[], Map<Long, long[]>> step : steps) {
                long[] at = step.getKey();
                if (at[0] < time || (at[0] == time && at[1] < frame)) {
                    there = step.getValue();
                }
            }
            List<String> entries = new ArrayList<>();
            there.forEach((key, entry) -> {
                if (time - entry[1] < AGEING) {
                    entries.add(Mac.format(key) + " " + entry[0]);
                }
            });
            return entries.stream().sorted().toList();
        }
    }

    private static List<String> entries(StateAt state) {
        return state.stations().stream()
                .map(station -> Mac.format(station.address()) + " " + station.port())
                .sorted()
                .toList();
    }

    @Test
    void theDatabaseBeforeEveryFrameIsThatOfARunStoppedThere(@TempDir Path folder) throws Exception {
        int aged = 0;
        for (Mode mode : Mode.values()) {
            RunFolder run = run(folder, mode);
            try (CaptureExperiment experiment = experiment(folder, mode)) {
                Learning stopped = Learning.of(experiment, mode);
                Travel travel = new Travel(run, experiment, Lineage.of(experiment, run.mode()));
                int most = 0;
                for (int frame = 1; frame <= 60; frame++) {
                    StateAt state = travel.at(Moment.parse("#" + frame));
                    List<String> expected = stopped.before(state.now(), frame);
                    assertThat(entries(state))
                            .as("%s before frame %d, seed %d", mode, frame, SEED)
                            .isEqualTo(expected);
                    most = Math.max(most, expected.size());
                    aged += expected.size() < most ? 1 : 0;
                }
                assertThat(most).as("entries at most").isGreaterThan(3);
            }
        }
        assertThat(aged).as("times at which something has aged").isPositive();
    }

    @Test
    void theDatabaseAtAnyTimeHoldsWhatCameUntilThen(@TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(SEED);
        for (Mode mode : Mode.values()) {
            RunFolder run = run(folder, mode);
            try (CaptureExperiment experiment = experiment(folder, mode)) {
                Learning stopped = Learning.of(experiment, mode);
                Travel travel = new Travel(run, experiment, Lineage.of(experiment, run.mode()));
                for (int i = 0; i < 100; i++) {
                    long nanos = random.nextLong(12_000_000);
                    assertThat(entries(travel.at(Optional.of(new Moment(false, nanos)))))
                            .as("%s, %d ns after the start", mode, nanos)
                            .isEqualTo(stopped.before(run.firstTime() + nanos, Long.MAX_VALUE));
                }
            }
        }
    }

    @Test
    void settingsAreThoseOfTheChangesUntilThen(@TempDir Path folder) throws Exception {
        for (Mode mode : Mode.values()) {
            Path run = run(folder, mode).path();
            String before = mode.word().toUpperCase(Locale.ROOT);
            String after = mode == Mode.VEB ? "VEPA" : "VEB";
            assertThat(at(run + "@0", "bridge", "link")).contains(" hwmode " + before + " ");
            assertThat(at(run + "@0.005999999", "bridge", "link")).contains(" hwmode " + before + " ");
            assertThat(at(run + "@0.006", "bridge", "link")).contains(" hwmode " + after + " ");
            assertThat(at(run.toString(), "bridge", "link")).contains(" hwmode " + after + " ");
            String link = "brd ff:ff:ff:ff:ff:ff, ";
            assertThat(at(run + "@0.0015", "ip", "link", "show", "nic0"))
                    .contains("    vf 0     link/ether 02:00:00:00:00:01 " + link + "spoof checking on,")
                    .contains("    vf 1     link/ether 02:00:00:00:00:02 " + link + "spoof checking off,");
            assertThat(at(run + "@0.002", "ip", "link", "show", "nic0"))
                    .contains("02:00:00:00:00:02 " + link
                            + "vlan 7, qos 3, spoof checking off, link-state auto, trust off");
            assertThat(at(run.toString(), "ip", "link", "show", "nic0"))
                    .contains("02:00:00:00:00:02 " + link
                            + "vlan 7, qos 3, spoof checking off, link-state auto, trust on");
        }
    }

    private static String at(String place, Object... command) {
        List<Object> words = new ArrayList<>(List.of("at", place));
        words.addAll(List.of(command));
        return hairpin(words.toArray()).well().out();
    }

    @Test
    void countersAgreeWithTheDecisions(@TempDir Path folder) throws Exception {
        Path run = folder.resolve("tight");
        hairpin(
                        "replay",
                        Captures.sample("vlans.pcapng"),
                        "--mode=vepa",
                        "--vfs=3",
                        "--vf-rate=2M",
                        "--rx-ring=2",
                        "--uplink-rate=20M",
                        "--uplink-queue=4",
                        "--out",
                        run)
                .well();
        Map<String, List<String>> rows = new TreeMap<>();
        for (String port : List.of("vf0", "vf2", "br.uplink", "ext0")) {
            List<String> lines =
                    hairpin("decisions", run, "--csv", "--port", port).well().lines();
            rows.put(port, lines.subList(1, lines.size()));
        }
        try (CaptureExperiment experiment = CaptureExperiment.open(
                Captures.sample("vlans.pcapng"),
                new CaptureExperiment.Settings(
                        PlacementOptions.DEFAULT.withVfs(3),
                        null,
                        Optional.empty(),
                        new Limits(20_000_000, 4, 2_000_000, 2, 0, 0, Limits.DEFAULT_AGEING),
                        4096,
                        Means.usual()))) {
            Travel travel = new Travel(
                    RunFolder.open(run),
                    experiment,
                    Lineage.of(experiment, RunFolder.open(run).mode()));
            for (String until : List.of("0.5", "#700", "1000000")) {
                StateAt state = travel.at(Moment.parse(until));
                long number = until.startsWith("#") ? 700 : Long.MAX_VALUE;
                for (String port : rows.keySet()) {
                    assertThat(told(state, port))
                            .as("%s until %s", port, until)
                            .isNotEmpty()
                            .isEqualTo(counted(rows.get(port), port, state.now(), number));
                }
            }
        }
    }

    private static Map<String, Long> told(StateAt state, String port) throws Exception {
        Map<String, Long> told = new TreeMap<>();
        Asked.of(List.of("ethtool", "-S", port)).of(state).text().stream()
                .skip(1)
                .map(line -> line.strip().split(": ", 2))
                .filter(counter -> counter[0].contains("packets") || counter[0].contains("dropped"))
                .forEach(counter -> told.put(counter[0], Long.valueOf(counter[1])));
        told.values().removeIf(value -> value == 0);
        return told;
    }

    /** What rows of the CSV come to that are before (time, number). */
    private static Map<String, Long> counted(List<String> rows, String port, long time, long number) {
        Map<String, Long> counted = new TreeMap<>();
        for (String row : rows) {
            String[] cells = row.split(",", -1);
            long at = new BigDecimal(cells[1]).movePointRight(9).longValueExact();
            if (at < time || (at == time && Long.parseLong(cells[0]) < number)) {
                count(cells, port, port.startsWith("vf"), counted);
            }
        }
        counted.values().removeIf(value -> value == 0);
        return counted;
    }

    private static void count(String[] cells, String port, boolean function, Map<String, Long> counted) {
        String in = function ? "tx" : "rx";
        String out = function ? "rx" : "tx";
        boolean tailDrop = cells[10].equals("TAIL_DROP");
        if (cells[4].equals(port) && !tailDrop) {
            counted.merge(in + "_packets", 1L, Long::sum);
        }
        for (String egress : cells[11].split(" ", -1)) {
            counted.merge(egress.equals(port) ? out + "_packets" : "elsewhere", 1L, Long::sum);
        }
        for (String dropped : cells[12].split(" ", -1)) {
            String[] words = dropped.split(":", -1);
            if (words[0].equals(port) || (words[0].equals("-") && cells[4].equals(port))) {
                String way = words[0].equals(port) ? out : in;
                counted.merge(way + "_dropped_" + words[1].toLowerCase(Locale.ROOT), 1L, Long::sum);
                counted.merge(out + "_packets", tailDrop ? -1L : 0L, Long::sum);
            }
        }
        counted.remove("elsewhere");
    }

    @Test
    void aPlaceThatIsNoneIsRefused(@TempDir Path folder) throws Exception {
        Path run = run(folder, Mode.VEB).path();
        refused(run + "@1.5s", ": found 1.5s, expected seconds since the first frame, such as 12.345, or a frame");
        refused(run + "@#61", "#61: sixty.pcap has no such frame");
        refused(folder + "@1", "not the folder of a run");
        Files.writeString(
                folder.resolve("veb.conf"), TOPOLOGY.formatted("veb", "vepa").replace("3ms", "4ms"));
        refused(run + "@1", "the run's configuration comes out otherwise now");
    }

    private static void refused(String place, String message) {
        Said said = hairpin("at", place, "bridge", "fdb");
        assertThat(said.code()).as(place).isEqualTo(2);
        assertThat(said.err()).hasLineCount(1).contains(message);
    }
}
