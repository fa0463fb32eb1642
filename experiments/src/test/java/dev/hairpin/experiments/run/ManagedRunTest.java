package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Made.mac;
import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.topology.TopologyFile;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Management in a run: what guests are granted decides of frames, and what is refused is in the journal with its reason. */
class ManagedRunTest {
    private static final String LAN = """
            nics.nic0 {
              mode = veb
              device = 82599
              privilege { promiscuity = managed, bandwidth = chassis }
              vfs {
                pf { mac = "02:00:00:00:00:0f" }
                vf0 { mac = "02:00:00:00:00:01" }
                vf1 { mac = "02:00:00:00:00:02", trunk = [], spoofchk = on }
                vf2 { mac = "02:00:00:00:00:03", profile = lab }
                vf3 { trunk = [] }
              }
            }
            bridge { ports { p0 { to = nic0 }, ext0 {} } }
            stations { ext0 { mac = "02:00:00:00:00:0a" } }
            profiles {
              lab { type = 4, trust = on }
              quiet { type = 5, version = 2, rules = [ { match = "ether proto 0x9001", action = drop } ], rate = 8kbit }
            }
            changes = [
              { at = 10us, in = vf1, do = "ip link add link eth0 name eth0.10 type vlan id 10" }
              { at = 20us, in = vf1, do = "ip link set dev eth0 address 02:00:00:00:00:12" }
              { at = 30us, do = "ip link set dev nic0 vf 1 mac 02:00:00:00:00:02" }
              { at = 40us, in = vf1, do = "ip link set dev eth0 address 02:00:00:00:00:12" }
              { at = 50us, in = vf1, do = "ip link set dev eth0 promisc on" }
              { at = 60us, in = vf1, do = "ip link set dev nic0 vf 0 vlan 10" }
              { at = 70us, do = "profile quiet vf2" }
              { at = 80us, in = chassis, do = "profile quiet vf2" }
              { at = 90us, in = vf3, do = "ip link set dev eth0 mtu 9000" }
            ]
            """;
    private static final int MICROSECOND = 1_000;

    private Path capture = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void make(@TempDir Path folder) throws IOException {
        Made made = new Made();
        made.by("vf0").tagged(0, 1, station(2), 10); // 1: vf1 is not in VLAN 10
        made.by("vf0").tagged(11 * MICROSECOND, 1, station(2), 10); // 2: it has joined
        made.by("vf1").frame(12 * MICROSECOND, 0x12, station(1)); // 3: not yet its address
        made.by("vf1").frame(21 * MICROSECOND, 0x12, station(1)); // 4: its own choice
        made.by("vf0").frame(22 * MICROSECOND, 1, station(0x12)); // 5
        made.by("vf1").frame(41 * MICROSECOND, 0x12, station(1)); // 6: assigned another meanwhile
        made.by("vf0").frame(51 * MICROSECOND, 1, station(0x0a)); // 7: not seen by vf1
        made.by("vf2").typed(71 * MICROSECOND, 3, station(1), 0x9001); // 8
        made.by("vf2").typed(81 * MICROSECOND, 3, station(1), 0x9001); // 9: by the profile's rule
        made.by("vf0").frame(91 * MICROSECOND, 1, Mac.BROADCAST); // 10: vf3 is deaf
        capture = made.writeByInterface(folder.resolve("frames.pcapng"));
        file = Files.writeString(folder.resolve("lan.conf"), LAN);
    }

    private Path run(Path folder) {
        Path run = folder.resolve("run");
        hairpin("replay", capture, "--by-interface", "--topology", file, "--out", run)
                .well();
        return run;
    }

    private static String explained(Path run, int frame) {
        return hairpin("explain", run, frame).well().out();
    }

    @Test
    void whatIsGrantedDecidesOfFramesFromItsTimeOn(@TempDir Path folder) {
        Path run = run(folder);
        assertThat(explained(run, 1)).contains("received by nobody").doesNotContain("set   ");
        assertThat(explained(run, 2))
                .contains("received by vf1")
                .contains("set        in vf1 ip link add link eth0 name eth0.10 type vlan id 10 at ");
        assertThat(explained(run, 3)).contains("SPOOF_MAC");
        assertThat(explained(run, 4)).contains("received by vf0");
        assertThat(explained(run, 5)).contains("received by vf1");
    }

    @Test
    void whatIsRefusedChangesNothingAndIsToldWithItsReason(@TempDir Path folder) {
        Path run = run(folder);
        assertThat(explained(run, 6))
                .contains("SPOOF_MAC")
                .contains("in vf1 ip link set dev eth0 address " + mac(0x12) + " at ")
                .contains(
                        "refused: the administrator assigned another address and does not trust the function (EPERM)");
        assertThat(explained(run, 7)).contains("received by ext0");
        assertThat(explained(run, 8))
                .contains("received by vf0")
                .contains(
                        "refused: the privileged domain may not change what is the chassis manager's: bandwidth (EPERM)");
        assertThat(explained(run, 9)).contains("received by nobody").contains("ether proto 0x9001: drop");
        assertThat(explained(run, 10))
                .contains("vf3:RX_DISABLED")
                .contains("refused: jumbo frames of physical and virtual function do not go together");
        Said.Json nic = new Said(0, read(run.resolve(Manifest.FILE)), "").json().at("configuration", "nics", "nic0");
        assertThat(nic.value("changes"))
                .asString()
                .contains("the guest of vf1 may not change what is managed: promiscuity (EPERM)")
                .contains("the guest of vf1 controls its own function and not vf0 (EPERM)");
        assertThat(nic.value("privilege")).asString().contains("promiscuity = managed, bandwidth = chassis");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theRunIsWhatItsJournalSaysAndCanBeAskedWhatIf(@TempDir Path folder) {
        Path run = run(folder);
        hairpin("verify", run).well();
        Path other = folder.resolve("other");
        hairpin("what-if", run, "--from", "#5", "--set", "ip link set dev nic0 vf 1 trust on", "--out", other)
                .well();
        assertThat(explained(other, 6)).contains("received by vf0");
        assertThat(explained(other, 9)).contains("received by nobody");
    }

    @Test
    void theSampleOfTenantsIsHalfRefused(@TempDir Path folder) throws IOException {
        List<TopologyFile.Change> changes = TopologyReader.read(Captures.sample("tenants.conf"))
                .topology()
                .orElseThrow()
                .changes();
        assertThat(changes.stream().map(change -> change.refusal().isEmpty()))
                .containsExactly(false, true, true, false, false, false, false, true, true, true);
        Path run = folder.resolve("run");
        Said said = hairpin(
                "replay", Captures.sample("lan.pcapng"), "--topology", Captures.sample("tenants.conf"), "--out", run);
        assertThat(said.code()).as(said.err()).isZero();
        // The profile that the chassis manager puts on vf3 drops its broadcasts.
        assertThat(hairpin("decisions", run, "--vf", "vf3", "--reason", "ACL")
                        .well()
                        .lines())
                .hasSizeGreaterThan(1);
    }

    @Test
    void actorsDecideAsTheRigDoes(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(capture, TopologyReader.read(file).topology().orElseThrow());
        Runs.Digest whole = runs.rig(Mode.VEB, Limits.NONE, 4096);
        for (int wave : List.of(1, 3, 4096)) {
            assertThat(runs.rig(Mode.VEB, Limits.NONE, wave)).isEqualTo(whole);
            assertThat(runs.actors(
                            Mode.VEB,
                            Limits.NONE,
                            wave,
                            new Means(2, 3, false),
                            folder.resolve("" + wave),
                            (end, burst) -> {}))
                    .isEqualTo(whole);
        }
    }
}
