package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Child;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Said;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code hairpin decisions} with conditions, and while the run goes on. */
class DecisionFilterTest {
    private static final Path SAMPLE = Captures.sample("vlans.pcapng");
    private static final List<Object> TIGHT =
            List.of("--vf-rate=2M", "--rx-ring=2", "--uplink-rate=20M", "--uplink-queue=4", "--fdb=cold");

    /** Columns of the CSV. */
    private static final int NUMBER = 0;

    private static final int TIME = 1;
    private static final int INGRESS = 4;
    private static final int SOURCE = 5;
    private static final int DESTINATION = 6;
    private static final int VLAN = 7;
    private static final int RULE = 10;
    private static final int EGRESS = 11;
    private static final int DROPPED = 12;

    @TempDir
    private static Path folder;

    private static Path run;
    private static List<String> all;

    @BeforeAll
    static void makeARun() {
        run = folder.resolve("run");
        List<Object> words = new ArrayList<>(List.of("replay", SAMPLE, "--mode=vepa", "--vfs=3", "--out", run));
        words.addAll(TIGHT);
        hairpin(words.toArray()).well();
        all = rows(run);
    }

    private static List<String> rows(Path run, Object... options) {
        List<Object> words = new ArrayList<>(List.of("decisions", run, "--csv"));
        words.addAll(List.of(options));
        List<String> lines = hairpin(words.toArray()).well().lines();
        return lines.subList(1, lines.size());
    }

    private static List<String> those(Predicate<String[]> condition) {
        List<String> those =
                all.stream().filter(row -> condition.test(row.split(",", -1))).toList();
        assertThat(those).as("rows to be found").isNotEmpty().hasSizeLessThan(all.size());
        return those;
    }

    private static boolean hasPort(String[] row, String port) {
        return row[INGRESS].equals(port)
                || List.of(row[EGRESS].split(" ", -1)).contains(port)
                || row[DROPPED].matches("(.* )?" + port + ":.*");
    }

    @Test
    void aPortsRowsAreThoseOfFramesThatCameByItLeftByItOrWereDroppedAtIt() {
        for (String port : List.of("vf0", "vf2", "ext0", "br.uplink")) {
            assertThat(rows(run, "--vf", port)).as(port).isEqualTo(those(row -> hasPort(row, port)));
        }
        assertThat(those(row -> row[RULE].equals("TAIL_DROP") && hasPort(row, "vf0")))
                .as("drops at vf0")
                .isNotEmpty();
    }

    @Test
    void anAddressIsTheSourceOrTheDestination() {
        String mac = all.get(0).split(",", -1)[SOURCE];
        assertThat(rows(run, "--mac", mac))
                .isEqualTo(those(row -> row[SOURCE].equals(mac) || row[DESTINATION].equals(mac)));
        assertThat(rows(run, "--mac", mac.toUpperCase(java.util.Locale.ROOT).replace(':', '-')))
                .isEqualTo(rows(run, "--mac", mac));
    }

    @Test
    void aVlanIsThatOfTheOutermostTagAndNoneIsNoTag(@TempDir Path apart) throws IOException {
        assertThat(rows(run, "--vlan", 10)).isEqualTo(those(row -> row[VLAN].equals("10")));
        Path capture = new Made()
                .frame(0, 1, Made.station(2))
                .tagged(1, 1, Made.station(2), 0)
                .tagged(2, 1, Made.station(2), 7)
                .write(apart.resolve("tags.pcap"));
        Path tags = apart.resolve("tags");
        hairpin("replay", capture, "--mode=veb", "--vfs=1", "--out", tags).well();
        assertThat(rows(tags, "--vlan", "none")).isNotEmpty().allMatch(row -> row.startsWith("1,"));
        assertThat(rows(tags, "--vlan", "0")).isNotEmpty().allMatch(row -> row.startsWith("2,"));
        assertThat(rows(tags, "--vlan", "7")).isNotEmpty().allMatch(row -> row.startsWith("3,"));
    }

    @Test
    void reasonsAndRulesGoByTheirNamesHoweverWritten() {
        assertThat(rows(run, "--reason", "NO_RX_BUFFER"))
                .isEqualTo(those(row -> row[DROPPED].contains("NO_RX_BUFFER")));
        assertThat(rows(run, "--reason", "source-pruned"))
                .isEqualTo(those(row -> row[DROPPED].contains("SOURCE_PRUNED")));
        assertThat(rows(run, "--rule", "br_reflective_relay"))
                .isEqualTo(those(row -> row[RULE].equals("BR_REFLECTIVE_RELAY")));
    }

    @Test
    void momentsAreSecondsSinceTheFirstFrameOrFrames() throws IOException {
        BigDecimal start = BigDecimal.valueOf(
                Manifest.read(run)
                        .number("configuration", "placement", "firstTime")
                        .orElse(0L),
                9);
        String[] middle = all.get(all.size() / 2).split(",", -1);
        BigDecimal to = new BigDecimal(middle[TIME]).subtract(start);
        assertThat(rows(run, "--between", "0.01", to.toPlainString())).isEqualTo(those(row -> {
            BigDecimal at = new BigDecimal(row[TIME]).subtract(start);
            return at.compareTo(new BigDecimal("0.01")) >= 0 && at.compareTo(to) <= 0;
        }));
        assertThat(rows(run, "--between", "#20", "#20")).isEqualTo(those(row -> row[NUMBER].equals("20")));
        assertThat(rows(run, "--between", "#20", to.toPlainString()))
                .isEqualTo(those(row -> Long.parseLong(row[NUMBER]) >= 20
                        && new BigDecimal(row[TIME]).subtract(start).compareTo(to) <= 0));
    }

    @Test
    void expressionsAreThoseOfPcapFilter() {
        assertThat(rows(run, "--filter", "vlan 10 and ether broadcast"))
                .isEqualTo(those(row -> row[VLAN].equals("10") && row[DESTINATION].equals("ff:ff:ff:ff:ff:ff")));
    }

    @Test
    void ofSeveralConditionsAllMustHold() {
        String vlan = those(row -> row[INGRESS].equals("vf0")).get(0).split(",", -1)[VLAN];
        assertThat(rows(run, "--vf", "vf0", "--rule", "VEPA_SEND_UP", "--vlan", vlan, "--between", "#1", "#300"))
                .isEqualTo(those(row -> hasPort(row, "vf0")
                        && row[RULE].equals("VEPA_SEND_UP")
                        && row[VLAN].equals(vlan)
                        && Long.parseLong(row[NUMBER]) <= 300));
    }

    @Test
    void textAndJsonLinesHaveTheSameRows() throws IOException {
        List<String> csv = rows(run, "--rule", "TAIL_DROP");
        assertThat(hairpin("decisions", run, "--rule", "TAIL_DROP").well().lines())
                .hasSameSizeAs(csv)
                .allMatch(line -> line.contains(" TAIL_DROP dropped "));
        List<String> objects = hairpin("decisions", run, "--rule", "TAIL_DROP", "--jsonl")
                .well()
                .lines();
        assertThat(objects).hasSameSizeAs(csv);
        for (String object : objects) {
            Map<String, Object> values = JSON.std.mapFrom(object);
            assertThat(values.get("rule")).isEqualTo("TAIL_DROP");
        }
    }

    @Test
    void anUnknownNameIsRefusedWithTheNearestThatIsKnown() {
        refused("--vf", "vf9", "--vf: found vf9, expected one of ", "; vf0?");
        refused("--rule", "VEPA_SENDUP", "--rule: found VEPA_SENDUP, expected the name of a rule; VEPA_SEND_UP?");
        refused("--reason", "pruned", "--reason: found pruned, expected the name of a reason");
        refused("--reason", "SOURCE_PRUNE", "; SOURCE_PRUNED?");
        refused("--mac", "02:00:00", "--mac: found 02:00:00, expected an address such as");
        refused("--vlan", "4096", "--vlan: found 4096, expected 0 to 4095, or none");
        refused("--filter", "vlan and", "--filter: match \"vlan and\", column ");
        Said said = hairpin("decisions", run, "--between", "1s", "2");
        assertThat(said.err()).hasLineCount(1).contains("--between: found 1s, expected seconds since the first frame");
    }

    private static void refused(String option, String value, String... words) {
        Said said = hairpin("decisions", run, option, value);
        assertThat(said.code()).as(option).isEqualTo(ExitCode.UNUSABLE);
        assertThat(said.err()).hasLineCount(1).contains(words);
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // only so that a following that does not end is told
    void aRunIsFollowedFromAnotherProcessUntilItIsSealed(@TempDir Path apart) throws Exception {
        Path live = apart.resolve("live");
        Process writer = Child.hairpin(
                apart.resolve("out"),
                apart.resolve("err"),
                "replay",
                Captures.sample("lan.pcapng"),
                "--mode=vepa",
                "--wave=16",
                "--credits=1",
                "--out",
                live);
        while (!Files.exists(live.resolve(Manifest.FILE)) && !writer.waitFor(1, TimeUnit.MILLISECONDS)) {
            // It has not begun yet.
        }
        List<String> followed = rows(live, "--follow");
        assertThat(writer.waitFor()).as(Files.readString(apart.resolve("err"))).isZero();
        assertThat(followed).containsExactlyInAnyOrderElementsOf(rows(live));
    }

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES) // likewise
    void followingEndsCleanlyWhenItIsTold(@TempDir Path apart) throws Exception {
        Path capture = new Made().frame(0, 1, Made.station(2)).write(apart.resolve("one.pcap"));
        Path stopped = apart.resolve("stopped");
        hairpin("replay", capture, "--mode=vepa", "--vfs=1", "--out", stopped).well();
        Manifest manifest = Manifest.read(stopped);
        manifest.values().remove("seal");
        manifest.write(stopped);
        Path out = apart.resolve("out");
        Path err = apart.resolve("err");
        Process follower = Child.hairpin(out, err, "decisions", stopped, "-f", "--csv");
        while (Files.size(out) == 0 && !follower.waitFor(1, TimeUnit.MILLISECONDS)) {
            // It has printed nothing yet.
        }
        follower.destroy();
        assertThat(follower.waitFor()).isZero();
        assertThat(Files.readString(err)).isEqualTo("hairpin: stopping\n");
        assertThat(Files.readString(out))
                .isEqualTo(hairpin("decisions", stopped, "--csv").out());
    }
}
