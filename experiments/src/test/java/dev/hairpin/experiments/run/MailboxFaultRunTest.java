package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Row;
import dev.hairpin.experiments.testkit.Said;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Mailboxes in trouble while traffic passes: who waits, for how long, and who is disturbed. */
class MailboxFaultRunTest {
    private static final String LAN = """
            nics.nic0 {
              mode = veb
              device = 82599
              vfs {
                vf0 { mac = "02:00:00:00:00:01", trunk = [] }
                vf1 { mac = "02:00:00:00:00:02", trunk = [] }
                vf2 { mac = "02:00:00:00:00:03", trunk = [] }
              }
            }
            bridge { ports { p0 { to = nic0 }, ext0 {} } }
            changes = [%s]
            """;
    private static final String JOIN = "in vf1 ip link add link eth0 name eth0.10 type vlan id 10";
    private static final String JOINS =
            "{ at = 1s, in = vf1, do = \"ip link add link eth0 name eth0.10 type vlan id 10\" }\n";
    private static final long MS = 1_000_000L;

    /** In VLAN 10, every 100 ms for four seconds from vf0 to vf1, and 50 ms later from vf1 to vf0. */
    private static Path capture(Path folder) throws IOException {
        Made made = new Made();
        for (int tenth = 0; tenth < 40; tenth++) {
            made.tagged(100 * MS * tenth, 1, station(2), 10);
            made.tagged(100 * MS * tenth + 50 * MS, 2, station(1), 10);
        }
        return made.write(folder.resolve("frames.pcap"));
    }

    private static Path run(Path folder, String changes) throws IOException {
        Path file = Files.writeString(folder.resolve("lan.conf"), LAN.formatted(changes));
        Path run = folder.resolve("run");
        hairpin("replay", capture(folder), "--topology", file, "--out", run).well();
        hairpin("verify", run).well();
        return run;
    }

    /** What has become of the frame that vf0 sent to vf1 after so many tenths of a second. */
    private static String toVf1(Path run, int tenths) {
        return hairpin("explain", run, 2 * tenths + 1).well().out();
    }

    /** Of that which vf1 sent 50 ms later. */
    private static String fromVf1(Path run, int tenths) {
        return hairpin("explain", run, 2 * tenths + 2).well().out();
    }

    /** What was said and what became of it, with seconds since the first frame. */
    private static List<String> said(Path run) throws IOException {
        Said.Json nic = new Said(0, Files.readString(run.resolve(Manifest.FILE)), "")
                .json()
                .at("configuration", "nics", "nic0");
        List<String> said = new ArrayList<>();
        for (Object each : (List<?>) nic.value("changes")) {
            Map<?, ?> change = (Map<?, ?>) each;
            double seconds =
                    (Objects.requireNonNull((Number) change.get("atNanos")).longValue() - Made.START) / 1e9;
            Object refused = change.get("refused");
            said.add(seconds + " " + change.get("change") + (refused == null ? "" : ": " + refused));
        }
        return said;
    }

    @Test
    @Row("Waiting/2,000 tries")
    void aGuestWhoseRequestNobodyAnswersGivesUpASecondLater(@TempDir Path folder) throws IOException {
        Path run = run(folder, "{ at = 500ms, do = \"fault nic0 pf-silent\" }\n" + JOINS);
        assertThat(said(run))
                .containsExactly(
                        "0.5 fault nic0 pf-silent",
                        "1.0 " + JOIN + ": no answer yet",
                        "2.0 gave up: " + JOIN
                                + ": no answer to 2000 tries, one every 500 us: the driver gives up until"
                                + " it is reset (ETIMEDOUT)");
        assertThat(toVf1(run, 11)).contains("received by nobody");
        assertThat(fromVf1(run, 11)).contains(JOIN + " at 1609459201.0").contains("refused: no answer yet");
        assertThat(toVf1(run, 21)).contains("received by nobody");
        assertThat(fromVf1(run, 21))
                .contains("gave up: " + JOIN + " at 1609459202.0")
                .contains("refused: no answer to 2000 tries");
    }

    @Test
    void anAnswerInTimeIsGrantedWhenItComes(@TempDir Path folder) throws IOException {
        Path run = run(folder, "{ at = 500ms, do = \"fault nic0 pf-silent\", for = 1s }\n" + JOINS);
        assertThat(said(run))
                .containsExactly(
                        "0.5 fault nic0 pf-silent",
                        "1.0 " + JOIN + ": no answer yet",
                        "1.5 fault nic0 over",
                        "1.5 answered: " + JOIN);
        assertThat(toVf1(run, 14)).contains("received by nobody");
        assertThat(toVf1(run, 15)).contains("received by vf1").contains("answered: " + JOIN + " at 1609459201.5");
    }

    @Test
    @Row("Waiting/after that")
    void whoGaveUpSendsNothingMoreUntilItIsPingedOrReset(@TempDir Path folder) throws IOException {
        String again = JOINS.replace("1s", "2500ms").replace("10", "11");
        Path run = run(
                folder,
                "{ at = 500ms, do = \"fault nic0 pf-silent\", for = 2500ms }\n" + JOINS + again
                        + JOINS.replace("1s", "3500ms"));
        assertThat(said(run))
                .containsSubsequence(
                        "2.5 " + JOIN.replace("10", "11")
                                + ": the driver has given up on its mailbox, until it is reset:" + " down and up (EIO)",
                        "3.0 fault nic0 over",
                        "3.5 " + JOIN);
        assertThat(toVf1(run, 35)).contains("received by vf1");
    }

    @Test
    void whatIfThePhysicalFunctionHadAnsweredFromSomeTimeOn(@TempDir Path folder) throws IOException {
        Path run = run(folder, "{ at = 500ms, do = \"fault nic0 pf-silent\" }\n" + JOINS);
        Path other = folder.resolve("other");
        hairpin("what-if", run, "--from", "1.75", "--set", "fault nic0 over", "--out", other)
                .well();
        assertThat(toVf1(other, 16)).contains("received by nobody");
        assertThat(toVf1(other, 18)).contains("received by vf1").contains("answered: " + JOIN);
        Path same = folder.resolve("same");
        hairpin("what-if", run, "--from", "1.75", "--set", "ip link set dev nic0 vf 2 trust on", "--out", same)
                .well();
        assertThat(toVf1(same, 21)).contains("received by nobody");
        assertThat(fromVf1(same, 21)).contains("gave up: " + JOIN + " at 1609459202.0");
    }

    @Test
    @Row("Waiting/rounds")
    void whoFloodsItsMailboxIsDisturbedAndNobodyElse(@TempDir Path folder) throws IOException {
        String flood = "{ at = 500ms, do = \"fault %s mailbox-flood\" }\n" + JOINS;
        Path others = run(Files.createDirectory(folder.resolve("others")), flood.formatted("vf2"));
        Path calm = run(Files.createDirectory(folder.resolve("calm")), JOINS);
        assertThat(hairpin("digest", others).well().out())
                .as("all frames' fates, and when")
                .isEqualTo(hairpin("digest", calm).well().out());
        Path own = run(Files.createDirectory(folder.resolve("own")), flood.formatted("vf1"));
        assertThat(toVf1(own, 21)).contains("received by nobody");
        assertThat(fromVf1(own, 21))
                .contains("refused: the guest's driver floods its mailbox and asks for nothing else");
    }

    @Test
    void aDeviceWithoutMailboxesHasNoSuchTrouble(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(
                folder.resolve("lan.conf"),
                LAN.formatted("{ at = 500ms, do = \"fault nic0 pf-silent\" }").replace("82599", "x3100"));
        assertThat(hairpin("check", file).err() + hairpin("check", file).out())
                .contains("functions of x3100 have no mailbox");
    }

    /** ixgbe takes the right to send away and pings: the guest asks for all anew, and is not granted all. */
    @Test
    @Row("Waiting/trust")
    void aGuestThatIsTrustedNoLongerAsksForAllAnew(@TempDir Path folder) throws IOException {
        Path run = run(folder, """
                { at = 100ms, do = "ip link set dev nic0 vf 1 mac 02:00:00:00:00:02" }
                { at = 200ms, do = "ip link set dev nic0 vf 1 trust on" }
                { at = 300ms, in = vf1, do = "bridge fdb add 02:00:00:00:00:33 dev eth0" }
                { at = 400ms, do = "ip link set dev nic0 vf 1 trust off" }
                { at = 500ms, in = vf1, do = "bridge fdb del 02:00:00:00:00:33 dev eth0" }
                """);
        assertThat(said(run)).last().asString().endsWith("02:00:00:00:00:33 is not there (ENOENT)");
    }
}
