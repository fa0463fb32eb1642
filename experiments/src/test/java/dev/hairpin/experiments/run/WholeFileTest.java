package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Made.station;
import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Made;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.LanSettings.Limits;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All that a topology file says takes effect in a run: of the NIC, of the bridge, and of the changes of both. */
class WholeFileTest {
    private static final String FILE = """
            nics.nic0 {
              mode = vepa
              vfs {
                vf0 { mac = "02:00:00:00:00:01" }
                vf1 { mac = "02:00:00:00:00:02", vlan = 10 }
                vf2 { mac = "02:00:00:00:00:03", rate = 400kbit, ring = 2 }
              }
            }
            bridge {
              vlan-filtering = on
              snooping = querier
              ageing = 700ms
              max-learned = 12
              latency = 2us
              ports {
                p0 { to = nic0, reflective-relay = on, vlans { 10 = tagged, 20 = tagged } }
                desk { vlans { 10 = untagged } }
                guard { locked = on, mab = on }
                left { isolated = on, vlans { 20 = tagged } }
                right { isolated = on, vlans { 20 = tagged } }
                quiet { flood = off, mcast-flood = off, bcast-flood = off }
                trunk { pvid = none, vlans { 10 = tagged } }
                ear { state = learning }
                dark { state = disabled }
              }
              fdb = [
                { mac = "02:00:00:00:00:05", port = desk, vlan = 1, kind = sticky }
                { mac = "02:00:00:00:00:1f", port = desk, vlan = 1, kind = permanent }
                { mac = "02:00:00:00:00:0d", port = ear, vlan = 1 }
              ]
              mdb = [ { group = 239.1.1.1, port = right, vlan = 1 } ]
              policy = [
                { match = "ether proto 0x9001", action = drop }
                { match = "ether proto 0x9002", action = "rate-limit 8kbit burst 1kB" }
              ]
            }
            stations {
              a { mac = "02:00:00:00:00:05", port = desk }
              b { mac = "02:00:00:00:00:06", port = guard }
              c { mac = "02:00:00:00:00:07", port = left }
              d { mac = "02:00:00:00:00:08", port = right }
              e { mac = "02:00:00:00:00:09", port = quiet }
              f { mac = "02:00:00:00:00:0a", port = trunk }
              g { mac = "02:00:00:00:00:0b", port = ear }
              h { mac = "02:00:00:00:00:0c", port = dark }
            }
            policies.later = [ { match = "ether proto 0x9003", ports = [desk, p0], action = "redirect right" } ]
            changes = [
              { at = 0.1, do = "ip link set dev nic0 vf 0 spoofchk on" }
              { at = 0.2, do = "bridge link set dev p0 hairpin off" }
              { at = 0.3, do = "policy bridge later" }
              { at = 0.4, do = "bridge vlan add dev desk vid 20" }
              { at = 0.4, do = "bridge fdb add 02:00:00:00:00:1e dev desk vlan 4094 static" }
              { at = 0.5, do = "bridge link set dev guard locked off mab off" }
              { at = 0.6, do = "bridge link set dev p0 hairpin on" }
            ]
            """;

    /** That only decide of a frame where such a setting is. */
    private static final Set<Rule> OF_SETTINGS = EnumSet.of(
            Rule.TAIL_DROP,
            Rule.POLICY_DROP,
            Rule.POLICY_RATE,
            Rule.POLICY_REDIRECT,
            Rule.BR_PORT_DOWN,
            Rule.BR_PORT_STATE,
            Rule.BR_NO_PVID,
            Rule.BR_INGRESS_VLAN,
            Rule.BR_LOCKED,
            Rule.BR_EGRESS_FILTERED,
            Rule.BR_SNOOPED_MULTICAST,
            Rule.BR_OWN_ADDRESS);

    private static final int FRAMES = 1_500;
    private static final int STATIONS = 13;
    private static final Means TWO_THREADS = new Means(2, 3, false);

    private long named;
    private Path capture = Path.of("");
    private Path file = Path.of("");

    @BeforeEach
    void make(@TempDir Path folder) throws IOException {
        capture = traffic().write(folder.resolve("traffic.pcap"));
        file = Files.writeString(folder.resolve("lan.conf"), FILE);
    }

    /** A millisecond or less apart: of any station, known to the file or not, to any, in some VLAN or none. */
    private Made traffic() {
        SplittableRandom chance = new SplittableRandom(5);
        Made made = new Made();
        long time = 0;
        for (int frame = 0; frame < FRAMES; frame++) {
            time += chance.nextInt(1_000_000);
            int from = 1 + chance.nextInt(STATIONS);
            named += from == 4 || from == STATIONS ? 0 : 1;
            int kind = chance.nextInt(10);
            long to = kind == 0
                    ? Mac.BROADCAST
                    : kind == 1 ? 0x0100_5E01_0101L : kind == 2 ? station(0x1f) : station(1 + chance.nextInt(STATIONS));
            switch (chance.nextInt(4)) {
                case 0 -> made.tagged(time, from, to, 10 * (1 + chance.nextInt(3)));
                case 1 -> made.typed(time, from, to, 0x9001 + chance.nextInt(3));
                default -> made.frame(time, from, to);
            }
        }
        return made;
    }

    private Runs runs() throws IOException {
        return Runs.of(capture, TopologyReader.read(file).topology().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void actorsDecideAsTheRigDoesWhereverWavesAreCut(Mode mode, @TempDir Path folder) throws Exception {
        Runs runs = runs();
        Runs.Digest whole = runs.rig(mode, Limits.NONE, 4096);
        for (int wave : new int[] {1, 50, 4096}) {
            assertThat(runs.rig(mode, Limits.NONE, wave)).isEqualTo(whole);
            Ledger.Arrived arrived = new Ledger.Arrived();
            assertThat(runs.actors(mode, Limits.NONE, wave, TWO_THREADS, folder.resolve("" + wave), arrived))
                    .isEqualTo(whole);
            assertThat(arrived.byEnd())
                    .isEqualTo(runs.ledger(mode, Limits.NONE).arrivals().byEnd());
        }
    }

    @Test
    void everySettingDecidesOfSomeFrame() throws IOException {
        Set<Rule> rules = EnumSet.noneOf(Rule.class);
        runs().ledger(Mode.VEPA, Limits.NONE)
                .rows()
                .values()
                .forEach(rows -> rows.forEach(row -> rules.add(row.rule())));
        assertThat(rules).containsAll(OF_SETTINGS);
    }

    @Test
    void aRunThatIsStoppedAgainAndAgainGoesOnUnderTheSettingsOfItsTime(@TempDir Path folder) throws Exception {
        Runs runs = runs();
        for (int waves : new int[] {100, 513, 700, 1_100}) {
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
        assertThat(changes(folder))
                .containsExactly(
                        "bridge link set dev p0 hairpin off: ",
                        "policy bridge later: ",
                        "bridge vlan add dev desk vid 20: ",
                        "bridge fdb add 02:00:00:00:00:1e dev desk vlan 4094 static: desk is not in VLAN 4094 (EINVAL)",
                        "bridge link set dev guard locked off mab off: ",
                        "bridge link set dev p0 hairpin on: ");
    }

    /** Changes in the bridge's journal, each with its refusal. */
    private static List<String> changes(Path folder) {
        List<String> changes = new ArrayList<>();
        try (StageJournal journal = StageJournal.open(folder)) {
            journal.forEach(new DecisionLog() {
                @Override
                public void stage(String stage, List<String> ports) {}

                @Override
                public void decided(String stage, Decided event) {
                    if (stage.equals("bridge")) {
                        event.effects().applied().forEach(done -> changes.add(done.change() + ": " + done.refusal()));
                    }
                }
            });
        }
        return changes;
    }

    @Test
    void theManifestHoldsWhatIsSetOfTheBridge(@TempDir Path folder) {
        Path run = folder.resolve("run");
        hairpin("replay", capture, "--topology", file, "--out", run).well();
        Said.Json bridge =
                new Said(0, read(run.resolve("manifest.json")), "").json().at("configuration", "bridge");
        assertThat(bridge.value("vlanFiltering")).isEqualTo(true);
        assertThat(bridge.value("ageing")).isEqualTo(700_000_000);
        assertThat(bridge.value("policy")).asString().contains("0x9001", "rate-limit");
        assertThat(bridge.value("stations"))
                .asString()
                .contains("02:00:00:00:00:05 vlan 1 dev desk sticky", "02:00:00:00:00:1f vlan 1 dev desk local");
        assertThat(bridge.value("changes")).asString().contains("policy bridge later", "EINVAL");
        assertThat(bridge.at("wires").values()).containsEntry("p0", "uplink");
        assertThat(bridge.at("ports").values()).containsKeys("desk", "dark", "ext8");
        assertThat(bridge.at("ports", "guard").values()).containsEntry("locked", true);
        assertThat(bridge.at("ports", "trunk", "vlans").values()).containsExactly(java.util.Map.entry("10", false));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void theSampleOfTrustedVlansRunsInBothModes() {
        Said said = hairpin(
                "compare", Captures.sample("vlans.pcapng"), "--topology", Captures.sample("hybrid.conf"), "--json");
        Said.Json runs = said.well().json().at("runs");
        // VLAN 10 is switched in the NIC, but for UDP alone after 10 s; VLAN 20 is hairpinned
        assertThat(runs.at("vepa").number("switchedLocally")).isPositive();
        assertThat(runs.at("vepa").number("hairpinned")).isPositive();
        assertThat(runs.at("veb").number("hairpinned")).isZero();
        // The bridge knows each station in the VLAN of its frames.
        assertThat(runs.at("vepa").number("learningFloodCopies")).isZero();
    }

    @Test
    void framesEnterAtThePortThatTheirInterfaceIsNamedAfter(@TempDir Path folder) {
        Path run = folder.resolve("run");
        Path again = folder.resolve("again");
        Path exported = folder.resolve("ports.pcapng");
        hairpin("replay", capture, "--topology", file, "--out", run).well();
        hairpin("export", run, "-o", exported);
        Said said = hairpin("replay", exported, "--by-interface", "--topology", file, "--out", again);
        assertThat(said.code()).as(said.err()).isZero();
        assertThat(said.out()).contains("as the topology has it, frames by interface");
        // Of the ports that the bridge has beyond the file nothing is known there.
        assertThat(said.out()).contains(String.format("vepa: %,d frames", named));
    }
}
