package dev.hairpin.experiments.linux;

import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Mac;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** A frame, what the model did with it, and what the kernel did. */
record Compared(SetUp setUp, Probe probe, ModelLab.Fate model, Map<String, Integer> kernel, String refused) {

    /** Of each end at which the two differ, how many copies more the kernel brought there. */
    Map<String, Integer> surplus() {
        Map<String, Integer> surplus = new TreeMap<>();
        Set<String> ends = new TreeSet<>(model.received().keySet());
        ends.addAll(kernel.keySet());
        for (String end : ends) {
            int more = kernel.getOrDefault(end, 0) - model.received().getOrDefault(end, 0);
            if (more != 0) {
                surplus.put(end, more);
            }
        }
        return surplus;
    }

    /** The known differences that explain what differs here. */
    Set<KnownDifference> known() {
        Set<KnownDifference> known = EnumSet.noneOf(KnownDifference.class);
        surplus().forEach((end, more) -> {
            for (KnownDifference difference : KnownDifference.values()) {
                if (difference.explains(this, end, more)) {
                    known.add(difference);
                }
            }
        });
        return known;
    }

    /** Whether all that differs is known, at every end. */
    boolean explained() {
        return surplus().entrySet().stream()
                .allMatch(entry -> EnumSet.allOf(KnownDifference.class).stream()
                        .anyMatch(difference -> difference.explains(this, entry.getKey(), entry.getValue())));
    }

    /**
     * Where all that differs may be chance: the filter of macvlan has 256 bits, so that a device which listens to one group
     * gets one other in 256, and which that is changes with its place in the kernel's memory. Told are device and filter's
     * octets; empty where it is not so.
     */
    Set<String> byChance() {
        Set<String> chance = new TreeSet<>();
        for (Map.Entry<String, Integer> entry : surplus().entrySet()) {
            boolean listens = setUp.functions().stream()
                    .anyMatch(vsi ->
                            vsi.name().equals(entry.getKey()) && !vsi.groups().isEmpty());
            if (!listens || entry.getValue() < 0 || !Mac.isGroup(probe.destination())) {
                return Set.of();
            }
            chance.add(entry.getKey() + " " + Integer.toHexString((int) probe.destination()));
        }
        return chance;
    }

    boolean ruled(Rule rule) {
        return model.rules().contains(rule);
    }

    @Override
    public String toString() {
        return setUp + ", " + probe + "\n  model  " + model.received() + " by " + model.rules() + "\n  kernel " + kernel
                + (refused.isEmpty() ? "" : ", refused: " + refused);
    }
}
