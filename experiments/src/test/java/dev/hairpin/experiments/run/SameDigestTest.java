package dev.hairpin.experiments.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.experiments.run.ActorRun.RunFailed;
import dev.hairpin.experiments.testkit.Captures;
import dev.hairpin.experiments.testkit.Ledger;
import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One thread without actors, and actors on however many: the same frames get the same decisions at the same times. */
class SameDigestTest {
    private static final int RUNS = 10;

    @Test
    void tenRunsInActorsComeToTheDigestOfTheRig(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("lan.pcapng"), 4);
        for (Mode mode : Mode.values()) {
            Expected free = Expected.of(runs, mode, Limits.NONE);
            Expected tight = Expected.of(runs, mode, Runs.TIGHT);
            assertThat(tight.ledger.count(Rule.TAIL_DROP))
                    .as("tail drops in %s", mode)
                    .isPositive();
            for (int run = 0; run < RUNS; run++) {
                (run / 2 % 2 == 0 ? free : tight)
                        .holdFor(512, new Means(1 + run % 2, 8, false), folder.resolve(mode.word() + run));
            }
        }
    }

    @Test
    void capturesOfOthersComeToTheDigestOfTheRig(@TempDir Path folder) throws Exception {
        int number = 0;
        for (String name : List.of(
                "ethernet/ndpi__1kxun.pcap",
                "ethernet/samplecaptures__uaudp_ipv6.pcap",
                "vlan/snabb__sanitized4k.pcap",
                "multicast/zeek__igmp-many-groups.pcap",
                "evb/samplecaptures__udp-flood-with-pause.pcap")) {
            Runs runs = Runs.of(Captures.shared(name), 3);
            for (Mode mode : Mode.values()) {
                Limits limits = number % 3 == 0 ? Limits.NONE : Runs.TIGHT;
                Expected.of(runs, mode, limits)
                        .holdFor(97, new Means(1 + number % 2, 4, false), folder.resolve("" + number));
                number++;
            }
        }
    }

    @Test
    void whereWavesAreCutAndHowManyAreUnderWayChangesNothing(@TempDir Path folder) throws Exception {
        Runs runs = Runs.of(Captures.sample("vlans.pcapng"), 4);
        int number = 0;
        for (Mode mode : Mode.values()) {
            Expected free = Expected.of(runs, mode, Limits.NONE);
            Expected tight = Expected.of(runs, mode, Runs.TIGHT);
            for (int wave : List.of(1, 7, 4096)) {
                assertThat(runs.rig(mode, Runs.TIGHT, wave)).isEqualTo(tight.digest);
                for (int credits : List.of(1, 2, 8)) {
                    (number % 2 == 0 ? tight : free)
                            .holdFor(wave, new Means(1 + number / 2 % 2, credits, false), folder.resolve("" + number));
                    number++;
                }
            }
        }
    }

    /** What the Rig says of a capture. */
    private record Expected(Runs runs, Mode mode, Limits limits, Runs.Digest digest, Ledger ledger) {
        static Expected of(Runs runs, Mode mode, Limits limits) {
            return new Expected(runs, mode, limits, runs.rig(mode, limits, 4096), runs.ledger(mode, limits));
        }

        void holdFor(int wave, Means means, Path folder) throws RunFailed {
            Ledger.Arrived arrived = new Ledger.Arrived();
            assertThat(runs.actors(mode, limits, wave, means, folder, arrived))
                    .as("%s, %s, waves of %d, %s", mode, limits, wave, means)
                    .isEqualTo(digest);
            assertThat(arrived.byEnd())
                    .as("what arrives, end by end")
                    .isEqualTo(ledger.arrivals().byEnd());
            assertThat(arrived.copies(runs.topology(mode, limits).sinks()))
                    .as("what arrives, held against the decisions")
                    .isEqualTo(ledger.fates());
        }
    }
}
