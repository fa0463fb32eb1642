package dev.hairpin.model.relay;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.policy.PolicyRule.Direction;
import java.util.List;
import java.util.TreeSet;
import org.agrona.collections.Long2LongHashMap;

/**
 * One configuration of an edge relay made ready for one of its directions: what is registered, the policy, and which
 * decisions are remembered. Two words hold all of a frame that a decision can depend on under it.
 */
final class EdgeTable {
    /** No VLAN: untagged, priority-tagged, or tagged with something else than a C-tag. */
    static final int NO_VLAN = 0;

    private static final int ETHERTYPE_LLDP = 0x88CC;
    private static final int ETHERTYPE_MAC_CONTROL = 0x8808;
    private static final int TAG_OCTETS = 4;

    private static final int GROUP = 1 << 18;
    private static final int BROADCAST = 2 << 18;
    private static final int RESERVED = 3 << 18;
    private static final int MOST_SETS = 1 << 14;

    final NicSettings nic;
    final StationTable stations;
    final PolicyTable policy;
    final StormTable storms;
    final DecisionMemo memo = new DecisionMemo();
    final boolean stationModes;

    /** The uplink's port. */
    final int uplink;

    private final int[] lengths;
    private final boolean[] checksSource;
    private final boolean sourceMatters;

    /** Numbers, from 1, of the source addresses that make a difference. */
    private final Long2LongHashMap sources = new Long2LongHashMap(0);

    EdgeTable(NicSettings nic, Direction direction, PolicyTable policy, StormTable storms) {
        this.nic = nic;
        this.stations = new StationTable(nic);
        this.policy = policy;
        this.storms = storms;
        this.uplink = nic.vsis().size();
        this.stationModes = nic.is(Choice.STATION_MODES);
        this.checksSource = new boolean[uplink + 1];
        TreeSet<Integer> limits = new TreeSet<>(List.of(EthernetHeader.OCTETS, nic.is(Choice.LONGEST_FRAME) + 1));
        for (int vsi = 0; vsi < uplink; vsi++) {
            VsiSettings set = nic.vsis().get(vsi).settings();
            checksSource[vsi] = set.spoofMac();
            for (int tags = -2; tags <= 2 && set.longestFrame() < Integer.MAX_VALUE; tags++) {
                limits.add(set.longestFrame() + 1 + TAG_OCTETS * tags);
            }
        }
        limits.remove(Integer.MIN_VALUE);
        this.lengths = limits.stream().mapToInt(Integer::intValue).toArray();
        for (Vsi vsi : nic.vsis()) {
            vsi.addresses().forEach(address -> sources.putIfAbsent(address.longValue(), sources.size() + 1L));
            vsi.settings().sources().forEach(address -> sources.putIfAbsent(address.longValue(), sources.size() + 1L));
        }
        this.sourceMatters = stationModes || (direction == Direction.FROM_UPLINK && nic.mode() == Mode.VEPA);
    }

    /** The VLAN that a tag says, or {@link #NO_VLAN}. */
    static int vlan(int tag) {
        return VlanTag.tpid(tag) == VlanTag.TPID_C ? VlanTag.vid(tag) : NO_VLAN;
    }

    static boolean isLldp(int etherType) {
        return etherType == ETHERTYPE_LLDP;
    }

    /** MAC Control, told by its address or its EtherType (802.3 clause 31). */
    static boolean isMacControl(long destination, int etherType) {
        return destination == Mac.PAUSE || etherType == ETHERTYPE_MAC_CONTROL;
    }

    static boolean isMacControl(int etherType) {
        return etherType == ETHERTYPE_MAC_CONTROL;
    }

    VsiSettings settings(int station) {
        return nic.vsis().get(station).settings();
    }

    /** Whether a station is in a VLAN, or, without one, takes untagged frames. */
    boolean member(int station, int vid) {
        VsiSettings set = settings(station);
        if (set.portVlan() > 0) {
            return vid == set.portVlan();
        }
        return vid == NO_VLAN ? set.untagged() : set.vlans().contains(vid);
    }

    /** The first word: verdict of the policy, source, destination. */
    long parties(Burst burst, int row, int verdict) {
        return ((long) verdict << 40) | ((long) source(burst, row) << 20) | destination(burst.destination(row));
    }

    /** The second word: port of arrival, tag, EtherType, length. */
    long shape(Burst burst, int row) {
        int tag = burst.tag(row);
        long tagged = tag == VlanTag.NONE
                ? 0
                : (1L << 17) | (VlanTag.tpid(tag) == VlanTag.TPID_S ? 1L << 16 : 0) | (tag & 0xFFFF);
        int etherType = burst.etherType(row);
        int type = isMacControl(etherType) ? 1 : isLldp(etherType) ? 2 : 0;
        int octets = burst.length(row);
        int longer = 0;
        while (longer < lengths.length && octets >= lengths[longer]) {
            longer++;
        }
        return ((long) burst.port(row) << 40) | (tagged << 20) | ((long) type << 18) | longer;
    }

    private int source(Burst burst, int row) {
        long source = burst.source(row);
        if (!Mac.isStation(source)) {
            return 0;
        }
        if (sourceMatters) {
            return 1 + (int) sources.get(source);
        }
        int port = burst.port(row);
        return checksSource[port] && !owns(port, source) ? 1 : 2;
    }

    /** Whether any station has registered an address. */
    boolean isRegistered(long address) {
        return stations.stations(stations.ownerSet(address)).length > 0;
    }

    /** Whether a station has registered an address. */
    boolean owns(int station, long address) {
        for (int owner : stations.stations(stations.ownerSet(address))) {
            if (owner == station) {
                return true;
            }
        }
        return false;
    }

    private int destination(long address) {
        if (!Mac.isGroup(address)) {
            return stations.ownerSet(address);
        }
        if (address == Mac.BROADCAST) {
            return BROADCAST;
        }
        int set = stations.listenerSet(address);
        if (set >= MOST_SETS) {
            throw new IllegalStateException("more than " + MOST_SETS + " sets of listeners");
        }
        return Mac.isReserved(address) ? RESERVED | (set << 4) | (int) (address & 0xF) : GROUP | set;
    }
}
