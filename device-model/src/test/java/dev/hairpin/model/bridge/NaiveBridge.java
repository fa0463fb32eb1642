package dev.hairpin.model.bridge;

import dev.hairpin.model.bridge.NaiveArrival.Mark;
import dev.hairpin.model.bridge.NaiveSnooping.Heard;
import dev.hairpin.model.bridge.NaiveStations.Entry;
import dev.hairpin.model.bridge.NaiveStations.FidAddress;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.relay.NaiveBuckets;
import dev.hairpin.model.relay.StormControl.Kind;
import dev.hairpin.model.relay.StormControl.Level;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * The adjacent bridge as its tables read: one frame after the other with lists and maps, sharing no logic with what it is
 * held against. The {@code forgotten} laws are for canaries: a model that does not know them must be found out.
 */
final class NaiveBridge extends NaiveDepartures {
    /** Addresses 01-80-C2-00-00-0x that a component relays, as tables 8-1 to 8-3 of 802.1Q-2022 leave them out. */
    private static final List<Integer> RELAYED_BY_S_VLAN = List.of(0x0, 0xB, 0xC, 0xD, 0xF);

    private static final List<Integer> RELAYED_BY_TPMR =
            List.of(0x0, 0x3, 0x5, 0x6, 0x7, 0x8, 0x9, 0xA, 0xB, 0xC, 0xD, 0xF);

    private final NaiveStations stations;
    private final NaiveSnooping snooping;
    private final NaiveBuckets buckets = new NaiveBuckets();

    NaiveBridge(BridgeSettings set, Set<Law> forgotten) {
        super(set, forgotten);
        this.stations = new NaiveStations(set, forgotten);
        this.snooping = new NaiveSnooping(set, forgotten);
    }

    /** What it knows of stations. */
    NaiveStations stations() {
        return stations;
    }

    /** From that time on under other settings. Token buckets stay while their policy does. */
    void change(BridgeSettings next, long now) {
        stations.change(next, now);
        snooping.change(next);
        if (!next.policy().equals(set.policy())) {
            buckets.forgetPolicy();
        }
        for (int port = 0; port < set.ports().size(); port++) {
            buckets.change(
                    port, set.ports().get(port).storm(), next.ports().get(port).storm());
        }
        set = next;
    }

    Outcome decide(Burst burst, int row) {
        NaiveArrival frame = new NaiveArrival(burst, row);
        if (!refused(frame) && !misplaced(frame)) {
            Heard heard = teach(frame);
            boolean learning = state(frame.ingress) == PortState.LEARNING;
            if (learning) {
                frame.drop(Rule.BR_PORT_STATE, DropReason.STP_STATE);
            } else if (!stormed(frame)) {
                relayed(frame, heard);
            }
        }
        return frame.outcome();
    }

    /** Steps 1 to 3 of the pipeline. */
    private boolean refused(NaiveArrival frame) {
        if (frame.burst.length(frame.row) < 14 && knows(Law.RUNT_IS_DROPPED)) {
            return frame.drop(Rule.BR_RUNT, DropReason.RUNT);
        }
        boolean valid = frame.source != 0 && !NaiveArrival.isGroup(frame.source);
        if (!valid && knows(Law.INVALID_SOURCE_IS_DROPPED)) {
            return frame.drop(Rule.BR_INVALID_SA, DropReason.INVALID_SA);
        }
        if (frame.reserved() == 1 && knows(Law.PAUSE_ENDS)) {
            return frame.drop(Rule.BR_PAUSE, DropReason.PAUSE_CONSUMED);
        }
        PortState state = state(frame.ingress);
        if (isControl(frame) && !relays(frame.reserved()) && knows(Law.RESERVED_IS_NOT_RELAYED)) {
            boolean teaches = state == PortState.LEARNING || state == PortState.FORWARDING;
            int vlan = vlan(frame);
            if (set.learnsLinkLocal() && teaches && vlan >= 0 && knows(Law.RESERVED_TEACHES)) {
                learn(frame, vlan);
            }
            return frame.drop(Rule.BR_RESERVED, DropReason.RESERVED_GROUP);
        }
        if (state == PortState.DISABLED && knows(Law.DISABLED_IS_DOWN)) {
            return frame.drop(Rule.BR_PORT_DOWN, DropReason.ADMIN_DOWN);
        }
        boolean shut = state == PortState.BLOCKING || state == PortState.LISTENING;
        return shut && knows(Law.STATE_OF_ARRIVAL) && frame.drop(Rule.BR_PORT_STATE, DropReason.STP_STATE);
    }

    /** Steps 4 and 5; the frame that passes is in its VLAN. */
    private boolean misplaced(NaiveArrival frame) {
        int vlan = vlan(frame);
        if (vlan == -1) {
            return frame.drop(Rule.BR_NO_PVID, DropReason.VLAN_NO_PVID);
        }
        if (vlan == -2) {
            return frame.drop(Rule.BR_INGRESS_VLAN, DropReason.VLAN_NOT_MEMBER);
        }
        frame.vlan = vlan;
        return port(frame.ingress).locked()
                && knows(Law.LOCKED_PORT_ASKS)
                && !stations.admits(key(vlan, frame.source), frame.ingress, frame.time)
                && frame.drop(Rule.BR_LOCKED, DropReason.FDB_LOCKED);
    }

    /** Step 6, and what reports of listeners say. */
    private Heard teach(NaiveArrival frame) {
        if (state(frame.ingress) != PortState.LEARNING || knows(Law.LEARNING_STATE_TEACHES)) {
            learn(frame, frame.vlan);
        }
        boolean multicast = NaiveArrival.isGroup(frame.destination) && !frame.broadcast() && !isControl(frame);
        boolean payload = set.vlanFiltering() && frame.tag != 0 && own(frame) == 0;
        return multicast && set.snooping().on() && knows(Law.SNOOPS)
                ? snooping.listen(frame.burst, frame.row, fid(frame.vlan), payload)
                : new Heard(NaiveSnooping.Kind.FOR_ALL, false);
    }

    /** What goes to many, beyond what storm control lets in by that port. */
    private boolean stormed(NaiveArrival frame) {
        boolean group = NaiveArrival.isGroup(frame.destination);
        if (!group && stations.find(key(frame.vlan, frame.destination), frame.time) != null) {
            return false;
        }
        Kind kind = frame.broadcast() ? Kind.BROADCAST : group ? Kind.MULTICAST : Kind.UNKNOWN_UNICAST;
        Level level = knows(Law.valueOf("STORM_OF_" + kind))
                ? port(frame.ingress).storm().levels().get(kind)
                : null;
        return level != null
                && !buckets.draw(frame.ingress, kind, level, frame.burst.length(frame.row), frame.time)
                && frame.drop(Rule.BR_STORM, DropReason.STORM);
    }

    private void learn(NaiveArrival frame, int vlan) {
        if (knows(Law.LEARNS) && (port(frame.ingress).learns() || !knows(Law.PORT_MAY_NOT_LEARN))) {
            stations.learn(key(vlan, frame.source), frame.ingress, frame.time);
        }
    }

    private boolean isControl(NaiveArrival frame) {
        boolean ordinary = frame.reserved() == 0
                && set.component() == Component.LINUX
                && set.spanningTree() == SpanningTree.OFF
                && knows(Law.BPDUS_ARE_ORDINARY_WITHOUT_SPANNING_TREE);
        return frame.reserved() >= 0 && !ordinary;
    }

    private boolean relays(int reserved) {
        if (!knows(Law.COMPONENT_SAYS_WHAT_IS_RESERVED)) {
            return false;
        }
        boolean opened = set.groupForwardMask() / (1 << reserved) % 2 == 1 && knows(Law.LINUX_MASK_OPENS_RESERVED);
        boolean provider = set.vlanFiltering() && set.protocol() == 0x88A8;
        return switch (set.component()) {
            case C_VLAN -> false;
            case S_VLAN -> RELAYED_BY_S_VLAN.contains(reserved);
            case TPMR -> RELAYED_BY_TPMR.contains(reserved);
            case LINUX -> opened || (provider && RELAYED_BY_S_VLAN.contains(reserved));
        };
    }

    /** 0 where there are no VLANs, -1 for none where it needs one, -2 where the port is in another. */
    private int vlan(NaiveArrival frame) {
        if (!set.vlanFiltering()) {
            return 0;
        }
        int tag = own(frame);
        int vid = tag & 0xFFF;
        if (tag == 0 || (vid == 0 && knows(Law.PRIORITY_TAG_GETS_PVID))) {
            int pvid = knows(Law.PVID_OF_UNTAGGED) ? port(frame.ingress).pvid() : 1;
            return pvid == 0 ? -1 : pvid;
        }
        return in(frame.ingress, vid) || !knows(Law.INGRESS_MEMBERSHIP) ? vid : -2;
    }

    private int fid(int vlan) {
        return NaiveStations.fid(set, vlan, forgotten);
    }

    private FidAddress key(int vlan, long address) {
        return new FidAddress(fid(vlan), address);
    }

    /** Steps 7 to 9, after the policy. */
    private void relayed(NaiveArrival frame, Heard heard) {
        PolicyAction last = policy(frame);
        if (frame.rule == null) {
            if (last instanceof PolicyAction.Redirect to && knows(Law.POLICY_REDIRECTS)) {
                frame.rule = Rule.POLICY_REDIRECT;
                give(frame, set.number(to.port()), frame.mark);
            } else if (last instanceof PolicyAction.Hairpin && knows(Law.POLICY_HAIRPINS)) {
                frame.rule = Rule.BR_REFLECTIVE_RELAY;
                give(frame, frame.ingress, frame.mark);
            } else if (NaiveArrival.isGroup(frame.destination)) {
                group(frame, heard);
            } else {
                unicast(frame);
            }
        }
        frame.mirrored.forEach((port, mark) -> {
            if (!frame.copies.containsKey(port) && !frame.dropped.containsKey(port)) {
                give(frame, port, mark);
            }
        });
    }

    private void unicast(NaiveArrival frame) {
        int vlan = knows(Law.POLICY_SETS_VLAN_BEFORE_LOOKUP) ? vlan(frame, frame.mark) : frame.vlan;
        Entry known = stations.find(key(vlan, frame.destination), frame.time);
        if (known == null || !knows(Law.KNOWN_GOES_ONE_WAY)) {
            flood(frame, Rule.BR_UNKNOWN_UNICAST, port -> port.floodsUnicast() || !knows(Law.FLOODS_UNICAST));
        } else if (known.kind() == EntryKind.LOCAL && knows(Law.OWN_ADDRESS_ENDS)) {
            frame.drop(Rule.BR_OWN_ADDRESS, DropReason.LOCAL_ONLY);
        } else if (known.port() < 0) {
            frame.drop(Rule.BR_OWN_ADDRESS, DropReason.LOCAL_ONLY);
        } else if (known.port() == frame.ingress && !reflects(frame.ingress)) {
            frame.drop(Rule.BR_SAME_PORT, DropReason.HAIRPIN_DISABLED);
        } else if (shut(frame, known.port(), vlan(frame, frame.mark)) != null) {
            if (knows(Law.NO_FLOOD_INSTEAD)) {
                frame.rule = Rule.BR_EGRESS_FILTERED;
                give(frame, known.port(), frame.mark);
            } else {
                flood(frame, Rule.BR_UNKNOWN_UNICAST, BridgePort::floodsUnicast);
            }
        } else {
            frame.rule = known.port() == frame.ingress ? Rule.BR_REFLECTIVE_RELAY : Rule.BR_KNOWN_UNICAST;
            give(frame, known.port(), frame.mark);
        }
    }

    private void group(NaiveArrival frame, Heard heard) {
        if (frame.broadcast()) {
            flood(frame, Rule.BR_BROADCAST, port -> port.floodsBroadcast() || !knows(Law.FLOODS_BROADCAST));
            return;
        }
        Predicate<BridgePort> floods = port -> port.floodsMulticast() || !knows(Law.FLOODS_MULTICAST);
        if (isControl(frame)) {
            flood(frame, Rule.BR_RESERVED_RELAYED, floods);
            return;
        }
        Set<Integer> byHand = heard.kind() == NaiveSnooping.Kind.REPORT ? Set.of() : byHand(frame);
        boolean ip = heard.kind() != NaiveSnooping.Kind.NOT_IP;
        boolean asked = knows(Law.GROUPS_BY_HAND_NEED_NO_QUERIER_BUT_FOR_IP) ? ip : ip && byHand.isEmpty();
        if (heard.kind() == NaiveSnooping.Kind.FOR_ALL
                || (!ip && byHand.isEmpty())
                || (asked && !snooping.prunes(heard.six(), frame.time))) {
            flood(frame, Rule.BR_MULTICAST, floods);
            return;
        }
        Set<Integer> listeners = snooping.listeners(heard, key(vlan(frame, frame.mark), frame.destination), frame.time);
        listeners.addAll(byHand);
        snooped(frame, listeners);
    }

    private Set<Integer> byHand(NaiveArrival frame) {
        Set<Integer> ports = new TreeSet<>();
        int vlan = vlan(frame, frame.mark);
        for (MdbEntry entry : set.groups()) {
            boolean same = (!set.vlanFiltering() && knows(Law.ENTRIES_OF_VLANS_HIDE))
                    ? entry.vid() == 0
                    : fid(entry.vid()) == fid(vlan);
            if (same && entry.group() == frame.destination && knows(Law.GROUPS_BY_HAND)) {
                ports.add(entry.port());
            }
        }
        return ports;
    }

    /** The action that ended it, or permit; the frame has a rule when it was dropped. */
    private PolicyAction policy(NaiveArrival frame) {
        List<PolicyRule> rules = set.policy().rules();
        for (int number = 1; number <= rules.size(); number++) {
            PolicyRule rule = rules.get(number - 1);
            boolean applies = (rule.ports().isEmpty()
                            || rule.ports().contains(port(frame.ingress).name()))
                    && rule.match().matches(frame.burst, frame.row, frame.burst.slab());
            if (!applies) {
                continue;
            }
            frame.policyRules.add(number);
            PolicyAction action = rule.action();
            if (action instanceof PolicyAction.Mirror to && knows(Law.POLICY_MIRRORS)) {
                frame.mirrored.putIfAbsent(set.number(to.port()), frame.mark);
            } else if (action instanceof PolicyAction.SetVlan to) {
                frame.mark = new Mark(to.vid(), frame.mark.priority());
            } else if (action instanceof PolicyAction.SetPriority to) {
                frame.mark = new Mark(frame.mark.vlan(), to.pcp());
            } else if (action instanceof PolicyAction.RateLimit limit) {
                if (!buckets.draw(number, limit, frame.burst.length(frame.row), frame.time)
                        && knows(Law.POLICY_LIMITS)) {
                    frame.drop(Rule.POLICY_RATE, DropReason.RATE_LIMIT);
                    return action;
                }
            } else if (action instanceof PolicyAction.Drop && knows(Law.POLICY_DROPS)) {
                frame.drop(Rule.POLICY_DROP, DropReason.ACL);
                return action;
            }
            if (action.ends()) {
                return action;
            }
        }
        return new PolicyAction.Permit();
    }
}
