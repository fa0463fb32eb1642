package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Wires with classes, pauses and members that fail, in a run: the same in actors as in the Rig, and told afterwards. */
class WireFileTest {
    private static final int FRAMES = 1_500;
    private static final int STATIONS = 6;
    private static final Means TWO_THREADS = new Means(2, 3, false);

    /** What differs between the bonds is where the wires end. */
    private static String file(String bond) {
        String ports = bond.equals("static")
                ? "p0 { to = nic0, reflective-relay = on }"
                : "p0 { to = nic0.u0, reflective-relay = on }, p1 { to = nic0.u1, reflective-relay = on }";
        return """
                nics.nic0 {
                  mode = vepa
                  vfs {
                    vf0 { mac = "02:00:00:00:00:01" }
                    vf1 { mac = "02:00:00:00:00:02", vlan = 10, qos = 5 }
                    vf2 { mac = "02:00:00:00:00:03" }
                  }
                  uplink {
                    rate = 600kbit, queue = 3
                    classes { prio-tc = "all:0 4:1 5:1 6:2 7:2", tc-tsa = "0:ets 1:ets", tc-bw = "0:60 1:40" }
                    bond = %s
                    members { u0 {}, u1 {} }
                  }
                }
                bridge.ports { %s, ext0 {} }
                stations { ext0 { mac = "02:00:00:00:00:04" } }
                changes = [
                  { at = 0.1, do = "pause nic0 for 40ms" }
                  { at = 0.12, do = "pause nic0 for 9 quanta" }
                  { at = 0.2, do = "fault nic0.u0 link-down", for = 100ms }
                  { at = 0.25, do = "pause nic0 priority 5 for 80ms" }
                  { at = 0.4, do = "dcb ets set dev nic0 tc-bw 0:20 1:80 prio-tc 3:2" }
                  { at = 0.45, do = "ip link set dev nic0.u1 down" }
                  { at = 0.5, do = "dcb pfc set dev nic0 prio-pfc all:off 4:on" }
                  { at = 0.5, do = "pause nic0 priority 5 for 80ms" }
                  { at = 0.55, do = "ethtool -A nic0 rx off" }
                  { at = 0.56, do = "pause nic0 for 80ms" }
                  { at = 0.7, do = "fault nic0.u0 link-down", for = 20ms }
                ]
                """.formatted(bond, ports);
    }

    /** Half a millisecond apart or less, of any station to any, of all priorities. */
    private static Made traffic() {
        SplittableRandom chance = new SplittableRandom(7);
        Made made = new Made();
        long time = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            time += chance.nextInt(1_000_000);
            int from = 1 + chance.nextInt(STATIONS);
            long to = chance.nextInt(10) == 0 ? Mac.BROADCAST : station(1 + chance.nextInt(STATIONS));
            if (chance.nextInt(3) == 0 || from == 2) {
                made.frame(time, from, to);
            } else {
                made.tagged(time, from, to, chance.nextInt(8) << 13);
            }
        }
        return made;
    }

    private static Runs runs(String bond, Path folder) throws IOException {
        Path capture = traffic().write(folder.resolve("traffic.pcap"));
        Path file = Files.writeString(folder.resolve("lan.conf"), file(bond));
        return Runs.of(capture, TopologyReader.read(file).topology().orElseThrow());
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "active-backup"})
    void actorsDecideAsTheRigDoesWhereverWavesAreCut(String bond, @TempDir Path folder) throws Exception {
        Runs runs = runs(bond, folder);
        Runs.Digest whole = runs.rig(Mode.VEPA, Limits.NONE, 4096);
        for (int wave : new int[] {1, 50, 4096}) {
            assertThat(runs.rig(Mode.VEPA, Limits.NONE, wave)).isEqualTo(whole);
            Ledger.Arrived arrived = new Ledger.Arrived();
            assertThat(runs.actors(Mode.VEPA, Limits.NONE, wave, TWO_THREADS, folder.resolve("" + wave), arrived))
                    .isEqualTo(whole);
            assertThat(arrived.byEnd())
                    .isEqualTo(runs.ledger(Mode.VEPA, Limits.NONE).arrivals().byEnd());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"static", "active-backup"})
    void aRunThatIsStoppedAgainAndAgainComesToTheSame(String bond, @TempDir Path folder) throws Exception {
        Runs runs = runs(bond, folder);
        for (int waves : new int[] {150, 400, 513, 1_100}) {
            Feed feed = runs.feed(1);
            int[] left = {waves};
            Feed cut = () -> {
                if (left[0]-- == 0) {
                    throw new IllegalStateException("stopped");
                }
                return feed.next();
            };
            assertThatThrownBy(() -> runs.actors(Mode.VEPA, Limits.NONE, TWO_THREADS, folder, cut, (end, burst) -> {}))
                    .isInstanceOf(RunFailed.class);
        }
        assertThat(runs.actors(Mode.VEPA, Limits.NONE, 1, TWO_THREADS, folder, (end, burst) -> {}))
                .isEqualTo(runs.rig(Mode.VEPA, Limits.NONE, 4096));
    }

    @Test
    void everyLossOfAWireHappens(@TempDir Path folder) throws IOException {
        List<String> dropped = new ArrayList<>();
        runs("active-backup", folder)
                .ledger(Mode.VEPA, Limits.NONE)
                .rows()
                .values()
                .forEach(rows -> rows.forEach(row -> dropped.add(row.dropped())));
        assertThat(dropped)
                .contains("uplink:QUEUE_FULL", "uplink:PAUSED", "p0:BACKUP_WIRE", "p1:BACKUP_WIRE", "-:LINK_DOWN");
    }

    @Test
    void whatIsAskedOfARunTellsClassAndPause(@TempDir Path folder) throws IOException {
        runs("static", folder);
        Path run = folder.resolve("run");
        hairpin("replay", folder.resolve("traffic.pcap"), "--topology", folder.resolve("lan.conf"), "--out", run)
                .well();
        List<String> paused = new ArrayList<>(hairpin("decisions", run, "--reason", "PAUSED")
                .well()
                .out()
                .lines()
                .toList());
        String frame = paused.stream()
                .filter(line -> line.contains("PAUSED"))
                .findFirst()
                .orElseThrow()
                .strip()
                .split("[\\s,]+", -1)[0];
        assertThat(hairpin("explain", run, frame).well().out())
                .contains(
                        "uplink.tx, from uplink",
                        "  class      1, ets 40 %",
                        "pause nic0 for 40ms as 1 at 1609459200.1")
                .contains("uplink:PAUSED");
        assertThat(hairpin("verify", run).well().out()).isNotEmpty();
        assertThat(hairpin("at", run + "@0.3", "dcb", "ets", "show", "dev", "nic0")
                        .well()
                        .out())
                .isEqualTo("""
                        willing off ets-cap 8 cbs off\s
                        tc-bw 0:60 1:40 2:0 3:0 4:0 5:0 6:0 7:0\s
                        pg-bw 0:0 1:0 2:0 3:0 4:0 5:0 6:0 7:0\s
                        tc-tsa 0:ets 1:ets 2:strict 3:strict 4:strict 5:strict 6:strict 7:strict\s
                        prio-tc 0:0 1:0 2:0 3:0 4:1 5:1 6:2 7:2\s
                        reco-tc-bw 0:0 1:0 2:0 3:0 4:0 5:0 6:0 7:0\s
                        reco-tc-tsa 0:strict 1:strict 2:strict 3:strict 4:strict 5:strict 6:strict 7:strict\s
                        reco-prio-tc 0:0 1:0 2:0 3:0 4:0 5:0 6:0 7:0\s
                        """);
        assertThat(hairpin("at", run + "@0.5", "dcb", "ets", "show", "dev", "nic0")
                        .well()
                        .out())
                .contains("tc-bw 0:20 1:80", "3:2 4:1");
        assertThat(hairpin("at", run + "@0.5", "ethtool", "-a", "nic0").well().out())
                .isEqualTo("Pause parameters for nic0:\nAutonegotiate:\toff\nRX:\t\ton\nTX:\t\toff\n\n");
        assertThat(hairpin("at", run + "@0.6", "ethtool", "-a", "nic0").well().out())
                .contains("RX:\t\toff");
    }

    @Test
    void aForkGoesOnWithItsPausesAndClasses(@TempDir Path folder) throws IOException {
        runs("static", folder);
        Path run = folder.resolve("run");
        Path fork = folder.resolve("fork");
        hairpin("replay", folder.resolve("traffic.pcap"), "--topology", folder.resolve("lan.conf"), "--out", run)
                .well();
        hairpin("what-if", run, "--from", "0.3", "--set", "dcb ets set dev nic0 tc-bw 0:90 1:10", "--out", fork)
                .well();
        assertThat(hairpin("verify", fork).well().out()).isNotEmpty();
        assertThat(hairpin("what-if", run, "--set", "pause nic0 for 1us", "--out", folder.resolve("other"))
                        .err())
                .contains("a pause has an end, which a topology file can say");
    }
}
