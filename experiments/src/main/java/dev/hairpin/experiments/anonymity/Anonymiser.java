package dev.hairpin.experiments.anonymity;

import dev.hairpin.model.frame.VlanTag;

/**
 * Maps the addresses in a frame: of Ethernet, ARP, IPv4, IPv6, neighbour discovery, IGMP, MLD, and of the packets that ICMP
 * errors bring back. Checksums are mended by the difference, so that right ones stay right and wrong ones wrong. Payloads
 * stay as they are, addresses in them too: of what a frame is worth for bridging, the first 64 octets are enough. For one
 * thread.
 */
public final class Anonymiser {
    private static final int MAC = 6;
    private static final int TAG = 4;
    private static final int IPV4 = 0x0800;
    private static final int ARP = 0x0806;
    private static final int RARP = 0x8035;
    private static final int IPV6 = 0x86DD;
    private static final int ARP_ADDRESSES = 8;

    private final Addresses addresses;

    /** @param seed two captures mapped under one seed have the same addresses for the same stations */
    public Anonymiser(String seed) {
        addresses = new Addresses(seed);
    }

    /** Changes {@code frame} in place. What was not captured of it is left out. */
    public void anonymise(byte[] frame) {
        Octets octets = new Octets(frame, addresses);
        octets.mac(0);
        octets.mac(MAC);
        int at = 2 * MAC;
        while (octets.has(at, 2) && VlanTag.isTpid(octets.u16(at))) {
            at += TAG;
        }
        if (!octets.has(at, 2)) {
            return;
        }
        int body = at + 2;
        switch (octets.u16(at)) {
            case ARP, RARP -> arp(octets, body);
            case IPV4 -> new Packets(octets).ipv4(body, frame.length);
            case IPV6 -> new Packets(octets).ipv6(body, frame.length);
            default -> {}
        }
    }

    private static void arp(Octets octets, int at) {
        boolean ofIpv4OverEthernet = octets.has(at, ARP_ADDRESSES)
                && octets.u16(at + 2) == IPV4
                && octets.u8(at + 4) == MAC
                && octets.u8(at + 5) == 4;
        if (ofIpv4OverEthernet) {
            int first = at + ARP_ADDRESSES;
            octets.mac(first);
            octets.ipv4(first + MAC);
            octets.mac(first + MAC + 4);
            octets.ipv4(first + 2 * MAC + 4);
        }
    }
}
