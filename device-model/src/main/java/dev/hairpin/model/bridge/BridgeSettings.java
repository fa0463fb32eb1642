package dev.hairpin.model.bridge;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.relay.Refused;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * All that a bridge's decisions depend on at one time, but for what it has learned. Made by {@link #of} and changed by the
 * {@code with} methods. What a bridge cannot have is {@link Refused}.
 *
 * @param ports by number
 * @param component which reserved group addresses are relayed
 * @param spanningTree who runs the spanning tree
 * @param groupForwardMask one bit for each of 01-80-C2-00-00-00 to -0F that Linux relays; never 00, 01 and 02
 * @param vlanFiltering whether VLANs are told apart; otherwise tags pass and play no part
 * @param protocol TPID of the tags that say a VLAN, 8100 or 88a8; other tags are payload
 * @param sharedLearning whether all VLANs share what is learned, instead of each learning for itself
 * @param ageing after which a learned entry that was not seen again is gone, nanoseconds; 0 learns nothing
 * @param maxLearned how many pairs of address and VLAN are learned at most; 0 for any number
 * @param learnsLinkLocal whether it learns from reserved group addresses that it does not relay
 * @param snooping of IGMP and MLD
 * @param stations entries of the filtering database made by hand
 * @param groups entries of the multicast database made by hand
 * @param policy what is to be done otherwise
 */
public record BridgeSettings(
        List<BridgePort> ports,
        Component component,
        SpanningTree spanningTree,
        int groupForwardMask,
        boolean vlanFiltering,
        int protocol,
        boolean sharedLearning,
        long ageing,
        int maxLearned,
        boolean learnsLinkLocal,
        Snooping snooping,
        List<FdbEntry> stations,
        List<MdbEntry> groups,
        Policy policy) {
    /** 300 s, as 802.1Q-2022 table 8-6 recommends and Linux does. */
    public static final long DEFAULT_AGEING = 300_000_000_000L;

    private static final int RESTRICTED_MASK = 0x7;

    public BridgeSettings {
        ports = List.copyOf(ports);
        stations = List.copyOf(stations);
        groups = List.copyOf(groups);
        Set<String> names = new HashSet<>();
        for (BridgePort port : ports) {
            if (!names.add(port.name())) {
                throw new Refused("found two ports " + port.name() + ", expected a name for each");
            }
        }
        if (groupForwardMask < 0 || groupForwardMask > 0xFFFF || (groupForwardMask & RESTRICTED_MASK) != 0) {
            throw new Refused("found group_fwd_mask 0x" + Integer.toHexString(groupForwardMask)
                    + ", expected 0 to 0xffff without the bits 0, 1 and 2");
        }
        if (!VlanTag.isTpid(protocol)) {
            throw new Refused("found protocol " + Integer.toHexString(protocol) + ", expected 8100 or 88a8");
        }
        if (ageing < 0 || maxLearned < 0) {
            throw new Refused(
                    "found ageing after " + ageing + " ns and at most " + maxLearned + " entries, expected 0 or more");
        }
        for (FdbEntry entry : stations) {
            check(entry, ports, vlanFiltering);
        }
        checkKeys(stations);
        for (MdbEntry entry : groups) {
            existing(entry.port(), ports);
        }
        check(policy);
    }

    /** Ports of these names, and nothing set: no VLANs, no snooping, independent of any spanning tree. */
    public static BridgeSettings of(String... ports) {
        return of(Arrays.stream(ports).map(BridgePort::named).toList());
    }

    /** These ports, and nothing else set. */
    public static BridgeSettings of(List<BridgePort> ports) {
        return new BridgeSettings(
                ports,
                Component.C_VLAN,
                SpanningTree.OFF,
                0,
                false,
                VlanTag.TPID_C,
                false,
                DEFAULT_AGEING,
                0,
                true,
                Snooping.OFF,
                List.of(),
                List.of(),
                Policy.NONE);
    }

    private static void check(FdbEntry entry, List<BridgePort> ports, boolean vlanFiltering) {
        if (entry.kind() == EntryKind.LOCAL && entry.port() == FdbEntry.BRIDGE) {
            return;
        }
        BridgePort port = existing(entry.port(), ports);
        // As Linux, which answers EINVAL.
        if (vlanFiltering && entry.vid() != 0 && !port.vlans().containsKey(entry.vid())) {
            throw new Refused(
                    "found " + Mac.format(entry.address()) + " in VLAN " + entry.vid() + " behind " + port.name()
                            + ", expected one of its VLANs " + port.vlans().keySet());
        }
    }

    private static void checkKeys(List<FdbEntry> stations) {
        Set<List<Object>> keys = new HashSet<>();
        for (FdbEntry entry : stations) {
            if (!keys.add(List.of(entry.address(), entry.vid()))) {
                throw new Refused("found two entries for " + Mac.format(entry.address()) + " in VLAN " + entry.vid()
                        + ", expected one");
            }
        }
    }

    private static BridgePort existing(int port, List<BridgePort> ports) {
        if (port < 0 || port >= ports.size()) {
            throw new Refused("found port number " + port + ", expected 0 to " + (ports.size() - 1));
        }
        return ports.get(port);
    }

    private static void check(Policy policy) {
        for (PolicyRule rule : policy.rules()) {
            if (rule.direction() != PolicyRule.Direction.ANY) {
                throw new Refused("found rule '" + rule + "' for one direction, expected none at a bridge");
            }
            if (rule.action() instanceof PolicyAction.SwitchLocally) {
                throw new Refused(
                        "found rule '" + rule + "', expected another action: a bridge has no stations of its own");
            }
        }
    }

    /** Names of the ports, by number. */
    public List<String> names() {
        return ports.stream().map(BridgePort::name).toList();
    }

    /** The number of the port of that name; throws {@link Refused}. */
    public int number(String port) {
        int number = names().indexOf(port);
        if (number < 0) {
            throw new Refused("found port " + port + ", expected one of " + String.join(" ", names()));
        }
        return number;
    }

    /** The same with another port in the place of port {@code number}. */
    public BridgeSettings withPort(int number, UnaryOperator<BridgePort> change) {
        List<BridgePort> others = new ArrayList<>(ports);
        others.set(number, change.apply(existing(number, ports)));
        return withPorts(others);
    }

    /** The port leaves a VLAN, and the entries made by hand behind it in that VLAN go. */
    public BridgeSettings withoutVlan(int number, int vid) {
        List<BridgePort> others = new ArrayList<>(ports);
        others.set(number, existing(number, ports).withoutVlan(vid));
        return changed(draft -> {
            draft.ports = others;
            draft.stations = stations.stream()
                    .filter(entry -> entry.port() != number || entry.vid() != vid)
                    .toList();
        });
    }

    public BridgeSettings withPorts(List<BridgePort> value) {
        return changed(draft -> draft.ports = value);
    }

    public BridgeSettings withComponent(Component value) {
        return changed(draft -> draft.component = value);
    }

    public BridgeSettings withSpanningTree(SpanningTree value) {
        return changed(draft -> draft.spanningTree = value);
    }

    public BridgeSettings withGroupForwardMask(int value) {
        return changed(draft -> draft.groupForwardMask = value);
    }

    public BridgeSettings withVlanFiltering(boolean value) {
        return changed(draft -> draft.vlanFiltering = value);
    }

    public BridgeSettings withProtocol(int value) {
        return changed(draft -> draft.protocol = value);
    }

    public BridgeSettings withSharedLearning(boolean value) {
        return changed(draft -> draft.sharedLearning = value);
    }

    public BridgeSettings withAgeing(long value) {
        return changed(draft -> draft.ageing = value);
    }

    public BridgeSettings withMaxLearned(int value) {
        return changed(draft -> draft.maxLearned = value);
    }

    public BridgeSettings withLearnsLinkLocal(boolean value) {
        return changed(draft -> draft.learnsLinkLocal = value);
    }

    public BridgeSettings withSnooping(Snooping value) {
        return changed(draft -> draft.snooping = value);
    }

    public BridgeSettings withStations(List<FdbEntry> value) {
        return changed(draft -> draft.stations = value);
    }

    public BridgeSettings withGroups(List<MdbEntry> value) {
        return changed(draft -> draft.groups = value);
    }

    public BridgeSettings withPolicy(Policy value) {
        return changed(draft -> draft.policy = value);
    }

    /** What Linux makes of a port's state: without a spanning tree, blocking does not last. */
    PortState state(int port) {
        PortState given = ports.get(port).state();
        return component == Component.LINUX && spanningTree == SpanningTree.OFF && given == PortState.BLOCKING
                ? PortState.FORWARDING
                : given;
    }

    /** One bit for each reserved group address that is relayed. */
    int relayedReserved() {
        if (component != Component.LINUX) {
            return component.relayed();
        }
        boolean provider = vlanFiltering && protocol == VlanTag.TPID_S;
        return groupForwardMask | (provider ? Component.S_VLAN.relayed() : 0);
    }

    /** The filtering identifier of a VLAN, 0 where VLANs play no part or share what is learned. */
    int filteringId(int vid) {
        return vlanFiltering && !sharedLearning ? vid : 0;
    }

    /**
     * The key under which the filtering database learns a station whose frames come by a port, its VLAN in the upper 16 bits
     * where VLANs are told apart; empty where such frames teach it nothing.
     *
     * @param tag outermost of the frames, see {@link VlanTag}
     */
    public OptionalLong learns(int number, long address, int tag) {
        BridgePort port = existing(number, ports);
        if (!port.learns() || port.locked() || !state(number).learns() || ageing == 0) {
            return OptionalLong.empty();
        }
        int tagged = VlanTag.tpid(tag) == protocol ? VlanTag.vid(tag) : 0;
        int vid = tagged == 0 ? port.pvid() : tagged;
        return vlanFiltering && !port.vlans().containsKey(vid)
                ? OptionalLong.empty()
                : OptionalLong.of(FilteringDatabase.key(filteringId(vid), address));
    }

    /**
     * The filtering identifier of what is set by hand in a VLAN. Where VLANs play no part that is hidden, as on Linux, until
     * they do.
     */
    int filteringIdByHand(int vid) {
        return vlanFiltering ? filteringId(vid) : vid;
    }

    private BridgeSettings changed(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.settings();
    }

    /** Settings on the way to others. */
    private static final class Draft {
        private List<BridgePort> ports;
        private Component component;
        private SpanningTree spanningTree;
        private int groupForwardMask;
        private boolean vlanFiltering;
        private int protocol;
        private boolean sharedLearning;
        private long ageing;
        private int maxLearned;
        private boolean learnsLinkLocal;
        private Snooping snooping;
        private List<FdbEntry> stations;
        private List<MdbEntry> groups;
        private Policy policy;

        Draft(BridgeSettings from) {
            ports = from.ports;
            component = from.component;
            spanningTree = from.spanningTree;
            groupForwardMask = from.groupForwardMask;
            vlanFiltering = from.vlanFiltering;
            protocol = from.protocol;
            sharedLearning = from.sharedLearning;
            ageing = from.ageing;
            maxLearned = from.maxLearned;
            learnsLinkLocal = from.learnsLinkLocal;
            snooping = from.snooping;
            stations = from.stations;
            groups = from.groups;
            policy = from.policy;
        }

        BridgeSettings settings() {
            return new BridgeSettings(
                    ports,
                    component,
                    spanningTree,
                    groupForwardMask,
                    vlanFiltering,
                    protocol,
                    sharedLearning,
                    ageing,
                    maxLearned,
                    learnsLinkLocal,
                    snooping,
                    stations,
                    groups,
                    policy);
        }
    }
}
