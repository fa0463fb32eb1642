package dev.hairpin.model.relay;

import static dev.hairpin.model.device.Choice.*;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Choice.MacControl;
import dev.hairpin.model.device.Choice.OutsideVlan;
import dev.hairpin.model.device.Choice.Pruning;
import dev.hairpin.model.device.Choice.Xcast;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Where the embedded switch of a NIC sends copies: tables 5.1 and 5.2. */
final class NaiveSwitch extends NaiveEdge {
    NaiveSwitch(NicSettings nic, NaiveBuckets buckets, Set<Rule> forgotten) {
        super(nic, buckets, forgotten);
    }

    @Override
    boolean in(int station, int vlan) {
        VsiSettings set = settings(station);
        if (set.portVlan() > 0) {
            return vlan == set.portVlan();
        }
        return vlan == 0 ? set.untagged() : set.vlans().contains(vlan);
    }

    @Override
    void forward(NaiveFrame frame, Mode mode) {
        if (mode == Mode.VEPA) {
            give(frame.by(Rule.VEPA_SEND_UP), uplink);
        } else if (frame.group()) {
            replicate(frame);
        } else {
            switchUnicast(frame);
        }
    }

    private void switchUnicast(NaiveFrame frame) {
        int sender = frame.ingress;
        List<Integer> owners = owners(frame.destination);
        boolean echo = echoes(nic.is(SELF_ADDRESSED), sender);
        if (owners.isEmpty()) {
            Set<Integer> curious = nic.is(LOCAL_TO_PROMISCUOUS) ? promiscuous(frame) : new TreeSet<>();
            curious.remove(sender);
            boolean replicates = !curious.isEmpty() && knows(Rule.VEB_PROMISCUOUS);
            frame.by(replicates ? Rule.VEB_PROMISCUOUS : Rule.VEB_UNKNOWN_UNICAST);
            give(frame, uplink);
            if (replicates) {
                give(frame, curious);
            }
        } else if (owners.equals(List.of(sender))) {
            if (echo && knows(Rule.VEB_LOOPBACK)) {
                give(frame.by(Rule.VEB_LOOPBACK), sender);
            } else {
                frame.drop(Rule.VEB_SELF_ADDRESSED, DropReason.SELF_ADDRESSED);
            }
        } else {
            Set<Integer> takers = inVlan(owners, frame);
            if (!echo) {
                takers.remove(sender);
            }
            if (!takers.isEmpty() || !knows(Rule.VEB_OUTSIDE_VLAN)) {
                give(frame.by(Rule.VEB_LOCAL_UNICAST), takers.isEmpty() ? new TreeSet<>(owners) : takers);
            } else if (nic.is(OUTSIDE_VLAN) == OutsideVlan.SENT_UP) {
                give(frame.by(Rule.VEB_OUTSIDE_VLAN), uplink);
            } else {
                frame.drop(Rule.VEB_OUTSIDE_VLAN, DropReason.VLAN_NOT_MEMBER);
            }
        }
    }

    private void replicate(NaiveFrame frame) {
        frame.by(frame.broadcast() ? Rule.VEB_BROADCAST : Rule.VEB_MULTICAST);
        give(frame, uplink);
        if (nic.is(MAC_CONTROL) == MacControl.SENT_UP && frame.etherType == 0x8808) {
            return;
        }
        Set<Integer> takers = inVlan(listeners(frame), frame);
        if (!echoes(nic.is(GROUP_ECHO), frame.ingress)) {
            takers.remove(frame.ingress);
        }
        give(frame, takers);
    }

    @Override
    void receive(NaiveFrame frame) {
        if (frame.group()) {
            receiveGroup(frame);
        } else {
            receiveUnicast(frame);
        }
    }

    private void receiveUnicast(NaiveFrame frame) {
        List<Integer> owners = owners(frame.destination);
        Set<Integer> takers = inVlan(owners, frame);
        Set<Integer> curious = promiscuous(frame);
        boolean falls = owners.isEmpty() && nic.defaultStation() >= 0 && in(nic.defaultStation(), frame.vlan);
        if (!takers.isEmpty()) {
            takers.addAll(curious);
            deliver(frame, Rule.ER_UPLINK_UNICAST, takers);
        } else if (!curious.isEmpty()) {
            if (falls) {
                curious.add(nic.defaultStation());
            }
            deliver(frame, Rule.ER_UPLINK_PROMISCUOUS, curious);
        } else if (!owners.isEmpty()) {
            frame.drop(Rule.ER_UPLINK_VLAN, DropReason.VLAN_NOT_MEMBER);
        } else if (falls && knows(Rule.ER_UPLINK_DEFAULT)) {
            deliver(frame, Rule.ER_UPLINK_DEFAULT, Set.of(nic.defaultStation()));
        } else {
            frame.drop(Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH);
        }
    }

    private void receiveGroup(NaiveFrame frame) {
        Rule rule = frame.broadcast() ? Rule.ER_UPLINK_BROADCAST : Rule.ER_UPLINK_MULTICAST;
        Set<Integer> listeners = listeners(frame);
        Set<Integer> takers = inVlan(listeners, frame);
        if (!takers.isEmpty()) {
            deliver(frame, rule, takers);
        } else if (frame.broadcast()) {
            boolean members = !inVlan(everyone(), frame).isEmpty();
            frame.drop(rule, members ? DropReason.NO_BROADCAST_ACCEPT : DropReason.VLAN_NOT_MEMBER);
        } else {
            frame.drop(rule, listeners.isEmpty() ? DropReason.MC_NOT_SUBSCRIBED : DropReason.VLAN_NOT_MEMBER);
        }
    }

    /** Copies for stations, but for those that are pruned. */
    private void deliver(NaiveFrame frame, Rule rule, Set<Integer> takers) {
        frame.by(rule);
        for (int station : takers) {
            if (nic.mode() == Mode.VEPA && prunes(frame, station)) {
                Rule pruning =
                        nic.is(PRUNING) == Pruning.DRIVER_PRIMARY ? Rule.VEPA_DRIVER_PRUNING : Rule.VEPA_SOURCE_PRUNING;
                if (knows(pruning)) {
                    frame.by(pruning);
                    frame.dropped.put(station, DropReason.SOURCE_PRUNED);
                    continue;
                }
            }
            give(frame, station);
        }
    }

    private boolean prunes(NaiveFrame frame, int station) {
        List<Long> addresses = nic.vsis().get(station).addresses();
        return switch (nic.is(PRUNING)) {
            case ALL_ADDRESSES -> addresses.contains(frame.source);
            case GROUP_FRAMES -> frame.group() && addresses.contains(frame.source);
            case DRIVER_PRIMARY -> frame.group() && !addresses.isEmpty() && addresses.get(0) == frame.source;
            case NOTHING -> false;
        };
    }

    private Set<Integer> promiscuous(NaiveFrame frame) {
        Set<Integer> curious = inVlan(everyone(), frame);
        curious.removeIf(station -> xcast(station) != Xcast.PROMISC);
        return curious;
    }

    private Set<Integer> inVlan(Collection<Integer> stations, NaiveFrame frame) {
        Set<Integer> members = new TreeSet<>(stations);
        members.removeIf(station -> !in(station, frame.vlan));
        return members;
    }

    private Set<Integer> everyone() {
        Set<Integer> stations = new TreeSet<>();
        for (int station = 0; station < uplink; station++) {
            stations.add(station);
        }
        return stations;
    }
}
