package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.relay.Copies;
import dev.hairpin.model.relay.Verdict;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a frame that a bridge has admitted, once it is known where its destination is. For every copy holds, as
 * Linux's should_deliver has it: the port is a member of the frame's VLAN, forwards, and is not isolated from the port of
 * arrival. A copy that fails is not made up for by flooding.
 *
 * <p>A policy overrides where a frame goes, and reflective relay and flood flags with it; never VLANs, states and isolation.
 */
final class BridgeRules {
    // What the destination is.
    static final int BROADCAST = 0;
    static final int MULTICAST = 1;
    static final int RESERVED = 2;
    static final int UNKNOWN_UNICAST = 3;
    static final int OWN_ADDRESS = 4;
    static final int KNOWN = 5;
    static final int SNOOPED = 6;

    /** How many of these need no number beside them: all below {@link #KNOWN}. */
    static final int KINDS = 5;

    private final BridgeTable table;
    private final Verdict verdict;
    private final int from;
    private final int tag;
    /** As it arrived, and after its policy. */
    private final int classified;

    private final int vid;
    private final Copies copies = new Copies();

    /**
     * @param tag the frame's, if it is of the bridge's protocol, otherwise {@link VlanTag#NONE}
     * @param vid its VLAN when it arrived, 0 where VLANs play no part
     */
    BridgeRules(BridgeTable table, Verdict verdict, int from, int tag, int vid) {
        this.table = table;
        this.verdict = verdict;
        this.from = from;
        this.tag = tag;
        this.classified = vid;
        this.vid = vlan(table, verdict.vid(), vid);
    }

    /** The VLAN of a frame that a policy has put in VLAN {@code set}, or in none when that is 0. */
    static int vlan(BridgeTable table, int set, int vid) {
        return table.filters && set != 0 ? set : vid;
    }

    /**
     * @param kind what the destination is
     * @param known the port behind which it is known
     * @param listens the ports that get a snooped group
     */
    Outcome decide(int kind, int known, IntPredicate listens) {
        return switch (verdict.end()) {
            case DROP -> dropped(Rule.POLICY_DROP, DropReason.ACL);
            case OVER_RATE -> dropped(Rule.POLICY_RATE, DropReason.RATE_LIMIT);
            case REDIRECT -> to(verdict.redirect(), Rule.POLICY_REDIRECT);
            case HAIRPIN -> to(from, Rule.BR_REFLECTIVE_RELAY);
            case PERMIT, SWITCH_LOCALLY -> forwarded(kind, known, listens);
        };
    }

    private Outcome forwarded(int kind, int known, IntPredicate listens) {
        return switch (kind) {
            case BROADCAST -> flooded(Rule.BR_BROADCAST, port -> set(port).floodsBroadcast());
            case MULTICAST -> flooded(Rule.BR_MULTICAST, port -> set(port).floodsMulticast());
            case RESERVED -> flooded(Rule.BR_RESERVED_RELAYED, port -> set(port).floodsMulticast());
            case UNKNOWN_UNICAST ->
                flooded(Rule.BR_UNKNOWN_UNICAST, port -> set(port).floodsUnicast());
            case OWN_ADDRESS -> dropped(Rule.BR_OWN_ADDRESS, DropReason.LOCAL_ONLY);
            case SNOOPED -> snooped(listens);
            default -> known(known);
        };
    }

    private Outcome known(int to) {
        if (to != from) {
            return to(to, filtered(to) == null ? Rule.BR_KNOWN_UNICAST : Rule.BR_EGRESS_FILTERED);
        }
        if (!set(from).reflects()) {
            return dropped(Rule.BR_SAME_PORT, DropReason.HAIRPIN_DISABLED);
        }
        return to(from, filtered(from) == null ? Rule.BR_REFLECTIVE_RELAY : Rule.BR_EGRESS_FILTERED);
    }

    /** One copy, or the reason why not even that. */
    private Outcome to(int port, Rule rule) {
        DropReason reason = filtered(port);
        if (reason == null) {
            copies.send(port, change(port));
        } else {
            copies.drop(port, reason);
        }
        return by(rule);
    }

    private Outcome flooded(Rule rule, IntPredicate floods) {
        boolean any = false;
        for (int port = 0; port < table.ports; port++) {
            if ((port != from || set(port).reflects()) && filtered(port) == null && floods.test(port)) {
                copies.send(port, change(port));
                any = true;
            }
        }
        if (any) {
            return by(rule);
        }
        DropReason reason = nowhere(port -> true);
        return dropped(reason == DropReason.HAIRPIN_DISABLED ? rule : Rule.BR_NOWHERE, reason);
    }

    private Outcome snooped(IntPredicate listens) {
        boolean any = false;
        boolean listener = false;
        for (int port = 0; port < table.ports; port++) {
            if (listens.test(port)) {
                listener = true;
                if ((port != from || set(port).reflects()) && filtered(port) == null) {
                    copies.send(port, change(port));
                    any = true;
                }
            }
        }
        if (any) {
            return by(Rule.BR_SNOOPED_MULTICAST);
        }
        return dropped(Rule.BR_SNOOPED_MULTICAST, listener ? nowhere(listens) : DropReason.MC_NOT_SUBSCRIBED);
    }

    /**
     * Why none of the {@code wanted} ports gets it: what keeps it from the one that comes closest. Where none of them is in
     * the VLAN but that of arrival, it is that this does not reflect; where not even that is, it is the VLAN.
     */
    private DropReason nowhere(IntPredicate wanted) {
        DropReason closest = null;
        for (int port = 0; port < table.ports; port++) {
            if (!wanted.test(port) || (port == from && !set(from).reflects())) {
                continue;
            }
            DropReason reason = filtered(port);
            if (reason == DropReason.VLAN_NOT_MEMBER) {
                continue;
            }
            if (reason == null) {
                return DropReason.FLOOD_DISABLED;
            }
            closest = closest == null || rank(reason) > rank(closest) ? reason : closest;
        }
        if (closest != null) {
            return closest;
        }
        return wanted.test(from) && table.member(from, vid) ? DropReason.HAIRPIN_DISABLED : DropReason.VLAN_NOT_MEMBER;
    }

    private static int rank(DropReason reason) {
        return switch (reason) {
            case ISOLATED -> 2;
            case STP_STATE -> 1;
            default -> 0;
        };
    }

    private BridgePort set(int port) {
        return table.settings.ports().get(port);
    }

    private @Nullable DropReason filtered(int port) {
        return filtered(port, vid);
    }

    /** Why a copy for {@code port} may not leave, or null. */
    private @Nullable DropReason filtered(int port, int vlan) {
        if (!table.member(port, vlan)) {
            return DropReason.VLAN_NOT_MEMBER;
        }
        if (table.state[port] == PortState.DISABLED) {
            return DropReason.ADMIN_DOWN;
        }
        if (table.state[port] != PortState.FORWARDING) {
            return DropReason.STP_STATE;
        }
        return set(port).isolated() && set(from).isolated() ? DropReason.ISOLATED : null;
    }

    private long change(int port) {
        return change(port, verdict.vid(), verdict.pcp());
    }

    /** What becomes of the tag of a copy for {@code port} that a policy gave a VLAN or a priority, or neither: 0 and -1. */
    private long change(int port, int setVid, int setPcp) {
        boolean tagged = tag != VlanTag.NONE;
        if (!table.filters && setVid == 0 && setPcp < 0) {
            return TagChange.KEEP;
        }
        int vlan = vlan(table, setVid, classified);
        if (table.filters && Boolean.TRUE.equals(set(port).vlans().get(vlan))) {
            return tagged ? TagChange.POP : TagChange.KEEP;
        }
        int changed = tagged ? tag : VlanTag.of(table.settings.protocol(), 0);
        if (table.filters || setVid != 0) {
            changed = VlanTag.withVid(changed, table.filters ? vlan : setVid);
        }
        changed = setPcp < 0 ? changed : VlanTag.withPcp(changed, setPcp);
        if (!tagged) {
            return TagChange.push(changed);
        }
        return changed == tag ? TagChange.KEEP : TagChange.replace(changed);
    }

    private Outcome dropped(Rule rule, DropReason reason) {
        copies.drop(Outcome.NO_PORT, reason);
        return by(rule);
    }

    /** These copies, and those that the policy mirrors. */
    private Outcome by(Rule rule) {
        for (Verdict.Mirror mirror : verdict.mirrors()) {
            DropReason reason = filtered(mirror.port(), vlan(table, mirror.vid(), classified));
            if (reason == null) {
                copies.send(mirror.port(), change(mirror.port(), mirror.vid(), mirror.pcp()));
            } else {
                copies.drop(mirror.port(), reason);
            }
        }
        return copies.outcome(from, rule, verdict.rules());
    }
}
