package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A frame in the model, and what has become of it so far. */
final class NaiveFrame {
    final Burst burst;
    final int row;
    final int ingress;
    final long destination;
    final long source;
    final int tag;
    final int etherType;
    final int length;

    /** As it is now. */
    final NaiveTags tags;

    /** The VLAN that it is in, or 0 when it is untagged. */
    int vlan;

    final Map<Integer, NaiveTags> mirrored = new TreeMap<>();
    final TreeSet<Integer> policyRules = new TreeSet<>();
    final TreeMap<Integer, Long> copies = new TreeMap<>();
    final TreeMap<Integer, DropReason> dropped = new TreeMap<>();

    @Nullable
    Rule rule;

    NaiveFrame(Burst burst, int row, int ingress) {
        this.burst = burst;
        this.row = row;
        this.ingress = ingress;
        destination = burst.destination(row);
        source = burst.source(row);
        tag = burst.tag(row);
        etherType = burst.etherType(row);
        length = burst.length(row);
        tags = new NaiveTags(tag);
        vlan = taggedVid();
    }

    /** The VID of its 802.1Q tag as it arrived; 0 when it has none, or a priority tag. */
    int taggedVid() {
        return VlanTag.tpid(tag) == 0x8100 ? VlanTag.vid(tag) : 0;
    }

    boolean priorityTagged() {
        return VlanTag.tpid(tag) == 0x8100 && VlanTag.vid(tag) == 0;
    }

    boolean group() {
        return (destination >> 40) % 2 == 1;
    }

    boolean broadcast() {
        return destination == Mac.BROADCAST;
    }

    boolean reserved() {
        return destination / 16 == 0x0180_C200_000L;
    }

    boolean macControl() {
        return destination == 0x0180_C200_0001L || etherType == 0x8808;
    }

    /** As a whole, by that rule. */
    NaiveFrame drop(Rule by, DropReason reason) {
        rule = by;
        dropped.put(Outcome.NO_PORT, reason);
        return this;
    }

    NaiveFrame by(Rule decides) {
        rule = decides;
        return this;
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
        int[] all = new int[numbers.size()];
        int next = 0;
        for (int number : numbers) {
            all[next++] = number;
        }
        return all;
    }
}
