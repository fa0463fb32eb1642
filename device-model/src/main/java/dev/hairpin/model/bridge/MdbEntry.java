package dev.hairpin.model.bridge;

import dev.hairpin.model.frame.Mac;

/**
 * A port that listens to a group because somebody said so. It has its effect while the bridge snoops: on IP as what was
 * heard has, with a querier somewhere, on all else with or without.
 *
 * @param group address, see {@link Mac}
 * @param vid VLAN, 1 to 4094, or 0 for frames of none: one means nothing while the bridge filters VLANs, the other nothing
 *     while it does not
 * @param port by number
 */
public record MdbEntry(long group, int vid, int port) {
    public MdbEntry {
        if (!Mac.isGroup(group) || group >>> 48 != 0 || group == Mac.BROADCAST) {
            throw new IllegalArgumentException("found " + Mac.format(group) + ", expected a multicast address");
        }
        if (vid < 0 || vid > BridgePort.LAST_VID) {
            throw new IllegalArgumentException("found VLAN " + vid + ", expected 1 to 4094, or 0 for none");
        }
    }
}
