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
    QUEUE_FULL,
    /** The station, or the port, is switched off. */
    ADMIN_DOWN,
    /** The wire is down. */
    LINK_DOWN,
    /** The station's transmit queues are disabled. */
    TX_QUEUE_DISABLED,
    /** The receiving station is switched off or its receive queues are disabled. */
    RX_DISABLED,
    /** Longer than the device takes. */
    OVERSIZE,
    /** Longer than the receiving station takes. */
    RX_OVERSIZE,
    /** The source address is none of the sender's. */
    SPOOF_MAC,
    /** The VLAN of the tag is none of the sender's. */
    SPOOF_VLAN,
    /** A control protocol that the station must not speak. */
    SPOOF_ETHERTYPE,
    /** Untagged or priority-tagged, and the port has no PVID. */
    VLAN_NO_PVID,
    /** The port, of arrival or of departure, is no member of the frame's VLAN. */
    VLAN_NOT_MEMBER,
    /** Tagged by a station whose port VLAN is set by its administrator. */
    TAGGED_ON_PORT_VLAN,
    /** Beyond the rate that a policy grants. */
    RATE_LIMIT,
    /** Beyond the rate that storm control grants. */
    STORM,
    /** From the uplink, and only back to the uplink. */
    NO_TRANSIT,
    /** Broadcast that no station accepts. */
    NO_BROADCAST_ACCEPT,
    /** Between two ports that are isolated. */
    ISOLATED,
    /** The spanning tree's state of the port, of arrival or of departure, lets nothing pass. */
    STP_STATE,
    /** Nothing of that kind is flooded to the ports that are left. */
    FLOOD_DISABLED,
    /** The port is locked and the source not authorised behind it. */
    FDB_LOCKED,
    /** No VSI is associated. */
    VSI_NOT_ASSOCIATED,
    /** A policy says so. */
    ACL,
    /** For the relay itself, or its host, and not relayed. */
    LOCAL_ONLY,
    /** The transmit ring of the function was full. */
    TX_RING_FULL,
    /** The NIC's buffer before PCI Express towards the host was full. */
    PCIE_QUEUE_FULL,
    /** The function, of the sender or of a receiver, is being reset. */
    FUNCTION_RESET,
    /** The function's rings cannot be read or written. */
    DMA_ERROR,
    /** The function's memory in the NIC has an error that is not corrected. */
    ECC_ERROR,
    /** The function is gone. */
    DEVICE_REMOVED,
    /** The function is switched off, for its driver misused it. */
    MALICIOUS_DRIVER,
    /** To be segmented by an MSS that the device has no place for. */
    ILLEGAL_MSS,
    /** The queue of a wire port was full while its peer paused it. */
    PAUSED,
    /** It came by a wire of an active-backup bond that is not the active one. */
    BACKUP_WIRE
}
