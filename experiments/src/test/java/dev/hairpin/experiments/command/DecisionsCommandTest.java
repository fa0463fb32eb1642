package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.model.frame.Mac;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hairpin decisions} and {@code hairpin digest}: what a finished run tells. */
class DecisionsCommandTest {
    private static final String HEADER =
            "frame.number,frame.time_epoch,relay,direction,ingress,eth.src,eth.dst,vlan.id,evb.vid,disposition,rule,egress,"
                    + "egress.dropped";
    private static final String MAP = "vf0=" + Made.mac(1) + ",vf1=" + Made.mac(2);
    private static final long GROUP = 0x0100_5E01_0203L;

    /** Stations 1 and 2 are VFs, 3 is outside. */
    private static Path capture(Path folder) throws IOException {
        return new Made()
                .frame(0, 1, Mac.BROADCAST)
                .tagged(1_000, 1, Made.station(2), 10)
                .frame(2_000, 3, Made.station(1))
                .frame(2_001, 3, Made.station(1))
                .frame(2_002, 3, GROUP)
                .frame(3_000, 2, 0x0180_C200_0001L)
                .write(folder.resolve("small.pcap"));
    }

    private static Path run(Path folder, String mode, Object... options) throws IOException {
        Path out = folder.resolve(mode);
        Object[] words = {"replay", capture(folder), "--mode", mode, "--out", out, "--map", MAP, "--vfs=2", "--fdb=warm"
        };
        Object[] all = Arrays.copyOf(words, words.length + options.length);
        System.arraycopy(options, 0, all, words.length, options.length);
        hairpin(all).well();
        return out;
    }

    @Test
    void csvHasARowForEachFrameAndRelayAndOneForEachLaterDrop(@TempDir Path folder) throws Exception {
        Path run = run(folder, "vepa", "--vf-rate=1M", "--rx-ring=1");
        String start = "1609459200.";
        String one = Made.mac(1);
        String two = Made.mac(2);
        String three = Made.mac(3);
        String all = "ff:ff:ff:ff:ff:ff";
        assertThat(hairpin("decisions", run, "--csv").well().lines())
                .containsExactly(
                        HEADER,
                        "1," + start + "000000000,vepa,tx,vf0," + one + "," + all + ",,0,SENT_UP,VEPA_SEND_UP,uplink,",
                        "1," + start + "000000000,bridge,,br.uplink," + one + "," + all
                                + ",,0,FLOODED,BR_BROADCAST,br.uplink ext0,",
                        "1," + start + "000000000,vepa,rx,uplink," + one + "," + all
                                + ",,0,DELIVERED,VEPA_SOURCE_PRUNING,vf1,vf0:SOURCE_PRUNED",
                        "2," + start + "000001000,vepa,tx,vf0," + one + "," + two
                                + ",10,0,SENT_UP,VEPA_SEND_UP,uplink,",
                        "2," + start + "000001000,bridge,,br.uplink," + one + "," + two
                                + ",10,0,REFLECTED,BR_REFLECTIVE_RELAY,br.uplink,",
                        "2," + start + "000001000,vepa,rx,uplink," + one + "," + two
                                + ",10,0,DELIVERED,ER_UPLINK_UNICAST,vf1,",
                        "2," + start + "000001000,vf1,rx,vf1," + one + "," + two
                                + ",10,0,DROPPED,TAIL_DROP,,vf1:NO_RX_BUFFER",
                        "3," + start + "000002000,bridge,,ext0," + three + "," + one
                                + ",,0,FORWARDED,BR_KNOWN_UNICAST,br.uplink,",
                        "3," + start + "000002000,vepa,rx,uplink," + three + "," + one
                                + ",,0,DELIVERED,ER_UPLINK_UNICAST,vf0,",
                        "4," + start + "000002001,bridge,,ext0," + three + "," + one
                                + ",,0,FORWARDED,BR_KNOWN_UNICAST,br.uplink,",
                        "4," + start + "000002001,vepa,rx,uplink," + three + "," + one
                                + ",,0,DELIVERED,ER_UPLINK_UNICAST,vf0,",
                        "4," + start + "000002001,vf0,rx,vf0," + three + "," + one
                                + ",,0,DROPPED,TAIL_DROP,,vf0:NO_RX_BUFFER",
                        "5," + start + "000002002,bridge,,ext0," + three
                                + ",01:00:5e:01:02:03,,0,FLOODED,BR_MULTICAST,br.uplink,",
                        "5," + start + "000002002,vepa,rx,uplink," + three
                                + ",01:00:5e:01:02:03,,0,DROPPED,ER_UPLINK_MULTICAST,,-:MC_NOT_SUBSCRIBED",
                        "6," + start + "000003000,vepa,tx,vf1," + two
                                + ",01:80:c2:00:00:01,,0,DROPPED,ER_PAUSE,,-:PAUSE_CONSUMED");
    }

    @Test
    void inAVebBroadcastIsReplicatedAndUnicastStaysInside(@TempDir Path folder) throws Exception {
        assertThat(hairpin("decisions", run(folder, "veb"), "--csv").well().lines())
                .contains(
                        "1,1609459200.000000000,veb,tx,vf0," + Made.mac(1)
                                + ",ff:ff:ff:ff:ff:ff,,0,REPLICATED,VEB_BROADCAST,vf1 uplink,",
                        "2,1609459200.000001000,veb,tx,vf0," + Made.mac(1) + "," + Made.mac(2)
                                + ",10,0,SWITCHED_LOCALLY,VEB_LOCAL_UNICAST,vf1,");
    }

    @Test
    void jsonLinesSayTheSameAsTheCsv(@TempDir Path folder) throws Exception {
        Path run = run(folder, "vepa", "--vf-rate=1M", "--rx-ring=1");
        List<String> csv = hairpin("decisions", run, "--csv").well().lines();
        List<String> objects = hairpin("decisions", run, "--jsonl").well().lines();
        assertThat(objects).hasSize(csv.size() - 1);
        List<String> names = List.of(HEADER.split(",", -1));
        for (int row = 0; row < objects.size(); row++) {
            Map<String, Object> object = JSON.std.mapFrom(objects.get(row));
            assertThat(List.copyOf(object.keySet())).isEqualTo(names);
            String[] cells = csv.get(row + 1).split(",", -1);
            for (int column = 0; column < cells.length; column++) {
                Object value = object.get(names.get(column));
                assertThat(value == null ? "" : value.toString()).isEqualTo(cells[column]);
            }
            assertThat(object.get("frame.number")).isInstanceOf(Number.class);
        }
    }

    @Test
    void textHasALineForEachDecision(@TempDir Path folder) throws Exception {
        Path run = run(folder, "vepa");
        List<String> lines = hairpin("decisions", run).well().lines();
        assertThat(lines)
                .hasSize(hairpin("decisions", run, "--csv").well().lines().size() - 1);
        assertThat(lines.get(2))
                .contains("1 1609459200.000000000 vepa.rx")
                .contains(Made.mac(1) + " > ff:ff:ff:ff:ff:ff")
                .contains("VEPA_SOURCE_PRUNING -> vf1 dropped vf0:SOURCE_PRUNED");
    }

    @Test
    void digestPrintsWhatTheManifestIsSealedWith(@TempDir Path folder) throws Exception {
        Path run = run(folder, "veb");
        Manifest manifest = Manifest.read(run);
        assertThat(hairpin("digest", run).well().lines())
                .containsExactly(
                        manifest.text("seal", "fate").orElse("no seal"),
                        manifest.text("seal", "timed").orElse("no seal"))
                .satisfiesExactly(
                        fate -> assertThat(fate).matches("fate v1 [0-9a-f]{64}"),
                        timed -> assertThat(timed).matches("timed v1 [0-9a-f]{64}"));
    }

    @Test
    void aRunOfASampleHasAsManyRowsAsDecisions(@TempDir Path folder) throws Exception {
        Path run = folder.resolve("run");
        hairpin("replay", Captures.sample("vlans.pcapng"), "--mode=vepa", "--out", run)
                .well();
        assertThat(hairpin("decisions", run, "--csv").well().lines())
                .hasSize(1
                        + Manifest.read(run)
                                .number("seal", "decisions")
                                .orElse(0L)
                                .intValue());
    }

    @Test
    void aCaptureThatWasMovedIsNamedAndAnotherOneIsRefused(@TempDir Path folder) throws Exception {
        Path run = run(folder, "veb");
        Path moved = folder.resolve("moved.pcap");
        Files.move(folder.resolve("small.pcap"), moved);
        Said gone = hairpin("decisions", run);
        assertThat(gone.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(gone.err()).hasLineCount(1).contains("small.pcap: no such file");
        assertThat(hairpin("decisions", run, "--capture", moved).well().out()).isNotEmpty();
        Said other = hairpin("decisions", run, "--capture", Captures.sample("vlans.pcapng"));
        assertThat(other.code()).isEqualTo(ExitCode.UNUSABLE);
        assertThat(other.err()).hasLineCount(1).contains("is not the capture of", "found SHA-256", "expected");
    }

    @Test
    void aFolderThatIsNoRunIsRefused(@TempDir Path folder) {
        for (String verb : List.of("decisions", "digest")) {
            Said said = hairpin(verb, folder);
            assertThat(said.code()).as(verb).isEqualTo(ExitCode.UNUSABLE);
            assertThat(said.err()).hasLineCount(1).contains("not the folder of a run");
        }
    }
}
