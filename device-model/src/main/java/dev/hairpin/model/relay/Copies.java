package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import java.util.Map;
import java.util.TreeMap;

/** The copies of one frame, as a decision is worked out. Made for decisions that are not remembered yet. */
public final class Copies {
    private final TreeMap<Integer, Long> sent = new TreeMap<>();
    private final TreeMap<Integer, DropReason> dropped = new TreeMap<>();

    /** A copy leaves by {@code port} with its tag changed; one for each port. */
    public void send(int port, long change) {
        if (!dropped.containsKey(port)) {
            sent.putIfAbsent(port, change);
        }
    }

    /** The copy for {@code port} goes no further. */
    public void drop(int port, DropReason reason) {
        if (!sent.containsKey(port)) {
            dropped.putIfAbsent(port, reason);
        }
    }

    /** Whether nothing was said of any copy. */
    boolean isEmpty() {
        return sent.isEmpty() && dropped.isEmpty();
    }

    /** All together. */
    public Outcome outcome(int ingress, Rule rule, int[] policyRules) {
        int[] egress = sent.keySet().stream().mapToInt(Integer::intValue).toArray();
        long[] change = sent.values().stream().mapToLong(Long::longValue).toArray();
        int[] droppedPort = new int[dropped.size()];
        DropReason[] droppedReason = new DropReason[dropped.size()];
        int next = 0;
        for (Map.Entry<Integer, DropReason> each : dropped.entrySet()) {
            droppedPort[next] = each.getKey();
            droppedReason[next++] = each.getValue();
        }
        return new Outcome(ingress, rule, egress, change, droppedPort, droppedReason, policyRules);
    }
}
