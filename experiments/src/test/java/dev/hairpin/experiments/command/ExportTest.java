package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.testkit.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hairpin export}: captures that Wireshark reads, and that go in again. */
class ExportTest {
    private static final Path VLANS = Captures.sample("vlans.pcapng");
    private static final List<Object> TIGHT =
            List.of("--vf-rate=2M", "--rx-ring=2", "--uplink-rate=20M", "--uplink-queue=4");

    private static Path run(Path folder, String mode, Object... options) {
        Path run = folder.resolve(mode);
        List<Object> words = new ArrayList<>(List.of("replay", VLANS, "--mode", mode, "--out", run, "--vfs=3"));
        words.addAll(List.of(options));
        hairpin(words.toArray()).well();
        return run;
    }

    private static Path export(Path run, Object... options) {
        Path file = run.resolveSibling(run.getFileName() + ".pcapng");
        List<Object> words = new ArrayList<>(List.of("export", run, "-o", file));
        words.addAll(List.of(options));
        Said said = hairpin(words.toArray());
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.err()).contains("frames written to " + file);
        return file;
    }

    @Test
    void everyPortIsAnInterfaceWithTheFramesThatTheDecisionsTellOf(@TempDir Path folder) throws Exception {
        Tool.assumeThere("tshark");
        for (String mode : List.of("veb", "vepa")) {
            Path run = run(folder, mode, TIGHT.toArray());
            List<String> fields = Tool.lines(List.of(
                    "tshark",
                    "-r",
                    export(run).toString(),
                    "-T",
                    "fields",
                    "-e",
                    "frame.interface_name",
                    "-e",
                    "frame.comment"));
            Map<String, Integer> there = new TreeMap<>();
            for (String line : fields) {
                String[] words = line.split("\t", -1);
                there.merge(words[0], 1, Integer::sum);
                assertThat(words[1]).startsWith("frame ").contains(mode.equals("veb") ? "" : "(");
            }
            assertThat(there).as(mode).isEqualTo(passed(run));
        }
    }

    @Test
    void tsharkShowsAPortsFramesWithTheDecisions(@TempDir Path folder) throws Exception {
        Tool.assumeThere("tshark");
        Path file = export(run(folder, "vepa"));
        List<String> frames = Tool.lines(List.of(
                "tshark",
                "-r",
                file.toString(),
                "-Y",
                "frame.interface_name == \"vf0\"",
                "-T",
                "fields",
                "-e",
                "frame.number",
                "-e",
                "frame.comment"));
        assertThat(frames).hasSizeGreaterThan(100);
        assertThat(frames)
                .allMatch(line ->
                        line.matches("[0-9]+\tframe [0-9]+, vepa\\.(tx|rx), [A-Z_]+, [A-Z_]+ \\([a-z]+\\), .* > .*"));
    }

    /** Frames that came to a relay by each port and copies that left by it, less those that a queue behind it dropped. */
    private static Map<String, Integer> passed(Path run) {
        Map<String, Integer> passed = new TreeMap<>();
        List<String> rows = hairpin("decisions", run, "--csv").well().lines();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            if (cells[10].equals("TAIL_DROP")) {
                passed.merge(cells[4], -1, Integer::sum);
                continue;
            }
            passed.merge(cells[4], 1, Integer::sum);
            for (String port : cells[11].split(" ", -1)) {
                if (!port.isEmpty()) {
                    passed.merge(port, 1, Integer::sum);
                }
            }
        }
        return passed;
    }

    @Test
    void onePortMayBeExportedAlone(@TempDir Path folder) throws Exception {
        Tool.assumeThere("tshark");
        Path run = run(folder, "vepa");
        List<String> names = Tool.lines(List.of(
                "tshark", "-r", export(run, "--port", "vf2").toString(), "-T", "fields", "-e", "frame.interface_name"));
        assertThat(names).isNotEmpty().containsOnly("vf2").hasSize(passed(run).getOrDefault("vf2", 0));
        Said none = hairpin("export", run, "-o", folder.resolve("none.pcapng"), "--port", "vf9");
        assertThat(none.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(none.err()).hasLineCount(1).contains("no port vf9: expected one of vf0 vf1 vf2");
        assertThat(folder.resolve("none.pcapng")).doesNotExist();
    }

    @Test
    void anExportIsTheInputOfAnotherRunWithTheSameOutcome(@TempDir Path folder) throws Exception {
        for (String mode : List.of("veb", "vepa")) {
            Path first = run(folder, mode, "--fdb=cold");
            Path again = folder.resolve(mode + "-again");
            Path file = export(first);
            hairpin("replay", file, "--by-interface", "--mode", mode, "--out", again, "--fdb=cold")
                    .well();
            assertThat(receivers(again)).as(mode).isEqualTo(receivers(first));
        }
    }

    /** Of every frame, in the order of time, when and by which port it entered and who received it. */
    private static List<String> receivers(Path run) {
        Map<Long, String> entered = new TreeMap<>();
        Map<Long, Map<String, Integer>> received = new HashMap<>();
        List<String> rows = hairpin("decisions", run, "--csv").well().lines();
        for (String row : rows.subList(1, rows.size())) {
            String[] cells = row.split(",", -1);
            long frame = Long.parseLong(cells[0]);
            if (cells[4].startsWith("vf") || cells[4].startsWith("ext")) {
                entered.put(frame, cells[1] + " " + cells[4] + " " + cells[5] + " " + cells[6]);
            }
            for (String port : cells[11].split(" ", -1)) {
                if (port.startsWith("vf") || port.startsWith("ext")) {
                    received.computeIfAbsent(frame, unknown -> new TreeMap<>()).merge(port, 1, Integer::sum);
                }
            }
        }
        List<String> told = new ArrayList<>();
        entered.forEach((frame, how) -> told.add(how + " -> " + received.getOrDefault(frame, Map.of())));
        return told;
    }
}
