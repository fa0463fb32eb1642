package dev.hairpin.experiments.run;

import dev.hairpin.experiments.testkit.Runs;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.topology.Receiver;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What becomes of every copy. */
final class Accounts implements DecisionLog, Receiver {
    private final RunDigest digest = new RunDigest();
    private final List<String> ends;
    private final Map<String, Outcomes> outcomes = new HashMap<>();
    private final Map<Long, Integer> underWay = new HashMap<>();
    private final Map<Long, List<String>> received = new TreeMap<>();
    private long dropped;

    /** @param frames that enter, numbered from 1 */
    Accounts(List<String> ends, long frames) {
        this.ends = ends;
        for (long frame = 1; frame <= frames; frame++) {
            underWay.put(frame, 1);
        }
    }

    @Override
    public void stage(String stage, List<String> ports) {
        digest.stage(stage, ports);
        outcomes.put(stage, new Outcomes());
    }

    @Override
    public void decided(String stage, Decided event) {
        digest.decided(stage, event);
        Outcomes known = outcomes.computeIfAbsent(stage, unknown -> new Outcomes());
        known.define(event.firstNewOutcome(), event.newOutcomes());
        for (int row = 0; row < event.size(); row++) {
            Outcome outcome = known.get(event.outcome(row));
            underWay.merge(event.number(row), outcome.copies() - 1, Integer::sum);
            dropped += outcome.drops();
        }
    }

    @Override
    public void received(int end, Burst burst) {
        for (int row = 0; row < burst.size(); row++) {
            underWay.merge(burst.number(row), -1, Integer::sum);
            received.computeIfAbsent(burst.number(row), frame -> new ArrayList<>())
                    .add(ends.get(end));
        }
    }

    /** Copies of a frame that have neither arrived nor been dropped. */
    int underWay(long frame) {
        return underWay.getOrDefault(frame, -1);
    }

    Runs.Digest digest() {
        return Runs.Digest.of(digest);
    }

    /** By frame, the ends that got it. */
    Map<Long, List<String>> received() {
        return received;
    }

    long dropped() {
        return dropped;
    }
}
