package dev.hairpin.experiments.topology;

import dev.hairpin.model.bridge.BridgePort;
import dev.hairpin.model.bridge.PortState;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** What is on or off at a port of the bridge, in the words of files and of iproute2. */
public enum PortFlag {
    /** {@code reflective-relay} in files. */
    HAIRPIN,
    LEARNING,
    /** Of unicast to nobody known. */
    FLOOD,
    MCAST_FLOOD,
    BCAST_FLOOD,
    ISOLATED,
    LOCKED,
    /** Comes behind {@link #LOCKED}, without which it cannot be. */
    MAB,
    FASTLEAVE;

    /** Iproute2's states of a port, by number. */
    static final List<PortState> STATES = List.of(
            PortState.DISABLED, PortState.LISTENING, PortState.LEARNING, PortState.FORWARDING, PortState.BLOCKING);

    /** In iproute2. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** In files. */
    public String key() {
        return this == HAIRPIN ? "reflective-relay" : word().replace('_', '-');
    }

    /** Whether it is on. */
    public boolean is(BridgePort port) {
        Predicate<BridgePort> flag = switch (this) {
            case HAIRPIN -> BridgePort::reflects;
            case LEARNING -> BridgePort::learns;
            case FLOOD -> BridgePort::floodsUnicast;
            case MCAST_FLOOD -> BridgePort::floodsMulticast;
            case BCAST_FLOOD -> BridgePort::floodsBroadcast;
            case ISOLATED -> BridgePort::isolated;
            case LOCKED -> BridgePort::locked;
            case MAB -> BridgePort::mab;
            case FASTLEAVE -> BridgePort::leavesFast;
        };
        return flag.test(port);
    }

    /** The port with it on or off. */
    BridgePort with(BridgePort port, boolean on) {
        return switch (this) {
            case HAIRPIN -> port.withReflects(on);
            case LEARNING -> port.withLearns(on);
            case FLOOD -> port.withFloodsUnicast(on);
            case MCAST_FLOOD -> port.withFloodsMulticast(on);
            case BCAST_FLOOD -> port.withFloodsBroadcast(on);
            case ISOLATED -> port.withIsolated(on);
            case LOCKED -> port.withLocked(on);
            case MAB -> port.withMab(on);
            case FASTLEAVE -> port.withLeavesFast(on);
        };
    }
}
