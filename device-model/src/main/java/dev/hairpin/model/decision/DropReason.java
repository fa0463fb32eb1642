package dev.hairpin.model.decision;

/**
 * Why a frame, or one copy of it, went no further. The names are stable: they stand in journals and exports, so entries
 * are added at the end and never removed or renamed.
 */
public enum DropReason {
    /** The frame ends before its EtherType. */
    RUNT,
    /** The source address is a group address or zero. */
    INVALID_SA,
    /** The destination is one of the addresses that a C-VLAN component does not relay (802.1Q-2022 table 8-1). */
    RESERVED_GROUP,
    /** A MAC Control frame: taken by the receiving MAC, never relayed. */
    PAUSE_CONSUMED,
    /** A station addressed itself and local loopback is off for it. */
    SELF_ADDRESSED,
    /** A unicast frame from the uplink for an address that no station has registered. */
    NO_LOCAL_MATCH,
    /** A multicast frame that no station listens to. */
    MC_NOT_SUBSCRIBED,
    /** The copy would have gone back to the station that sent the frame. */
    SOURCE_PRUNED,
    /** The only way out is the port of arrival, and reflective relay is off there. */
    HAIRPIN_DISABLED,
    /** The receive ring of the function was full. */
    NO_RX_BUFFER,
    /** The queue of a wire port was full. */
    QUEUE_FULL
}
