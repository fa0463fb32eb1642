package dev.hairpin.model.relay;

import static dev.hairpin.model.device.Choice.MAC_CONTROL;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice.MacControl;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Where Linux's macvlan sends copies: stations with a mode each, and no VLANs. */
final class NaiveMacvlan extends NaiveEdge {
    NaiveMacvlan(NicSettings nic, NaiveBuckets buckets, Set<Rule> forgotten) {
        super(nic, buckets, forgotten);
    }

    @Override
    boolean in(int station, int vlan) {
        return true;
    }

    private StationMode mode(int station) {
        StationMode mode = settings(station).mode();
        if (mode != StationMode.AS_RELAY) {
            return mode;
        }
        return nic.mode() == Mode.VEPA ? StationMode.VEPA : StationMode.BRIDGE;
    }

    @Override
    void forward(NaiveFrame frame, Mode relay) {
        StationMode sender = mode(frame.ingress);
        if (sender != StationMode.BRIDGE) {
            give(frame.by(sender == StationMode.VEPA ? Rule.VEPA_SEND_UP : Rule.MACVLAN_SEND_UP), uplink);
        } else if (frame.group()) {
            frame.by(frame.broadcast() ? Rule.VEB_BROADCAST : Rule.VEB_MULTICAST);
            give(frame, uplink);
            if (copied(frame)) {
                Set<Integer> takers = listeners(frame, StationMode.BRIDGE);
                takers.remove(frame.ingress);
                give(frame, takers);
            }
        } else {
            List<Integer> owners = owners(frame.destination);
            if (owners.isEmpty()) {
                give(frame.by(Rule.VEB_UNKNOWN_UNICAST), uplink);
            } else if (mode(owners.get(0)) != StationMode.BRIDGE) {
                give(frame.by(Rule.MACVLAN_OTHER_MODE), uplink);
            } else if (!listed(frame)) {
                boolean self = owners.get(0) == frame.ingress;
                give(frame.by(self ? Rule.VEB_LOOPBACK : Rule.VEB_LOCAL_UNICAST), owners.get(0));
            }
        }
    }

    @Override
    void receive(NaiveFrame frame) {
        if (!listed(frame)) {
            if (frame.group()) {
                receiveGroup(frame);
            } else {
                receiveUnicast(frame);
            }
        }
    }

    /** To the stations that list the source; whether that was all. */
    private boolean listed(NaiveFrame frame) {
        boolean consumed = false;
        for (int station = 0; station < uplink; station++) {
            VsiSettings set = settings(station);
            if (mode(station) == StationMode.SOURCE && set.sources().contains(frame.source)) {
                give(frame.by(Rule.MACVLAN_SOURCE_LIST), station);
                consumed |= set.consumes();
            }
        }
        return consumed;
    }

    private void receiveUnicast(NaiveFrame frame) {
        for (int station = 0; station < uplink; station++) {
            if (mode(station) == StationMode.PASSTHRU) {
                give(frame.by(Rule.MACVLAN_PASSTHRU), station);
                return;
            }
        }
        for (int owner : owners(frame.destination)) {
            if (mode(owner) != StationMode.SOURCE) {
                give(frame.by(Rule.ER_UPLINK_UNICAST), owner);
            }
        }
        if (frame.rule == null) {
            frame.drop(Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH);
        }
    }

    private void receiveGroup(NaiveFrame frame) {
        Rule plain = frame.broadcast() ? Rule.ER_UPLINK_BROADCAST : Rule.ER_UPLINK_MULTICAST;
        List<Integer> owners = owners(frame.source);
        @Nullable StationMode sender = owners.isEmpty() ? null : mode(owners.get(0));
        if (sender == StationMode.PRIVATE || sender == StationMode.PASSTHRU || sender == StationMode.SOURCE) {
            give(frame.by(Rule.MACVLAN_BACK_TO_SOURCE), owners.get(0));
        } else if (!copied(frame)) {
            nobodyElse(frame, plain, DropReason.PAUSE_CONSUMED);
        } else if (sender == StationMode.VEPA) {
            Set<Integer> takers = listeners(frame, StationMode.VEPA, StationMode.BRIDGE);
            boolean pruned = takers.contains(owners.get(0)) && knows(Rule.VEPA_SOURCE_PRUNING);
            if (pruned) {
                takers.remove(owners.get(0));
                frame.dropped.put(owners.get(0), DropReason.SOURCE_PRUNED);
            }
            among(frame, pruned ? Rule.VEPA_SOURCE_PRUNING : plain, takers, pruned);
        } else if (sender == StationMode.BRIDGE) {
            among(frame, Rule.MACVLAN_OWN_SOURCE, listeners(frame, StationMode.VEPA), false);
        } else {
            Set<Integer> takers =
                    listeners(frame, StationMode.PRIVATE, StationMode.VEPA, StationMode.PASSTHRU, StationMode.BRIDGE);
            among(frame, plain, takers, false);
        }
    }

    private void among(NaiveFrame frame, Rule rule, Set<Integer> takers, boolean pruned) {
        if (takers.isEmpty() && !pruned) {
            nobodyElse(frame, rule, frame.broadcast() ? DropReason.NO_BROADCAST_ACCEPT : DropReason.MC_NOT_SUBSCRIBED);
        } else {
            give(frame.by(rule), takers);
        }
    }

    /** Nobody gets it beyond those that list the source. */
    private static void nobodyElse(NaiveFrame frame, Rule rule, DropReason reason) {
        if (frame.rule == null) {
            frame.drop(rule, reason);
        }
    }

    /** MAC Control is never replicated. */
    private boolean copied(NaiveFrame frame) {
        return nic.is(MAC_CONTROL) != MacControl.SENT_UP || frame.etherType != 0x8808;
    }

    private Set<Integer> listeners(NaiveFrame frame, StationMode... modes) {
        Set<Integer> listeners = new TreeSet<>(listeners(frame));
        listeners.removeIf(station -> !List.of(modes).contains(mode(station)));
        return listeners;
    }
}
