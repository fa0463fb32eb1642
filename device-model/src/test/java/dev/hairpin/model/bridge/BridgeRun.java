package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.relay.EmittedCopies;
import dev.hairpin.model.testkit.Dice;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * One configuration, its changes and its frames, through the real bridge and through the model. Waves are cut at random, a
 * wave may be decided twice, and now and then a bridge that was restored from a snapshot goes on. Decisions are compared,
 * and what the filtering databases hold.
 */
final class BridgeRun {
    /** Where the two differ. */
    record Difference(BridgeSettings set, String what, Object bridge, Object model) {
        @Override
        public String toString() {
            return String.format(
                    Locale.ROOT, "%s%n  bridge: %s%n  model:  %s%n  under%s", what, bridge, model, BridgeText.of(set));
        }
    }

    private final Dice dice;
    private final BridgeCase bridged;
    private final BridgeTraffic traffic;
    private final Set<Law> forgotten;
    private final NaiveBridge model;

    final List<Difference> differences = new ArrayList<>();
    final Map<Rule, Set<DropReason>> met = new EnumMap<>(Rule.class);
    long compared;

    private BridgeSettings known;
    private int step;
    private long now;

    /** The most that may have been learned at any time so far; none where there was no limit at one time. */
    private long mostLearned;

    BridgeRun(Dice dice, int frames, Set<Law> forgotten) {
        this.dice = dice;
        this.forgotten = forgotten;
        long begin = dice.pick(0L, 1_700_000_000_000_000_000L);
        // Queries tell times in tenths of seconds, so snooping needs a slow pace to come to anything.
        int pace = dice.pick(1, 2_000, 1_000_000, 100_000_000, 100_000_000);
        bridged = BridgeCase.of(dice, begin, begin + (long) frames * pace / 3, pace);
        known = bridged.before();
        traffic =
                new BridgeTraffic(dice, begin, pace, known.ports().size(), dice.percent(2) ? dice.pick(100, 3_000) : 0);
        model = new NaiveBridge(known, forgotten);
        mostLearned = limit(known);
        go(frames);
    }

    private static long limit(BridgeSettings set) {
        return set.maxLearned() == 0 ? Long.MAX_VALUE : set.maxLearned();
    }

    private Bridge bridge() {
        return new Bridge("bridge", bridged.before(), bridged.changes(), Learned.NOTHING, 3);
    }

    private void go(int frames) {
        Bridge bridge = bridge();
        int due = 0;
        long wave = 0;
        for (int left = frames; left > 0 && differences.isEmpty(); wave++) {
            int size = Math.min(left, dice.pick(0, 1, 7, 50, 200));
            Burst burst = traffic.next(size);
            left -= Math.max(1, size);
            long promised = left > 0 ? traffic.promise() : Batch.NEVER;
            Batch arrived = new Batch(wave, burst, promised, 0, left <= 0);
            if (dice.percent(5)) {
                // What was decided and came to nothing leaves no trace.
                bridge.decide(new Batch(wave, traffic.next(20), Batch.NEVER, 0, false));
            }
            Decided event = bridge.decide(arrived);
            if (dice.percent(10) && !bridge.decide(arrived).equals(event)) {
                throw new AssertionError("decided twice, wave " + wave + " is not the same");
            }
            bridge.apply(event);
            if (dice.percent(10)) {
                Bridge restored = bridge();
                restored.restore(bridge.snapshot());
                bridge = restored;
            }
            check(bridge, event, burst);
            reach(promised);
            now = Math.max(now, promised == Batch.NEVER ? now : promised);
            if (dice.percent(25) || left <= 0) {
                checkStations(bridge);
                new EmittedCopies(bridge).check(arrived, event);
            }
            due += event.effects().applied().size();
        }
        if (differences.isEmpty() && due != bridged.changes().size()) {
            throw new AssertionError(due + " changes of " + bridged.changes().size() + " were applied");
        }
    }

    private void check(Bridge bridge, Decided event, Burst burst) {
        if (event.size() != burst.size()) {
            throw new AssertionError(event.size() + " decisions on " + burst.size() + " frames");
        }
        for (int row = 0; row < burst.size(); row++) {
            if (event.number(row) != burst.number(row) || event.time(row) != burst.time(row)) {
                throw new AssertionError("decision " + row + " is on another frame");
            }
            now = burst.time(row);
            reach(now);
            Outcome decided = bridge.outcomes().get(event.outcome(row));
            Outcome expected = model.decide(burst, row);
            if (!decided.equals(expected)) {
                differences.add(new Difference(known, BridgeText.of(burst, row), decided, expected));
                return;
            }
            if (forgotten.isEmpty()) {
                BridgePromises.check(known, burst, row, decided);
            }
            Set<DropReason> reasons = met.computeIfAbsent(decided.rule(), rule -> EnumSet.noneOf(DropReason.class));
            for (int drop = 0; drop < decided.drops(); drop++) {
                reasons.add(decided.droppedReason(drop));
            }
        }
        compared += burst.size();
    }

    private void checkStations(Bridge bridge) {
        Map<String, String> held = new TreeMap<>();
        Learned rows = bridge.snapshot().stations();
        int learned = 0;
        for (int row = 0; row < rows.size(); row++) {
            EntryKind kind = EntryKind.of(rows.kind()[row]);
            boolean aged = kind.ages() && now - rows.seen()[row] >= known.ageing();
            if (Mac.isGroup(rows.key()[row]) || kind == EntryKind.REMOVED || aged) {
                continue;
            }
            learned += kind.ages() ? 1 : 0;
            held.put(
                    (rows.key()[row] >>> 48) + "/" + Long.toHexString(rows.key()[row] & 0xFFFF_FFFF_FFFFL),
                    NaiveStations.text(rows.port()[row], rows.seen()[row], kind));
        }
        Map<String, String> expected = model.stations().text(now);
        if (differences.isEmpty() && !held.equals(expected)) {
            differences.add(new Difference(known, "filtering database at " + now, held, expected));
        }
        if (learned > mostLearned) {
            throw new AssertionError(learned + " stations learned, expected " + mostLearned + " at most");
        }
    }

    /** The model under the configuration of that time. */
    private void reach(long time) {
        while (step < bridged.changes().size() && bridged.changes().get(step).time() <= time) {
            known = bridged.changes().get(step).settings();
            model.change(known, bridged.changes().get(step++).time());
            mostLearned = Math.max(mostLearned, limit(known));
        }
    }
}
