package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.testkit.Dice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * One configuration, its changes and its frames, through a direction of the real relay and through the model. Waves are
 * cut at random, a wave may be decided twice, and now and then a relay that was restored from a snapshot goes on.
 */
final class EdgeRun {
    /** Where the two differ. */
    record Difference(NicSettings nic, String frame, Outcome relay, Outcome model) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%s%n  relay: %s%n  model: %s%n  under %s", frame, relay, model, EdgeText.of(nic));
        }
    }

    private final Dice dice;
    private final boolean sending;
    private final EdgeCase edge;
    private final EdgeTraffic traffic;
    private final Set<Rule> forgotten;

    final List<Difference> differences = new ArrayList<>();
    final Map<Rule, Set<DropReason>> met = new EnumMap<>(Rule.class);

    private NicSettings known;
    private int step;
    long compared;
    private NaiveEdge model;
    private final NaiveBuckets buckets = new NaiveBuckets();

    EdgeRun(Dice dice, Device device, boolean sending, int frames, Set<Rule> forgotten) {
        this.dice = dice;
        this.sending = sending;
        this.forgotten = forgotten;
        long begin = dice.pick(0L, 1_700_000_000_000_000_000L);
        int pace = dice.pick(1, 50, 2_000, 1_000_000);
        edge = EdgeCase.of(dice, device, begin, begin + (long) frames * pace / 2);
        traffic = new EdgeTraffic(dice, begin, pace);
        known = edge.before();
        model = NaiveEdge.of(known, buckets, forgotten);
        go(frames);
    }

    private Relay relay() {
        return sending
                ? new EdgeRelayTx("relay.tx", edge.before(), edge.changes(), 3)
                : new EdgeRelayRx("relay.rx", edge.before(), edge.changes(), 3);
    }

    private void go(int frames) {
        Relay relay = relay();
        int stations = edge.before().vsis().size();
        int due = 0;
        long wave = 0;
        for (int left = frames; left > 0; wave++) {
            int size = Math.min(left, dice.pick(0, 1, 7, 200, 600));
            Burst burst = traffic.next(size, !sending, edge.before().vsis());
            left -= Math.max(1, size);
            long promised = left > 0 ? traffic.promise() : Batch.NEVER;
            Batch arrived = new Batch(wave, burst, promised, 0, left <= 0);
            if (dice.percent(5)) {
                // What was decided and came to nothing leaves no trace.
                relay.decide(
                        new Batch(wave, traffic.next(20, !sending, edge.before().vsis()), Batch.NEVER, 0, false));
            }
            Decided event = relay.decide(arrived);
            if (dice.percent(10) && !relay.decide(arrived).equals(event)) {
                throw new AssertionError("decided twice, wave " + wave + " is not the same");
            }
            relay.apply(event);
            if (dice.percent(10)) {
                Relay restored = relay();
                restored.restore(relay.snapshot());
                relay = restored;
            }
            check(relay, event, burst);
            if (dice.percent(20)) {
                new EmittedCopies(relay, sending, stations).check(arrived, event);
            }
            due += event.effects().applied().size();
        }
        if (due != edge.changes().size()) {
            throw new AssertionError(due + " changes of " + edge.changes().size() + " were applied");
        }
    }

    private void check(Relay relay, Decided event, Burst burst) {
        int next = 0;
        int stations = edge.before().vsis().size();
        for (int row = 0; row < burst.size(); row++) {
            if (!sending && burst.port(row) < stations) {
                continue;
            }
            if (event.number(next) != burst.number(row) || event.time(next) != burst.time(row)) {
                throw new AssertionError("decision " + next + " is on another frame");
            }
            Outcome decided = relay.outcomes().get(event.outcome(next++));
            reach(burst.time(row));
            Outcome expected = sending ? model.fromStation(burst, row) : model.fromUplink(burst, row);
            if (!decided.equals(expected)) {
                differences.add(new Difference(known, EdgeText.of(burst, row), decided, expected));
            } else if (forgotten.isEmpty()) {
                EdgePromises.check(known, burst, row, decided);
            }
            Set<DropReason> reasons = met.computeIfAbsent(decided.rule(), rule -> EnumSet.noneOf(DropReason.class));
            for (int drop = 0; drop < decided.drops(); drop++) {
                reasons.add(decided.droppedReason(drop));
            }
        }
        compared += next;
        if (next != event.size()) {
            throw new AssertionError(event.size() + " decisions on " + next + " frames");
        }
    }

    /** The model under the configuration of that time; token buckets stay while their policy does. */
    private void reach(long now) {
        while (step < edge.changes().size() && edge.changes().get(step).time() <= now) {
            NicSettings before = known;
            known = edge.changes().get(step++).settings();
            if (!before.policy().equals(known.policy())) {
                buckets.forgetPolicy();
            }
            for (int vsi = 0; vsi < known.vsis().size(); vsi++) {
                buckets.change(
                        vsi,
                        before.vsis().get(vsi).settings().storm(),
                        known.vsis().get(vsi).settings().storm());
            }
            model = NaiveEdge.of(known, buckets, forgotten);
        }
    }
}
