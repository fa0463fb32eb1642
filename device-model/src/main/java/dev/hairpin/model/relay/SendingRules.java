package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.Echo;
import dev.hairpin.model.device.Choice.MacControl;
import dev.hairpin.model.device.Choice.OutsideVlan;
import dev.hairpin.model.device.Choice.TaggedOnPortVlan;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a frame that a station sends. {@link #decide} reads from top to bottom as the rules are asked; the first
 * that holds decides. One object for one frame; what it finds is remembered for all that are alike.
 */
final class SendingRules {
    private final EdgeTable table;
    private final NicSettings nic;
    private final Verdict verdict;
    private final VsiSettings station;
    private final int from;
    private final long source;
    private final long destination;
    private final int tag;
    private final int etherType;
    private final int octets;

    private SendingRules(EdgeTable table, Burst burst, int row, Verdict verdict) {
        this.table = table;
        this.nic = table.nic;
        this.verdict = verdict;
        this.from = burst.port(row);
        this.station = table.settings(from);
        this.source = burst.source(row);
        this.destination = burst.destination(row);
        this.tag = burst.tag(row);
        this.etherType = burst.etherType(row);
        this.octets = burst.length(row);
    }

    static Outcome decide(EdgeTable table, Burst burst, int row, Verdict verdict) {
        return new SendingRules(table, burst, row, verdict).decide();
    }

    private Outcome decide() {
        Outcome refused = refused();
        if (refused != null) {
            return refused;
        }
        Retagger classified = station.portVlan() > 0
                ? Retagger.of(tag).inPortVlan(station.portVlan(), station.portPriority())
                : Retagger.of(tag);
        Deliveries copies = new Deliveries(table, verdict, from, classified, octets, Mac.isGroup(destination));
        return switch (verdict.end()) {
            case DROP -> copies.dropped(Rule.POLICY_DROP, DropReason.ACL);
            case OVER_RATE -> copies.dropped(Rule.POLICY_RATE, DropReason.RATE_LIMIT);
            case REDIRECT -> copies.to(verdict.redirect()).by(Rule.POLICY_REDIRECT);
            case HAIRPIN -> copies.to(table.uplink).by(Rule.VEPA_SEND_UP);
            case SWITCH_LOCALLY -> switched(copies, copies.vid());
            case PERMIT -> forwarded(copies, copies.vid());
        };
    }

    /** The reasons for which a frame is not even looked at, in the order in which they are asked. */
    private @Nullable Outcome refused() {
        DropReason trouble = station.trouble().reason();
        if (trouble != null) {
            return drop(Rule.ER_TROUBLE, trouble);
        }
        if (!station.up()) {
            return drop(Rule.ER_ADMIN_DOWN, DropReason.ADMIN_DOWN);
        }
        if (!station.associated()) {
            return drop(Rule.ER_NOT_ASSOCIATED, DropReason.VSI_NOT_ASSOCIATED);
        }
        if (!station.txEnabled()) {
            return drop(Rule.ER_TX_DISABLED, DropReason.TX_QUEUE_DISABLED);
        }
        if (octets < EthernetHeader.OCTETS) {
            return drop(Rule.ER_RUNT, DropReason.RUNT);
        }
        if (octets > nic.is(Choice.LONGEST_FRAME)) {
            return drop(Rule.ER_OVERSIZE, DropReason.OVERSIZE);
        }
        if (nic.is(Choice.CHECKS_SOURCE) && !Mac.isStation(source)) {
            return drop(Rule.ER_INVALID_SA, DropReason.INVALID_SA);
        }
        Outcome spoofed = spoofed();
        if (spoofed != null) {
            return spoofed;
        }
        Outcome outside = outsideItsVlans();
        if (outside != null) {
            return outside;
        }
        if (nic.is(Choice.MAC_CONTROL) == MacControl.ENDS && EdgeTable.isMacControl(destination, etherType)) {
            return drop(Rule.ER_PAUSE, DropReason.PAUSE_CONSUMED);
        }
        return nic.is(Choice.FILTERS_RESERVED) && Mac.isReserved(destination)
                ? drop(Rule.ER_RESERVED, DropReason.RESERVED_GROUP)
                : null;
    }

    private @Nullable Outcome spoofed() {
        boolean exempt = station.physical() && nic.is(Choice.PF_EXEMPT);
        if (station.spoofMac() && !exempt && !table.owns(from, source)) {
            return drop(Rule.ER_SPOOF_MAC, DropReason.SPOOF_MAC);
        }
        int vid = EdgeTable.vlan(tag);
        if (station.spoofVlan() && !exempt && vid != EdgeTable.NO_VLAN && !table.member(from, vid)) {
            return drop(Rule.ER_SPOOF_VLAN, DropReason.SPOOF_VLAN);
        }
        if (station.spoofEtherType() && (EdgeTable.isLldp(etherType) || EdgeTable.isMacControl(etherType))) {
            return drop(Rule.ER_SPOOF_ETHERTYPE, DropReason.SPOOF_ETHERTYPE);
        }
        return null;
    }

    private @Nullable Outcome outsideItsVlans() {
        int vid = EdgeTable.vlan(tag);
        if (station.portVlan() > 0) {
            return vid != EdgeTable.NO_VLAN && nic.is(Choice.TAGGED_ON_PORT_VLAN) == TaggedOnPortVlan.DROPPED
                    ? drop(Rule.ER_TAGGED_ON_PORT_VLAN, DropReason.TAGGED_ON_PORT_VLAN)
                    : null;
        }
        if (!nic.is(Choice.FILTERS_INGRESS_VLAN) || table.member(from, vid)) {
            return null;
        }
        return vid == EdgeTable.NO_VLAN
                ? drop(Rule.ER_NO_PVID, DropReason.VLAN_NO_PVID)
                : drop(Rule.ER_INGRESS_VLAN, DropReason.VLAN_NOT_MEMBER);
    }

    private Outcome forwarded(Deliveries copies, int vid) {
        if (table.stationModes) {
            return new MacvlanRules(table, copies).sent(from, source, destination, etherType);
        }
        return nic.mode() == Mode.VEPA ? copies.to(table.uplink).by(Rule.VEPA_SEND_UP) : switched(copies, vid);
    }

    /** As a VEB does. */
    private Outcome switched(Deliveries copies, int vid) {
        return Mac.isGroup(destination) ? replicated(copies, vid) : unicast(copies, vid);
    }

    private Outcome unicast(Deliveries copies, int vid) {
        int[] owners = table.stations.stations(table.stations.ownerSet(destination));
        if (owners.length == 0) {
            int[] promiscuous = nic.is(Choice.LOCAL_TO_PROMISCUOUS)
                    ? members(EdgeRelay.without(from, table.stations.promiscuous()), vid)
                    : new int[0];
            copies.to(promiscuous).to(table.uplink);
            return copies.by(promiscuous.length == 0 ? Rule.VEB_UNKNOWN_UNICAST : Rule.VEB_PROMISCUOUS);
        }
        boolean echo = comesBack(nic.is(Choice.SELF_ADDRESSED));
        int[] others = EdgeRelay.without(from, owners);
        if (others.length == 0) {
            return echo
                    ? copies.to(from).by(Rule.VEB_LOOPBACK)
                    : copies.dropped(Rule.VEB_SELF_ADDRESSED, DropReason.SELF_ADDRESSED);
        }
        int[] within = members(echo ? owners : others, vid);
        if (within.length > 0) {
            return copies.to(within).by(Rule.VEB_LOCAL_UNICAST);
        }
        return nic.is(Choice.OUTSIDE_VLAN) == OutsideVlan.SENT_UP
                ? copies.to(table.uplink).by(Rule.VEB_OUTSIDE_VLAN)
                : copies.dropped(Rule.VEB_OUTSIDE_VLAN, DropReason.VLAN_NOT_MEMBER);
    }

    private Outcome replicated(Deliveries copies, int vid) {
        boolean broadcast = destination == Mac.BROADCAST;
        boolean copied = nic.is(Choice.MAC_CONTROL) != MacControl.SENT_UP || !EdgeTable.isMacControl(etherType);
        int[] listeners = broadcast
                ? Arrays.stream(EdgeRelay.first(table.uplink))
                        .filter(port -> table.settings(port).broadcast())
                        .toArray()
                : table.stations.stations(table.stations.listenerSet(destination));
        if (!comesBack(nic.is(Choice.GROUP_ECHO))) {
            listeners = EdgeRelay.without(from, listeners);
        }
        if (copied) {
            copies.to(members(listeners, vid));
        }
        return copies.to(table.uplink).by(broadcast ? Rule.VEB_BROADCAST : Rule.VEB_MULTICAST);
    }

    private boolean comesBack(Echo echo) {
        return echo == Echo.ALWAYS || (echo == Echo.BY_LOOPBACK && station.loopback());
    }

    private int[] members(int[] stations, int vid) {
        return Arrays.stream(stations).filter(port -> table.member(port, vid)).toArray();
    }

    private Outcome drop(Rule rule, DropReason reason) {
        return Outcome.drop(from, rule, reason);
    }
}
