package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.JournalCopy;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.device.Devices;
import dev.hairpin.model.frame.Mac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hairpin what-if} and {@code hairpin diff}: a fork is the run that it would have been, and a cut. */
class WhatIfTest {
    private static final List<String> MODES = List.of("veb", "vepa");
    private static final List<String> MAP =
            List.of("--map", "vf0=" + Made.mac(1) + ",vf1=" + Made.mac(2) + ",vf2=" + Made.mac(3));

    /** Little room and little time: frames wait, and are dropped. */
    private static final List<String> TIGHT = List.of(
            "--uplink-rate=20M",
            "--uplink-queue=12",
            "--vf-rate=10M",
            "--rx-ring=4",
            "--relay-latency=350ns",
            "--bridge-latency=2us",
            "--fdb=cold",
            "--vfs=4");

    private static final String LAN = """
        nics {
          nic0 {
            mode = MODE
            device = "DEVICE"
            vfs {
              vf0 { mac = "02:00:00:00:00:01" }
              vf1 { mac = "02:00:00:00:00:02" }
              vf2 { mac = "02:00:00:00:00:03" }
            }
            policy = [{ match = "len > 300", action = drop }]
            relay-latency = 300ns
          }
        }
        bridge { ports { p0 { to = nic0, reflective-relay = REFLECTS }, ext0 {} }, latency = 1us }
        stations { ext0 { mac = "02:00:00:00:00:04" } }
        changes = [
          { at = 10us, do = "ip link set dev nic0 vf 2 vlan 10" }
          { at = 20us, do = "bridge link set dev p0 learning off" }
          { at = 25us, do = "ip link set dev nic0 vf 2 state disable" }
          { at = 30us, do = "ip link set dev nic0 vf 2 vlan 0" }
        ]
        """;

    /** 60 frames among stations 1 to 4, one each microsecond. */
    private static Path capture(Path folder) throws IOException {
        SplittableRandom random = new SplittableRandom(4711);
        Made made = new Made();
        for (int frame = 0; frame < 60; frame++) {
            int from = 1 + random.nextInt(5);
            long to = random.nextInt(6) == 0 ? Mac.BROADCAST : Made.station(1 + random.nextInt(6));
            made.octets(Made.START + 1_000L * frame, from, to, random.nextInt(5) == 0 ? 400 : 60);
        }
        return made.write(folder.resolve("made.pcap"));
    }

    private static Path replay(Path capture, Path out, List<String> options) {
        List<Object> words = new ArrayList<>(List.of("replay", capture, "--out", out));
        words.addAll(options);
        hairpin(words.toArray()).well();
        return out;
    }

    private static List<String> with(List<String> options, String... more) {
        List<String> all = new ArrayList<>(options);
        all.addAll(List.of(more));
        return all;
    }

    private static String digest(Path run) {
        return hairpin("digest", run).well().out();
    }

    @Test
    void everyPairOfModesAndDevicesIsTheRunMadeDirectly(@TempDir Path folder) throws Exception {
        Path capture = capture(folder);
        Map<String, String> digests = new LinkedHashMap<>();
        for (String mode : MODES) {
            for (Device device : Devices.all()) {
                String name = mode + "-" + device.name();
                Path run = folder.resolve(name);
                replay(capture, run, with(MAP, "--mode", mode, "--device", device.name()));
                digests.put(name, digest(run));
            }
        }
        for (String before : digests.keySet()) {
            for (String after : digests.keySet()) {
                Path fork = folder.resolve(before + "-to-" + after);
                String[] words = after.split("-", 2);
                hairpin("what-if", folder.resolve(before), "--mode", words[0], "--device", words[1], "--out", fork)
                        .well();
                assertThat(digest(fork)).as("from %s to %s", before, after).isEqualTo(digests.get(after));
            }
        }
    }

    @Test
    void soIsEveryPairWhereATopologyFileHasChanges(@TempDir Path folder) throws Exception {
        Path capture = capture(folder);
        Map<String, String> digests = new LinkedHashMap<>();
        for (String mode : MODES) {
            for (Device device : Devices.all()) {
                String name = mode + "-" + device.name();
                Path file = folder.resolve(name + ".conf");
                Files.writeString(
                        file,
                        LAN.replace("MODE", mode)
                                .replace("DEVICE", device.name())
                                .replace("REFLECTS", mode.equals("vepa") ? "on" : "off"));
                replay(capture, folder.resolve(name), List.of("--topology", file.toString()));
                digests.put(name, digest(folder.resolve(name)));
            }
        }
        assertThat(digests.values()).as("that differ").hasSizeGreaterThan(2);
        for (String before : digests.keySet()) {
            for (String after : digests.keySet()) {
                Path fork = folder.resolve(before + "-to-" + after);
                String[] words = after.split("-", 2);
                hairpin("what-if", folder.resolve(before), "--mode", words[0], "--device", words[1], "--out", fork)
                        .well();
                assertThat(digest(fork)).as("from %s to %s", before, after).isEqualTo(digests.get(after));
            }
        }
    }

    @Test
    void fromTheStartIsWithoutAStartAndFromBeyondTheEndIsTheParent(@TempDir Path folder) throws Exception {
        Path capture = Captures.sample("vlans.pcapng");
        for (String mode : MODES) {
            String other = mode.equals("veb") ? "vepa" : "veb";
            Path run = replay(capture, folder.resolve(mode), with(TIGHT, "--mode", mode));
            String changed = digest(replay(capture, folder.resolve(mode + "-other"), with(TIGHT, "--mode", other)));
            for (String start : List.of("0", "#1")) {
                Path fork = folder.resolve(mode + start);
                hairpin("what-if", run, "--mode", other, "--from", start, "--out", fork)
                        .well();
                assertThat(digest(fork)).isEqualTo(changed);
            }
            for (String end : List.of("1000000", "#1000000")) {
                Path fork = folder.resolve(mode + end);
                assertThat(hairpin("what-if", run, "--mode", other, "--from", end, "--out", fork)
                                .well()
                                .out())
                        .containsPattern("another fate +0\n");
                assertThat(digest(fork)).isEqualTo(digest(run));
            }
        }
    }

    @Test
    void whateverTheCutFramesBeforeItHaveTheParentsFate(@TempDir Path folder) throws Exception {
        Path capture = Captures.sample("vlans.pcapng");
        Path policy = folder.resolve("policy.conf");
        Files.writeString(policy, "policy = [{ match = \"len < 200\", action = drop }]\n");
        for (int seed = 0; seed < Integer.getInteger("hairpin.forks", 6); seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            String mode = MODES.get(seed % 2);
            Path run = replay(capture, folder.resolve("run" + seed), with(TIGHT, "--mode", mode));
            long number = 2L + random.nextInt(1_900);
            Path fork = folder.resolve("fork" + seed);
            List<Object> words = new ArrayList<>(List.of("what-if", run, "--from", "#" + number, "--out", fork));
            words.addAll(random.nextBoolean() ? List.of("--policy", policy) : List.of());
            words.addAll(List.of("--mode", MODES.get((seed + 1) % 2)));
            hairpin(words.toArray()).well();
            SortedMap<Long, String> before = fates(run);
            SortedMap<Long, String> after = fates(fork);
            assertThat(after.headMap(number))
                    .as("seed %d: fates of frames before %d", seed, number)
                    .isEqualTo(before.headMap(number));
            assertThat(after).as("frames from %d on", number).isNotEqualTo(before);
            verified(fork);
        }
    }

    /** Of each frame, all that was decided about it, but for when. */
    private static SortedMap<Long, String> fates(Path run) throws IOException {
        TreeMap<Long, List<String>> decided = new TreeMap<>();
        RunFolder.open(run).read(at -> {
            while (at.next()) {
                List<String> ports = at.ports(at.stage());
                decided.computeIfAbsent(at.number(), unknown -> new ArrayList<>())
                        .add(at.stageName(at.stage()) + " "
                                + ports.get(at.outcome().ingress()) + " "
                                + at.outcome().rule() + " " + at.outcome().egressText(ports) + " "
                                + at.outcome().droppedText(ports));
            }
            return decided;
        });
        TreeMap<Long, String> fates = new TreeMap<>();
        decided.forEach((frame, decisions) ->
                fates.put(frame, String.join("; ", decisions.stream().sorted().toList())));
        return fates;
    }

    private static void verified(Path run) {
        assertThat(hairpin("verify", run).well().out()).contains("decisions are the same");
    }

    @Test
    void aForkIsARunLikeAnyOther(@TempDir Path folder) throws Exception {
        Path capture = Captures.sample("vlans.pcapng");
        Path run = replay(capture, folder.resolve("run"), with(TIGHT, "--mode", "vepa"));
        Path fork = folder.resolve("fork");
        hairpin("what-if", run, "--mode", "veb", "--from", "#700", "--out", fork)
                .well();
        Manifest manifest = Manifest.read(fork);
        assertThat(manifest.text("parent", "folder"))
                .hasValue(run.toAbsolutePath().toString());
        assertThat(manifest.text("parent", "fate")).isEqualTo(Manifest.read(run).text("seal", "fate"));
        assertThat(manifest.number("parent", "fromFrame")).hasValue(700L);
        assertThat(hairpin("explain", fork, 900).well().out()).contains("received by");

        Path stopped = folder.resolve("stopped");
        Files.createDirectories(stopped);
        manifest.values().remove("seal");
        manifest.write(stopped);
        JournalCopy events = JournalCopy.of(fork);
        events.write(stopped, events.size() / 2, -1, event -> event);
        hairpin("resume", stopped).well();
        assertThat(digest(stopped)).isEqualTo(digest(fork));

        Path again = folder.resolve("again");
        hairpin("what-if", fork, "--set", "ip link set dev nic0 vf 1 state disable", "--from", "#1200", "--out", again)
                .well();
        verified(again);
        assertThat(fates(again).headMap(1200L)).isEqualTo(fates(fork).headMap(1200L));
        Said earlier = hairpin("what-if", fork, "--mode", "vepa", "--from", "#600");
        assertThat(earlier.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(earlier.err()).contains("the run is a fork itself, from frame 700 on");
    }

    @Test
    void tellsWhatChangedByKindAndShowsTheFirstOfEachSideBySide(@TempDir Path folder) throws Exception {
        Path capture = new Made()
                .frame(0, 1, Made.station(2))
                .frame(1_000, 2, Made.station(1))
                .frame(2_000, 1, Made.station(4))
                .write(folder.resolve("small.pcap"));
        Path run = replay(capture, folder.resolve("run"), with(MAP, "--mode", "veb"));
        Path fork = folder.resolve("fork");
        String told = hairpin(
                        "what-if",
                        run,
                        "--mode",
                        "vepa",
                        "--set",
                        "ip link set dev nic0 vf 0 state disable",
                        "--from",
                        "#2",
                        "--out",
                        fork)
                .well()
                .out();
        assertThat(told)
                .contains("What changed, frame by frame, from run to fork")
                .containsPattern("the same fate +1\n")
                .containsPattern("newly dropped +1  some receivers are gone, none have come\n")
                .containsPattern("other path +1  ")
                .contains("frame 2, the first that is newly dropped", "frame 3, the first that is on another path")
                .containsPattern("veb.tx, from vf1: VEB_LOCAL_UNICAST +\\| veb.tx, from vf1: ")
                .containsPattern("received by vf0 +\\|");
        assertThat(hairpin("diff", run, fork).code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(told).startsWith(hairpin("diff", run, fork).out());
        assertThat(hairpin("diff", run, run).well().out()).containsPattern("another fate +0\n");
    }

    @Test
    void refusesWhatCannotBeChanged(@TempDir Path folder) throws Exception {
        Path run = replay(capture(folder), folder.resolve("run"), with(MAP, "--mode", "veb"));
        assertThat(hairpin("what-if", run).err()).contains("nothing to change");
        assertThat(hairpin("what-if", run, "--mode", "vepa", "--from", "soon").err())
                .contains("--from: found soon");
        assertThat(hairpin("what-if", run, "--device", "abacus").err()).contains("--device: found abacus");
        Said line = hairpin("what-if", run, "--set", "ip link set dev nic7 up");
        assertThat(line.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(line.err()).contains("--set 'ip link set dev nic7 up': ");
        Path policy = folder.resolve("policy.conf");
        Files.writeString(policy, "policy = [{ match = \"vlan 10\", action = dorp }]\n");
        Said wrong = hairpin("what-if", run, "--policy", policy);
        assertThat(wrong.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(wrong.err()).contains("policy.conf:1", "found dorp");
    }
}
