package dev.hairpin.model.decision;

import static dev.hairpin.model.decision.Evidence.ASSUMED;
import static dev.hairpin.model.decision.Evidence.CODE;
import static dev.hairpin.model.decision.Evidence.DOCUMENT;
import static dev.hairpin.model.decision.Evidence.EMULATOR;
import static dev.hairpin.model.decision.Evidence.INFERRED;
import static dev.hairpin.model.decision.Evidence.KERNEL;

/**
 * The rules by which frames are decided. Every decision names one. Names are stable: journals and exports hold them, and
 * {@link #ordinal} is their number in a journal, so entries are added at the end and never removed, renamed or moved.
 */
public enum Rule {
    /** Edge relay, from a station: shorter than an Ethernet header. */
    ER_RUNT(Disposition.DROPPED, DOCUMENT, "802.3 clause 3.2; the MAC discards a frame without type or length"),
    /** Edge relay, from a station: group or zero source address. */
    ER_INVALID_SA(Disposition.DROPPED, INFERRED, "as the adjacent bridge; hardware relies on anti-spoof for it"),
    /** Edge relay, from a station: 01-80-C2-00-00-01. */
    ER_PAUSE(Disposition.DROPPED, DOCUMENT, "802.3 Annex 31B; ixgbe blocks EtherType 0x8808 from VFs"),
    /** Edge relay, from a station: reserved group address. */
    ER_RESERVED(Disposition.DROPPED, DOCUMENT, "802.1Q-2022 8.6.3, table 8-1"),

    /** VEB, from a station: to the station that registered the destination; the uplink does not see it. */
    VEB_LOCAL_UNICAST(Disposition.SWITCHED_LOCALLY, KERNEL, "macvlan in mode bridge, measured; 82576 receive filter"),
    /** VEB, from a station: its own address. */
    VEB_SELF_ADDRESSED(Disposition.DROPPED, CODE, "82576 DTXSWC.LLE, igb driver: clear by default"),
    /** VEB, from a station: an address nobody registered goes up. */
    VEB_UNKNOWN_UNICAST(Disposition.SENT_UP, KERNEL, "macvlan in mode bridge, measured; 82576 receive filter"),
    /** VEB, from a station: broadcast to the other stations and up. */
    VEB_BROADCAST(
            Disposition.REPLICATED,
            KERNEL,
            "macvlan in mode bridge, measured; for a NIC that the sender is left out is assumed"),
    /** VEB, from a station: multicast to the other stations that listen and up. */
    VEB_MULTICAST(
            Disposition.REPLICATED,
            KERNEL,
            "macvlan in mode bridge, measured; for a NIC that the sender is left out is assumed"),

    /** VEPA, from a station: everything goes up, once. */
    VEPA_SEND_UP(Disposition.SENT_UP, KERNEL, "802.1Qbg; macvlan in mode vepa, measured; mlx5 VEPA table"),

    /** Edge relay, from the uplink: to the station that registered the destination. */
    ER_UPLINK_UNICAST(Disposition.DELIVERED, KERNEL, "macvlan, measured; 82576 and 82599 receive address registers"),
    /** Edge relay, from the uplink: nobody registered the destination, and there is no default pool. */
    ER_UPLINK_NO_MATCH(
            Disposition.DROPPED, KERNEL, "macvlan, measured; 82576 receive filter with the default pool disabled"),
    /** Edge relay, from the uplink: broadcast to all stations. */
    ER_UPLINK_BROADCAST(Disposition.DELIVERED, KERNEL, "macvlan, measured; 82576 VMOLR.BAM"),
    /** Edge relay, from the uplink: multicast to the stations that listen. */
    ER_UPLINK_MULTICAST(Disposition.DELIVERED, KERNEL, "macvlan, measured; 82576 VMOLR.ROMPE and MTA"),
    /** VEPA, from the uplink with the source address of a station of ours: as any other, but not to that station. */
    VEPA_SOURCE_PRUNING(Disposition.DELIVERED, KERNEL, "802.1Qbg; macvlan in mode vepa, measured; X550 PFFLPL"),

    /** Bridge: shorter than an Ethernet header. */
    BR_RUNT(Disposition.DROPPED, DOCUMENT, "802.3 clause 3.2"),
    /** Bridge: group or zero source address. */
    BR_INVALID_SA(Disposition.DROPPED, KERNEL, "Linux bridge MAC_INVALID_SOURCE, measured"),
    /** Bridge: 01-80-C2-00-00-01. */
    BR_PAUSE(Disposition.DROPPED, KERNEL, "Linux bridge MAC_IEEE_MAC_CONTROL, measured"),
    /** Bridge: reserved group address, for the bridge itself. */
    BR_RESERVED(Disposition.DROPPED, DOCUMENT, "802.1Q-2022 8.6.3, table 8-1; Linux floods -00 while STP is off"),
    /** Bridge: the filtering database knows one port. */
    BR_KNOWN_UNICAST(Disposition.FORWARDED, KERNEL, "802.1Q-2022 8.6.1; Linux bridge, measured"),
    /** Bridge: the known port is the one of arrival, and it reflects. */
    BR_REFLECTIVE_RELAY(Disposition.REFLECTED, KERNEL, "802.1Q-2022 8.6.1 reflective relay; Linux hairpin, measured"),
    /** Bridge: the known port is the one of arrival, and it does not reflect. */
    BR_SAME_PORT(Disposition.DROPPED, KERNEL, "802.1Q-2022 8.6.1; Linux bridge, measured: no flooding instead"),
    /** Bridge: the filtering database does not know the destination. */
    BR_UNKNOWN_UNICAST(Disposition.FLOODED, KERNEL, "802.1Q-2022 8.8.6; Linux bridge with hairpin, measured"),
    /** Bridge: broadcast. */
    BR_BROADCAST(Disposition.FLOODED, KERNEL, "Linux bridge with hairpin, measured"),
    /** Bridge: multicast, without snooping. */
    BR_MULTICAST(Disposition.FLOODED, KERNEL, "Linux bridge with hairpin, measured"),

    /** A queue or ring with a bound was full. */
    TAIL_DROP(Disposition.DROPPED, INFERRED, "first in first out with a bound"),

    /** Edge relay, from a station that is switched off. */
    ER_ADMIN_DOWN(Disposition.DROPPED, DOCUMENT, "ip link set vf state disable; 802.1Q-2022 MAC_Operational"),
    /** Edge relay, from a station whose transmit queues are disabled. */
    ER_TX_DISABLED(Disposition.DROPPED, EMULATOR, "82576 VFTE"),
    /** Edge relay, from a station: no VSI is associated there. */
    ER_NOT_ASSOCIATED(Disposition.DROPPED, INFERRED, "802.1Qbg VDP: nothing passes before the association"),
    /** Edge relay, from a station: longer than the device takes. */
    ER_OVERSIZE(Disposition.DROPPED, EMULATOR, "82576 global length check"),
    /** Edge relay, from a station: a source address that is not registered for it. */
    ER_SPOOF_MAC(Disposition.DROPPED, CODE, "82599 PFVFSPOOF bits 7:0; 82576 DTXSWC bits 7:0; mlx5 ingress ACL"),
    /** Edge relay, from a station: tagged for a VLAN that is not its own. */
    ER_SPOOF_VLAN(Disposition.DROPPED, CODE, "82599 PFVFSPOOF bits 15:8; 82576 DTXSWC bits 15:8"),
    /** Edge relay, from a station: LLDP or MAC Control by a station that must not send them. */
    ER_SPOOF_ETHERTYPE(Disposition.DROPPED, CODE, "ixgbe ndo_set_vf_spoofchk: 0x88CC and 0x8808"),
    /** Edge relay, from a station: untagged, where only tagged frames are admitted. */
    ER_NO_PVID(Disposition.DROPPED, DOCUMENT, "802.1Q-2022 6.9: acceptable frame types, PVID"),
    /** Edge relay, from a station: tagged for a VLAN of which its port is no member. */
    ER_INGRESS_VLAN(Disposition.DROPPED, DOCUMENT, "802.1Q-2022 8.6.2 ingress filtering"),
    /** Edge relay, from a station with a port VLAN: its frame is tagged already. */
    ER_TAGGED_ON_PORT_VLAN(Disposition.DROPPED, CODE, "mlx5 ingress ACL without steering support"),
    /** Edge relay, from a station: beyond the rate of storm control. */
    ER_STORM(Disposition.DROPPED, ASSUMED, "register blocks of 82576 and 82599 that no driver programs"),
    /** VEB, from a station: to its own address, which comes back to it. */
    VEB_LOOPBACK(Disposition.SWITCHED_LOCALLY, KERNEL, "macvlan in mode bridge, measured; 82576 DTXSWC.LLE"),
    /** VEB, from a station: the station that registered the destination is not in the frame's VLAN. */
    VEB_OUTSIDE_VLAN(Disposition.SENT_UP, EMULATOR, "82576: send-to-wire is cleared before the VLAN filter"),
    /** VEB, from a station: an address nobody registered, up and to the promiscuous. */
    VEB_PROMISCUOUS(Disposition.REPLICATED, CODE, "82599 VMOLR.UPE; 82576 unicast table array and ROPE"),
    /** macvlan in a mode other than bridge, from a station: to the wire. */
    MACVLAN_SEND_UP(Disposition.SENT_UP, KERNEL, "macvlan_queue_xmit, measured: modes other than bridge"),
    /** macvlan in mode bridge, from a station: the destination is a device in another mode: to the wire. */
    MACVLAN_OTHER_MODE(Disposition.SENT_UP, KERNEL, "macvlan_queue_xmit, measured: only peers in mode bridge"),
    /** macvlan, from the wire: a group frame of a device in mode bridge, whose peers have it already. */
    MACVLAN_OWN_SOURCE(Disposition.DELIVERED, KERNEL, "macvlan_multicast_rx, measured"),
    /** macvlan, from the wire: a group frame of a private, passthru or source device, to that device only. */
    MACVLAN_BACK_TO_SOURCE(Disposition.DELIVERED, KERNEL, "macvlan_handle_frame, measured"),
    /** macvlan, from the wire or between devices in mode bridge: to those in mode source that list the source address. */
    MACVLAN_SOURCE_LIST(Disposition.DELIVERED, KERNEL, "macvlan_forward_source, measured"),
    /** macvlan, from the wire: one device in mode passthru takes everything. */
    MACVLAN_PASSTHRU(Disposition.DELIVERED, KERNEL, "macvlan_handle_frame, measured"),
    /** Edge relay, from the uplink, which is down. */
    ER_UPLINK_DOWN(Disposition.DROPPED, DOCUMENT, "802.1Q-2022 MAC_Operational"),
    /** Edge relay, from the uplink: MAC Control ends in the receiving MAC. */
    ER_UPLINK_PAUSE(Disposition.DROPPED, DOCUMENT, "802.3 Annex 31B"),
    /** Edge relay, from the uplink: nobody registered the destination, so the default station gets it. */
    ER_UPLINK_DEFAULT(Disposition.DELIVERED, EMULATOR, "82576 VT_CTL default pool"),
    /** Edge relay, from the uplink: nobody registered the destination, so the promiscuous get it. */
    ER_UPLINK_PROMISCUOUS(Disposition.DELIVERED, CODE, "82599 VMOLR.UPE; 82576 unicast table array and ROPE"),
    /** Edge relay, from the uplink: no station that the frame is for is in its VLAN. */
    ER_UPLINK_VLAN(Disposition.DROPPED, EMULATOR, "82576 VLVF pool filter"),
    /** VEPA, from the uplink: the receiving driver drops group frames from its own primary address. */
    VEPA_DRIVER_PRUNING(Disposition.DELIVERED, CODE, "ixgbevf_clean_rx_irq"),
    /** A policy drops the frame. */
    POLICY_DROP(Disposition.DROPPED, DOCUMENT, "the experiment's policy"),
    /** A policy's rate is used up. */
    POLICY_RATE(Disposition.DROPPED, DOCUMENT, "the experiment's policy; token bucket as RFC 2697 has it"),
    /** A policy sends the frame elsewhere than the relay would have. */
    POLICY_REDIRECT(Disposition.FORWARDED, DOCUMENT, "the experiment's policy"),

    /** Bridge: the port of arrival is switched off or its wire is down. */
    BR_PORT_DOWN(Disposition.DROPPED, KERNEL, "Linux bridge, state disabled, measured"),
    /** Bridge: the state of the port of arrival lets nothing pass. */
    BR_PORT_STATE(Disposition.DROPPED, KERNEL, "802.1Q-2022 8.4; Linux BRIDGE_INGRESS_STP_STATE, measured"),
    /** Bridge: untagged, and the port of arrival has no PVID. */
    BR_NO_PVID(Disposition.DROPPED, KERNEL, "802.1Q-2022 6.9; Linux bridge, measured"),
    /** Bridge: the port of arrival is no member of the frame's VLAN. */
    BR_INGRESS_VLAN(Disposition.DROPPED, KERNEL, "802.1Q-2022 8.6.2; Linux bridge, measured"),
    /** Bridge: the port of arrival is locked and the source not authorised behind it. */
    BR_LOCKED(Disposition.DROPPED, KERNEL, "Linux bridge port locked, measured"),
    /** Bridge: the destination is known behind a port by which the frame may not leave. */
    BR_EGRESS_FILTERED(Disposition.DROPPED, KERNEL, "Linux bridge should_deliver, measured: no flooding instead"),
    /** Bridge: there is no port left to flood to. */
    BR_NOWHERE(Disposition.DROPPED, KERNEL, "Linux bridge should_deliver and flood flags, measured"),
    /** Bridge: multicast to the ports that the multicast database names. */
    BR_SNOOPED_MULTICAST(
            Disposition.FORWARDED, KERNEL, "802.1Q-2022 8.8.4 group entries; RFC 4541; Linux bridge mdb, measured"),
    /** Bridge: reserved group address that this component relays. */
    BR_RESERVED_RELAYED(Disposition.FLOODED, KERNEL, "802.1Q-2022 tables 8-1 to 8-3; Linux group_fwd_mask, measured"),
    /** Bridge: an address of the bridge itself. */
    BR_OWN_ADDRESS(Disposition.DROPPED, KERNEL, "Linux bridge local entry, measured"),
    /** Bridge: beyond the rate of storm control. */
    BR_STORM(Disposition.DROPPED, ASSUMED, "vendors' storm control; token bucket"),

    /** A function's transmit ring was full: the frame does not come to the edge relay. */
    NIC_TX_RING(Disposition.DROPPED, INFERRED, "a ring with a bound; that the guest sends none the slower is assumed"),
    /** Edge relay, from a station whose function is in trouble. */
    ER_TROUBLE(Disposition.DROPPED, DOCUMENT, "82599 FLR disables the queues; X3100 tx_vp_reset_discarded_frms"),
    /** A function's frame is to be segmented by an MSS that a descriptor of the device cannot hold. */
    NIC_ILLEGAL_MSS(Disposition.DROPPED, CODE, "X3100 transmit code 3, invalid MSS; its field has 14 bits"),

    /** Where the wires of an active-backup bond end: it came by one that is not active. */
    BOND_BACKUP(Disposition.DROPPED, CODE, "Linux bonding, bond_should_deliver_exact_match");

    private final Disposition disposition;
    private final Evidence evidence;
    private final String source;

    Rule(Disposition disposition, Evidence evidence, String source) {
        this.disposition = disposition;
        this.evidence = evidence;
        this.source = source;
    }

    /** What becomes of a frame under this rule when it leaves by any port at all. */
    public Disposition disposition() {
        return disposition;
    }

    /** Whether it takes back a copy that a relay has made, as a full queue does; all others are rules of relays and rings. */
    public boolean takesBack() {
        return this == TAIL_DROP || this == BOND_BACKUP;
    }

    /** How well the rule is founded. */
    public Evidence evidence() {
        return evidence;
    }

    /** Clause, driver or measurement that the rule comes from. */
    public String source() {
        return source;
    }
}
