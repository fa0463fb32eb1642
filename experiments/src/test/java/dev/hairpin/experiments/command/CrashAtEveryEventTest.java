package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.testkit.JournalCopy;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.model.frame.Mac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A run that crashed behind its n-th event, for every n: taken up, it ends with the journal of the run that did not, event by
 * event, what was learned and applied included. {@code -Dhairpin.frames=N} makes the run longer.
 */
class CrashAtEveryEventTest {
    private static final int FRAMES = Integer.getInteger("hairpin.frames", 24);
    private static final String LAN = """
        nics {
          nic0 {
            mode = veb
            vfs {
              vf0 { mac = "02:00:00:00:00:01" }
              vf1 { mac = "02:00:00:00:00:02" }
            }
            uplink { rate = 100Mbit, queue = 2 }
            relay-latency = 300ns
            policy = [{ action = "rate-limit 100Mbit burst 200" }]
          }
        }
        bridge { ports { p0 { to = nic0 }, ext0 {} }, latency = 1us }
        stations { ext0 { mac = "02:00:00:00:00:03" } }
        changes = [
          { at = 5us, do = "ip link set dev nic0 vf 1 vlan 10" }
          { at = 9us, do = "bridge link set dev nic0 hwmode vepa" }
          { at = 12us, do = "bridge link set dev p0 hairpin on" }
          { at = 15us, do = "ip link set dev nic0 vf 1 vlan 0" }
        ]
        """;

    /** Every ring and the slot too small, and frames that wait in the scheduler when the run crashes. */
    private static final String RINGS = """
        nics {
          nic0 {
            mode = veb
            pcie { generation = 1, lanes = 1, payload = 128, buffer = 1 }
            vfs {
              vf0 { mac = "02:00:00:00:00:01", queues = 2, ring = 1, itr = 20us, tx-ring = 2, max-rate = 100Mbit }
              vf1 { mac = "02:00:00:00:00:02", ring = 1, itr = 20us, tx-ring = 1, weight = 2, max-rate = 100Mbit }
            }
          }
        }
        bridge { ports { p0 { to = nic0, reflective-relay = on }, ext0 {} }, latency = 1us }
        stations { ext0 { mac = "02:00:00:00:00:03" } }
        """;

    /** The same, with frames that the NIC segments, and some that it refuses to. */
    private static final String SEGMENTS = RINGS.replace("queues = 2,", "queues = 2, offload { tso = on, mtu = 200 },")
            .replace("weight = 2,", "weight = 2, offload { tso = on, mss = 300 },")
            .replace("mode = veb", "mode = veb, options { most-mss = 250 }");

    @ParameterizedTest
    @ValueSource(strings = {"veb", "vepa", "timed changes", "rings", "segments"})
    void ofWhateverEventItWasTheLastTheRunEndsAsIfNothingHadHappened(String what, @TempDir Path folder)
            throws Exception {
        Path run = folder.resolve("run");
        Path capture = capture(folder, what.equals("segments"));
        List<Object> words = new ArrayList<>(List.of("replay", capture, "--out", run, "--wave", 4));
        Map<String, String> topologies = Map.of("timed changes", LAN, "rings", RINGS, "segments", SEGMENTS);
        if (topologies.containsKey(what)) {
            Path file = folder.resolve("lan.conf");
            Files.writeString(file, topologies.get(what));
            words.addAll(List.of("--topology", file));
        } else {
            String map = "vf0=" + Made.mac(1) + ",vf1=" + Made.mac(2);
            words.addAll(List.of("--mode", what, "--map", map, "--fdb=cold", "--uplink-rate=100M", "--uplink-queue=2"));
        }
        hairpin(words.toArray()).well();
        if (what.equals("rings")) {
            assertThat(hairpin("decisions", run).well().out())
                    .contains(":TX_RING_FULL", ":NO_RX_BUFFER", ":PCIE_QUEUE_FULL");
        }
        if (what.equals("segments")) {
            assertThat(hairpin("decisions", run).well().out())
                    .containsPattern("[0-9]+\\.2 ")
                    .contains(":ILLEGAL_MSS", ":NO_RX_BUFFER");
        }
        JournalCopy whole = JournalCopy.of(run);
        Manifest manifest = Manifest.read(run);
        manifest.values().remove("seal");
        assertThat(whole.size()).isGreaterThan(15);
        for (int events = 0; events <= whole.size(); events++) {
            Path crashed = folder.resolve("crashed" + events);
            Files.createDirectories(crashed);
            manifest.write(crashed);
            whole.write(crashed, events, -1, event -> event);
            hairpin("resume", crashed).well();
            assertThat(JournalCopy.of(crashed).octets())
                    .as("crashed behind event %d of %d", events, whole.size())
                    .isEqualTo(whole.octets());
        }
    }

    private static Path capture(Path folder, boolean tcp) throws IOException {
        SplittableRandom random = new SplittableRandom(4711);
        Made made = new Made();
        for (int frame = 0; frame < FRAMES; frame++) {
            long to = random.nextInt(6) == 0 ? Mac.BROADCAST : Made.station(1 + random.nextInt(4));
            int from = 1 + random.nextInt(3);
            if (tcp && frame % 2 == 0) {
                made.tcp(800L * frame, from, to, 50 * (frame + 1));
            } else {
                made.frame(800L * frame, from, to);
            }
        }
        return made.write(folder.resolve("made.pcap"));
    }
}
