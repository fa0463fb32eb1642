package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Made.mac;
import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.topology.Reading;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.pci.FunctionMode;
import dev.hairpin.model.pci.PciModel;
import dev.hairpin.model.pci.PciModels;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One capture under every function mode of an X3100: enumeration and rights differ, and no frame's fate. */
class FunctionModeRunTest {
    private static final int SEED = 3100;
    private static final int FRAMES = 1_500;

    /** Stations 1 to 17 are those of pf, vf0 to vf15; two more are outside. */
    private static final int FUNCTIONS = 17;

    private static final PciModel X3100 = PciModels.named("x3100").orElseThrow();

    /** From whom each frame is and to whom, 0 for all. */
    private record Sent(int from, int to) {
        boolean isCarriedBy(int functions) {
            return from <= functions && to <= functions;
        }
    }

    private final List<Sent> sent = new ArrayList<>();

    private Path capture(Path folder) throws IOException {
        SplittableRandom chance = new SplittableRandom(SEED);
        Made made = new Made();
        for (int frame = 0; frame < FRAMES; frame++) {
            int from = 1 + chance.nextInt(FUNCTIONS + 2);
            int to = 1 + (from + chance.nextInt(FUNCTIONS + 1)) % (FUNCTIONS + 2);
            boolean all = chance.nextInt(10) == 0;
            sent.add(new Sent(from, all ? 0 : to));
            made.frame(chance.nextInt(5) * 1_000L + 5_000L * frame, from, all ? Mac.BROADCAST : station(to));
        }
        return made.write(folder.resolve("frames.pcap"));
    }

    private static String lan(String mode, int functions) {
        StringBuilder lan = new StringBuilder("nics.nic0 { mode = veb, device = x3100, " + mode + "\nvfs {\n");
        for (int number = 0; number < functions; number++) {
            String name = number == 0 ? "pf" : "vf" + (number - 1);
            lan.append(name + " { mac = \"" + mac(number + 1) + "\", ring = 3, rate = 100Mbit }\n");
        }
        return lan.append("} }\nbridge { ports { p0 { to = nic0, reflective-relay = on }, ext0 {} } }\n")
                .toString();
    }

    private static TopologyFile read(String lan) {
        Reading reading = TopologyReader.read("lan.conf", lan);
        return reading.topology().orElseThrow(() -> new AssertionError(reading.problems()));
    }

    private static String in(FunctionMode mode, int functions) {
        String trees = mode.kind() == FunctionMode.Kind.MR_IOV && functions > 2
                ? ", hierarchies { rc0 = [pf], rc1 = [" + names(1, functions) + "] }"
                : "";
        return "function-mode = " + mode.name() + trees;
    }

    private static String names(int first, int functions) {
        List<String> names = new ArrayList<>();
        for (int number = first; number < functions; number++) {
            names.add("vf" + (number - 1));
        }
        return String.join(", ", names);
    }

    /** The same functions in whatever mode can have them: the digests of their runs are equal, times included. */
    @ParameterizedTest
    @EnumSource(Mode.class)
    void aRunHasTheSameDigestInEveryModeThatHasItsFunctions(Mode relay, @TempDir Path folder) throws IOException {
        Path capture = capture(folder);
        for (int functions : List.of(1, 2, 4, 8, 17)) {
            Runs.Digest usual = Runs.of(capture, read(lan("", functions))).rig(relay, Limits.NONE, 512);
            int held = 0;
            for (FunctionMode mode : X3100.modes()) {
                if (X3100.functions(mode) >= functions) {
                    Runs runs = Runs.of(capture, read(lan(in(mode, functions), functions)));
                    assertThat(runs.rig(relay, Limits.NONE, 512))
                            .as("%s with %d functions, seed %d", mode.name(), functions, SEED)
                            .isEqualTo(usual);
                    held++;
                }
            }
            assertThat(held).as("modes with %d functions", functions).isGreaterThanOrEqualTo(3);
        }
    }

    /** Beside the run with all 17: in a mode with fewer the others' stations are outside, and those there get the same. */
    @Test
    void everyFrameThatItsFunctionsCarryHasTheSameFate(@TempDir Path folder) throws IOException {
        Path capture = capture(folder);
        Map<String, Integer> whole = Runs.of(capture, read(unlimited(lan("", FUNCTIONS))))
                .ledger(Mode.VEB, Limits.NONE)
                .fates();
        for (FunctionMode mode : X3100.modes()) {
            int functions = X3100.functions(mode);
            Map<String, Integer> fates = Runs.of(capture, read(unlimited(lan(in(mode, functions), functions))))
                    .ledger(Mode.VEB, Limits.NONE)
                    .fates();
            Map<String, Integer> carried = carried(fates, functions);
            assertThat(carried).as(mode.name()).isEqualTo(carried(whole, functions));
            assertThat(carried.isEmpty() && functions > 1).as(mode.name()).isFalse();
        }
    }

    /** A ring of one function that is full has room when fewer send to it. */
    private static String unlimited(String lan) {
        return lan.replace(", ring = 3, rate = 100Mbit", "");
    }

    /** Of frames between the functions, what each got. */
    private Map<String, Integer> carried(Map<String, Integer> fates, int functions) {
        Map<String, Integer> carried = new TreeMap<>();
        List<String> there = List.of(("pf, " + names(1, functions)).split(", ", -1));
        fates.forEach((key, copies) -> {
            String[] words = key.split(" ", -1);
            if (sent.get(Integer.parseInt(words[0]) - 1).isCarriedBy(functions) && there.contains(words[1])) {
                carried.put(key, copies);
            }
        });
        return carried;
    }

    @Test
    void aSampleIsTheSameInEveryModeToo() throws IOException {
        String lan = """
                nics.nic0 { mode = veb, device = x3100, %s vfs {
                  vf0 { mac = "02:00:00:00:00:01" }
                  vf1 { mac = "02:00:00:00:00:02" }
                  vf2 { mac = "02:00:00:00:00:03" }
                } }
                bridge { ports { p0 { to = nic0 }, ext0 {} } }
                """;
        Path sample = Captures.sample("lan.pcapng");
        Runs.Digest usual = Runs.of(sample, read(lan.formatted(""))).rig(Mode.VEB, Limits.NONE, 4096);
        for (FunctionMode mode : X3100.modes()) {
            if (X3100.functions(mode) > 3) {
                assertThat(Runs.of(sample, read(lan.formatted("function-mode = " + mode.name() + ",")))
                                .rig(Mode.VEB, Limits.NONE, 4096))
                        .as(mode.name())
                        .isEqualTo(usual);
            }
        }
    }

    private static final String SHARED = """
            nics.nic0 { mode = veb, device = x3100, function-mode = mr-iov
              hierarchies { rc0 = [pf, vf0], rc1 = [vf1, vf2, vf3] }
              vfs {
                pf { mac = "02:00:00:00:00:01" }
                vf0 { mac = "02:00:00:00:00:02" }
                vf1 { mac = "02:00:00:00:00:03", profile = web }
                vf2 { mac = "02:00:00:00:00:04" }
                vf3 { mac = "02:00:00:00:00:05" }
              } }
            bridge { ports { p0 { to = nic0, reflective-relay = on }, ext0 {} } }
            profiles { web { type = 3, vlan = 10 }, lab { type = 4, vlan = 20 } }
            changes = [
              { at = 1ms, in = rc1, do = "profile lab vf1" }
              { at = 2ms, in = rc1, do = "profile lab vf0" }
              { at = 3ms, in = rc0, do = "profile lab vf2" }
              { at = 4ms, do = "profile lab vf2" }
              { at = 5ms, in = rc1, do = "ip link set dev nic0 down" }
              { at = 6ms, in = vf1, do = "ip link set dev eth0 promisc on" }
              { at = 7ms, in = chassis, do = "profile web vf2" }
            ]
            """;

    private Path shared(Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("shared.conf"), SHARED);
        Path run = folder.resolve("run");
        hairpin("replay", capture(folder), "--topology", file, "--out", run).well();
        return run;
    }

    @Test
    void eachRootComplexListsItsFunctionsOnly(@TempDir Path folder) throws IOException {
        Path run = shared(folder);
        String x3100 = " Ethernet controller: Exar Corp. X3100 Series 10 Gigabit Ethernet PCIe (rev 02)";
        assertThat(hairpin("at", run, "in", "rc0", "lspci").well().lines())
                .containsExactly("05:00.0" + x3100, "05:00.1" + x3100);
        assertThat(hairpin("at", run, "in", "rc1", "lspci").well().lines())
                .containsExactly("05:00.0" + x3100, "05:00.1" + x3100, "05:00.2" + x3100);
        assertThat(hairpin("at", run, "lspci").well().out())
                .as("the host is the base hierarchy's")
                .isEqualTo(hairpin("at", run, "in", "rc0", "lspci").well().out());
        assertThat(hairpin("at", run, "in", "rc1", "lspci", "-vvv").well().out())
                .contains("Initial VFs: 2, Total VFs: 2, Number of VFs: 2");
        Said unknown = hairpin("at", run, "in", "rc2", "lspci");
        assertThat(unknown.code()).isEqualTo(2);
        assertThat(unknown.err()).contains("found in rc2, expected a root complex of a NIC: rc0, rc1");
        assertThat(hairpin("at", run, "in", "rc1", "ip", "link").err()).contains("in rc1, expected lspci");
        assertThat(hairpin("at", run, "ethtool", "-i", "vf3").well().lines()).contains("bus-info: 0000:05:00.2");
        assertThat(hairpin("at", run, "ethtool", "-i", "vf0").well().lines()).contains("bus-info: 0000:05:00.1");
    }

    @Test
    void whatOneServerAsksForInAnothersHierarchyIsRefusedAndJournaled(@TempDir Path folder) throws IOException {
        Path run = shared(folder);
        Said.Json manifest = new Said(0, Files.readString(run.resolve(Manifest.FILE)), "").json();
        Said.Json nic = manifest.at("configuration", "nics", "nic0");
        assertThat(nic.value("functionMode")).isEqualTo("mr-iov");
        assertThat(nic.value("hierarchies")).asString().contains("rc1=[vf1, vf2, vf3]");
        assertThat((List<?>) nic.value("changes"))
                .map(change -> String.valueOf(((Map<?, ?>) change).get("refused")))
                .containsExactly(
                        "the privileged domain of rc1 has no right to manage the device (MRPCIM): bandwidth (EPERM)",
                        "the privileged domain of rc1 manages its own hierarchy and not vf0 (EPERM)",
                        "the privileged domain of rc0 manages its own hierarchy and not vf2 (EPERM)",
                        "the privileged domain manages its own hierarchy and not vf2 (EPERM)",
                        "the privileged domain of rc1 has no right to manage the device (MRPCIM): the link (EPERM)",
                        "vxge answers yes and does nothing: promiscuity is for who manages the device",
                        "null");
        int frame = 1
                + sent.indexOf(sent.stream()
                        .skip(FRAMES - 200)
                        .filter(one -> one.from() == 2)
                        .findFirst()
                        .orElseThrow());
        int late = sent.lastIndexOf(sent.get(frame - 1)) + 1;
        assertThat(hairpin("explain", run, late).well().out())
                .contains("profile lab vf0", "refused: the privileged domain of rc1 manages its own hierarchy");
        hairpin("verify", run).well();
    }

    @Test
    void whatIfAnotherModeChangesWhatIsListedAndNothingElse(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("lan.conf"), lan("function-mode = sr-iov", 5));
        Path run = folder.resolve("run");
        Path other = folder.resolve("other");
        hairpin("replay", capture(folder), "--topology", file, "--out", run).well();
        hairpin("what-if", run, "--set", "function-mode nic0 multi-function", "--out", other)
                .well();
        assertThat(hairpin("at", run, "lspci").well().lines()).hasSize(5);
        assertThat(hairpin("at", other, "lspci").well().lines()).hasSize(8);
        assertThat(hairpin("digest", other).well().out())
                .isEqualTo(hairpin("digest", run).well().out());
        Path refused = folder.resolve("refused");
        hairpin("what-if", run, "--set", "function-mode nic0 sr-iov-4", "--out", refused)
                .well();
        assertThat(Files.readString(refused.resolve(Manifest.FILE))).contains("expected 3 at most: x3100 in sr-iov-4");
        assertThat(hairpin("at", refused, "lspci").well().lines()).hasSize(5);
    }
}
