package dev.hairpin.model.relay;

import static dev.hairpin.model.device.Choice.*;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice.Echo;
import dev.hairpin.model.device.Choice.MacControl;
import dev.hairpin.model.device.Choice.MulticastFilter;
import dev.hairpin.model.device.Choice.TaggedOnPortVlan;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.StormControl.Kind;
import dev.hairpin.model.relay.StormControl.Level;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The decision tables of an edge relay as they read: one frame after the other with lists and maps, sharing no logic with
 * what it is held against. What relays of all devices have in common; where copies go is in {@link NaiveSwitch} and {@link
 * NaiveMacvlan}.
 */
abstract class NaiveEdge {
    final NicSettings nic;
    final int uplink;
    private final NaiveBuckets buckets;
    private final Set<Rule> forgotten;

    NaiveEdge(NicSettings nic, NaiveBuckets buckets, Set<Rule> forgotten) {
        this.nic = nic;
        this.uplink = nic.vsis().size();
        this.buckets = buckets;
        this.forgotten = forgotten;
    }

    /** By its device. The {@code forgotten} rules are for canaries: a model that does not know them must be found out. */
    static NaiveEdge of(NicSettings nic, NaiveBuckets buckets, Set<Rule> forgotten) {
        return nic.is(STATION_MODES)
                ? new NaiveMacvlan(nic, buckets, forgotten)
                : new NaiveSwitch(nic, buckets, forgotten);
    }

    /** Forwards what a station sent and the policy did not end. */
    abstract void forward(NaiveFrame frame, Mode mode);

    /** Forwards what came from the uplink and the policy did not end. */
    abstract void receive(NaiveFrame frame);

    /** Whether a station is in the VLAN; 0 asks for untagged frames. */
    abstract boolean in(int station, int vlan);

    final boolean knows(Rule rule) {
        return !forgotten.contains(rule);
    }

    final VsiSettings settings(int station) {
        return nic.vsis().get(station).settings();
    }

    final String name(int port) {
        return port == uplink ? "uplink" : nic.vsis().get(port).name();
    }

    /** What becomes of a frame that station {@code burst.port(row)} sends. */
    final Outcome fromStation(Burst burst, int row) {
        NaiveFrame frame = new NaiveFrame(burst, row, burst.port(row));
        if (!refused(frame) && !misplaced(frame) && !control(frame) && !stormed(frame)) {
            PolicyAction action = policy(frame, Direction.FROM_STATION);
            if (frame.rule == null) {
                Mode mode = action instanceof PolicyAction.Hairpin
                        ? Mode.VEPA
                        : action instanceof PolicyAction.SwitchLocally ? Mode.VEB : nic.mode();
                boolean asked = action instanceof PolicyAction.Hairpin || action instanceof PolicyAction.SwitchLocally;
                (asked ? new NaiveSwitch(nic, buckets, forgotten) : this).forward(frame, mode);
            }
            mirror(frame);
        }
        return frame.outcome();
    }

    /** What becomes of a frame from the uplink. */
    final Outcome fromUplink(Burst burst, int row) {
        NaiveFrame frame = new NaiveFrame(burst, row, uplink);
        if (!nic.uplinkUp() && knows(Rule.ER_UPLINK_DOWN)) {
            return frame.drop(Rule.ER_UPLINK_DOWN, DropReason.LINK_DOWN).outcome();
        }
        if (nic.is(MAC_CONTROL) == MacControl.ENDS && frame.macControl() && knows(Rule.ER_UPLINK_PAUSE)) {
            return frame.drop(Rule.ER_UPLINK_PAUSE, DropReason.PAUSE_CONSUMED).outcome();
        }
        policy(frame, Direction.FROM_UPLINK);
        if (frame.rule == null) {
            receive(frame);
        }
        mirror(frame);
        return frame.outcome();
    }

    private static DropReason lost(Trouble trouble) {
        return switch (trouble) {
            case RESETTING -> DropReason.FUNCTION_RESET;
            case DMA_ERROR -> DropReason.DMA_ERROR;
            case ECC_ERROR -> DropReason.ECC_ERROR;
            case REMOVED -> DropReason.DEVICE_REMOVED;
            case MALICIOUS -> DropReason.MALICIOUS_DRIVER;
            case NONE -> DropReason.RX_DISABLED;
        };
    }

    /** Steps 1 to 9. */
    private boolean refused(NaiveFrame frame) {
        Vsi vsi = nic.vsis().get(frame.ingress);
        VsiSettings set = vsi.settings();
        boolean checked = !(set.physical() && nic.is(PF_EXEMPT));
        boolean group = (frame.source >> 40) % 2 == 1;
        return drops(frame, set.trouble() != Trouble.NONE, Rule.ER_TROUBLE, lost(set.trouble()))
                || drops(frame, !set.up(), Rule.ER_ADMIN_DOWN, DropReason.ADMIN_DOWN)
                || drops(frame, !set.associated(), Rule.ER_NOT_ASSOCIATED, DropReason.VSI_NOT_ASSOCIATED)
                || drops(frame, !set.txEnabled(), Rule.ER_TX_DISABLED, DropReason.TX_QUEUE_DISABLED)
                || drops(frame, frame.length < 14, Rule.ER_RUNT, DropReason.RUNT)
                || drops(frame, frame.length > nic.is(LONGEST_FRAME), Rule.ER_OVERSIZE, DropReason.OVERSIZE)
                || drops(
                        frame,
                        nic.is(CHECKS_SOURCE) && (group || frame.source == 0),
                        Rule.ER_INVALID_SA,
                        DropReason.INVALID_SA)
                || drops(
                        frame,
                        set.spoofMac() && checked && !vsi.addresses().contains(frame.source),
                        Rule.ER_SPOOF_MAC,
                        DropReason.SPOOF_MAC)
                || drops(
                        frame,
                        set.spoofVlan() && checked && frame.taggedVid() > 0 && !ownVlan(set, frame.taggedVid()),
                        Rule.ER_SPOOF_VLAN,
                        DropReason.SPOOF_VLAN)
                || drops(
                        frame,
                        set.spoofEtherType() && (frame.etherType == 0x88CC || frame.etherType == 0x8808),
                        Rule.ER_SPOOF_ETHERTYPE,
                        DropReason.SPOOF_ETHERTYPE);
    }

    private static boolean ownVlan(VsiSettings set, int vid) {
        return set.portVlan() > 0 ? vid == set.portVlan() : set.vlans().contains(vid);
    }

    /** Step 10; the frame that passes is in its VLAN. */
    private boolean misplaced(NaiveFrame frame) {
        VsiSettings set = settings(frame.ingress);
        int port = set.portVlan();
        int vid = frame.taggedVid();
        if (port == 0) {
            boolean filters = nic.is(FILTERS_INGRESS_VLAN);
            return drops(frame, filters && vid == 0 && !set.untagged(), Rule.ER_NO_PVID, DropReason.VLAN_NO_PVID)
                    || drops(
                            frame,
                            filters && vid > 0 && !set.vlans().contains(vid),
                            Rule.ER_INGRESS_VLAN,
                            DropReason.VLAN_NOT_MEMBER);
        }
        if (drops(
                frame,
                vid > 0 && nic.is(TAGGED_ON_PORT_VLAN) == TaggedOnPortVlan.DROPPED,
                Rule.ER_TAGGED_ON_PORT_VLAN,
                DropReason.TAGGED_ON_PORT_VLAN)) {
            return true;
        }
        if (frame.priorityTagged()) {
            frame.tags.vid(port);
        } else {
            frame.tags.push(port, set.portPriority());
        }
        frame.vlan = port;
        return false;
    }

    /** Steps 11 and 12. */
    private boolean control(NaiveFrame frame) {
        return drops(
                        frame,
                        nic.is(MAC_CONTROL) == MacControl.ENDS && frame.macControl(),
                        Rule.ER_PAUSE,
                        DropReason.PAUSE_CONSUMED)
                || drops(
                        frame,
                        nic.is(FILTERS_RESERVED) && frame.reserved(),
                        Rule.ER_RESERVED,
                        DropReason.RESERVED_GROUP);
    }

    /** Step 13: what goes to many, beyond what its sender may. */
    private boolean stormed(NaiveFrame frame) {
        Kind kind = frame.broadcast() ? Kind.BROADCAST : frame.group() ? Kind.MULTICAST : Kind.UNKNOWN_UNICAST;
        Level level = settings(frame.ingress).storm().levels().get(kind);
        boolean toMany = frame.group() || owners(frame.destination).isEmpty();
        return level != null
                && toMany
                && drops(
                        frame,
                        !buckets.draw(frame.ingress, kind, level, frame.length, frame.burst.time(frame.row)),
                        Rule.ER_STORM,
                        DropReason.STORM);
    }

    private boolean drops(NaiveFrame frame, boolean holds, Rule rule, DropReason reason) {
        if (holds && knows(rule)) {
            frame.drop(rule, reason);
        }
        return holds && knows(rule);
    }

    /** Step 14; the action that ended it, or permit. */
    private PolicyAction policy(NaiveFrame frame, Direction direction) {
        List<PolicyRule> rules = nic.policy().rules();
        for (int number = 1; number <= rules.size(); number++) {
            PolicyRule rule = rules.get(number - 1);
            boolean applies = (rule.direction() == Direction.ANY || rule.direction() == direction)
                    && (rule.ports().isEmpty() || rule.ports().contains(name(frame.ingress)))
                    && rule.match().matches(frame.burst, frame.row, frame.burst.slab());
            if (applies) {
                frame.policyRules.add(number);
                act(frame, number, rule.action());
                if (frame.rule != null || rule.action().ends()) {
                    return rule.action();
                }
            }
        }
        return new PolicyAction.Permit();
    }

    private void act(NaiveFrame frame, int number, PolicyAction action) {
        if (action instanceof PolicyAction.Mirror to) {
            frame.mirrored.putIfAbsent(port(to.port()), frame.tags.copy());
        } else if (action instanceof PolicyAction.SetVlan set) {
            frame.tags.vid(set.vid());
            frame.vlan = set.vid();
        } else if (action instanceof PolicyAction.SetPriority set) {
            frame.tags.priority(set.pcp());
        } else if (action instanceof PolicyAction.RateLimit limit) {
            boolean enough = buckets.draw(number, limit, frame.length, frame.burst.time(frame.row));
            drops(frame, !enough, Rule.POLICY_RATE, DropReason.RATE_LIMIT);
        } else if (action instanceof PolicyAction.Drop) {
            drops(frame, true, Rule.POLICY_DROP, DropReason.ACL);
        } else if (action instanceof PolicyAction.Redirect to && knows(Rule.POLICY_REDIRECT)) {
            int port = port(to.port());
            if (port == uplink && frame.ingress == uplink) {
                frame.drop(Rule.POLICY_REDIRECT, DropReason.NO_TRANSIT);
            } else {
                give(frame.by(Rule.POLICY_REDIRECT), port);
            }
        }
    }

    private int port(String name) {
        for (int station = 0; station < uplink; station++) {
            if (nic.vsis().get(station).name().equals(name)) {
                return station;
            }
        }
        return uplink;
    }

    /** The mirrored copies, for ports where none leaves. */
    private void mirror(NaiveFrame frame) {
        frame.mirrored.forEach((port, tags) -> {
            if (!frame.copies.containsKey(port) && !frame.dropped.containsKey(port)) {
                give(frame, port, tags);
            }
        });
    }

    final void give(NaiveFrame frame, Iterable<Integer> ports) {
        ports.forEach(port -> give(frame, port));
    }

    /** A copy for a port, which may be dropped there. */
    final void give(NaiveFrame frame, int port) {
        give(frame, port, frame.tags);
    }

    private void give(NaiveFrame frame, int port, NaiveTags tags) {
        if (port == uplink) {
            if (frame.ingress == uplink) {
                frame.dropped.put(port, DropReason.NO_TRANSIT);
            } else if (nic.uplinkUp()) {
                frame.copies.put(port, tags.change());
            } else {
                frame.dropped.put(port, DropReason.LINK_DOWN);
            }
            return;
        }
        VsiSettings set = settings(port);
        NaiveTags delivered = tags.copy();
        boolean its = set.portVlan() > 0 && delivered.tagged() && (delivered.outermost() & 0xFFF) == set.portVlan();
        if (its && (!frame.group() || nic.is(STRIPS_GROUP_COPIES))) {
            delivered.strip();
        }
        if (set.trouble() != Trouble.NONE) {
            frame.dropped.put(port, lost(set.trouble()));
        } else if (!set.up() || !set.rxEnabled()) {
            frame.dropped.put(port, DropReason.RX_DISABLED);
        } else if (frame.length + delivered.longer() > set.longestFrame()) {
            frame.dropped.put(port, DropReason.RX_OVERSIZE);
        } else {
            frame.copies.put(port, delivered.change());
        }
    }

    /** The stations that registered an address. */
    final List<Integer> owners(long address) {
        List<Integer> owners = new ArrayList<>();
        for (int station = 0; station < uplink; station++) {
            if (nic.vsis().get(station).addresses().contains(address)) {
                owners.add(station);
            }
        }
        return owners;
    }

    /** The stations that would take a group frame, whatever its VLAN. */
    final Set<Integer> listeners(NaiveFrame frame) {
        Set<Integer> listeners = new TreeSet<>();
        for (int station = 0; station < uplink; station++) {
            if (frame.broadcast() ? settings(station).broadcast() : listens(station, frame.destination)) {
                listeners.add(station);
            }
        }
        return listeners;
    }

    private boolean listens(int station, long group) {
        Xcast xcast = xcast(station);
        if (xcast == Xcast.ALLMULTI || xcast == Xcast.PROMISC) {
            return true;
        }
        List<Long> joined = nic.vsis().get(station).groups();
        return xcast == Xcast.MULTI
                && (nic.is(MULTICAST_FILTER) == MulticastFilter.EXACT
                        ? joined.contains(group)
                        : !joined.isEmpty() && inSharedTable(group));
    }

    private boolean inSharedTable(long group) {
        return nic.vsis().stream()
                .flatMap(vsi -> vsi.groups().stream())
                .anyMatch(joined -> hash(joined) == hash(group));
    }

    private static long hash(long address) {
        long octet4 = (address >> 8) & 0xFF;
        long octet5 = address & 0xFF;
        return ((octet4 >> 4) | (octet5 << 4)) & 0xFFF;
    }

    /** What it may listen to of what it asks for. */
    final Xcast xcast(int station) {
        VsiSettings set = settings(station);
        Xcast most = nic.is(set.trusted() || set.physical() ? XCAST_TRUSTED : XCAST_UNTRUSTED);
        return Collections.min(List.of(set.xcast(), most));
    }

    /** Whether a device's answer lets the station get back what it sent. */
    final boolean echoes(Echo answer, int station) {
        return answer == Echo.ALWAYS
                || (answer == Echo.BY_LOOPBACK && settings(station).loopback());
    }
}
