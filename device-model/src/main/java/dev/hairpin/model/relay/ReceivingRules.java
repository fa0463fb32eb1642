package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.MacControl;
import dev.hairpin.model.device.Choice.Pruning;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * What becomes of a frame that comes from the uplink. {@link #decide} reads from top to bottom as the rules are asked; the
 * first that holds decides. One object for one frame; what it finds is remembered for all that are alike.
 */
final class ReceivingRules {
    private final EdgeTable table;
    private final NicSettings nic;
    private final Verdict verdict;
    private final long source;
    private final long destination;
    private final int etherType;
    private final Deliveries copies;
    private final int vid;

    private ReceivingRules(EdgeTable table, Burst burst, int row, Verdict verdict) {
        this.table = table;
        this.nic = table.nic;
        this.verdict = verdict;
        this.source = burst.source(row);
        this.destination = burst.destination(row);
        this.etherType = burst.etherType(row);
        Retagger arrived = Retagger.of(burst.tag(row));
        this.copies =
                new Deliveries(table, verdict, table.uplink, arrived, burst.length(row), Mac.isGroup(destination));
        this.vid = copies.vid();
    }

    static Outcome decide(EdgeTable table, Burst burst, int row, Verdict verdict) {
        return new ReceivingRules(table, burst, row, verdict).decide();
    }

    private Outcome decide() {
        if (!nic.hasLink()) {
            return Outcome.drop(table.uplink, Rule.ER_UPLINK_DOWN, DropReason.LINK_DOWN);
        }
        if (nic.is(Choice.MAC_CONTROL) == MacControl.ENDS && EdgeTable.isMacControl(destination, etherType)) {
            return Outcome.drop(table.uplink, Rule.ER_UPLINK_PAUSE, DropReason.PAUSE_CONSUMED);
        }
        return switch (verdict.end()) {
            case DROP -> copies.dropped(Rule.POLICY_DROP, DropReason.ACL);
            case OVER_RATE -> copies.dropped(Rule.POLICY_RATE, DropReason.RATE_LIMIT);
            case REDIRECT ->
                verdict.redirect() == table.uplink
                        ? copies.dropped(Rule.POLICY_REDIRECT, DropReason.NO_TRANSIT)
                        : copies.to(verdict.redirect()).by(Rule.POLICY_REDIRECT);
            case HAIRPIN, SWITCH_LOCALLY, PERMIT -> delivered();
        };
    }

    private Outcome delivered() {
        if (table.stationModes) {
            return new MacvlanRules(table, copies).received(source, destination, etherType);
        }
        if (Mac.isGroup(destination)) {
            return destination == Mac.BROADCAST ? broadcast() : multicast();
        }
        return unicast();
    }

    private Outcome unicast() {
        int[] owners = table.stations.stations(table.stations.ownerSet(destination));
        int[] within = members(owners);
        int[] promiscuous = members(table.stations.promiscuous());
        if (within.length > 0) {
            return pruned(union(within, promiscuous), Rule.ER_UPLINK_UNICAST);
        }
        if (promiscuous.length > 0) {
            int[] all = owners.length == 0 ? union(promiscuous, defaultStation()) : promiscuous;
            return pruned(all, Rule.ER_UPLINK_PROMISCUOUS);
        }
        if (owners.length > 0) {
            return copies.dropped(Rule.ER_UPLINK_VLAN, DropReason.VLAN_NOT_MEMBER);
        }
        return defaultStation().length > 0
                ? pruned(defaultStation(), Rule.ER_UPLINK_DEFAULT)
                : copies.dropped(Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH);
    }

    private Outcome broadcast() {
        int[] members = members(EdgeRelay.first(table.uplink));
        int[] accepting = Arrays.stream(members)
                .filter(port -> table.settings(port).broadcast())
                .toArray();
        if (accepting.length == 0) {
            return copies.dropped(
                    Rule.ER_UPLINK_BROADCAST,
                    members.length == 0 ? DropReason.VLAN_NOT_MEMBER : DropReason.NO_BROADCAST_ACCEPT);
        }
        return pruned(accepting, Rule.ER_UPLINK_BROADCAST);
    }

    private Outcome multicast() {
        int[] listeners = table.stations.stations(table.stations.listenerSet(destination));
        int[] within = members(listeners);
        if (within.length == 0) {
            return copies.dropped(
                    Rule.ER_UPLINK_MULTICAST,
                    listeners.length == 0 ? DropReason.MC_NOT_SUBSCRIBED : DropReason.VLAN_NOT_MEMBER);
        }
        return pruned(within, Rule.ER_UPLINK_MULTICAST);
    }

    /** To those, but in a VEPA not to the one that sent the frame, as far as the device can tell. */
    private Outcome pruned(int[] stations, Rule rule) {
        Pruning pruning = nic.mode() == Mode.VEPA ? nic.is(Choice.PRUNING) : Pruning.NOTHING;
        boolean any = false;
        for (int station : stations) {
            if (sent(station, pruning)) {
                copies.drop(station, DropReason.SOURCE_PRUNED);
                any = true;
            } else {
                copies.to(station);
            }
        }
        if (!any) {
            return copies.by(rule);
        }
        return copies.by(pruning == Pruning.DRIVER_PRIMARY ? Rule.VEPA_DRIVER_PRUNING : Rule.VEPA_SOURCE_PRUNING);
    }

    private boolean sent(int station, Pruning pruning) {
        return switch (pruning) {
            case ALL_ADDRESSES -> table.owns(station, source);
            case GROUP_FRAMES -> Mac.isGroup(destination) && table.owns(station, source);
            case DRIVER_PRIMARY -> {
                var addresses = nic.vsis().get(station).addresses();
                yield Mac.isGroup(destination) && !addresses.isEmpty() && addresses.get(0) == source;
            }
            case NOTHING -> false;
        };
    }

    private int[] defaultStation() {
        int station = nic.defaultStation();
        return station != NicSettings.NOBODY && table.member(station, vid) ? new int[] {station} : new int[0];
    }

    private int[] members(int[] stations) {
        return Arrays.stream(stations).filter(port -> table.member(port, vid)).toArray();
    }

    private static int[] union(int[] some, int[] others) {
        return IntStream.concat(Arrays.stream(some), Arrays.stream(others))
                .sorted()
                .distinct()
                .toArray();
    }
}
