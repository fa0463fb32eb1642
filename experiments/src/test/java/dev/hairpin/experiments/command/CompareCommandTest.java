package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Golden;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.frame.Mac;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hairpin compare} as a person or a program meets it. */
class CompareCommandTest {
    private static final Path VLANS = Captures.sample("vlans.pcapng");
    private static final long VLANS_FRAMES = 1936;

    /** vf0 and vf1 are stations 1 and 2; 3 is outside. */
    private static final String MAP = "vf0=" + Made.mac(1) + ",vf1=" + Made.mac(2);

    @Test
    void printsPlacementTableAndDifferences() throws Exception {
        Golden.hold(
                "compare-vlans.txt",
                () -> masked(hairpin("compare", VLANS).well().out()));
    }

    @Test
    void printsWhatDiffersWhenTheBridgeHasToLearnAndQueuesAreShort() throws Exception {
        Golden.hold(
                "compare-vlans-cold.txt",
                () -> masked(hairpin(
                                "compare",
                                VLANS,
                                "--fdb=cold",
                                "--vfs=3",
                                "--ext-ports=2",
                                "--uplink-rate=10M",
                                "--uplink-queue=8",
                                "--vf-rate=5M",
                                "--rx-ring=3",
                                "--relay-latency=350ns",
                                "--bridge-latency=2us")
                        .well()
                        .out()));
    }

    @Test
    void comparesBridgingAloneFirstWhereSomethingTakesTime(@TempDir Path folder) {
        Path out = folder.resolve("runs");
        Said.Json limited = hairpin("compare", VLANS, "--json", "--vf-rate=1M", "--rx-ring=3", "--out", out)
                .well()
                .json();
        Said.Json plain = hairpin("compare", VLANS, "--json").well().json();
        assertThat(limited.at("runs").values().keySet())
                .containsExactly("bridging-veb", "bridging-vepa", "veb", "vepa");
        assertThat(limited.at("differences").values().keySet())
                .containsExactly("bridging-veb bridging-vepa", "veb vepa", "bridging-veb veb", "bridging-vepa vepa");
        for (String mode : List.of("veb", "vepa")) {
            Said.Json bridging = limited.at("runs", "bridging-" + mode);
            assertThat(bridging.value("timed")).isEqualTo(plain.at("runs", mode).value("timed"));
            assertThat(bridging.at("dropped").values()).doesNotContainKey("NO_RX_BUFFER");
            assertThat(limited.at("runs", mode).at("dropped").number("NO_RX_BUFFER"))
                    .isPositive();
            assertThat(limited.at("differences", "bridging-" + mode + " " + mode)
                            .number("missingCopies"))
                    .isEqualTo(limited.at("runs", mode).at("dropped").number("NO_RX_BUFFER"));
            assertThat(hairpin("verify", out.resolve("bridging-" + mode)).well().out())
                    .as("a run like any other")
                    .isNotEmpty();
        }
    }

    @Test
    void comparesInOneStepWhereBridgingAloneIsAskedFor() {
        Said.Json only = hairpin("compare", VLANS, "--json", "--vf-rate=1M", "--rx-ring=3", "--bridging-only")
                .well()
                .json();
        assertThat(only.at("runs").values().keySet()).containsExactly("veb", "vepa");
        assertThat(only.at("runs", "veb").at("dropped").values()).doesNotContainKey("NO_RX_BUFFER");
    }

    /** Without what differs from run to run: octets of the journal, and speed. */
    private static String masked(String text) {
        StringBuilder masked = new StringBuilder();
        for (String line : text.lines().toList()) {
            boolean varies = line.startsWith("journal octets") || line.startsWith("decisions a second");
            masked.append(varies ? line.substring(0, 40).stripTrailing() + " ..." : line)
                    .append('\n');
        }
        return masked.toString();
    }

    @Test
    void aModeComparedWithItselfDiffersInNothing() {
        Said said = hairpin("compare", VLANS, "--modes", "veb,veb", "--fdb=cold", "--json")
                .well();
        Said.Json difference = said.json().at("differences", "veb veb-2");
        for (String count :
                List.of("differingFrames", "extraCopies", "missingCopies", "extraCopiesFromLearningFloods")) {
            assertThat(difference.number(count)).as(count).isZero();
        }
        Said.Json first = said.json().at("runs", "veb");
        Said.Json second = said.json().at("runs", "veb-2");
        assertThat(second.value("fate")).isEqualTo(first.value("fate"));
        assertThat(second.value("timed")).isEqualTo(first.value("timed"));
    }

    @Test
    void jsonHasAllThatTheTableHas() {
        Said said = hairpin("compare", VLANS, "--json").well();
        Said.Json all = said.json();
        assertThat(all.values())
                .containsKeys("capture", "sha256", "placement", "runs", "differences")
                .containsEntry("capture", "vlans.pcapng");
        assertThat(all.at("runs").values().keySet()).containsExactly("veb", "vepa");
        for (String mode : List.of("veb", "vepa")) {
            Said.Json run = all.at("runs", mode);
            assertThat(run.values())
                    .containsKeys(
                            "framesIn",
                            "delivered",
                            "learningFloodCopies",
                            "dropped",
                            "switchedLocally",
                            "hairpinned",
                            "seenByBridge",
                            "uplinkFramesOut",
                            "uplinkFramesIn",
                            "uplinkOctetsOut",
                            "uplinkOctetsIn",
                            "decisions",
                            "decisionsByAssumedRules",
                            "decisionsByInferredRules",
                            "journalOctets",
                            "decisionsPerSecond",
                            "outOfOrder",
                            "fate",
                            "timed")
                    .containsEntry("balanced", true);
            assertThat(run.number("framesIn")).isEqualTo(VLANS_FRAMES);
        }
        long local = all.at("runs", "veb").number("switchedLocally");
        assertThat(local).isPositive();
        assertThat(all.at("runs", "vepa").number("hairpinned")).isEqualTo(local);
        assertThat(all.at("runs", "vepa").number("switchedLocally")).isZero();
        assertThat(all.at("differences", "veb vepa").values())
                .containsKeys(
                        "differingFrames",
                        "extraCopies",
                        "extraCopiesFromLearningFloods",
                        "missingCopies",
                        "duplicates",
                        "outOfOrder",
                        "examples");
    }

    @Test
    void keepsTheRunsInTheFolderAndNeverWritesOverThem(@TempDir Path folder) throws Exception {
        Path out = folder.resolve("runs");
        Said said = hairpin("compare", VLANS, "--out", out, "--json").well();
        assertThat(Files.readString(out.resolve("compare.json"), StandardCharsets.UTF_8))
                .isEqualTo(said.out());
        for (String mode : List.of("veb", "vepa")) {
            assertThat(out.resolve(mode).resolve("manifest.json")).isRegularFile();
            assertThat(out.resolve(mode).resolve("journal")).isDirectory();
            Said digest = hairpin("digest", out.resolve(mode)).well();
            assertThat(digest.lines())
                    .containsExactly(
                            said.json().at("runs", mode).value("fate").toString(),
                            said.json().at("runs", mode).value("timed").toString());
        }
        Said again = hairpin("compare", VLANS, "--out", out);
        assertThat(again.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(again.err()).hasLineCount(1).contains(out.toString(), "not empty");
        assertThat(hairpin("digest", out.resolve("veb")).well().out()).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--nosuch | unknown option: '--nosuch'",
                "--map=vf0=zz | --map: vf0=zz: expected",
                "--map=vf0=ff:ff:ff:ff:ff:ff | --map: ",
                "--place=random:x | --place: random:x: expected",
                "--place=/nosuch/file | /nosuch/file",
                "--modes=veb | --modes: found 1 mode, expected two or more",
                "--modes=veb,bridge | 'bridge'",
                "--vfs=0 | --vfs",
                "--vfs=many | 'many'",
                "--wave=0 | --wave: found 0, expected 1 or more",
                "--credits=-1 | --credits: found -1, expected 1 or more",
                "--threads=0 | --threads",
                "--rx-ring=0 | --rx-ring",
                "--vf-rate=10X | --vf-rate: found 10X, expected a rate",
                "--vf-rate=0 | --vf-rate",
                "--uplink-rate=0.1 | --uplink-rate",
                "--uplink-rate=99999999999T | --uplink-rate",
                "--relay-latency=5 | --relay-latency: found 5, expected a time",
                "--relay-latency=99999999999s | --relay-latency",
                "--fdb=lukewarm | 'lukewarm'",
                "--reflective-relay=maybe | 'maybe'",
                "--sync=never | 'never'"
            })
    void whatCannotBeUsedIsSaidInOneLine(String wrong) {
        String option = wrong.substring(0, wrong.indexOf(" | "));
        String message = wrong.substring(wrong.indexOf(" | ") + 3);
        Said said = hairpin("compare", VLANS, option);
        assertThat(said.code()).as(said.err()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(said.err()).startsWith("hairpin: ").hasLineCount(1).containsIgnoringCase(message);
        assertThat(said.out()).isEmpty();
    }

    @Test
    void aFileThatIsNotThereAndOneThatIsNoCaptureAreNamed(@TempDir Path folder) throws Exception {
        Said missing = hairpin("compare", folder.resolve("nosuch.pcap"));
        assertThat(missing.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(missing.err()).hasLineCount(1).contains("nosuch.pcap: no such file");
        Path text = Files.writeString(folder.resolve("notes.txt"), "not a capture at all");
        Said none = hairpin("compare", text);
        assertThat(none.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(none.err()).hasLineCount(1).contains("notes.txt", "at octet 0", "expected a pcap");
        Said directory = hairpin("compare", folder);
        assertThat(directory.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(directory.err()).hasLineCount(1).contains(folder.toString(), "a directory");
    }

    @Test
    void withoutAVerbOrACaptureItSaysWhatIsMissing() {
        Said verb = hairpin();
        assertThat(verb.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(verb.err()).startsWith("hairpin: a verb is missing").contains("compare");
        Said capture = hairpin("compare");
        assertThat(capture.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(capture.err()).hasLineCount(1).contains("CAPTURE").contains("hairpin compare --help");
    }

    @Test
    void aDamagedCaptureIsRunUpToTheDamage(@TempDir Path folder) throws Exception {
        byte[] whole = Files.readAllBytes(VLANS);
        Path cut = Files.write(folder.resolve("cut.pcapng"), Arrays.copyOf(whole, whole.length / 2));
        Said said = hairpin("compare", cut, "--json", "--out", folder.resolve("runs"));
        assertThat(said.code()).isEqualTo(ExitCode.PARTIAL);
        long frames = said.json().at("runs", "vepa").number("framesIn");
        assertThat(frames).isBetween(1L, VLANS_FRAMES - 1);
        assertThat(said.err().lines().toList())
                .hasSize(2)
                .first()
                .asString()
                .startsWith("hairpin: " + cut + ": at octet ")
                .contains("found", "expected");
        assertThat(said.err()).contains(String.format(Locale.ROOT, "%,d frames before it", frames));
        assertThat(said.json().value("damage").toString()).contains("at octet ");
        assertThat(hairpin("digest", folder.resolve("runs").resolve("vepa"))
                        .well()
                        .lines())
                .contains(said.json().at("runs", "vepa").value("fate").toString());
    }

    /** Two frames between VFs, each way, and one to outside. */
    private static Path between(Path folder) throws IOException {
        return new Made()
                .frame(0, 1, Made.station(2))
                .frame(1000, 2, Made.station(1))
                .frame(2000, 1, Made.station(3))
                .frame(3000, 3, Made.station(2))
                .write(folder.resolve("between.pcap"));
    }

    @Test
    void withoutReflectiveRelayFunctionsOfAVepaDoNotReachEachOther(@TempDir Path folder) throws Exception {
        Said off = hairpin("compare", between(folder), "--map", MAP, "--fdb=warm", "--reflective-relay=off", "--json")
                .well();
        Said.Json vepa = off.json().at("runs", "vepa");
        assertThat(vepa.at("dropped").values()).isEqualTo(Map.of("HAIRPIN_DISABLED", 2));
        assertThat(vepa.number("delivered")).isEqualTo(2);
        assertThat(vepa.number("hairpinned")).isZero();
        assertThat(vepa.number("seenByBridge")).isEqualTo(2);
        Said.Json difference = off.json().at("differences", "veb vepa");
        assertThat(difference.number("differingFrames")).isEqualTo(2);
        assertThat(difference.number("missingCopies")).isEqualTo(2);
        assertThat(difference.value("examples").toString())
                .contains("{frame=1, veb=vf1, vepa=nobody}", "{frame=2, veb=vf0, vepa=nobody}");
    }

    @Test
    void withReflectiveRelayTheReceiversAreThoseOfTheVeb(@TempDir Path folder) throws Exception {
        Said on = hairpin("compare", between(folder), "--map", MAP, "--fdb=warm", "--json")
                .well();
        assertThat(on.json().at("differences", "veb vepa").number("differingFrames"))
                .isZero();
        assertThat(on.json().at("runs", "vepa").number("hairpinned")).isEqualTo(2);
        assertThat(on.json().at("runs", "vepa").at("dropped").values()).isEmpty();
        assertThat(on.json().at("runs", "veb").number("switchedLocally")).isEqualTo(2);
    }

    @Test
    void copiesFromLearningFloodsAreToldApart(@TempDir Path folder) throws Exception {
        Path capture = new Made()
                .frame(0, 1, Made.station(2))
                .frame(1000, 2, Made.station(1))
                .frame(2000, 3, Made.station(4))
                .frame(3000, 4, Made.station(3))
                .write(folder.resolve("cold.pcap"));
        Said cold = hairpin("compare", capture, "--map", MAP, "--vfs=2", "--fdb=cold", "--json")
                .well();
        // Frame 1 in VEPA: the bridge has not met station 2, so ext0 and ext1 get copies they are not meant for. Frame
        // 3
        // in either mode: the bridge has not met station 4, and floods to ext1 and up, where nobody has registered it.
        assertThat(cold.json().at("runs", "vepa").number("learningFloodCopies")).isEqualTo(2);
        assertThat(cold.json().at("runs", "veb").number("learningFloodCopies")).isZero();
        assertThat(cold.json().at("differences", "veb vepa").number("extraCopiesFromLearningFloods"))
                .isEqualTo(2);
        Said warm = hairpin("compare", capture, "--map", MAP, "--vfs=2", "--fdb=warm", "--json")
                .well();
        assertThat(warm.json().at("runs", "vepa").number("learningFloodCopies")).isZero();
        assertThat(warm.json().at("differences", "veb vepa").number("differingFrames"))
                .isZero();
    }

    @Test
    void readsStandardInputAndCompressedFilesAsTheFileItself(@TempDir Path folder) throws Exception {
        byte[] octets = Files.readAllBytes(VLANS);
        String fate = fate(hairpin("compare", VLANS, "--json"));
        ByteArrayOutputStream zipped = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(zipped)) {
            gzip.write(octets);
        }
        Path gz = Files.write(folder.resolve("vlans.pcapng.gz"), zipped.toByteArray());
        assertThat(fate(hairpin("compare", gz, "--json"))).isEqualTo(fate);
        Path zst = Files.write(folder.resolve("vlans.pcapng.zst"), Zstd.compress(octets));
        assertThat(fate(hairpin("compare", zst, "--json"))).isEqualTo(fate);
        InputStream before = System.in;
        try {
            System.setIn(new ByteArrayInputStream(octets));
            Said said = hairpin("compare", "-", "--json");
            assertThat(fate(said)).isEqualTo(fate);
            assertThat(said.json().value("capture")).isEqualTo("standard input");
        } finally {
            System.setIn(before);
        }
    }

    private static String fate(Said said) {
        return said.well().json().at("runs", "vepa").value("fate").toString();
    }

    @Test
    void aFilterLeavesFramesOut(@TempDir Path folder) throws Exception {
        Path capture = new Made()
                .frame(0, 1, Made.station(2))
                .frame(1000, 2, Mac.BROADCAST)
                .frame(2000, 2, Made.station(1))
                .write(folder.resolve("filter.pcap"));
        Said said = hairpin("compare", capture, "--filter", "ether broadcast", "--json");
        assertThat(said.well().json().at("runs", "vepa").number("framesIn")).isEqualTo(1);
    }

    @Test
    void aFilterThatIsNoneOrNotSupportedIsRefusedByNameAndPlace(@TempDir Path folder) throws Exception {
        Path capture = new Made().frame(0, 1, Made.station(2)).write(folder.resolve("filter.pcap"));
        Said wrong = hairpin("compare", capture, "--filter", "vlan and and");
        assertThat(wrong.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(wrong.err()).hasLineCount(1).contains("--filter: column 10 of \"vlan and and\": found \"and\"");
        Said unsupported = hairpin("compare", capture, "--filter", "arp or mpls 5");
        assertThat(unsupported.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(unsupported.err())
                .hasLineCount(1)
                .contains("--filter: column 8 of \"arp or mpls 5\": found \"mpls\"")
                .contains("\"mpls\" is not");
    }
}
