package dev.hairpin.model.bridge;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;

/**
 * Listens to IGMP (RFC 1112, 2236, 3376) and MLD (RFC 2710, 3810) as Linux's br_multicast does, and says of each group frame
 * whether it may be pruned. Reads nothing beyond what the capture holds of a frame: what is cut or malformed says nothing and
 * is flooded. Checksums are not looked at, for captures hold those that hardware had yet to fill in.
 */
final class Snooper {
    /** Not IP. */
    static final int OTHER = 0;

    /** Flooded whoever listens: 224.0.0.x by its IP address, ff02::1, queries, leaves, and reports of IGMPv3 and MLDv2. */
    static final int NEVER_PRUNED = 1;

    /** To those who listen. */
    static final int IPV4 = 2;

    static final int IPV6 = 3;

    /** A report of IGMPv1 or v2, or of MLDv1: to routers. */
    static final int REPORT4 = 4;

    static final int REPORT6 = 5;

    private static final int ETHERTYPE_IPV4 = 0x0800;
    private static final int ETHERTYPE_IPV6 = 0x86DD;
    private static final int ALL_HOSTS = 0xE000_0001;
    private static final long LINK_ALL_NODES = 0xFF02_0000_0000_0000L;
    private static final int IPV6_HEADER = 40;
    private static final long TENTH = 100_000_000L;
    private static final long MILLI = 1_000_000L;

    private final MulticastDatabase database;
    private BridgeSettings settings;

    // The frame at hand.
    private Slab slab = Slab.NONE;
    private long at;
    private int present;
    private long vlan;
    private int port;
    private long now;

    Snooper(MulticastDatabase database, BridgeSettings settings) {
        this.database = database;
        this.settings = settings;
    }

    /** What holds from now on. */
    void configure(BridgeSettings set) {
        settings = set;
    }

    /**
     * Takes in what a group frame says and returns what it is.
     *
     * @param vlan a key of address 0 in the frame's filtering identifier
     * @param payload whether its tag is of another protocol than the bridge's, so that no IP is seen behind it
     */
    int listen(Burst burst, int row, long vlan, boolean payload) {
        int etherType = burst.etherType(row);
        if (payload || (etherType != ETHERTYPE_IPV4 && etherType != ETHERTYPE_IPV6)) {
            return OTHER;
        }
        this.slab = burst.slab();
        this.vlan = vlan;
        this.port = burst.port(row);
        this.now = burst.time(row);
        int header = header(burst, row);
        this.at = burst.offset(row) + header;
        this.present = burst.captured(row) - header;
        return etherType == ETHERTYPE_IPV4 ? four(burst.destination(row)) : six(burst.destination(row));
    }

    /** Octets before the network layer, behind all tags that the frame was captured with. */
    private static int header(Burst burst, int row) {
        int type = 12;
        while (type + 6 <= burst.captured(row) && VlanTag.isTpid(burst.slab().u16(burst.offset(row) + type))) {
            type += 4;
        }
        return type + 2;
    }

    private int four(long destination) {
        if (present < 20 || slab.octet(at) >>> 4 != 4) {
            return (destination & ~0xFFL) == 0x0100_5E00_0000L ? NEVER_PRUNED : IPV4;
        }
        int to = slab.i32(at + 16);
        int ihl = 4 * (slab.octet(at) & 0xF);
        boolean fragment = (slab.u16(at + 6) & 0x1FFF) != 0;
        int other = isLocal(to) ? NEVER_PRUNED : IPV4;
        if (slab.octet(at + 9) != 2 || fragment) {
            return other;
        }
        int octets = Math.min(slab.u16(at + 2), present) - ihl;
        if (ihl < 20 || octets < 8 || slab.u16(at + 2) > present) {
            return NEVER_PRUNED;
        }
        long message = at + ihl;
        int group = slab.i32(message + 4);
        return switch (slab.octet(message)) {
            case 0x11 -> {
                query4(message, octets, to, group);
                yield NEVER_PRUNED;
            }
            case 0x12, 0x16 -> {
                join4(group);
                yield REPORT4;
            }
            case 0x17 -> {
                leave4(group);
                yield NEVER_PRUNED;
            }
            case 0x22 -> {
                reports4(message, octets);
                yield NEVER_PRUNED;
            }
            default -> other;
        };
    }

    /** 224.0.0.x. */
    private static boolean isLocal(int address) {
        return address >>> 8 == 0xE00000;
    }

    private long key4(int group) {
        return vlan | 0x0100_5E00_0000L | (group & 0x7F_FFFF);
    }

    private void join4(int group) {
        if (group >>> 28 == 0xE && !isLocal(group)) {
            join(key4(group));
        }
    }

    private void leave4(int group) {
        if (group >>> 28 == 0xE && !isLocal(group)) {
            leave(key4(group), false);
        }
    }

    private void query4(long message, int octets, int to, int group) {
        int code = slab.octet(message + 1);
        long delay;
        if (octets < 12) {
            // A code of 0 is IGMPv1, which knows no queries for one group.
            delay = code == 0 ? 100 * TENTH : code * TENTH;
        } else {
            if (slab.u16(message + 10) != 0) {
                return;
            }
            delay = Math.max(1, code < 0x80 ? code : ((code & 0xF) | 0x10) << (((code >>> 4) & 7) + 3)) * TENTH;
        }
        if (group == 0 || (octets < 12 && code == 0)) {
            if (to == ALL_HOSTS) {
                queried(false, delay, slab.i32(at + 12) != 0);
            }
        } else {
            asked(key4(group), delay);
        }
    }

    /** IGMPv3: records of {type, length of auxiliary data, sources, group}. */
    private void reports4(long message, int octets) {
        int records = slab.u16(message + 6);
        int next = 8;
        for (int record = 0; record < records && next + 8 <= octets; record++) {
            int type = slab.octet(message + next);
            int sources = slab.u16(message + next + 2);
            int group = slab.i32(message + next + 4);
            next += 8 + 4 * sources + 4 * slab.octet(message + next + 1);
            if (next > octets || type < 1 || type > 6) {
                continue;
            }
            if (leaves(type, sources)) {
                leave4(group);
            } else {
                join4(group);
            }
        }
    }

    /** To include no source is to leave; all else is to join (Linux, as long as it speaks IGMPv2). */
    private static boolean leaves(int type, int sources) {
        return sources == 0 && (type == 1 || type == 3);
    }

    private int six(long destination) {
        if (present < IPV6_HEADER || slab.octet(at) >>> 4 != 6) {
            return destination == 0x3333_0000_0001L ? NEVER_PRUNED : IPV6;
        }
        boolean allNodes = isAllNodes(at + 24);
        int other = allNodes ? NEVER_PRUNED : IPV6;
        // MLD stands behind a hop-by-hop header with the router alert.
        if (slab.octet(at + 6) != 0 || present < IPV6_HEADER + 8 || slab.octet(at + IPV6_HEADER) != 58) {
            return other;
        }
        int before = IPV6_HEADER + 8 * (slab.octet(at + IPV6_HEADER + 1) + 1);
        int octets = Math.min(IPV6_HEADER + slab.u16(at + 4), present) - before;
        if (octets < 8 || IPV6_HEADER + slab.u16(at + 4) > present) {
            return NEVER_PRUNED;
        }
        long message = at + before;
        int type = slab.octet(message);
        if (type == 143) {
            reports6(message, octets);
            return NEVER_PRUNED;
        }
        if (type < 130 || type > 132) {
            return other;
        }
        if (octets < 24) {
            return NEVER_PRUNED;
        }
        if (type == 130) {
            query6(message, octets, allNodes);
            return NEVER_PRUNED;
        }
        if (type == 131) {
            join6(message + 8);
            return REPORT6;
        }
        leave6(message + 8);
        return NEVER_PRUNED;
    }

    private boolean isAllNodes(long address) {
        return slab.i64(address) == LINK_ALL_NODES && slab.i64(address + 8) == 1;
    }

    private boolean joinable(long address) {
        return slab.octet(address) == 0xFF && !isAllNodes(address);
    }

    private long key6(long address) {
        return vlan | 0x3333_0000_0000L | (slab.i32(address + 12) & 0xFFFF_FFFFL);
    }

    private void join6(long group) {
        if (joinable(group)) {
            join(key6(group));
        }
    }

    private void leave6(long group) {
        if (joinable(group)) {
            leave(key6(group), true);
        }
    }

    private void query6(long message, int octets, boolean allNodes) {
        boolean linkLocal = (slab.u16(at + 8) & 0xFFC0) == 0xFE80;
        if (!linkLocal) {
            return;
        }
        int code = slab.u16(message + 4);
        if (octets >= 28 && slab.u16(message + 26) != 0) {
            return;
        }
        boolean second = octets >= 28 && code >= 0x8000;
        long delay = MILLI * (second ? (long) ((code & 0xFFF) | 0x1000) << (((code >>> 12) & 7) + 3) : code);
        if (slab.i64(message + 8) == 0 && slab.i64(message + 16) == 0) {
            if (allNodes) {
                queried(true, delay, true);
            }
        } else if (joinable(message + 8)) {
            asked(key6(message + 8), delay);
        }
    }

    /** MLDv2: records of {type, length of auxiliary data, sources, group}. */
    private void reports6(long message, int octets) {
        int records = slab.u16(message + 6);
        int next = 8;
        for (int record = 0; record < records && next + 20 <= octets; record++) {
            int type = slab.octet(message + next);
            int sources = slab.u16(message + next + 2);
            long group = message + next + 4;
            next += 20 + 16 * sources + 4 * slab.octet(message + next + 1);
            if (next > octets || type < 1 || type > 6) {
                continue;
            }
            if (leaves(type, sources)) {
                leave6(group);
            } else {
                join6(group);
            }
        }
    }

    private void join(long key) {
        database.set(key, port, now + settings.snooping().membership());
    }

    private void leave(long key, boolean six) {
        long until = database.until(key, port);
        if (until <= now) {
            return;
        }
        if (settings.ports().get(port).leavesFast()) {
            database.set(key, port, now);
        } else if (database.until(MulticastDatabase.bridge(six), MulticastDatabase.QUERIER) <= now) {
            Snooping times = settings.snooping();
            database.set(key, port, Math.min(until, now + times.lastMemberCount() * times.lastMember()));
        }
        // Otherwise that querier asks for the rest of them.
    }

    /** A general query: there is a querier, and a router unless the query names no source (RFC 4541 2.1.1). */
    private void queried(boolean six, long delay, boolean router) {
        long key = MulticastDatabase.bridge(six);
        if (database.until(key, MulticastDatabase.QUERIER) <= now) {
            database.set(key, MulticastDatabase.PRUNED, now + delay);
        }
        long until = now + settings.snooping().otherQuerier();
        database.set(key, MulticastDatabase.QUERIER, until);
        if (router && settings.ports().get(port).router() == RouterPort.QUERIED) {
            database.set(key, port, until);
        }
    }

    /** A query for one group: who does not answer in time listens no more. */
    private void asked(long key, long delay) {
        long end = now + settings.snooping().lastMemberCount() * delay;
        for (int each = 0; each < settings.ports().size(); each++) {
            if (database.until(key, each) > Math.max(now, end)) {
                database.set(key, each, end);
            }
        }
    }

    /** Whether groups of IPv4 or IPv6 are pruned at this time. */
    boolean prunes(boolean six, long time) {
        long key = MulticastDatabase.bridge(six);
        return database.until(key, MulticastDatabase.PRUNED) <= time
                && (settings.snooping().querier() || database.until(key, MulticastDatabase.QUERIER) > time);
    }
}
