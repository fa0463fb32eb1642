package dev.hairpin.model.decision;

import static dev.hairpin.model.decision.Evidence.CODE;
import static dev.hairpin.model.decision.Evidence.DOCUMENT;
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
    TAIL_DROP(Disposition.DROPPED, INFERRED, "first in first out with a bound");

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

    /** How well the rule is founded. */
    public Evidence evidence() {
        return evidence;
    }

    /** Clause, driver or measurement that the rule comes from. */
    public String source() {
        return source;
    }
}
