package dev.hairpin.model.offload;

import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;

/**
 * Where in a captured frame the headers of IP and of TCP or UDP are, behind whatever tags. Reads one frame after the other and
 * makes no object for any. Places are octets from the frame's first. For one thread.
 */
final class PacketLayers {
    static final int TCP = 6;
    static final int UDP = 17;

    /** In place of a place: there is none, or it is not captured. */
    static final int NOWHERE = -1;

    private static final int TYPE = 12;
    private static final int TAG_OCTETS = 4;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int UDP_HEADER = 8;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION = 60;

    /** More Fragments and the fragment's offset. */
    private static final int FRAGMENT = 0x3FFF;

    private int network;
    private boolean v6;
    private int protocol;
    private int transport;
    private int payload;

    /** Told length of the packet from its own first octet; 0 where the packet does not tell it. */
    private int told;

    /** Reads a frame; false when it holds no IP packet whose header is captured. */
    boolean read(Slab slab, long offset, int captured) {
        transport = NOWHERE;
        payload = NOWHERE;
        int type = TYPE;
        while (type + TAG_OCTETS <= captured && VlanTag.isTpid(slab.u16(offset + type))) {
            type += TAG_OCTETS;
        }
        network = type + 2;
        if (network + IPV4_HEADER > captured) {
            return false;
        }
        int etherType = slab.u16(offset + type);
        if (etherType == IPV4) {
            return ipv4(slab, offset, captured);
        }
        return etherType == IPV6 && network + IPV6_HEADER <= captured && ipv6(slab, offset, captured);
    }

    private boolean ipv4(Slab slab, long offset, int captured) {
        v6 = false;
        long ip = offset + network;
        int first = slab.octet(ip);
        int header = 4 * (first & 0xF);
        if (first >>> 4 != 4 || header < IPV4_HEADER || network + header > captured) {
            return false;
        }
        protocol = slab.octet(ip + 9);
        told = slab.u16(ip + 2);
        if ((slab.u16(ip + 6) & FRAGMENT) == 0) {
            transport(slab, offset, captured, network + header);
        }
        return true;
    }

    private boolean ipv6(Slab slab, long offset, int captured) {
        v6 = true;
        long ip = offset + network;
        if (slab.octet(ip) >>> 4 != 6) {
            return false;
        }
        int follows = slab.u16(ip + 4);
        told = follows == 0 ? 0 : IPV6_HEADER + follows;
        protocol = slab.octet(ip + 6);
        int at = network + IPV6_HEADER;
        while (protocol == HOP_BY_HOP || protocol == ROUTING || protocol == DESTINATION) {
            if (at + 8 > captured) {
                return true;
            }
            protocol = slab.octet(offset + at);
            at += 8 * (1 + slab.octet(offset + at + 1));
        }
        transport(slab, offset, captured, at);
        return true;
    }

    private void transport(Slab slab, long offset, int captured, int at) {
        if (protocol == UDP && at + UDP_HEADER <= captured) {
            transport = at;
            payload = at + UDP_HEADER;
        } else if (protocol == TCP && at + TCP_HEADER <= captured) {
            int header = 4 * (slab.octet(offset + at + 12) >>> 4);
            if (header >= TCP_HEADER && at + header <= captured) {
                transport = at;
                payload = at + header;
            }
        }
    }

    /** Where the IP header begins. */
    int network() {
        return network;
    }

    /** Whether it is IPv6. */
    boolean isV6() {
        return v6;
    }

    /** Octets of the IPv4 header with its options. */
    int ipv4Header(Slab slab, long offset) {
        return 4 * (slab.octet(offset + network) & 0xF);
    }

    /** The protocol behind IP and its extension headers. */
    int protocol() {
        return protocol;
    }

    /** Where the header of TCP or UDP begins; {@link #NOWHERE} for others, fragments, and what is not captured whole. */
    int transport() {
        return transport;
    }

    /** Where the payload of TCP or UDP begins, likewise. */
    int payload() {
        return payload;
    }

    /**
     * Where the packet ends in a frame of {@code length} octets. A packet that does not tell its length goes to the frame's end:
     * stacks leave the field zero where the NIC fills it in. {@link #NOWHERE} when it tells more than there is.
     */
    int end(int length) {
        if (told == 0) {
            return length;
        }
        return network + told <= length ? network + told : NOWHERE;
    }
}
