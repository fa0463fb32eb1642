package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Golden;
import dev.hairpin.experiments.testkit.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hairpin diff DIR@T1 DIR@T2}: what {@code hairpin at} tells of the one time and not of the other. */
class DiffInTimeTest {
    private static final long SEED = 20_261_125L;
    private static final int FRAMES = 23_173;

    /** The LAN of the sample, whose bridge learns, forgets, and listens to what listeners report. */
    private static final String TOPOLOGY = """
            nics { nic0 { mode = vepa, device = 82599, vfs {
              vf0 { mac = "02:00:00:00:00:01" }
              vf1 { mac = "02:00:00:00:00:02", groups = ["01:00:5e:01:01:01"] }
              vf2 { mac = "02:00:00:00:00:03", rate = 10Mbit, ring = 2 }
            } } }
            bridge { ageing = 300ms, snooping = on, ports { p0 { to = nic0, reflective-relay = on }, ext0 {}, ext1 {}, ext2 {} } }
            stations {
              ext0 { mac = "02:00:00:00:00:fe", addresses = ["02:00:00:00:00:04"] }
              ext1 { mac = "02:00:00:00:00:05", addresses = ["02:00:00:00:00:06", "02:00:00:00:00:07"] }
              ext2 { mac = "02:00:00:00:00:08", addresses = ["02:00:00:00:00:09", "02:00:00:00:00:0a"] }
            }
            changes = [
              { at = 3, do = "bridge fdb add 02:00:00:00:00:99 dev ext0 master static" }
              { at = 20, do = "bridge fdb replace 02:00:00:00:00:99 dev ext1 master static" }
              { at = 20, do = "bridge fdb add 02:00:00:00:00:99 dev ext2 master static" }
              { at = 25, do = "ip link set dev nic0 vf 1 spoofchk off" }
              { at = 30, do = "bridge link set dev nic0 hwmode veb" }
              { at = 40, do = "bridge fdb del 02:00:00:00:00:99 dev ext1 master" }
            ]
            """;

    @TempDir
    private static Path folder;

    private static Path run = Path.of("");

    @BeforeAll
    static void run() throws IOException {
        run = folder.resolve("lan");
        Path topology = Files.writeString(folder.resolve("lan.conf"), TOPOLOGY);
        Said said =
                hairpin("replay", Captures.sample("lan.pcapng"), "--topology", topology, "--fdb", "cold", "--out", run);
        assertThat(said.code()).as(said.err()).isZero();
    }

    private static Said diff(String from, String to, Object... more) {
        List<Object> words = new ArrayList<>(List.of("diff", run + from, run + to));
        words.addAll(List.of(more));
        return hairpin(words.toArray());
    }

    @Test
    void itIsReadableAtAGlance() throws Exception {
        Golden.hold("diff-in-time.txt", () -> diff("@5", "@#15000").out());
    }

    @Test
    void betweenATimeAndItselfNothingChanged() {
        for (String at : List.of("@0", "@30", "@#1", "@#15000", "@1000")) {
            Said said = diff(at, at, "--json");
            assertThat(said.code()).as(at).isEqualTo(ExitCode.DONE);
            for (String table : List.of("fdb", "mdb")) {
                for (String kind : List.of("came", "went", "moved", "changed")) {
                    assertThat(said.json().at(table).value(kind)).as(at).isEqualTo(List.of());
                }
            }
            assertThat(said.json().value("configuration")).as(at).isEqualTo(List.of());
            assertThat(said.json().value("counters")).as(at).isEqualTo(Map.of());
        }
    }

    @Test
    void theEarlierStateAndTheDifferenceMakeTheLaterState() {
        SplittableRandom random = new SplittableRandom(SEED);
        int differences = 0;
        for (int pair = 0; pair < 5; pair++) {
            int first = 1 + random.nextInt(2000);
            String from = "@#" + first;
            String to = "@#" + (first + random.nextInt(FRAMES - first));
            String where = from + " to " + to + ", seed " + SEED;
            Said said = diff(from, to);
            List<String> entries = new ArrayList<>(at(from, "bridge", "fdb"));
            entries.addAll(at(from, "bridge", "mdb"));
            for (String line : said.lines()) {
                if (line.startsWith("- ")) {
                    assertThat(entries.remove(line.substring(2)))
                            .as("%s: %s", where, line)
                            .isTrue();
                    differences++;
                } else if (line.startsWith("+ ")) {
                    entries.add(line.substring(2));
                    differences++;
                }
            }
            entries.removeIf(line -> line.startsWith("router ports"));
            List<String> later = new ArrayList<>(at(to, "bridge", "fdb"));
            later.addAll(at(to, "bridge", "mdb"));
            assertThat(entries).as(where).containsExactlyInAnyOrderElementsOf(later);
            counters(where, from, to);
        }
        assertThat(differences).as("entries that came or went").isGreaterThan(10);
    }

    /** Holds for some devices that their counters are more by what is told. */
    private static void counters(String where, String from, String to) {
        Map<String, Object> told =
                diff(from, to, "--json").json().at("counters").values();
        for (String device : List.of("vf2", "ext1")) {
            Map<String, Long> more = statistics(to, device);
            statistics(from, device).forEach((name, count) -> more.merge(name, -count, Long::sum));
            more.values().removeIf(count -> count == 0);
            Map<String, Long> found = new LinkedHashMap<>();
            if (told.get(device) instanceof Map<?, ?> counters) {
                counters.forEach((name, count) -> found.put(name.toString(), Long.valueOf(count.toString())));
            }
            assertThat(found).as("%s: %s", where, device).isEqualTo(more);
        }
    }

    private static Map<String, Long> statistics(String at, String device) {
        Map<String, Long> statistics = new LinkedHashMap<>();
        at(at, "ethtool", "-S", device).stream()
                .skip(1)
                .map(line -> line.strip().split(": ", 2))
                .forEach(counter -> statistics.put(counter[0], Long.valueOf(counter[1])));
        return statistics;
    }

    private static List<String> at(String place, Object... command) {
        List<Object> words = new ArrayList<>(List.of("at", run + place));
        words.addAll(List.of(command));
        return hairpin(words.toArray()).well().lines().stream()
                .map(String::stripTrailing)
                .toList();
    }

    @Test
    void everyChangeOfConfigurationIsToldOnceWithItsRefusal() {
        List<String> told = new ArrayList<>();
        for (String[] part : new String[][] {{"@0", "@20"}, {"@20", "@25"}, {"@25", "@#15000"}, {"@#15000", ""}}) {
            told.addAll(configuration(diff(part[0], part[1])));
        }
        assertThat(told).isEqualTo(configuration(diff("@0", ""))).hasSize(7);
        assertThat(told)
                .containsSubsequence(
                        "  20           bridge fdb add 02:00:00:00:00:99 dev ext2 master static",
                        "               refused: 02:00:00:00:00:99 is there (EEXIST)");
    }

    private static List<String> configuration(Said said) {
        return said.lines().stream()
                .dropWhile(line -> !line.startsWith("configuration"))
                .skip(1)
                .takeWhile(line -> !line.isEmpty())
                .toList();
    }

    @Test
    void anEntryThatIsBehindAnotherPortHasMoved() {
        Said said = diff("@19", "@21", "--json");
        assertThat(said.code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(said.json().at("fdb").value("moved").toString())
                .contains("before={mac=02:00:00:00:00:99, ifname=ext0", "after={mac=02:00:00:00:00:99, ifname=ext1");
    }

    @Test
    void whatCannotBeComparedIsRefused() throws IOException {
        refused(": found #15000 at ", diff("@#15000", "@1"));
        refused(" first and 1 s second, expected the earlier moment first", diff("", "@1"));
        refused("found 1s, expected seconds since the first frame", diff("@1s", "@2"));
        refused("has no such frame", diff("@1", "@#" + (FRAMES + 1)));
        Path other = Files.createDirectories(folder.resolve("other"));
        refused(": found times of two runs, expected two times of one run", hairpin("diff", run + "@1", other + "@1"));
        refused(": found times of two runs, expected two times of one run", hairpin("diff", run + "@1", other));
    }

    private static void refused(String message, Said said) {
        assertThat(said.code()).as(message).isEqualTo(ExitCode.UNUSABLE);
        assertThat(said.err()).hasLineCount(1).contains(message);
    }

    @Test
    void twoRunsAreComparedAsObjectsToo() {
        Said same = diff("", "", "--json").well();
        assertThat(same.json().number("same")).isEqualTo(FRAMES);
        assertThat(same.json().number("changed")).isZero();
        assertThat(same.json().at("kinds").values()).isEmpty();
    }
}
