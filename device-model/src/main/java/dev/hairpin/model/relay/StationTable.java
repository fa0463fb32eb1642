package dev.hairpin.model.relay;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What is registered at an edge relay: which address is whose, who listens to which group. Immutable.
 *
 * <p>Stations that listen to the same groups are many and sets of listeners few, so a group maps to the number of a set.
 */
public final class StationTable {
    /** No station. */
    public static final int NOBODY = -1;

    private final List<String> names;
    private final Long2LongHashMap owner = new Long2LongHashMap(NOBODY);
    private final Long2LongHashMap setOfGroup;
    private final List<int[]> sets = new ArrayList<>();

    /** Throws {@link IllegalArgumentException} when two stations claim an address. */
    public StationTable(List<Vsi> vsis) {
        this.names = vsis.stream().map(Vsi::name).toList();
        for (int vsi = 0; vsi < vsis.size(); vsi++) {
            for (long address : vsis.get(vsi).addresses()) {
                long before = owner.put(address, vsi);
                if (before != NOBODY) {
                    throw new IllegalArgumentException(vsis.get(vsi).name() + " claims an address of "
                            + vsis.get((int) before).name());
                }
            }
        }
        sets.add(listeners(vsis, null));
        this.setOfGroup = new Long2LongHashMap(0);
        for (Vsi vsi : vsis) {
            for (Long group : vsi.groups()) {
                int set = set(listeners(vsis, group));
                if (set != setOfGroup.missingValue()) {
                    setOfGroup.put(group.longValue(), set);
                }
            }
        }
    }

    /** How many stations. */
    public int size() {
        return names.size();
    }

    /** Their names. */
    public List<String> names() {
        return names;
    }

    /** The station that registered {@code address}, or {@link #NOBODY}. */
    public int owner(long address) {
        return (int) owner.get(address);
    }

    /** The number of the set of listeners of {@code group}. */
    public int listenerSet(long group) {
        return (int) setOfGroup.get(group);
    }

    /** How many sets there are. */
    public int listenerSets() {
        return sets.size();
    }

    /** The stations of a set, ascending. The array must not be changed. */
    int[] listeners(int set) {
        return sets.get(set);
    }

    private int set(int[] listeners) {
        for (int set = 0; set < sets.size(); set++) {
            if (Arrays.equals(sets.get(set), listeners)) {
                return set;
            }
        }
        sets.add(listeners);
        return sets.size() - 1;
    }

    private static int[] listeners(List<Vsi> vsis, @Nullable Long group) {
        int[] listening = new int[vsis.size()];
        int count = 0;
        for (int vsi = 0; vsi < vsis.size(); vsi++) {
            if (vsis.get(vsi).allGroups()
                    || (group != null && vsis.get(vsi).groups().contains(group))) {
                listening[count++] = vsi;
            }
        }
        return Arrays.copyOf(listening, count);
    }
}
