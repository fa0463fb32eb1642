package dev.hairpin.experiments.travel;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.Moment;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.model.frame.Mac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code hairpin at} tells of the moment before a frame what a run has at that time that got only the frames before: in a LAN
 * with several NICs, and at a bridge whose configuration changes.
 */
class ShorterRunTest {
    private static final long SEED = 20_261_125L;
    private static final int FRAMES = 80;

    /** Two servers, of which each becomes a VEB at a time of its own. */
    private static final String TWO_NICS = """
            nics {
              nic0 { mode = vepa, device = 82599
                vfs { vf0 { mac = "02:00:00:00:00:01" }, vf1 { mac = "02:00:00:00:00:02" } } }
              nic1 { mode = vepa, device = 82599
                vfs { vf0 { mac = "02:00:00:00:00:03" }, vf1 { mac = "02:00:00:00:00:04" } } }
            }
            bridge { ageing = 3ms, ports {
              p0 { to = nic0, reflective-relay = on }, p1 { to = nic1, reflective-relay = on }, ext0 {}
            } }
            stations { ext0 { mac = "02:00:00:00:00:05" } }
            changes = [
              { at = 3ms, do = "bridge link set dev nic1 hwmode veb" }
              { at = 5ms, do = "ip link set dev nic0 vf 1 state disable" }
              { at = 7ms, do = "ip link set dev nic1 vf 0 vlan 7" }
              { at = 9ms, do = "bridge link set dev nic0 hwmode veb" }
              { at = 9ms, do = "bridge link set dev p0 hairpin off" }
              { at = 11ms, do = "ip link set dev nic0 vf 1 state auto" }
            ]
            """;

    /** A bridge at which everything is set otherwise in the course of time. */
    private static final String CHANGING_BRIDGE = """
            nics { nic0 { mode = vepa
              vfs { vf0 { mac = "02:00:00:00:00:01" }, vf1 { mac = "02:00:00:00:00:02" } } } }
            bridge { ageing = 3ms, snooping = on, vlan-filtering = on, ports {
              p0 { to = nic0, reflective-relay = on }, ext0 {}, ext1 {}
            } }
            stations { ext0 { mac = "02:00:00:00:00:03" }, ext1 { mac = "02:00:00:00:00:04", addresses = ["02:00:00:00:00:05"] } }
            changes = [
              { at = 2ms, do = "bridge fdb add 02:00:00:00:00:99 dev ext0 master static" }
              { at = 3ms, do = "bridge vlan add dev ext1 vid 7" }
              { at = 4ms, do = "bridge link set dev ext1 learning off" }
              { at = 5ms, do = "bridge mdb add dev bridge port ext0 grp 01:00:5e:01:01:01 permanent" }
              { at = 6ms, do = "bridge fdb replace 02:00:00:00:00:99 dev ext1 master static" }
              { at = 7ms, do = "bridge link set dev p0 hairpin off" }
              { at = 8ms, do = "bridge vlan del dev ext0 vid 1" }
              { at = 9ms, do = "bridge link set dev ext1 learning on" }
              { at = 10ms, do = "bridge mdb del dev bridge port ext0 grp 01:00:5e:01:01:01" }
              { at = 11ms, do = "bridge fdb del 02:00:00:00:00:99 dev ext1 master" }
              { at = 12ms, do = "bridge vlan add dev ext0 vid 1 pvid untagged" }
            ]
            """;

    /** The first frames of 80 of five stations, some at one time, and when each enters. */
    private static Path capture(Path folder, int frames, List<Long> times) throws IOException {
        SplittableRandom random = new SplittableRandom(SEED);
        Made made = new Made();
        long time = 0;
        times.clear();
        for (int frame = 0; frame < frames; frame++) {
            int from = 1 + random.nextInt(5);
            long to = random.nextInt(6) == 0 ? Mac.BROADCAST : Made.station(1 + random.nextInt(6));
            time += random.nextInt(3) == 0 ? 0 : random.nextInt(400_000);
            times.add(time);
            if (random.nextInt(4) == 0) {
                made.tagged(time, from, to, 7);
            } else {
                made.frame(time, from, to);
            }
        }
        return made.write(folder.resolve(frames + ".pcap"));
    }

    private static Path run(Path folder, String topology, int frames, List<Long> times) throws IOException {
        Path file = Files.writeString(folder.resolve("lan.conf"), topology);
        Path run = folder.resolve("run" + frames);
        hairpin(
                        "replay",
                        capture(folder, frames, times),
                        "--topology",
                        file,
                        "--fdb=cold",
                        "--wave=16",
                        "--out",
                        run,
                        "--mode",
                        "vepa")
                .well();
        return run;
    }

    private static String at(String place, String command) {
        List<Object> words = new ArrayList<>(List.of("at", place));
        words.addAll(List.of(command.split(" ", -1)));
        return hairpin(words.toArray()).well().out();
    }

    /** Compares a run with shorter ones; returns, by command, how many different things it told. */
    private static Map<String, Long> compared(Path folder, String topology, List<String> commands) throws IOException {
        List<Long> times = new ArrayList<>();
        Map<String, List<String>> told = new LinkedHashMap<>();
        for (int frame = 2; frame <= FRAMES; frame += 7) {
            Path shorter = run(folder, topology, frame - 1, times);
            if (frame == 2) {
                run(folder, topology, FRAMES, times);
            }
            capture(folder, FRAMES, times);
            String then = shorter + "@" + new Moment(false, times.get(frame - 1));
            for (String command : commands) {
                String now = at(folder.resolve("run" + FRAMES) + "@#" + frame, command);
                assertThat(now)
                        .as("%s before frame %d, seed %d", command, frame, SEED)
                        .isEqualTo(at(then, command));
                told.computeIfAbsent(command, unknown -> new ArrayList<>()).add(now);
            }
        }
        Map<String, Long> different = new LinkedHashMap<>();
        told.forEach(
                (command, all) -> different.put(command, all.stream().distinct().count()));
        return different;
    }

    @Test
    void inALanOfSeveralNics(@TempDir Path folder) throws IOException {
        Map<String, Long> different = compared(
                folder,
                TWO_NICS,
                List.of(
                        "bridge -s fdb",
                        "bridge -d link",
                        "ip -s -d link",
                        "ethtool -S nic0.vf1",
                        "ethtool -S nic1.vf0",
                        "ethtool -S nic1",
                        "ethtool -S p1"));
        assertThat(different.values())
                .as("states that were told apart: %s", different)
                .allMatch(states -> states > 1);
        Path run = folder.resolve("run" + FRAMES);
        assertThat(hwmodes(run + "@0.0029")).containsExactly("VEPA", "VEPA");
        assertThat(hwmodes(run + "@0.003")).containsExactly("VEPA", "VEB");
        assertThat(hwmodes(run + "@0.009")).containsExactly("VEB", "VEB");
        assertThat(at(run + "@0.006", "ip link show nic0")).contains("vf 1 ", "link-state disable");
        assertThat(at(run + "@0.006", "ip link show nic1")).contains("vf 1 ").doesNotContain("disable", "vlan 7");
        assertThat(at(run + "@0.007", "ip link show nic1")).contains("vlan 7");
    }

    private static List<String> hwmodes(String place) {
        return at(place, "bridge link")
                .lines()
                .filter(line -> line.contains(" hwmode "))
                .map(line -> line.strip().substring(line.indexOf(" hwmode ") + 8))
                .toList();
    }

    @Test
    void atABridgeWhoseConfigurationChanges(@TempDir Path folder) throws IOException {
        Map<String, Long> different = compared(
                folder,
                CHANGING_BRIDGE,
                List.of("bridge -s fdb", "bridge -d link", "bridge vlan", "bridge -d mdb", "ethtool -S ext1"));
        assertThat(different.values())
                .as("states that were told apart: %s", different)
                .allMatch(states -> states > 1);
        Path run = folder.resolve("run" + FRAMES);
        String set = "02:00:00:00:00:99 dev %s master bridge static";
        assertThat(at(run + "@0.001999999", "bridge fdb")).doesNotContain(":99 ");
        assertThat(at(run + "@0.002", "bridge fdb")).contains(set.formatted("ext0"));
        assertThat(at(run + "@0.006", "bridge fdb"))
                .contains(set.formatted("ext1"))
                .doesNotContain(set.formatted("ext0"));
        assertThat(at(run + "@0.011", "bridge fdb")).doesNotContain(":99 ");
        assertThat(at(run + "@0.004999999", "bridge mdb")).isEmpty();
        assertThat(at(run + "@0.005", "bridge mdb")).contains("port ext0 grp 01:00:5e:01:01:01 permanent");
        assertThat(at(run + "@0.010", "bridge mdb")).isEmpty();
        assertThat(at(run + "@0.008", "bridge vlan show dev ext0")).doesNotContain("PVID");
        assertThat(at(run + "@0.012", "bridge vlan show dev ext0")).contains("1 PVID Egress Untagged");
        assertThat(at(run + "@0.004", "bridge -d link show dev ext1")).contains(" learning off ");
        assertThat(at(run + "@0.009", "bridge -d link show dev ext1")).contains(" learning on ");
    }
}
