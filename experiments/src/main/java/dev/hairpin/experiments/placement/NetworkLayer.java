package dev.hairpin.experiments.placement;

/**
 * What ARP, IPv4 and IPv6 in a frame say of the station that sent it: addresses it sends from and claims, groups it
 * reports (IGMP, RFC 1112, 2236 and 3376; MLD, RFC 2710 and 3810), and what only routers send.
 */
final class NetworkLayer {
    private static final int ARP = 0x0806;
    private static final int IPV4 = 0x0800;
    private static final int IPV6 = 0x86DD;

    private static final int IGMP = 2;
    private static final int UDP = 17;
    private static final int ICMPV6 = 58;
    private static final int EIGRP = 88;
    private static final int OSPF = 89;
    private static final int PIM = 103;
    private static final int VRRP = 112;

    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int DESTINATION_OPTIONS = 60;
    private static final int MOST_EXTENSIONS = 4;

    /** A report has room for no more records than this in any frame. */
    private static final int MOST_RECORDS = 1 << 12;

    private final OnLink onLink;

    NetworkLayer(OnLink onLink) {
        this.onLink = onLink;
    }

    void read(FrameHeaders frame, StationTally sender) {
        switch (frame.etherType()) {
            case IPV4 -> ipv4(frame, sender);
            case IPV6 -> ipv6(frame, sender);
            case ARP -> arp(frame, sender);
            default -> {
                // Nothing of the network's.
            }
        }
    }

    private void arp(FrameHeaders frame, StationTally sender) {
        int at = frame.payload();
        // Ethernet, IPv4, six and four octets.
        if (frame.i64(at) >>> 16 != 0x0001_0800_0604L || frame.remaining(at) < 28) {
            return;
        }
        long hardware = frame.i64(at + 8) >>> 16;
        long address = frame.u32(at + 14);
        if (hardware == sender.address && Ip.isRoutable4(address)) {
            sender.claimed4.add(0, address);
            onLink.claimed4(address);
        }
    }

    private static void ipv4(FrameHeaders frame, StationTally sender) {
        int at = frame.payload();
        int first = frame.octet(at);
        long source = frame.u32(at + 12);
        int header = 4 * (first & 0xF);
        if (first >>> 4 != 4 || header < 20 || source < 0) {
            return;
        }
        if (source != 0) {
            sender.sources4.add(0, source);
        }
        boolean firstFragment = (frame.u16(at + 6) & 0x1FFF) == 0;
        int body = at + header;
        switch (frame.octet(at + 9)) {
            case IGMP -> {
                if (firstFragment) {
                    igmp(frame, body, sender);
                }
            }
            case UDP -> {
                if (firstFragment) {
                    udp(frame, body, frame.u32(at + 16) >>> 28 == 0xE, sender);
                }
            }
            default -> routing(frame.octet(at + 9), sender);
        }
    }

    private static void routing(int protocol, StationTally sender) {
        switch (protocol) {
            case EIGRP -> sender.mark(Mark.EIGRP);
            case OSPF -> sender.mark(Mark.OSPF);
            case PIM -> sender.mark(Mark.PIM);
            case VRRP -> sender.mark(Mark.VRRP);
            default -> {
                // Not among routers.
            }
        }
    }

    private static void udp(FrameHeaders frame, int at, boolean toGroup, StationTally sender) {
        if (!toGroup) {
            return;
        }
        switch (frame.u16(at + 2)) {
            case 1985, 2029 -> sender.mark(Mark.HSRP);
            case 3222 -> sender.mark(Mark.GLBP);
            default -> {
                // Of anyone.
            }
        }
    }

    private static void igmp(FrameHeaders frame, int at, StationTally sender) {
        switch (frame.octet(at)) {
            case 0x11 -> sender.mark(Mark.IGMP_QUERY);
            case 0x12, 0x16 -> join4(frame.u32(at + 4), sender);
            case 0x22 -> {
                int records = Math.min(frame.u16(at + 6), MOST_RECORDS);
                int record = at + 8;
                for (int i = 0; i < records && frame.remaining(record) >= 8; i++) {
                    int sources = frame.u16(record + 2);
                    if (joins(frame.octet(record), sources)) {
                        join4(frame.u32(record + 4), sender);
                    }
                    record += 8 + 4 * (sources + frame.octet(record + 1));
                }
            }
            default -> {
                // A leave takes nothing back: what was joined is listened to in the whole run.
            }
        }
    }

    private static void join4(long group, StationTally sender) {
        if (group >>> 28 == 0xE) {
            sender.joins(Ip.group4(group));
        }
    }

    /** Whether a record of IGMPv3 or MLDv2 asks for traffic: a filter that includes nobody is a leave. */
    private static boolean joins(int type, int sources) {
        return switch (type) {
            case 1, 3, 5 -> sources > 0;
            case 2, 4 -> true;
            default -> false;
        };
    }

    private static void ipv6(FrameHeaders frame, StationTally sender) {
        int at = frame.payload();
        if (frame.octet(at) >>> 4 != 6 || frame.remaining(at) < 40) {
            return;
        }
        long high = frame.i64(at + 8);
        long low = frame.i64(at + 16);
        if (Ip.isStation6(high, low)) {
            sender.sends6From(high, low);
        }
        boolean toGroup = frame.octet(at + 24) == 0xFF;
        int next = frame.octet(at + 6);
        int body = at + 40;
        for (int i = 0; i < MOST_EXTENSIONS && isExtension(next); i++) {
            next = frame.octet(body);
            body += 8 + 8 * Math.max(0, frame.octet(body + 1));
        }
        switch (next) {
            case ICMPV6 -> icmpv6(frame, body, high, low, sender);
            case UDP -> udp(frame, body, toGroup, sender);
            default -> routing(next, sender);
        }
    }

    private static boolean isExtension(int next) {
        return next == HOP_BY_HOP || next == ROUTING || next == DESTINATION_OPTIONS;
    }

    private static void icmpv6(FrameHeaders frame, int at, long high, long low, StationTally sender) {
        switch (frame.octet(at)) {
            case 130 -> sender.mark(Mark.MLD_QUERY);
            case 131 -> join6(frame, at + 8, sender);
            case 134 -> sender.mark(Mark.ADVERTISEMENT);
            case 135 -> sender.claimed6.add(high, low);
            case 136 -> {
                if (frame.remaining(at) >= 24) {
                    sender.claimed6.add(frame.i64(at + 8), frame.i64(at + 16));
                }
            }
            case 143 -> {
                int records = Math.min(frame.u16(at + 6), MOST_RECORDS);
                int record = at + 8;
                for (int i = 0; i < records && frame.remaining(record) >= 20; i++) {
                    int sources = frame.u16(record + 2);
                    if (joins(frame.octet(record), sources)) {
                        join6(frame, record + 4, sender);
                    }
                    record += 20 + 16 * sources + 4 * frame.octet(record + 1);
                }
            }
            default -> {
                // Nothing of groups or neighbours.
            }
        }
    }

    private static void join6(FrameHeaders frame, int at, StationTally sender) {
        if (frame.octet(at) == 0xFF && frame.remaining(at) >= 16) {
            sender.joins(Ip.group6(frame.i64(at + 8)));
        }
    }
}
