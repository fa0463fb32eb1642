package dev.hairpin.experiments.anonymity;

/** IP packets in a frame, and what they carry that has addresses. Methods return by how much the sum of words has changed. */
final class Packets {
    private static final int ICMP = 1;
    private static final int IGMP = 2;
    private static final int TCP = 6;
    private static final int UDP = 17;
    private static final int HOP_BY_HOP = 0;
    private static final int ROUTING = 43;
    private static final int FRAGMENT = 44;
    private static final int AUTHENTICATION = 51;
    private static final int ICMP6 = 58;
    private static final int OPTIONS = 60;
    private static final int IPV6_HEADER = 40;
    private static final int ICMP_HEADER = 8;
    private static final int FRAGMENT_OFFSET = 0x1FFF;
    private static final int MOST_HEADERS = 16;

    private final Octets octets;

    Packets(Octets octets) {
        this.octets = octets;
    }

    /** @param limit where what belongs to it ends at the latest, as in a packet that an error brings back */
    long ipv4(int at, int limit) {
        if (!octets.has(at, 1) || octets.u8(at) >>> 4 != 4) {
            return 0;
        }
        long pseudo = octets.ipv4(at + 12) + octets.ipv4(at + 16);
        long all = pseudo + octets.mend(at + 10, pseudo);
        int header = (octets.u8(at) & 0xF) * 4;
        boolean first = octets.has(at + 6, 2) && (octets.u16(at + 6) & FRAGMENT_OFFSET) == 0;
        if (!first || !octets.has(at + 9, 1)) {
            return all;
        }
        int body = at + header;
        return all
                + switch (octets.u8(at + 9)) {
                    case TCP -> mend(body + 16, limit, pseudo);
                    case UDP -> mendUdp(body + 6, limit, pseudo);
                    case ICMP -> icmp(body, Math.min(limit, at + total(at)));
                    case IGMP -> igmp(body, Math.min(limit, at + total(at)));
                    default -> 0;
                };
    }

    private long mend(int at, int limit, long change) {
        return at + 2 <= limit ? octets.mend(at, change) : 0;
    }

    private long mendUdp(int at, int limit, long change) {
        return at + 2 <= limit ? octets.mendUdp(at, change) : 0;
    }

    private int total(int at) {
        return octets.has(at + 2, 2) ? octets.u16(at + 2) : 0;
    }

    private long icmp(int at, int end) {
        if (!octets.has(at, 1)) {
            return 0;
        }
        long change = switch (octets.u8(at)) {
            case 3, 4, 11, 12 -> ipv4(at + ICMP_HEADER, end);
            case 5 -> octets.ipv4(at + 4) + ipv4(at + ICMP_HEADER, end);
            default -> 0;
        };
        return change + octets.mend(at + 2, change);
    }

    /** Sources of IGMPv3; groups stay. */
    private long igmp(int at, int end) {
        if (!octets.has(at, 12)) {
            return 0;
        }
        long change = 0;
        int type = octets.u8(at);
        if (type == 0x11 && end - at >= 12) {
            change += ipv4s(at + 12, octets.u16(at + 10), end);
        } else if (type == 0x22) {
            int record = at + 8;
            for (int left = octets.u16(at + 6); left > 0 && record + 8 <= end && octets.has(record, 8); left--) {
                int sources = octets.u16(record + 2);
                change += ipv4s(record + 8, sources, end);
                record += 8 + 4 * sources + 4 * octets.u8(record + 1);
            }
        }
        return change + octets.mend(at + 2, change);
    }

    private long ipv4s(int at, int count, int end) {
        long change = 0;
        for (int source = at; source < at + 4 * count && source + 4 <= end; source += 4) {
            change += octets.ipv4(source);
        }
        return change;
    }

    /** @param limit likewise */
    long ipv6(int at, int limit) {
        if (!octets.has(at, 1) || octets.u8(at) >>> 4 != 6) {
            return 0;
        }
        long pseudo = octets.ipv6(at + 8) + octets.ipv6(at + 24);
        int body = at + IPV6_HEADER;
        int end = octets.has(at + 4, 2) ? body + octets.u16(at + 4) : body;
        int next = octets.has(at + 6, 1) ? octets.u8(at + 6) : -1;
        for (int header = 0; header < MOST_HEADERS && octets.has(body, 8); header++) {
            if (next == FRAGMENT && octets.u16(body + 2) >>> 3 != 0) {
                return pseudo;
            }
            int length = switch (next) {
                case HOP_BY_HOP, ROUTING, OPTIONS -> 8 + 8 * octets.u8(body + 1);
                case FRAGMENT -> 8;
                case AUTHENTICATION -> 8 + 4 * octets.u8(body + 1);
                default -> 0;
            };
            if (length == 0) {
                break;
            }
            next = octets.u8(body);
            body += length;
        }
        return pseudo
                + switch (next) {
                    case TCP -> mend(body + 16, limit, pseudo);
                    case UDP -> mendUdp(body + 6, limit, pseudo);
                    case ICMP6 -> icmp6(body, Math.min(limit, end), pseudo);
                    default -> 0;
                };
    }

    private long icmp6(int at, int end, long pseudo) {
        if (!octets.has(at, 1)) {
            return 0;
        }
        long change = switch (octets.u8(at)) {
            case 1, 2, 3, 4 -> ipv6(at + ICMP_HEADER, end);
            case 130, 131, 132 -> octets.ipv6(at + 8) + sources(at, end);
            case 133 -> options(at + 8, end);
            case 134 -> options(at + 16, end);
            case 135, 136 -> octets.ipv6(at + 8) + options(at + 24, end);
            case 137 -> octets.ipv6(at + 8) + octets.ipv6(at + 24) + options(at + 40, end);
            case 143 -> reports(at, end);
            default -> 0;
        };
        return change + octets.mend(at + 2, pseudo + change);
    }

    /** Of neighbour discovery, RFC 4861 4.6 and RFC 8106. */
    private long options(int from, int end) {
        long change = 0;
        int at = from;
        while (octets.has(at, 2) && at + 2 <= end && octets.u8(at + 1) > 0) {
            int length = 8 * octets.u8(at + 1);
            switch (octets.u8(at)) {
                case 1, 2 -> change += octets.mac(at + 2);
                case 3 -> change += octets.ipv6(at + 16);
                case 4 -> change += ipv6(at + 8, at + length);
                case 25 -> {
                    for (int server = at + 8; server + 16 <= at + length; server += 16) {
                        change += octets.ipv6(server);
                    }
                }
                default -> {}
            }
            at += length;
        }
        return change;
    }

    /** Of a query of MLDv2. */
    private long sources(int at, int end) {
        return octets.u8(at) == 130 && end - at >= 28 && octets.has(at, 28)
                ? ipv6s(at + 28, octets.u16(at + 26), end)
                : 0;
    }

    private long reports(int at, int end) {
        long change = 0;
        int record = at + 8;
        int left = octets.has(at, 8) ? octets.u16(at + 6) : 0;
        for (; left > 0 && record + 20 <= end && octets.has(record, 20); left--) {
            int sources = octets.u16(record + 2);
            change += octets.ipv6(record + 4) + ipv6s(record + 20, sources, end);
            record += 20 + 16 * sources + 4 * octets.u8(record + 1);
        }
        return change;
    }

    private long ipv6s(int at, int count, int end) {
        long change = 0;
        for (int source = at; source < at + 16 * count && source + 16 <= end; source += 16) {
            change += octets.ipv6(source);
        }
        return change;
    }
}
