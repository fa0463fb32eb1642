package dev.hairpin.model.relay;

import static dev.hairpin.model.relay.Relaying.vfs;
import static dev.hairpin.model.relay.Relaying.wave;
import static dev.hairpin.model.testkit.Frame.frame;
import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.station;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hairpin.model.bridge.Bridge;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.StageSnapshot;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import dev.hairpin.model.testkit.Property;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What every relay owes its shell: {@code decide} reads, {@code apply} writes, {@code emitted} follows from the event. */
class RelayContractTest {
    private static final int PORTS = 4;
    private static final long AGEING = 40;

    private static final List<Supplier<Relay>> RELAYS = List.of(
            () -> new EdgeRelayTx("relay.tx", NicSettings.of("nic0", Mode.VEB, vfs(PORTS)), List.of(), 3),
            () -> new EdgeRelayTx("relay.tx", NicSettings.of("nic0", Mode.VEPA, vfs(PORTS)), List.of(), 3),
            () -> new EdgeRelayRx("relay.rx", NicSettings.of("nic0", Mode.VEB, vfs(PORTS - 1)), List.of(), 3),
            () -> new EdgeRelayRx("relay.rx", NicSettings.of("nic0", Mode.VEPA, vfs(PORTS - 1)), List.of(), 3),
            () -> new Bridge("bridge", bridge(), List.of(), Learned.NOTHING, 3));

    private static BridgeSettings bridge() {
        return BridgeSettings.of("p0", "p1", "p2", "p3")
                .withAgeing(AGEING)
                .withPort(0, port -> port.withReflects(true))
                .withPort(2, port -> port.withReflects(true));
    }

    @Test
    void decideWritesNothingSoThatDecidingTwiceGivesEqualEvents() {
        forAllRelays((dice, make) -> {
            Relay relay = make.get();
            for (Batch arrived : waves(dice)) {
                StageSnapshot before = relay.snapshot();
                Decided event = relay.decide(arrived);
                assertThat(relay.snapshot().stations()).isEqualTo(before.stations());
                assertThat(relay.wave()).isEqualTo(before.wave());
                assertThat(relay.decide(arrived)).isEqualTo(event);
                relay.apply(event);
            }
        });
    }

    @Test
    void aRelayThatOnlyAppliesTheEventsIsWhereTheOneThatDecidedThemIs() {
        forAllRelays((dice, make) -> {
            Relay live = make.get();
            Relay replayed = make.get();
            for (Batch arrived : waves(dice)) {
                Decided event = live.decide(arrived);
                live.apply(event);
                replayed.apply(event);
                assertThat(replayed.snapshot()).isEqualTo(live.snapshot());
                assertThat(rows(replayed.emitted(event, arrived))).isEqualTo(rows(live.emitted(event, arrived)));
            }
        });
    }

    @Test
    void aRelayThatWasRestoredAnywhereGoesOnAsIfItHadNeverStopped() {
        forAllRelays((dice, make) -> {
            List<Batch> waves = waves(dice);
            int stop = dice.below(waves.size() + 1);
            Relay uninterrupted = make.get();
            Relay restored = make.get();
            for (int number = 0; number < waves.size(); number++) {
                if (number == stop) {
                    restored.restore(uninterrupted.snapshot());
                }
                Decided event = uninterrupted.decide(waves.get(number));
                if (number >= stop) {
                    assertThat(restored.decide(waves.get(number))).isEqualTo(event);
                    restored.apply(event);
                }
                uninterrupted.apply(event);
            }
        });
    }

    @Test
    void whatIsDecidedDoesNotDependOnWhereWavesAreCut() {
        forAllRelays((dice, make) -> {
            List<Frame> frames = frames(dice);
            List<Outcome> whole = outcomes(make.get(), frames, frames.size());
            for (int size : new int[] {1, 2, 7}) {
                assertThat(outcomes(make.get(), frames, size)).isEqualTo(whole);
            }
        });
    }

    @Test
    void anEventDescribesTheOutcomesThatNoEarlierOneUsed() {
        forAllRelays((dice, make) -> {
            Relay relay = make.get();
            List<Outcome> described = new ArrayList<>();
            for (Batch arrived : waves(dice)) {
                // What was decided before or after it, and came to nothing, leaves no gap.
                relay.decide(wave(arrived.wave(), frames(dice).toArray(Frame[]::new)));
                Decided event = relay.decide(arrived);
                relay.decide(wave(arrived.wave(), frames(dice).toArray(Frame[]::new)));
                relay.apply(event);
                assertThat(event.firstNewOutcome()).isEqualTo(described.size());
                described.addAll(event.newOutcomes());
                for (int row = 0; row < event.size(); row++) {
                    assertThat(described.get(event.outcome(row)))
                            .isEqualTo(relay.outcomes().get(event.outcome(row)));
                }
            }
        });
    }

    @Test
    void beginsBeforeTheFirstWave() {
        for (Supplier<Relay> make : RELAYS) {
            assertThat(make.get().wave()).isEqualTo(DecidingStage.NO_WAVE);
        }
    }

    @Test
    void stopsWhenTheJournalSpeaksOfOtherFramesThanArrive() {
        Frame first = frame(1).from(station(0)).to(station(1));
        for (Supplier<Relay> make : RELAYS) {
            Relay relay = make.get();
            Frame sent = first.by(PORTS - 1);
            Decided event = relay.decide(wave(0, sent));
            relay.apply(event);
            assertThatThrownBy(() -> relay.emitted(event, wave(0, frame(2).by(PORTS - 1))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("frame 1")
                    .hasMessageContaining("frame 2");
            Relay another = make.get();
            another.apply(event);
            assertThatThrownBy(() -> another.emitted(event, wave(0))).isInstanceOf(IllegalStateException.class);
        }
    }

    private static void forAllRelays(BiConsumer<Dice, Supplier<Relay>> property) {
        for (Supplier<Relay> make : RELAYS) {
            Property.forAll(60, dice -> property.accept(dice, make));
        }
    }

    private static List<Outcome> outcomes(Relay relay, List<Frame> frames, int size) {
        List<Outcome> outcomes = new ArrayList<>();
        for (int from = 0; from < frames.size(); from += size) {
            Frame[] cut =
                    frames.subList(from, Math.min(frames.size(), from + size)).toArray(Frame[]::new);
            Decided event = relay.decide(wave(from, cut));
            relay.apply(event);
            for (int row = 0; row < event.size(); row++) {
                outcomes.add(relay.outcomes().get(event.outcome(row)));
            }
        }
        return outcomes;
    }

    private static List<Batch> waves(Dice dice) {
        List<Frame> frames = frames(dice);
        List<Batch> waves = new ArrayList<>();
        int from = 0;
        for (int size : dice.cuts(frames.size(), 9)) {
            waves.add(wave(waves.size(), frames.subList(from, from + size).toArray(Frame[]::new)));
            from += size;
        }
        return waves;
    }

    private static List<Frame> frames(Dice dice) {
        List<Frame> frames = new ArrayList<>();
        long time = 0;
        for (int number = 1; number <= 60; number++) {
            time += dice.pick(0, 1, 20, 50);
            long destination = dice.percent(70)
                    ? station(dice.below(6))
                    : dice.pick(Mac.BROADCAST, group(1), Mac.PAUSE, 0x0180_C200_000EL);
            frames.add(frame(number)
                    .at(time)
                    .from(dice.percent(95) ? station(dice.below(6)) : dice.pick(0, Mac.BROADCAST))
                    .to(destination)
                    .octets(dice.percent(97) ? 60 : 13)
                    .by(dice.below(PORTS)));
        }
        return frames;
    }

    private static List<List<Frame>> rows(Batch[] batches) {
        return Arrays.stream(batches).map(batch -> Frame.frames(batch.burst())).toList();
    }
}
