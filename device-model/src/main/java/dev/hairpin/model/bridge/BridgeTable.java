package dev.hairpin.model.bridge;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.relay.DecisionMemo;
import dev.hairpin.model.relay.PolicyTable;
import dev.hairpin.model.relay.StormTable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Map;
import java.util.TreeMap;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/** One configuration of a bridge made ready, and the decisions remembered under it. */
final class BridgeTable {
    /** In place of a VLAN: untagged, and there is no PVID. */
    static final int NO_PVID = -1;

    /** In place of a VLAN: the port is no member. */
    static final int NO_MEMBER = -2;

    static final int UNKNOWN = -1;

    final BridgeSettings settings;
    final PolicyTable policy;
    final StormTable storms;
    final int ports;
    final boolean filters;
    final boolean snoops;
    final boolean learnsLinkLocal;

    /** By port. */
    final PortState[] state;

    final boolean[] learns;
    final boolean[] locked;
    final boolean[] mab;

    /** Entries made by hand, by key. */
    final Map<Long, FdbEntry> stations = new TreeMap<>();

    /** Ports behind which there always is a router. */
    final BitSet routers = new BitSet();

    /** Decisions without a VLAN or a policy by what becomes of the frame, port of arrival, and port known. */
    final int[] plain;

    final DecisionMemo memo = new DecisionMemo();

    private final int[] pvid;

    /** By port and VLAN: whether it is a member. */
    private final BitSet[] member;

    private final Long2ObjectHashMap<BitSet> groups = new Long2ObjectHashMap<>();
    private final int relayed;

    BridgeTable(BridgeSettings settings, PolicyTable policy, StormTable storms) {
        this.settings = settings;
        this.policy = policy;
        this.storms = storms;
        this.ports = settings.ports().size();
        this.filters = settings.vlanFiltering();
        this.snoops = settings.snooping().on();
        this.learnsLinkLocal = settings.learnsLinkLocal();
        this.relayed = settings.relayedReserved();
        this.state = new PortState[ports];
        this.learns = new boolean[ports];
        this.locked = new boolean[ports];
        this.mab = new boolean[ports];
        this.pvid = new int[ports];
        this.member = new BitSet[ports];
        for (int port = 0; port < ports; port++) {
            BridgePort set = settings.ports().get(port);
            state[port] = settings.state(port);
            learns[port] = set.learns();
            locked[port] = set.locked();
            mab[port] = set.mab();
            pvid[port] = set.pvid();
            member[port] = new BitSet();
            for (Map.Entry<Integer, Boolean> vlan : set.vlans().entrySet()) {
                member[port].set(vlan.getKey());
            }
            if (set.router() == RouterPort.ALWAYS) {
                routers.set(port);
            }
        }
        for (FdbEntry entry : settings.stations()) {
            stations.put(FilteringDatabase.key(settings.filteringIdByHand(entry.vid()), entry.address()), entry);
        }
        for (MdbEntry entry : settings.groups()) {
            long key = FilteringDatabase.key(settings.filteringIdByHand(entry.vid()), entry.group());
            groups.computeIfAbsent(key, none -> new BitSet()).set(entry.port());
        }
        this.plain = new int[(BridgeRules.KINDS + ports) * ports];
        Arrays.fill(plain, UNKNOWN);
    }

    /** Whether a port is in a VLAN, or VLANs play no part. */
    boolean member(int port, int vid) {
        return !filters || member[port].get(vid);
    }

    /** The tag that says a VLAN: not one of another protocol, which is payload. */
    int tag(int outermost) {
        return VlanTag.tpid(outermost) == settings.protocol() ? outermost : VlanTag.NONE;
    }

    /** The VLAN of a frame, 0 where VLANs play no part, {@link #NO_PVID} or {@link #NO_MEMBER}. */
    int classify(Burst burst, int row) {
        if (!filters) {
            return 0;
        }
        int port = burst.port(row);
        int tag = tag(burst.tag(row));
        int vid = VlanTag.vid(tag);
        if (vid == 0) {
            return pvid[port] == BridgePort.NO_PVID ? NO_PVID : pvid[port];
        }
        return member[port].get(vid) ? vid : NO_MEMBER;
    }

    /** Whether a reserved group address is relayed. */
    boolean relays(long reserved) {
        return (relayed >> (reserved & 0xF) & 1) != 0;
    }

    /** Whether a reserved group address is multicast as any other: BPDUs, on Linux, where nobody runs the protocol. */
    boolean isOrdinary(long reserved) {
        return (reserved & 0xF) == 0
                && settings.component() == Component.LINUX
                && settings.spanningTree() == SpanningTree.OFF;
    }

    /** The ports that listen to a group by hand, or null. */
    @Nullable
    BitSet given(long key) {
        return groups.get(key);
    }

    static boolean isMulticast(long destination) {
        return Mac.isGroup(destination) && destination != Mac.BROADCAST;
    }
}
