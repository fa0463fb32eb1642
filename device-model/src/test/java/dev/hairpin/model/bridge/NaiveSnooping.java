package dev.hairpin.model.bridge;

import dev.hairpin.model.bridge.NaiveStations.FidAddress;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Retagging;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Snooping of the model (RFC 4541): who listens to what, told from the octets of the frame as it stands. */
final class NaiveSnooping {
    /** What a group frame is to a bridge that snoops. */
    enum Kind {
        NOT_IP,
        FOR_ALL,
        GROUP,
        REPORT
    }

    /** And whether that is IPv6. */
    record Heard(Kind kind, boolean six) {}

    private static final long TENTH = 100_000_000L;
    private static final long MILLI = 1_000_000L;

    private final Set<Law> forgotten;
    private BridgeSettings set;

    private final Map<FidAddress, Map<Integer, Long>> members = new HashMap<>();

    private final Family four = new Family();
    private final Family six = new Family();

    /** Of IPv4 or of IPv6: routers told by queries, until when there is a querier, and since when to prune. */
    private static final class Family {
        final Map<Integer, Long> routers = new HashMap<>();
        long querier;
        long since;
    }

    private int fid;
    private int port;
    private long now;

    NaiveSnooping(BridgeSettings set, Set<Law> forgotten) {
        this.set = set;
        this.forgotten = forgotten;
    }

    private boolean knows(Law law) {
        return !forgotten.contains(law);
    }

    /** A router told by a query is one no more when what is set of its port changes. */
    void change(BridgeSettings next) {
        for (int each = 0; each < set.ports().size(); each++) {
            if (set.ports().get(each).router() != next.ports().get(each).router()) {
                four.routers.remove(each);
                six.routers.remove(each);
            }
        }
        set = next;
    }

    private Family family(boolean ofSix) {
        return ofSix ? six : four;
    }

    /** Takes in what a group frame in that filtering identifier says. */
    Heard listen(Burst burst, int row, int fid, boolean taggedAsPayload) {
        this.fid = fid;
        this.port = burst.port(row);
        this.now = burst.time(row);
        byte[] octets = Retagging.octets(burst.slab(), burst.offset(row), burst.captured(row), burst.retagging(row));
        int tags = burst.tag(row) == 0 ? 0 : 4;
        if (taggedAsPayload || octets.length < 14 + tags) {
            return new Heard(Kind.NOT_IP, false);
        }
        ByteBuffer packet =
                ByteBuffer.wrap(octets, 14 + tags, octets.length - 14 - tags).slice();
        return switch (ByteBuffer.wrap(octets).getShort(12 + tags) & 0xFFFF) {
            case 0x0800 -> new Heard(four(packet, burst.destination(row)), false);
            case 0x86DD ->
                knows(Law.MLD) ? new Heard(six(packet, burst.destination(row)), true) : new Heard(Kind.GROUP, true);
            default -> new Heard(Kind.NOT_IP, false);
        };
    }

    private Kind four(ByteBuffer packet, long destination) {
        if (packet.remaining() < 20 || packet.get(0) >> 4 != 4) {
            return destination / 256 == 0x0100_5E00_00L && knows(Law.LOCAL_GROUPS_ARE_FLOODED)
                    ? Kind.FOR_ALL
                    : Kind.GROUP;
        }
        byte[] to = {packet.get(16), packet.get(17), packet.get(18), packet.get(19)};
        boolean igmp = packet.get(9) == 2 && packet.getShort(6) % 0x2000 == 0;
        if (!igmp) {
            return isLocal(to) && knows(Law.LOCAL_GROUPS_ARE_FLOODED) ? Kind.FOR_ALL : Kind.GROUP;
        }
        int header = packet.get(0) % 16 * 4;
        int total = packet.getShort(2) & 0xFFFF;
        if (header < 20 || total > packet.remaining() || total < header + 8) {
            return Kind.FOR_ALL;
        }
        ByteBuffer message = packet.slice(header, total - header);
        byte[] group = new byte[4];
        message.get(4, group);
        switch (message.get(0)) {
            case 0x11 -> {
                boolean source = packet.getInt(12) != 0;
                query4(message, Arrays.equals(to, new byte[] {(byte) 224, 0, 0, 1}), source);
            }
            case 0x12, 0x16 -> {
                join(group);
                return knows(Law.REPORTS_GO_TO_ROUTERS) ? Kind.REPORT : Kind.GROUP;
            }
            case 0x17 -> leave(group);
            case 0x22 -> records(message, 4);
            default -> {
                return isLocal(to) ? Kind.FOR_ALL : Kind.GROUP;
            }
        }
        return Kind.FOR_ALL;
    }

    private void query4(ByteBuffer message, boolean toAllHosts, boolean source) {
        byte[] group = new byte[4];
        message.get(4, group);
        int code = message.get(1) & 0xFF;
        boolean third = message.remaining() >= 12;
        long tenths = code;
        if (third && message.getShort(10) != 0) {
            return;
        }
        if (third) {
            int exponent = code / 16 % 8;
            tenths = Math.max(1, code < 128 ? code : (16 + code % 16) * (1L << (3 + exponent)));
        } else if (code == 0) {
            tenths = 100;
            group = new byte[4];
        }
        query(group, tenths * TENTH, toAllHosts, source);
    }

    private Kind six(ByteBuffer packet, long destination) {
        if (packet.remaining() < 40 || (packet.get(0) & 0xF0) != 0x60) {
            return destination == 0x3333_0000_0001L ? Kind.FOR_ALL : Kind.GROUP;
        }
        byte[] to = new byte[16];
        packet.get(24, to);
        Kind otherwise = isAllNodes(to) && knows(Law.LOCAL_GROUPS_ARE_FLOODED) ? Kind.FOR_ALL : Kind.GROUP;
        if (packet.get(6) != 0 || packet.remaining() < 48 || packet.get(40) != 58) {
            return otherwise;
        }
        int end = 40 + (packet.getShort(4) & 0xFFFF);
        int begin = 48 + 8 * (packet.get(41) & 0xFF);
        if (end > packet.remaining() || end < begin + 8) {
            return Kind.FOR_ALL;
        }
        ByteBuffer message = packet.slice(begin, end - begin);
        int type = message.get(0) & 0xFF;
        if (type == 143) {
            records(message, 16);
            return Kind.FOR_ALL;
        }
        if (type < 130 || type > 132) {
            return otherwise;
        }
        if (message.remaining() < 24) {
            return Kind.FOR_ALL;
        }
        byte[] group = new byte[16];
        message.get(8, group);
        if (type == 130) {
            boolean local = packet.get(8) == (byte) 0xFE && (packet.get(9) & 0xC0) == 0x80;
            query6(message, group, isAllNodes(to), local);
        } else if (type == 131) {
            join(group);
            return knows(Law.REPORTS_GO_TO_ROUTERS) ? Kind.REPORT : Kind.GROUP;
        } else {
            leave(group);
        }
        return Kind.FOR_ALL;
    }

    private void query6(ByteBuffer message, byte[] group, boolean toAllNodes, boolean linkLocal) {
        boolean second = message.remaining() >= 28;
        if (!linkLocal || (second && message.getShort(26) != 0)) {
            return;
        }
        long millis = message.getShort(4) & 0xFFFF;
        if (second && millis >= 32_768) {
            millis = (4_096 + millis % 4_096) * (1L << (3 + millis / 4_096 % 8));
        }
        if (group[0] == (byte) 0xFF ? !isAllNodes(group) : Arrays.equals(group, new byte[16])) {
            query(group, millis * MILLI, toAllNodes, true);
        }
    }

    /** Of no group: there is a querier, behind whose port a router is. Of one: who does not answer in time has left. */
    private void query(byte[] group, long delay, boolean toAll, boolean source) {
        Family family = family(group.length == 16);
        if (!Arrays.equals(group, new byte[group.length])) {
            long end = now + set.snooping().lastMemberCount() * delay;
            if (knows(Law.QUERY_FOR_A_GROUP_SHORTENS)) {
                members.computeIfAbsent(key(group), none -> new HashMap<>())
                        .replaceAll((each, until) -> Math.min(until, end));
            }
            return;
        }
        if (!toAll) {
            return;
        }
        if (family.querier <= now) {
            family.since = knows(Law.FLOODS_UNTIL_REPORTS_CAME) ? now + delay : now;
        }
        long until = now + set.snooping().otherQuerier();
        family.querier = until;
        RouterPort router = set.ports().get(port).router();
        if (source && knows(Law.QUERY_SHOWS_A_ROUTER) && (router == RouterPort.QUERIED || !knows(Law.NEVER_A_ROUTER))) {
            family.routers.put(port, until);
        }
    }

    /** Reports of IGMPv3 and MLDv2. To include nothing is to leave. */
    private void records(ByteBuffer message, int addressOctets) {
        int count = message.getShort(6) & 0xFFFF;
        int at = 8;
        while (count-- > 0 && at + 4 + addressOctets <= message.remaining()) {
            int type = message.get(at);
            int sources = message.getShort(at + 2) & 0xFFFF;
            byte[] group = new byte[addressOctets];
            message.get(at + 4, group);
            at += 4 + addressOctets + sources * addressOctets + 4 * (message.get(at + 1) & 0xFF);
            if (at > message.remaining() || !knows(Law.RECORDS_OF_VERSION_3)) {
                return;
            }
            if ((type == 1 || type == 3) && sources == 0) {
                leave(group);
            } else if (type >= 1 && type <= 6) {
                join(group);
            }
        }
    }

    private void join(byte[] group) {
        if (isJoinable(group)) {
            members.computeIfAbsent(key(group), none -> new HashMap<>())
                    .put(port, now + set.snooping().membership());
        }
    }

    private void leave(byte[] group) {
        Map<Integer, Long> of = isJoinable(group) ? members.getOrDefault(key(group), Map.of()) : Map.of();
        if (of.getOrDefault(port, 0L) <= now || !knows(Law.LEAVE_ENDS)) {
            return;
        }
        if (set.ports().get(port).leavesFast() && knows(Law.LEAVES_FAST)) {
            of.remove(port);
        } else if (family(group.length == 16).querier <= now) {
            long end = now + set.snooping().lastMemberCount() * set.snooping().lastMember();
            of.merge(port, end, Math::min);
        }
    }

    private static boolean isLocal(byte[] group) {
        return group[0] == (byte) 224 && group[1] == 0 && group[2] == 0;
    }

    private static boolean isAllNodes(byte[] group) {
        byte[] allNodes = new byte[16];
        allNodes[0] = (byte) 0xFF;
        allNodes[1] = 2;
        allNodes[15] = 1;
        return Arrays.equals(group, allNodes);
    }

    private static boolean isJoinable(byte[] group) {
        return group.length == 4
                ? (group[0] & 0xF0) == 224 && !isLocal(group)
                : group[0] == (byte) 0xFF && !isAllNodes(group);
    }

    private FidAddress key(byte[] group) {
        ByteBuffer octets = ByteBuffer.wrap(group);
        long address = group.length == 4
                ? 0x0100_5E00_0000L + (octets.getInt() & 0x7F_FFFF)
                : 0x3333_0000_0000L + (octets.getInt(12) & 0xFFFF_FFFFL);
        return new FidAddress(fid, address);
    }

    /** Whether groups go to those only who listen. */
    boolean prunes(boolean ofSix, long time) {
        Family family = family(ofSix);
        boolean asked = family.querier > (knows(Law.QUERIER_GOES) ? time : 0)
                || set.snooping().querier()
                || !knows(Law.FLOODS_BEFORE_A_QUERIER);
        return asked && family.since <= time;
    }

    /** The ports that a group goes to, but for those given by hand. */
    Set<Integer> listeners(Heard heard, FidAddress group, long time) {
        Set<Integer> ports = new TreeSet<>();
        if (knows(Law.ROUTERS_GET_ALL)) {
            for (int each = 0; each < set.ports().size(); each++) {
                if (set.ports().get(each).router() == RouterPort.ALWAYS
                        || family(heard.six).routers.getOrDefault(each, 0L) > time) {
                    ports.add(each);
                }
            }
        }
        if (heard.kind != Kind.REPORT) {
            members.getOrDefault(group, Map.of()).forEach((each, until) -> {
                if (until > time || !knows(Law.MEMBERSHIP_ENDS)) {
                    ports.add(each);
                }
            });
        }
        return ports;
    }
}
