package dev.hairpin.model.relay;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.MulticastFilter;
import dev.hairpin.model.device.Choice.Xcast;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.Predicate;
import org.agrona.collections.Long2LongHashMap;

/**
 * What is registered at an edge relay: which address is whose, who listens to which group. Immutable.
 *
 * <p>Sets of stations are few, so addresses and groups map to the numbers of sets.
 */
public final class StationTable {
    /** No station. */
    public static final int NOBODY = -1;

    /** The number of the empty set. */
    static final int NO_STATION = 0;

    private static final int HASHES = 1 << 12;

    private final List<String> names;
    private final List<int[]> sets = new ArrayList<>(List.of(new int[0]));
    private final Long2LongHashMap owners = new Long2LongHashMap(NO_STATION);

    /** The set of listeners of groups that are not in {@link #groups}. */
    private final int others;

    private final Long2LongHashMap groups;

    /** Groups pass that hash to one of these; absent where the filter is exact. */
    private final BitSet hashes = new BitSet();

    private final int hashed;
    private final int[] promiscuous;

    /** Of stations whose device is the standard's. */
    public StationTable(List<Vsi> vsis) {
        this(NicSettings.of("nic", Mode.VEB, vsis));
    }

    StationTable(NicSettings nic) {
        List<Vsi> vsis = nic.vsis();
        this.names = vsis.stream().map(Vsi::name).toList();
        for (Vsi vsi : vsis) {
            for (long address : vsi.addresses()) {
                owners.put(address, set(nic, other -> other.addresses().contains(address)));
            }
        }
        this.promiscuous = sets.get(set(nic, vsi -> xcast(nic, vsi) == Xcast.PROMISC));
        this.others = set(nic, vsi -> xcast(nic, vsi).compareTo(Xcast.ALLMULTI) >= 0);
        this.groups = new Long2LongHashMap(others);
        boolean exact = nic.is(Choice.MULTICAST_FILTER) == MulticastFilter.EXACT;
        this.hashed = set(
                nic,
                vsi -> xcast(nic, vsi).compareTo(Xcast.ALLMULTI) >= 0
                        || (xcast(nic, vsi) == Xcast.MULTI && !vsi.groups().isEmpty()));
        for (Vsi vsi : vsis) {
            for (long group : vsi.groups()) {
                if (exact) {
                    int set = set(
                            nic,
                            other -> xcast(nic, other).compareTo(Xcast.ALLMULTI) >= 0
                                    || (xcast(nic, other) == Xcast.MULTI
                                            && other.groups().contains(group)));
                    if (set != others) {
                        groups.put(group, set);
                    }
                } else {
                    hashes.set(hash(group));
                }
            }
        }
    }

    /** How much a station listens to: what it asks for, as far as the device allows it. */
    static Xcast xcast(NicSettings nic, Vsi vsi) {
        boolean trusted = vsi.settings().trusted() || vsi.settings().physical();
        Xcast most = nic.is(trusted ? Choice.XCAST_TRUSTED : Choice.XCAST_UNTRUSTED);
        Xcast asked = vsi.settings().xcast();
        return asked.compareTo(most) < 0 ? asked : most;
    }

    /** How many stations. */
    public int size() {
        return names.size();
    }

    /** Their names. */
    public List<String> names() {
        return names;
    }

    /** The first station that registered {@code address}, or {@link #NOBODY}. */
    public int owner(long address) {
        int[] all = stations(ownerSet(address));
        return all.length == 0 ? NOBODY : all[0];
    }

    /** The number of the set of stations that registered {@code address}. */
    int ownerSet(long address) {
        return (int) owners.get(address);
    }

    /** The number of the set of listeners of {@code group}, a group address. */
    int listenerSet(long group) {
        if (!hashes.isEmpty() && hashes.get(hash(group))) {
            return hashed;
        }
        return (int) groups.get(group);
    }

    /** The stations of a set, ascending. The array must not be changed. */
    int[] stations(int set) {
        return sets.get(set);
    }

    /** Stations that get everything. The array must not be changed. */
    int[] promiscuous() {
        return promiscuous;
    }

    /** 12 bits of the last two octets, shifted as RCTL.MO = 0 has it (82576, 82599). */
    public static int hash(long group) {
        return (int) (((group >>> 12) & 0xF) | ((group & 0xFF) << 4)) & (HASHES - 1);
    }

    private int set(NicSettings nic, Predicate<Vsi> isIn) {
        int[] members = new int[nic.vsis().size()];
        int count = 0;
        for (int vsi = 0; vsi < members.length; vsi++) {
            if (isIn.test(nic.vsis().get(vsi))) {
                members[count++] = vsi;
            }
        }
        int[] found = Arrays.copyOf(members, count);
        for (int set = 0; set < sets.size(); set++) {
            if (Arrays.equals(sets.get(set), found)) {
                return set;
            }
        }
        sets.add(found);
        return sets.size() - 1;
    }
}
