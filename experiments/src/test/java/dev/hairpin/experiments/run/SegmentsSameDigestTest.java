package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.SuperFrames;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where NICs segment, too, actors on however many threads come to what the Rig comes to. */
class SegmentsSameDigestTest {
    private static final String LAN = """
            nics.nic0 {
              mode = veb
              tx-rate = 10Gbit
              pcie { generation = 1, lanes = 4, payload = 128, buffer = 200 }
              uplink { rate = 1Gbit, queue = 60 }
              vfs {
                vf0 { mac = "02:00:00:00:00:01", offload { tso = on }, ring = 16, rate = 1Gbit }
                vf1 { mac = "02:00:00:00:00:02", offload { tso = on, mss = 500, rx = on, rxvlan = on }, tx-ring = 2 }
                vf2 { mac = "02:00:00:00:00:03", offload { tx = on, txvlan = on } }
              }
            }
            bridge { ports { p0 { to = nic0 }, ext0 {} }, latency = 1us }
            stations { host { mac = "02:00:00:00:00:04", port = ext0 } }
            """;

    @Test
    void runsInActorsComeToTheDigestOfTheRig(@TempDir Path folder) throws Exception {
        SplittableRandom random = new SplittableRandom(11);
        SuperFrames frames = new SuperFrames();
        for (int frame = 0; frame < 300; frame++) {
            int from = 1 + random.nextInt(4);
            int to = 1 + (from + random.nextInt(3)) % 4;
            frames.tagged(random.nextInt(3) == 0 ? 10 : 0);
            int octets = random.nextInt(1, random.nextBoolean() ? 1_400 : 30_000);
            if (random.nextBoolean()) {
                frames.tcp4(from, to, frame, octets);
            } else {
                frames.tcp6(from, to, frame, octets);
            }
        }
        Runs runs = Runs.of(
                frames.write(folder.resolve("sent.pcap")),
                TopologyReader.read("lan.conf", LAN).topology().orElseThrow());
        for (Mode mode : Mode.values()) {
            Runs.Digest expected = runs.rig(mode, Limits.NONE, 4096);
            Ledger ledger = runs.ledger(mode, Limits.NONE);
            assertThat(ledger.fates().keySet())
                    .as("segments are delivered")
                    .anyMatch(copy -> FrameNumber.isSegment(Long.parseLong(copy.split(" ", -1)[0])));
            assertThat(runs.rig(mode, Limits.NONE, 7)).isEqualTo(expected);
            for (int wave : new int[] {1, 16, 4096}) {
                Ledger.Arrived arrived = new Ledger.Arrived();
                assertThat(runs.actors(
                                mode,
                                Limits.NONE,
                                wave,
                                new Means(2, 3, false),
                                folder.resolve(mode.word() + wave),
                                arrived))
                        .as("%s in waves of %d", mode, wave)
                        .isEqualTo(expected);
                assertThat(arrived.byEnd()).isEqualTo(ledger.arrivals().byEnd());
                assertThat(arrived.copies(runs.topology(mode, Limits.NONE).sinks()))
                        .isEqualTo(ledger.fates());
            }
        }
    }
}
