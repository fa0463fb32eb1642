package dev.hairpin.model.relay;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.MacControl;
import dev.hairpin.model.frame.Mac;
import java.util.Arrays;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Forwarding where every station has a mode of its own, as Linux's macvlan does it (drivers/net/macvlan.c, measured). What
 * tells the modes apart on receiving is the station that the source address belongs to.
 */
final class MacvlanRules {
    private final EdgeTable table;
    private final Deliveries copies;

    /** Whether devices in mode source got a copy for the source address. */
    private boolean listed;

    MacvlanRules(EdgeTable table, Deliveries copies) {
        this.table = table;
        this.copies = copies;
    }

    /**
     * From a station: only those in mode bridge see each other. Unicast between them passes the lower device, where those in
     * mode source look for it as for a frame from the wire.
     */
    Outcome sent(int from, long source, long destination, int etherType) {
        StationMode mode = mode(from);
        if (mode != StationMode.BRIDGE) {
            return copies.to(table.uplink).by(mode == StationMode.VEPA ? Rule.VEPA_SEND_UP : Rule.MACVLAN_SEND_UP);
        }
        if (Mac.isGroup(destination)) {
            if (copied(etherType)) {
                copies.to(listening(destination, port -> port != from && mode(port) == StationMode.BRIDGE));
            }
            return copies.to(table.uplink).by(destination == Mac.BROADCAST ? Rule.VEB_BROADCAST : Rule.VEB_MULTICAST);
        }
        int to = table.stations.owner(destination);
        if (to == StationTable.NOBODY) {
            return copies.to(table.uplink).by(Rule.VEB_UNKNOWN_UNICAST);
        }
        if (mode(to) != StationMode.BRIDGE) {
            return copies.to(table.uplink).by(Rule.MACVLAN_OTHER_MODE);
        }
        if (consumed(source)) {
            return copies.by(Rule.MACVLAN_SOURCE_LIST);
        }
        return copies.to(to).by(to == from ? Rule.VEB_LOOPBACK : Rule.VEB_LOCAL_UNICAST);
    }

    /** From the wire: first to the devices that list the source address, then to those that the destination is for. */
    Outcome received(long source, long destination, int etherType) {
        if (consumed(source)) {
            return copies.by(Rule.MACVLAN_SOURCE_LIST);
        }
        return Mac.isGroup(destination) ? group(source, destination, etherType) : unicast(destination);
    }

    /** To the devices that list the source address; whether it ends with them. */
    private boolean consumed(long source) {
        boolean consumed = false;
        for (int port = 0; port < table.uplink; port++) {
            VsiSettings set = table.settings(port);
            if (mode(port) == StationMode.SOURCE && set.sources().contains(source)) {
                copies.to(port);
                consumed |= set.consumes();
            }
        }
        listed = !copies.isEmpty();
        return consumed;
    }

    private Outcome group(long source, long destination, int etherType) {
        boolean broadcast = destination == Mac.BROADCAST;
        Rule plain = broadcast ? Rule.ER_UPLINK_BROADCAST : Rule.ER_UPLINK_MULTICAST;
        DropReason nobody = broadcast ? DropReason.NO_BROADCAST_ACCEPT : DropReason.MC_NOT_SUBSCRIBED;
        int sender = table.stations.owner(source);
        @Nullable StationMode sent = sender == StationTable.NOBODY ? null : mode(sender);
        if (sent != null && sent != StationMode.VEPA && sent != StationMode.BRIDGE) {
            // Whether it listens is not asked there, and neither is what type the frame has.
            return copies.to(sender).by(Rule.MACVLAN_BACK_TO_SOURCE);
        }
        if (!copied(etherType)) {
            return toNoOther(plain, DropReason.PAUSE_CONSUMED);
        }
        if (sent == StationMode.VEPA) {
            return flooded(sender, destination, plain, nobody);
        }
        Rule rule = sent == null ? plain : Rule.MACVLAN_OWN_SOURCE;
        int[] listeners = listening(
                destination, port -> sent == null ? mode(port) != StationMode.SOURCE : mode(port) == StationMode.VEPA);
        return listeners.length == 0
                ? toNoOther(rule, nobody)
                : copies.to(listeners).by(rule);
    }

    /** Nobody gets it but for the devices that list its source. */
    private Outcome toNoOther(Rule rule, DropReason reason) {
        return listed ? copies.by(Rule.MACVLAN_SOURCE_LIST) : copies.dropped(rule, reason);
    }

    /** A group frame of a device in mode vepa, to all but that device. */
    private Outcome flooded(int sender, long destination, Rule plain, DropReason nobody) {
        int[] listeners =
                listening(destination, port -> mode(port) == StationMode.VEPA || mode(port) == StationMode.BRIDGE);
        if (listeners.length == 0) {
            return toNoOther(plain, nobody);
        }
        boolean pruned = false;
        for (int port : listeners) {
            if (port == sender) {
                copies.drop(port, DropReason.SOURCE_PRUNED);
                pruned = true;
            } else {
                copies.to(port);
            }
        }
        return copies.by(pruned ? Rule.VEPA_SOURCE_PRUNING : plain);
    }

    private Outcome unicast(long destination) {
        for (int port = 0; port < table.uplink; port++) {
            if (mode(port) == StationMode.PASSTHRU) {
                return copies.to(port).by(Rule.MACVLAN_PASSTHRU);
            }
        }
        int to = table.stations.owner(destination);
        if (to != StationTable.NOBODY && mode(to) != StationMode.SOURCE) {
            return copies.to(to).by(Rule.ER_UPLINK_UNICAST);
        }
        return toNoOther(Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH);
    }

    private StationMode mode(int station) {
        StationMode mode = table.settings(station).mode();
        if (mode != StationMode.AS_RELAY) {
            return mode;
        }
        return table.nic.mode() == Mode.VEPA ? StationMode.VEPA : StationMode.BRIDGE;
    }

    private boolean copied(int etherType) {
        return table.nic.is(Choice.MAC_CONTROL) != MacControl.SENT_UP || !EdgeTable.isMacControl(etherType);
    }

    private int[] listening(long destination, IntPredicate which) {
        int[] listeners = destination == Mac.BROADCAST
                ? Arrays.stream(EdgeRelay.first(table.uplink))
                        .filter(port -> table.settings(port).broadcast())
                        .toArray()
                : table.stations.stations(table.stations.listenerSet(destination));
        return Arrays.stream(listeners).filter(which).toArray();
    }
}
