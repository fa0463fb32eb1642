package dev.hairpin.experiments.placement;

import java.util.List;

/**
 * A station that was heard in a capture.
 *
 * @param address its MAC address, see {@link dev.hairpin.model.frame.Mac}
 * @param frames it sent
 * @param octets it sent, as on the wire without FCS
 * @param looks what it looks like
 * @param evidence why it does not look like a host; empty when it does
 * @param ipv4 source addresses of its IPv4 packets, the first 16
 * @param ipv6 source addresses of its IPv6 packets, the first 16
 * @param moreAddresses whether there were more of either
 * @param groups Ethernet groups that it listens to, ascending: those it reported by IGMP or MLD, which once joined it
 *     keeps for the whole run, and those on which its IPv6 addresses are asked for
 * @param moreGroups whether there were more than are kept
 * @param tags outermost VLAN tags of its frames, see {@link dev.hairpin.model.frame.VlanTag}, without priority; zero
 *     stands for untagged frames
 */
public record Station(
        long address,
        long frames,
        long octets,
        Looks looks,
        List<String> evidence,
        List<String> ipv4,
        List<String> ipv6,
        boolean moreAddresses,
        List<Long> groups,
        boolean moreGroups,
        List<Integer> tags) {}
