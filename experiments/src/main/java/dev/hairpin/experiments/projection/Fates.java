package dev.hairpin.experiments.projection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.agrona.collections.Long2LongHashMap;

/**
 * Who received a frame, as a number: a fate is a multiset of ends, and few fates exist among millions of frames. Ends are
 * numbers too, by name, so that the fates of two runs can be compared.
 */
public final class Fates {
    /** Nobody. */
    public static final int NOBODY = 0;

    private final List<String> ends = new ArrayList<>();
    private final Map<String, Integer> endNumbers = new HashMap<>();
    private final List<int[]> fates = new ArrayList<>(List.of(new int[0]));
    private final Map<List<Integer>, Integer> numbers = new HashMap<>(Map.of(List.of(), NOBODY));
    private final Long2LongHashMap steps = new Long2LongHashMap(-1);
    private final List<int[]> changes = new ArrayList<>();

    /** The number of the end {@code name}. */
    public int end(String name) {
        return endNumbers.computeIfAbsent(name, unknown -> {
            ends.add(name);
            return ends.size() - 1;
        });
    }

    /** A change to a fate: the ends that get a copy and, told as {@code ~end}, those that lose one. */
    public int change(int... change) {
        changes.add(change);
        return changes.size() - 1;
    }

    /** The fate that {@code fate} becomes by {@code change}. */
    public int after(int fate, int change) {
        long key = ((long) fate << 32) | change;
        long known = steps.get(key);
        if (known >= 0) {
            return (int) known;
        }
        List<Integer> receivers = new ArrayList<>();
        for (int end : fates.get(fate)) {
            receivers.add(end);
        }
        for (int end : changes.get(change)) {
            if (end >= 0) {
                receivers.add(end);
            } else {
                receivers.remove((Integer) ~end);
            }
        }
        receivers.sort(null);
        int after = numbers.computeIfAbsent(receivers, unknown -> {
            fates.add(receivers.stream().mapToInt(Integer::intValue).toArray());
            return fates.size() - 1;
        });
        steps.put(key, after);
        return after;
    }

    /** How many copies were received. */
    public int copies(int fate) {
        return fates.get(fate).length;
    }

    /** How many copies beyond the first some end received. */
    public int duplicates(int fate) {
        int[] receivers = fates.get(fate);
        return receivers.length - (int) Arrays.stream(receivers).distinct().count();
    }

    /** Whether an end received {@code fate} that did not receive {@code other}. */
    public boolean reachesOthers(int fate, int other) {
        for (int end : fates.get(fate)) {
            if (Arrays.stream(fates.get(other)).noneMatch(known -> known == end)) {
                return true;
            }
        }
        return false;
    }

    /** How many copies of {@code fate} are not among those of {@code other}, taking each for one. */
    public int beyond(int fate, int other) {
        int[] here = fates.get(fate);
        int[] there = fates.get(other);
        int beyond = 0;
        int at = 0;
        for (int end : here) {
            while (at < there.length && there[at] < end) {
                at++;
            }
            if (at < there.length && there[at] == end) {
                at++;
            } else {
                beyond++;
            }
        }
        return beyond;
    }

    /** The receivers' names, {@code nobody} when there are none. */
    public String text(int fate) {
        if (fate == NOBODY) {
            return "nobody";
        }
        return String.join(
                " ",
                Arrays.stream(fates.get(fate))
                        .mapToObj(ends::get)
                        .sorted(PortNames.ORDER)
                        .toList());
    }
}
