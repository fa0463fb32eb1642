package dev.hairpin.model.bridge;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.testkit.Dice;
import java.nio.ByteBuffer;
import java.util.List;

/** Frames by chance at the ports of a bridge, octets and all, with reports and queries of IGMP and MLD among them. */
final class BridgeTraffic {
    private static final int ROOM = 192;
    private static final int[] LENGTHS = {13, 14, 60, 60, 64, 128, 1_010, 1_514, 1_518};
    private static final int[] TYPES = {0x0800, 0x0800, 0x0806, 0x86DD, 0x88CC};
    private static final int[] VIDS = {0, 1, 10, 10, 20, 30, 4_094, 4_095};

    /** 239.1.1.1, 239.0.0.5, 224.0.0.5 and 239.129.1.1, which has the address of the first. */
    private static final int[] GROUPS_4 = {0xEF01_0101, 0xEF01_0101, 0xEF00_0005, 0xE000_0005, 0xEF81_0101};

    /** ff05::1:3, ff02::5, ff02::1. */
    private static final long[][] GROUPS_6 = {
        {0xFF05L << 48, 0x1_0003L}, {0xFF05L << 48, 0x1_0003L}, {0xFF02L << 48, 5}, {0xFF02L << 48, 1}
    };

    private final Dice dice;
    private final int pace;
    private final int ports;
    private final int stations;

    /** How many of a hundred frames are multicast of IP. */
    private final int groups;

    private long number;
    private long time;

    /** @param stations how many other stations there are than the few that settings speak of */
    BridgeTraffic(Dice dice, long begin, int pace, int ports, int stations) {
        this.dice = dice;
        this.time = begin;
        this.pace = pace;
        this.ports = ports;
        this.stations = stations;
        this.groups = dice.pick(5, 30, 60);
    }

    /** Nothing follows before that. */
    long promise() {
        time += dice.percent(30) ? dice.below(10 * pace) : 0;
        return time;
    }

    Burst next(int size) {
        ByteBuffer octets = ByteBuffer.allocate(ROOM * size);
        int[] length = new int[size];
        int[] captured = new int[size];
        for (int row = 0; row < size; row++) {
            octets.position(ROOM * row);
            boolean ip = dice.percent(groups);
            if (ip) {
                group(octets);
            } else {
                unicast(octets);
            }
            int written = octets.position() - ROOM * row;
            length[row] = ip ? written : dice.pick(LENGTHS);
            captured[row] = Math.min(length[row], dice.percent(97) ? written : dice.below(written));
        }
        Slab slab = Slab.of(octets.array());
        BurstBuilder parsed = new BurstBuilder(size);
        for (int row = 0; row < size; row++) {
            time += dice.percent(30) ? 0 : dice.percent(99) ? dice.below(pace) : dice.between(0L, 300L * pace);
            number += dice.between(1, 3);
            long at = (long) ROOM * row;
            EthernetHeader.read(slab, at, captured[row], length[row], time, number, dice.below(ports), parsed);
        }
        return dice.percent(80) ? parsed.build() : retagged(parsed.build());
    }

    /** Some of them with tags that were changed on the way here. */
    private Burst retagged(Burst burst) {
        BurstBuilder changed = new BurstBuilder(burst.size());
        for (int row = 0; row < burst.size(); row++) {
            long retagging = Retagging.NONE;
            if (burst.tag(row) != VlanTag.NONE && dice.percent(20)) {
                retagging = Retagging.pop(retagging);
            }
            if (dice.percent(20)) {
                retagging = Retagging.push(retagging, tag());
            }
            changed.add(burst, row, burst.time(row), burst.port(row), retagging);
        }
        return changed.build();
    }

    private void unicast(ByteBuffer octets) {
        header(octets, stations > 0 && dice.percent(50) ? other() : BridgeCase.destination(dice));
        octets.putShort((short) dice.pick(TYPES));
        octets.put((byte) 0x45).put((byte) 0).putShort((short) 46).putInt(0);
        octets.put((byte) 64).put((byte) 17).putShort((short) 0).putLong(0x0A000001_0A000002L);
    }

    private long other() {
        return 0x0200_0001_0000L + dice.below(stations);
    }

    private void header(ByteBuffer octets, long destination) {
        octets.putShort((short) (destination >>> 32)).putInt((int) destination);
        long source = stations > 0 && dice.percent(50) ? other() : BridgeCase.address(dice);
        if (dice.percent(2)) {
            source = dice.pick(0L, BridgeCase.GROUPS[0], 0xFFFF_FFFF_FFFFL);
        }
        octets.putShort((short) (source >>> 32)).putInt((int) source);
        for (int tags = dice.pick(0, 0, 0, 1, 1, 2); tags > 0; tags--) {
            octets.putInt(tag());
        }
    }

    private int tag() {
        int tpid = dice.percent(75) ? VlanTag.TPID_C : VlanTag.TPID_S;
        return VlanTag.of(tpid, dice.pick(0, 0, 3, 7) << 13 | (dice.percent(10) ? 0x1000 : 0) | dice.pick(VIDS));
    }

    private void group(ByteBuffer octets) {
        if (dice.percent(10)) {
            header(octets, dice.pick(BridgeCase.GROUPS));
            octets.putShort((short) dice.pick(TYPES)).put(dice.octets(30));
        } else if (dice.percent(60)) {
            four(octets);
        } else {
            six(octets);
        }
    }

    private void four(ByteBuffer octets) {
        int group = dice.pick(GROUPS_4);
        byte[] message = dice.percent(40) ? new byte[8] : igmp(group);
        boolean igmp = message[0] != 0;
        boolean toAll = message[0] == 0x11 && dice.percent(90);
        int to = toAll ? 0xE000_0001 : message[0] == 0x22 ? 0xE000_0016 : group;
        header(octets, 0x0100_5E00_0000L | (to & 0x7F_FFFF));
        int options = dice.percent(50) ? 4 : 0;
        octets.putShort((short) 0x0800).put((byte) (0x45 + options / 4)).put((byte) 0);
        int total = 20 + options + message.length - (dice.percent(2) ? 1 : 0);
        octets.putShort((short) total).putShort((short) 0).putShort((short) (dice.percent(2) ? 7 : 0));
        octets.put((byte) 1).put((byte) (igmp ? 2 : 17)).putShort((short) 0);
        octets.putInt(dice.percent(10) ? 0 : 0x0A00_0001).putInt(to);
        octets.put(new byte[options]).put(message);
    }

    private byte[] igmp(int group) {
        ByteBuffer message = ByteBuffer.allocate(40);
        int type = dice.pick(0x11, 0x11, 0x12, 0x16, 0x16, 0x16, 0x17, 0x22, 0x22, 0x30);
        int asked = type == 0x11 && dice.percent(60) ? 0 : group;
        int code = dice.percent(80) ? dice.below(40) : dice.below(256);
        if (type == 0x22) {
            message.putInt(0x2200_0000);
            records(message, () -> message.putInt(dice.pick(GROUPS_4)), 4);
        } else {
            message.put((byte) type).put((byte) code).putShort((short) 0).putInt(asked);
            if (type == 0x11 && dice.percent(40)) {
                message.putShort((short) 0).putShort((short) (dice.percent(20) ? 1 : 0));
            }
        }
        return cut(message);
    }

    private void six(ByteBuffer octets) {
        long[] group = dice.pick(List.of(GROUPS_6));
        byte[] message = dice.percent(40) ? new byte[8] : mld(group);
        int type = message[0] & 0xFF;
        long[] to =
                type == 130 && dice.percent(90) ? GROUPS_6[3] : type == 143 ? new long[] {0xFF02L << 48, 22} : group;
        header(octets, 0x3333_0000_0000L | (to[1] & 0xFFFF_FFFFL));
        octets.putShort((short) 0x86DD).putInt(0x6000_0000);
        boolean mld = type != 0;
        octets.putShort((short) (message.length + (mld ? 8 : 0) - (dice.percent(2) ? 1 : 0)));
        octets.put((byte) (mld ? 0 : 17)).put((byte) 1);
        octets.putLong(dice.percent(90) ? 0xFE80L << 48 : 0x2001L << 48).putLong(1);
        octets.putLong(to[0]).putLong(to[1]);
        if (mld) {
            octets.put((byte) (dice.percent(97) ? 58 : 17))
                    .put((byte) 0)
                    .putShort((short) 0x0502)
                    .putInt(0);
        }
        octets.put(message);
    }

    private byte[] mld(long[] group) {
        ByteBuffer message = ByteBuffer.allocate(120);
        int type = dice.pick(130, 130, 131, 131, 131, 132, 143, 143, 133);
        if (type == 143) {
            message.putInt(143 << 24);
            records(
                    message,
                    () -> {
                        long[] one = dice.pick(List.of(GROUPS_6));
                        message.putLong(one[0]).putLong(one[1]);
                    },
                    16);
            return cut(message);
        }
        boolean general = type == 130 && dice.percent(60);
        message.put((byte) type).put((byte) 0).putShort((short) 0);
        message.putShort((short) (dice.percent(90) ? dice.below(4_000) : dice.below(0x10000)))
                .putShort((short) 0);
        message.putLong(general ? 0 : group[0]).putLong(general ? 0 : group[1]);
        if (type == 130 && dice.percent(40)) {
            message.putShort((short) 0).putShort((short) (dice.percent(20) ? 1 : 0));
        }
        return cut(message);
    }

    /** Records of reports of IGMPv3 and MLDv2, at most three. */
    private void records(ByteBuffer message, Runnable group, int addressOctets) {
        int count = dice.between(1, addressOctets == 4 ? 2 : 3);
        message.putShort((short) 0).putShort((short) (count + (dice.percent(5) ? 1 : 0)));
        for (int record = 0; record < count; record++) {
            int sources = dice.percent(75) ? 0 : 1;
            message.put((byte) dice.below(8)).put((byte) 0).putShort((short) sources);
            group.run();
            message.put(new byte[sources * addressOctets]);
        }
    }

    private static byte[] cut(ByteBuffer message) {
        byte[] octets = new byte[message.position()];
        message.get(0, octets);
        return octets;
    }
}
