package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.forward;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;

/**
 * What stations send. In this order, and the first that holds decides:
 *
 * <ol>
 *   <li>no whole header: dropped; group or zero source: dropped; PAUSE and other reserved group addresses: dropped, for an
 *       edge relay is a C-VLAN component;
 *   <li>VEPA: out of the uplink, whatever it is;
 *   <li>VEB, unicast to a station of this relay: to that station only, and not up; to oneself: dropped;
 *   <li>VEB, other unicast: up;
 *   <li>VEB, broadcast and multicast: a copy to every other station that accepts it, and up.
 * </ol>
 *
 * Tags pass through and play no part yet. Output 0 is the loopback to {@link EdgeRelayRx}, whose frames bear the port they
 * go to; output 1 is the uplink.
 */
public final class EdgeRelayTx extends EdgeRelay {
    /** Output to {@link EdgeRelayRx} within the relay. */
    public static final int LOOPBACK_OUTPUT = 0;

    /** Output to the wire port. */
    public static final int UPLINK_OUTPUT = 1;

    private final OutcomeMemo dropped = new OutcomeMemo(outcomes());
    private final OutcomeMemo up = new OutcomeMemo(outcomes());
    private final OutcomeMemo local = new OutcomeMemo(outcomes());
    private final OutcomeMemo broadcast = new OutcomeMemo(outcomes());
    private final OutcomeMemo multicast = new OutcomeMemo(outcomes());

    /** @param latencyNanos from arrival to departure of every frame */
    public EdgeRelayTx(Mode mode, StationTable stations, long latencyNanos) {
        super("tx", mode, stations, first(stations.size()), 2, latencyNanos);
    }

    @Override
    protected int outputOf(int port) {
        return port == uplink ? UPLINK_OUTPUT : LOOPBACK_OUTPUT;
    }

    @Override
    protected int portBeyond(int port) {
        return port == uplink ? 0 : port;
    }

    @Override
    protected int outcomeOf(Burst burst, int row) {
        int from = burst.port(row);
        long destination = burst.destination(row);
        if (burst.length(row) < EthernetHeader.OCTETS) {
            return dropped(from, Rule.ER_RUNT, DropReason.RUNT);
        }
        if (!Mac.isStation(burst.source(row))) {
            return dropped(from, Rule.ER_INVALID_SA, DropReason.INVALID_SA);
        }
        if (Mac.isReserved(destination)) {
            return destination == Mac.PAUSE
                    ? dropped(from, Rule.ER_PAUSE, DropReason.PAUSE_CONSUMED)
                    : dropped(from, Rule.ER_RESERVED, DropReason.RESERVED_GROUP);
        }
        if (mode == Mode.VEPA) {
            return up.get(from, () -> forward(from, Rule.VEPA_SEND_UP, uplink));
        }
        return Mac.isGroup(destination) ? group(from, destination) : unicast(from, destination);
    }

    private int unicast(int from, long destination) {
        int to = stations.owner(destination);
        if (to == StationTable.NOBODY) {
            return up.get(from, () -> forward(from, Rule.VEB_UNKNOWN_UNICAST, uplink));
        }
        if (to == from) {
            return dropped(from, Rule.VEB_SELF_ADDRESSED, DropReason.SELF_ADDRESSED);
        }
        return local.get(from * uplink + to, () -> forward(from, Rule.VEB_LOCAL_UNICAST, to));
    }

    private int group(int from, long destination) {
        if (destination == Mac.BROADCAST) {
            return broadcast.get(
                    from, () -> forward(from, Rule.VEB_BROADCAST, and(without(from, first(uplink)), uplink)));
        }
        int set = stations.listenerSet(destination);
        return multicast.get(
                set * uplink + from,
                () -> forward(from, Rule.VEB_MULTICAST, and(without(from, stations.listeners(set)), uplink)));
    }

    private int dropped(int from, Rule rule, DropReason reason) {
        return dropped.get(rule.ordinal() * (uplink + 1) + from, () -> drop(from, rule, reason));
    }
}
