package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A frame at the model of a bridge, and what has become of it so far. */
final class NaiveArrival {
    /**
     * What a policy has made of a frame by then.
     *
     * @param vlan that it was put in, or 0
     * @param priority that it was given, or -1
     */
    record Mark(int vlan, int priority) {
        static final Mark NONE = new Mark(0, -1);
    }

    final Burst burst;
    final int row;
    final int ingress;
    final long destination;
    final long source;
    final int tag;
    final long time;

    /** Its VLAN as it arrived, 0 where there are none. */
    int vlan;

    Mark mark = Mark.NONE;
    final Map<Integer, Mark> mirrored = new LinkedHashMap<>();
    final TreeSet<Integer> policyRules = new TreeSet<>();
    final TreeMap<Integer, Long> copies = new TreeMap<>();
    final TreeMap<Integer, DropReason> dropped = new TreeMap<>();

    @Nullable
    Rule rule;

    NaiveArrival(Burst burst, int row) {
        this.burst = burst;
        this.row = row;
        ingress = burst.port(row);
        destination = burst.destination(row);
        source = burst.source(row);
        tag = burst.tag(row);
        time = burst.time(row);
    }

    static boolean isGroup(long address) {
        return (address >> 40) % 2 == 1;
    }

    boolean broadcast() {
        return destination == 0xFFFF_FFFF_FFFFL;
    }

    /** The last octet of a reserved group address, or -1. */
    int reserved() {
        return destination / 16 == 0x0180_C200_000L ? (int) (destination % 16) : -1;
    }

    /** As a whole, by that rule. */
    boolean drop(Rule by, DropReason reason) {
        rule = by;
        dropped.put(Outcome.NO_PORT, reason);
        return true;
    }

    Outcome outcome() {
        return new Outcome(
                ingress,
                Objects.requireNonNull(rule),
                ints(copies.keySet()),
                copies.values().stream().mapToLong(Long::longValue).toArray(),
                ints(dropped.keySet()),
                dropped.values().toArray(DropReason[]::new),
                ints(policyRules));
    }

    private static int[] ints(Collection<Integer> numbers) {
        return numbers.stream().mapToInt(Integer::intValue).toArray();
    }
}
