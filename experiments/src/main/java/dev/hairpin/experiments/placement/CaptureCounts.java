package dev.hairpin.experiments.placement;

/**
 * How many frames of what kind take part in a run, and how many do not.
 *
 * @param frames that take part; all else here but the last two is counted among them
 * @param octets of these on the wire, without FCS
 * @param unicast frames to a station
 * @param broadcast frames to everyone
 * @param multicast frames to any other group
 * @param tagged frames with a VLAN tag
 * @param duplicates frames whose octets were captured within the millisecond before
 * @param aboveMtu frames of more than 1514 octets, and four for each tag
 * @param longest octets of the longest frame
 * @param unpadded frames of less than 60 octets
 * @param cut frames of which the capture holds less than was on the wire
 * @param headerCut frames of which it does not even hold the Ethernet header
 * @param noStation frames whose source is a group, zero or cut off
 * @param untimed frames without a time, which have that of the frame before
 * @param filtered frames that the filter left out
 * @param notEntering frames left out because they are marked outbound or their interface is no station's port
 */
public record CaptureCounts(
        long frames,
        long octets,
        long unicast,
        long broadcast,
        long multicast,
        long tagged,
        long duplicates,
        long aboveMtu,
        int longest,
        long unpadded,
        long cut,
        long headerCut,
        long noStation,
        long untimed,
        long filtered,
        long notEntering) {}
