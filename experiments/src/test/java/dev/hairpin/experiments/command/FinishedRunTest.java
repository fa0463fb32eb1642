package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.hairpin.experiments.run.Manifest;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.persistence.event.EventCodec;
import dev.hairpin.persistence.store.Durability;
import dev.hairpin.persistence.store.Entry;
import dev.hairpin.persistence.store.RocksJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hairpin explain}, {@code verify} and {@code resume}: a run is questioned, held against its capture, gone on with. */
class FinishedRunTest {
    private static final String MAP = "vf0=" + Made.mac(1) + ",vf1=" + Made.mac(2);

    /** Stations 1 and 2 are VFs, 3 is outside. Frame 3 goes from VF to VF, frame 4 to nobody known. */
    private static Path run(Path folder, String mode) throws IOException {
        Path capture = new Made()
                .frame(0, 1, Mac.BROADCAST)
                .frame(1_000, 2, Mac.BROADCAST)
                .frame(2_000, 1, Made.station(2))
                .frame(3_000, 3, Made.station(9))
                .write(folder.resolve("small.pcap"));
        Path out = folder.resolve(mode);
        hairpin("replay", capture, "--mode", mode, "--out", out, "--map", MAP, "--fdb=cold")
                .well();
        return out;
    }

    @Test
    void explainTellsEveryRelayItsRuleAndWhatTheBridgeLookedUpAndLearned(@TempDir Path folder) throws Exception {
        assertThat(String.join(
                        "\n", hairpin("explain", run(folder, "vepa"), 3).well().lines()))
                .endsWith("""
                        vepa.tx, from vf0
                          SENT_UP by VEPA_SEND_UP
                            kernel: 802.1Qbg; macvlan in mode vepa, measured; mlx5 VEPA table
                          out by     uplink

                        bridge, from br.uplink
                          REFLECTED by BR_REFLECTIVE_RELAY
                            kernel: 802.1Q-2022 8.6.1 reflective relay; Linux hairpin, measured
                          consulted  02:00:00:00:00:02 is behind br.uplink, seen last in frame 2 at 1609459200.000001000
                          learned    02:00:00:00:00:01 behind br.uplink, as seen in frame 1 at 1609459200.000000000
                          out by     br.uplink

                        vepa.rx, from uplink
                          DELIVERED by ER_UPLINK_UNICAST
                            kernel: macvlan, measured; 82576 and 82599 receive address registers
                          out by     vf1

                        received by vf1""");
    }

    @Test
    void explainAsJsonHasTheSameSteps(@TempDir Path folder) throws Exception {
        Map<String, Object> told = JSON.std.mapFrom(
                hairpin("explain", run(folder, "veb"), 4, "--json").well().out());
        assertThat(told).containsEntry("frame", 4).containsEntry("receivers", List.of());
        assertThat(String.valueOf(told.get("steps")))
                .contains("BR_UNKNOWN_UNICAST", "is unknown: it has not been seen", "NO_LOCAL_MATCH");
    }

    @Test
    void explainRefusesAFrameThatTheCaptureDoesNotHave(@TempDir Path folder) throws Exception {
        assertThat(hairpin("explain", run(folder, "veb"), 5).code()).isEqualTo(ExitCode.UNUSABLE);
    }

    @Test
    void verifyFindsAFinishedRunTheSame(@TempDir Path folder) throws Exception {
        assertThat(hairpin("verify", run(folder, "vepa")).well().out()).contains("decisions are the same");
    }

    @Test
    void verifyNamesTheFirstDecisionThatIsInTheJournalAlone(@TempDir Path folder) throws Exception {
        Path run = run(folder, "veb");
        alter(run.resolve("journal"), "veb.tx");
        assertThat(hairpin("verify", run).code()).isEqualTo(ExitCode.DIFFERS);
        assertThat(hairpin("verify", run).out()).contains("DIFFERENT at veb.tx, frame 1", "decided now  nothing");
    }

    /** Appends the stage's first decisions a second time, under the next wave. */
    private static void alter(Path journal, String stage) {
        try (RocksJournal store = RocksJournal.openForWriting(journal)) {
            Decided again = new Decided(
                    1,
                    1,
                    new long[] {Made.START},
                    new long[] {1},
                    new int[] {0},
                    0,
                    List.of(),
                    Decided.Learned.NOTHING);
            store.append(
                    List.of(new Entry(
                            stage,
                            store.highest(stage) + 1,
                            EventCodec.SERIALIZER,
                            EventCodec.VERSION,
                            new byte[0],
                            EventCodec.encode(again))),
                    Durability.BACKGROUND);
        }
    }

    @Test
    void resumeGoesOnWithARunWhoseSealIsMissingAndEndsWithItsDigest(@TempDir Path folder) throws Exception {
        Path run = run(folder, "vepa");
        String sealed = Files.readString(run.resolve(Manifest.FILE));
        Manifest manifest = Manifest.read(run);
        manifest.values().remove("seal");
        manifest.write(run);
        assertThat(hairpin("resume", run).well().out()).contains("fate v1").doesNotContain("finished already");
        assertThat(Files.readString(run.resolve(Manifest.FILE))).isEqualTo(sealed);
        assertThat(hairpin("resume", run).well().out()).contains("finished already");
    }
}
