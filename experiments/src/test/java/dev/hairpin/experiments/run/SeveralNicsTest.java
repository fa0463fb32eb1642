package dev.hairpin.experiments.run;

import static dev.hairpin.experiments.testkit.Said.hairpin;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.experiments.testkit.Said;
import dev.hairpin.experiments.topology.TopologyReader;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two servers on one bridge: the sample of it, in the Rig, in actors and as a comparison. */
class SeveralNicsTest {
    private static final Path CAPTURE = Captures.sample("lan.pcapng");
    private static final Path FILE = Captures.sample("two-servers.conf");
    private static final Means TWO_THREADS = new Means(2, 3, false);

    private static Runs runs() throws IOException {
        return Runs.of(CAPTURE, TopologyReader.read(FILE).topology().orElseThrow());
    }

    @ParameterizedTest
    @EnumSource(Mode.class)
    void actorsDecideAsTheRigDoes(Mode mode, @TempDir Path folder) throws Exception {
        Runs runs = runs();
        Ledger.Arrived arrived = new Ledger.Arrived();
        assertThat(runs.actors(mode, Limits.NONE, 512, TWO_THREADS, folder, arrived))
                .isEqualTo(runs.rig(mode, Limits.NONE, 4096));
        assertThat(arrived.byEnd())
                .isEqualTo(runs.ledger(mode, Limits.NONE).arrivals().byEnd());
    }

    @Test
    void aRunThatIsStoppedGoesOnInBothNics(@TempDir Path folder) throws Exception {
        Runs runs = runs();
        Feed feed = runs.feed(64);
        int[] left = {200};
        Feed cut = () -> {
            if (left[0]-- == 0) {
                throw new IllegalStateException("stopped");
            }
            return feed.next();
        };
        assertThatThrownBy(() -> runs.actors(Mode.VEPA, Limits.NONE, TWO_THREADS, folder, cut, (end, burst) -> {}))
                .isInstanceOf(RunFailed.class);
        assertThat(runs.actors(Mode.VEPA, Limits.NONE, 64, TWO_THREADS, folder, (end, burst) -> {}))
                .isEqualTo(runs.rig(Mode.VEPA, Limits.NONE, 4096));
    }

    @Test
    void theComparisonTellsWhatIsLocalWhatIsHairpinnedAndWhatGoesBetweenTheServers() throws IOException {
        Said.Json said = hairpin("compare", CAPTURE, "--topology", FILE, "--json")
                .well()
                .json()
                .at("runs");
        Ledger veb = runs().ledger(Mode.VEB, Limits.NONE);
        Ledger vepa = runs().ledger(Mode.VEPA, Limits.NONE);
        assertThat(said.at("veb").number("switchedLocally"))
                .isEqualTo(count(veb, "nic0.veb.tx") + count(veb, "nic1.veb.tx"));
        assertThat(said.at("vepa").number("hairpinned"))
                .isEqualTo(passed(vepa, "p0", "p0") + passed(vepa, "p1", "p1"))
                .isPositive();
        for (Mode mode : Mode.values()) {
            Ledger run = mode == Mode.VEB ? veb : vepa;
            assertThat(said.at(mode.word()).number("betweenNics"))
                    .as("between the servers, in %s", mode)
                    .isEqualTo(passed(run, "p0", "p1") + passed(run, "p1", "p0"))
                    .isPositive();
        }
        assertThat(said.at("veb").number("hairpinned")).isZero();
    }

    private static long count(Ledger run, String stage) {
        return run.rows(stage).stream()
                .filter(row -> row.rule() == Rule.VEB_LOCAL_UNICAST)
                .count();
    }

    /** Unicast that the bridge took by one port and sent by another. */
    private static long passed(Ledger run, String from, String to) {
        return run.rows("bridge").stream()
                .filter(row ->
                        List.of(Rule.BR_KNOWN_UNICAST, Rule.BR_REFLECTIVE_RELAY).contains(row.rule()))
                .filter(row -> row.ingress().equals(from) && row.egress().equals(to))
                .count();
    }

    @Test
    void everyPartOfANicIsCalledByItsName(@TempDir Path folder) {
        Path run = folder.resolve("run");
        hairpin("replay", CAPTURE, "--topology", FILE, "--out", run).well();
        Said told = hairpin("explain", run, 3).well();
        assertThat(told.out())
                .contains("nic0.vepa.tx, from nic0.vf0", "bridge, from p0", "nic1.vepa.rx, from nic1.uplink");
        assertThat(hairpin("verify", run).well().out()).contains("decisions are the same");
    }
}
