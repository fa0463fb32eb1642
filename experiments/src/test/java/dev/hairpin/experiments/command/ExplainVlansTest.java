package dev.hairpin.experiments.command;

import static dev.hairpin.experiments.testkit.Made.mac;
import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.testkit.Made;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What explain and decisions tell of a bridge that keeps VLANs apart: what was asked, learned, moved, locked and refused. */
class ExplainVlansTest {
    private static final String LAN = """
            nics.nic0 {
              mode = veb
              vfs { vf0 { mac = "02:00:00:00:00:01", vlan = 10 } }
            }
            bridge {
              vlan-filtering = on
              ports {
                p0 { to = nic0, vlans { 10 = tagged } }
                desk { pvid = 10, vlans { 20 = tagged } }
                hall { pvid = 10, vlans { 20 = tagged } }
                guard { pvid = 10, locked = on, mab = on }
                deaf { pvid = 10, learning = off }
              }
              fdb = [ { mac = "02:00:00:00:00:08", port = hall, vlan = 10, kind = sticky } ]
              policy = [ { match = "ether proto 0x9001", action = drop } ]
            }
            stations { a { mac = "02:00:00:00:00:02", port = desk } }
            policies.later = [ { match = "ether proto 0x9001", action = "redirect hall" } ]
            changes = [ { at = 1, do = "policy bridge later" } ]
            """;
    private static final long SECOND = 1_000_000_000L;

    private Path run = Path.of("");

    @BeforeEach
    void run(@TempDir Path folder) throws IOException {
        Made made = new Made();
        made.by("desk").frame(0, 2, station(1)); // 1: untagged, so of VLAN 10
        made.by("vf0").frame(1, 1, station(2)); // 2: tagged with the port VLAN by the NIC
        made.by("desk").tagged(2, 2, station(1), 20); // 3: the same station in another VLAN
        made.by("hall").frame(3, 2, station(1)); // 4: it has moved
        made.by("guard").frame(4, 5, station(2)); // 5: a stranger
        made.by("vf0").frame(5, 1, station(5)); // 6: to him
        made.by("deaf").frame(6, 6, station(2)); // 7
        made.by("desk").frame(7, 8, station(1)); // 8: set by hand to be elsewhere
        made.by("desk").typed(8, 2, station(1), 0x9001); // 9
        made.by("desk").typed(SECOND, 2, station(1), 0x9001); // 10: under the other policy
        run = folder.resolve("run");
        hairpin(
                        "replay",
                        made.writeByInterface(folder.resolve("frames.pcapng")),
                        "--by-interface",
                        "--fdb",
                        "cold",
                        "--wave",
                        "1",
                        "--topology",
                        Files.writeString(folder.resolve("lan.conf"), LAN),
                        "--out",
                        run)
                .well();
    }

    private String explained(int frame) {
        return hairpin("explain", run, frame).well().out();
    }

    @Test
    void namesTheVlanOfTheEntryThatIsAskedForAndOfTheOneThatIsMade() {
        assertThat(explained(1)).contains("consulted  " + mac(1) + " in VLAN 10 is unknown: it has not been seen");
        assertThat(explained(1)).contains("learned    " + mac(2) + " in VLAN 10 behind desk, its first frame");
        assertThat(explained(2))
                .contains("consulted  " + mac(2) + " in VLAN 10 is behind desk, seen last in frame 1 at");
        assertThat(explained(2)).contains("learned    " + mac(1) + " in VLAN 10 behind p0, its first frame");
        assertThat(explained(3)).contains("consulted  " + mac(1) + " in VLAN 20 is unknown: it has not been seen");
        assertThat(explained(3)).contains("learned    " + mac(2) + " in VLAN 20 behind desk, its first frame");
    }

    @Test
    void tellsThatAStationHasMoved() {
        assertThat(explained(4)).contains(mac(2) + " in VLAN 10 behind hall, moved from desk where it was in frame 1");
    }

    @Test
    void tellsWhatALockedPortRefusesAndThatFramesToTheStrangerPass() {
        assertThat(explained(5)).contains("consulted  " + mac(5) + " in VLAN 10 is not authorised behind guard");
        assertThat(explained(5)).contains(mac(5) + " in VLAN 10 behind guard, a locked entry: frames to it pass");
        assertThat(explained(6)).contains(mac(5) + " in VLAN 10 is behind guard, with a locked entry");
    }

    @Test
    void tellsWhyNothingWasLearned() {
        assertThat(explained(7)).contains("learned    nothing: deaf does not learn");
        assertThat(explained(8)).contains("nothing: " + mac(8) + " in VLAN 10 is set by hand, sticky behind hall");
    }

    @Test
    void namesTheRuleOfThePolicyThatHeldThen() {
        assertThat(explained(9)).contains("policy     rule 1, ", "drop").doesNotContain("redirect hall");
        assertThat(explained(10)).contains("policy     rule 1, ", "redirect hall");
    }

    @Test
    void theVlanIsInTheJsonAndInTheTable() {
        List<?> steps =
                (List<?>) hairpin("explain", run, 3, "--json").well().json().value("steps");
        assertThat(steps.get(0)).asString().contains("stage=bridge", "vid=20");
        List<String> vids = new ArrayList<>();
        List<String> lines = hairpin("decisions", run, "--csv").well().lines();
        int relay = List.of(lines.get(0).split(",")).indexOf("relay");
        int vid = List.of(lines.get(0).split(",")).indexOf("evb.vid");
        for (String line : lines.subList(1, lines.size())) {
            String[] fields = line.split(",", -1);
            if (fields[relay].equals("bridge")) {
                vids.add(fields[0] + ":" + fields[vid]);
            }
        }
        assertThat(vids)
                .containsExactly("1:10", "2:10", "3:20", "4:10", "5:10", "6:10", "7:10", "8:10", "9:10", "10:10");
    }
}
