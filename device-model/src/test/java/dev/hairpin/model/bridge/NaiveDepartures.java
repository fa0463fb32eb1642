package dev.hairpin.model.bridge;

import dev.hairpin.model.bridge.NaiveArrival.Mark;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.TagChange;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** How copies leave the model of a bridge: by which ports, with which tags, and why not. */
abstract class NaiveDepartures {
    final Set<Law> forgotten;
    BridgeSettings set;

    NaiveDepartures(BridgeSettings set, Set<Law> forgotten) {
        this.set = set;
        this.forgotten = forgotten;
    }

    final boolean knows(Law law) {
        return !forgotten.contains(law);
    }

    final PortState state(int port) {
        PortState state = port(port).state();
        boolean lasts = set.component() != Component.LINUX
                || set.spanningTree() != SpanningTree.OFF
                || !knows(Law.BLOCKING_DOES_NOT_LAST_ON_LINUX);
        return state == PortState.BLOCKING && !lasts ? PortState.FORWARDING : state;
    }

    final BridgePort port(int number) {
        return set.ports().get(number);
    }

    /** The tag of a frame that says its VLAN, 0 when it has none. */
    final int own(NaiveArrival frame) {
        boolean its = frame.tag >>> 16 == set.protocol() || !knows(Law.OTHER_PROTOCOL_IS_PAYLOAD);
        return its ? frame.tag : 0;
    }

    final boolean in(int port, int vlan) {
        return !set.vlanFiltering() || port(port).vlans().containsKey(vlan);
    }

    final int vlan(NaiveArrival frame, Mark mark) {
        return set.vlanFiltering() && mark.vlan() > 0 ? mark.vlan() : frame.vlan;
    }

    final void snooped(NaiveArrival frame, Set<Integer> listeners) {
        int vlan = vlan(frame, frame.mark);
        frame.rule = Rule.BR_SNOOPED_MULTICAST;
        List<Integer> others = candidates(frame, listeners);
        others.stream().filter(port -> shut(frame, port, vlan) == null).forEach(port -> give(frame, port, frame.mark));
        if (!frame.copies.isEmpty()) {
            return;
        }
        DropReason reason = listeners.isEmpty() ? DropReason.MC_NOT_SUBSCRIBED : closest(frame, others, vlan);
        boolean back =
                reason == DropReason.VLAN_NOT_MEMBER && listeners.contains(frame.ingress) && in(frame.ingress, vlan);
        frame.drop(Rule.BR_SNOOPED_MULTICAST, back ? DropReason.HAIRPIN_DISABLED : reason);
    }

    final boolean reflects(int port) {
        return port(port).reflects() || !knows(Law.NO_REFLECTION_UNLESS_ON);
    }

    private List<Integer> candidates(NaiveArrival frame, Iterable<Integer> ports) {
        List<Integer> all = new ArrayList<>();
        boolean back = reflects(frame.ingress) && knows(Law.REFLECTION_OF_FLOODS);
        ports.forEach(port -> {
            if (port != frame.ingress || back) {
                all.add(port);
            }
        });
        return all;
    }

    final void flood(NaiveArrival frame, Rule rule, Predicate<BridgePort> floods) {
        int vlan = vlan(frame, frame.mark);
        List<Integer> all = IntStream.range(0, set.ports().size()).boxed().toList();
        List<Integer> others = candidates(frame, all);
        others.stream()
                .filter(port -> floods.test(port(port)) && shut(frame, port, vlan) == null)
                .forEach(port -> give(frame, port, frame.mark));
        if (!frame.copies.isEmpty()) {
            frame.rule = rule;
            return;
        }
        DropReason reason = closest(frame, others, vlan);
        boolean back = reason == DropReason.VLAN_NOT_MEMBER && in(frame.ingress, vlan);
        if (back) {
            frame.drop(rule, DropReason.HAIRPIN_DISABLED);
        } else {
            frame.drop(Rule.BR_NOWHERE, reason);
        }
    }

    /** Of those ports, the reason of the one that came closest: one that passed but for the flood flag, and so on. */
    private DropReason closest(NaiveArrival frame, List<Integer> ports, int vlan) {
        List<DropReason> met = new ArrayList<>();
        for (int port : ports) {
            DropReason reason = shut(frame, port, vlan);
            met.add(reason == null ? DropReason.FLOOD_DISABLED : reason);
        }
        for (DropReason reason :
                List.of(DropReason.FLOOD_DISABLED, DropReason.ISOLATED, DropReason.STP_STATE, DropReason.ADMIN_DOWN)) {
            if (met.contains(reason)) {
                return reason;
            }
        }
        return DropReason.VLAN_NOT_MEMBER;
    }

    /** Why no copy leaves by a port, or null. */
    @Nullable
    final DropReason shut(NaiveArrival frame, int port, int vlan) {
        if (!in(port, vlan) && knows(Law.EGRESS_MEMBERSHIP)) {
            return DropReason.VLAN_NOT_MEMBER;
        }
        PortState state = state(port);
        if (state != PortState.FORWARDING && knows(Law.EGRESS_STATE)) {
            return state == PortState.DISABLED ? DropReason.ADMIN_DOWN : DropReason.STP_STATE;
        }
        boolean apart = port(port).isolated() && port(frame.ingress).isolated() && knows(Law.ISOLATION);
        return apart && (port != frame.ingress || knows(Law.ISOLATED_FROM_ITSELF)) ? DropReason.ISOLATED : null;
    }

    final void give(NaiveArrival frame, int port, Mark mark) {
        DropReason reason = shut(frame, port, vlan(frame, mark));
        if (reason == null) {
            frame.copies.put(port, tagChange(frame, port, mark));
        } else {
            frame.dropped.put(port, reason);
        }
    }

    /** What a copy has for a tag where it leaves, against what the frame came with. */
    private long tagChange(NaiveArrival frame, int port, Mark mark) {
        int arrived = own(frame);
        int vlan = vlan(frame, mark);
        boolean bare =
                set.vlanFiltering() && port(port).vlans().getOrDefault(vlan, false) && knows(Law.EGRESS_UNTAGGED);
        boolean untouched = !set.vlanFiltering() && mark.equals(Mark.NONE);
        if (untouched || (bare && arrived == 0)) {
            return TagChange.KEEP;
        }
        if (bare) {
            return TagChange.POP;
        }
        int priority = mark.priority() >= 0 ? mark.priority() : arrived >>> 13 & 7;
        int eligible = arrived >>> 12 & 1;
        if (!knows(Law.EGRESS_TAG_KEEPS_PRIORITY)) {
            priority = 0;
        }
        int vid = set.vlanFiltering() ? vlan : mark.vlan() > 0 ? mark.vlan() : arrived & 0xFFF;
        int leaves = set.protocol() << 16 | priority << 13 | eligible << 12 | vid;
        if (arrived == 0) {
            return TagChange.push(leaves);
        }
        return leaves == arrived ? TagChange.KEEP : TagChange.replace(leaves);
    }
}
