package dev.hairpin.experiments.travel;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What changed from one moment of a run to another.
 *
 * @param start when the run's first frame entered, in nanoseconds of the capture
 * @param from when the one is, in nanoseconds since then
 * @param to when the other is, likewise
 * @param applied changes of configuration whose time came in between; their times are those of the capture
 * @param stations of the filtering database, without regard to when they were seen
 * @param groups of the multicast database, without regard to how long they last
 * @param counters by device, by the name that {@code ethtool -S} has for it, by how much it is more; those that are
 */
public record Difference(
        long start,
        long from,
        long to,
        List<AppliedChange> applied,
        TableChanges stations,
        TableChanges groups,
        Map<String, Map<String, Long>> counters) {
    /** Compares two states of one run whose first frame was at {@code start}. */
    static Difference of(long start, StateAt before, StateAt after, List<AppliedChange> applied) {
        return new Difference(
                start,
                before.now() - start,
                after.now() - start,
                List.copyOf(applied),
                TableChanges.of(FdbShow.lines(before), FdbShow.lines(after)),
                TableChanges.of(MdbShow.lines(before), MdbShow.lines(after)),
                counters(before, after));
    }

    private static Map<String, Map<String, Long>> counters(StateAt before, StateAt after) {
        Map<String, Map<String, Long>> changed = new LinkedHashMap<>();
        for (Netdev device : Netdev.of(after)) {
            Map<String, Long> more = new LinkedHashMap<>(StatisticsShow.counters(after, device));
            StatisticsShow.counters(before, device).forEach((name, count) -> more.merge(name, -count, Long::sum));
            more.values().removeIf(count -> count == 0);
            if (!more.isEmpty()) {
                changed.put(device.name(), more);
            }
        }
        return changed;
    }

    /** Whether nothing changed. */
    public boolean nothing() {
        return applied.isEmpty()
                && stations.changes().isEmpty()
                && groups.changes().isEmpty()
                && counters.isEmpty();
    }
}
