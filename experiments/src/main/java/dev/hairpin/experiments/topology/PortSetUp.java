package dev.hairpin.experiments.topology;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A port of the bridge as it is set up.
 *
 * @param nic whose wire ends there, or empty where stations are
 * @param on what is switched on
 * @param state of the spanning tree
 * @param pvid VLAN of frames that come untagged, or 0 for none
 * @param vlans that it is in, by VID: whether frames leave untagged
 */
public record PortSetUp(String name, String nic, Set<Flag> on, State state, int pvid, Map<Integer, Boolean> vlans) {
    public PortSetUp {
        on = Collections.unmodifiableSet(new TreeSet<>(on));
        vlans = Collections.unmodifiableMap(new TreeMap<>(vlans));
    }

    /** As Linux has it: learns and floods everything, and is in VLAN 1. */
    public static PortSetUp of(String name, String nic) {
        Set<Flag> usual = Set.of(Flag.LEARNING, Flag.FLOOD, Flag.MCAST_FLOOD, Flag.BCAST_FLOOD);
        return new PortSetUp(name, nic, usual, State.FORWARDING, 1, Map.of(1, true));
    }

    /** Whether the flag is on. */
    public boolean is(Flag flag) {
        return on.contains(flag);
    }

    PortSetUp with(Flag flag, boolean set) {
        Set<Flag> others = new TreeSet<>(on);
        if (set) {
            others.add(flag);
        } else {
            others.remove(flag);
        }
        return new PortSetUp(name, nic, others, state, pvid, vlans);
    }

    PortSetUp in(State other) {
        return new PortSetUp(name, nic, on, other, pvid, vlans);
    }

    PortSetUp withVlans(int otherPvid, Map<Integer, Boolean> others) {
        return new PortSetUp(name, nic, on, state, otherPvid, others);
    }

    /** What is on or off at a port. */
    public enum Flag {
        /** Reflective relay; hairpin to iproute2. */
        HAIRPIN,
        LEARNING,
        /** Of unknown unicast. */
        FLOOD,
        MCAST_FLOOD,
        BCAST_FLOOD,
        ISOLATED,
        /** Frames only of stations that are in the filtering database there. */
        LOCKED;

        /** In iproute2. */
        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** States of the spanning tree, in iproute2's numbers. */
    public enum State {
        DISABLED,
        LISTENING,
        LEARNING,
        FORWARDING,
        BLOCKING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
