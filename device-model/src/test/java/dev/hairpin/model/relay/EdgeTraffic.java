package dev.hairpin.model.relay;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.testkit.Dice;
import java.nio.ByteBuffer;
import java.util.List;

/** Frames by chance, octets and all: tags of every kind, control protocols, lengths at the limits, captures cut short. */
final class EdgeTraffic {
    private static final int ROOM = 48;
    private static final int[] LENGTHS = {
        12, 13, 14, 56, 57, 60, 60, 61, 64, 65, 68, 128, 1_510, 1_511, 1_514, 1_515, 1_518, 1_519, 1_522, 9_618, 9_619,
        9_728, 9_729
    };
    private static final int[] TYPES = {0x0800, 0x0800, 0x0800, 0x0806, 0x86DD, 0x8808, 0x88CC};
    private static final int[] VIDS = {0, 0, 10, 10, 20, 30, 40, 4_094, 4_095};

    private final Dice dice;
    private final int pace;
    private long number;
    private long time;

    EdgeTraffic(Dice dice, long begin, int pace) {
        this.dice = dice;
        this.time = begin;
        this.pace = pace;
    }

    /** Nothing follows before that. */
    long promise() {
        time += dice.percent(30) ? dice.below(10 * pace) : 0;
        return time;
    }

    /**
     * The next frames, each by a station's port and from an address that fits there, or from another.
     *
     * @param wire whether most come by the uplink
     */
    Burst next(int size, boolean wire, List<Vsi> vsis) {
        ByteBuffer octets = ByteBuffer.allocate(ROOM * size);
        int[] length = new int[size];
        int[] port = new int[size];
        for (int row = 0; row < size; row++) {
            port[row] = wire && dice.percent(90) ? vsis.size() : dice.below(vsis.size());
            length[row] = dice.pick(LENGTHS);
            octets.position(ROOM * row);
            write(octets, EdgeCase.destination(dice, vsis.size()), source(port[row], vsis));
        }
        Slab slab = Slab.of(octets.array());
        BurstBuilder parsed = new BurstBuilder(size);
        for (int row = 0; row < size; row++) {
            time += dice.percent(30) ? 0 : dice.percent(99) ? dice.below(pace) : dice.between(0L, 1_000L * pace);
            number += dice.between(1, 3);
            int captured = Math.min(length[row], dice.percent(95) ? ROOM : dice.below(ROOM));
            EthernetHeader.read(slab, (long) ROOM * row, captured, length[row], time, number, port[row], parsed);
        }
        return dice.percent(70) ? parsed.build() : retagged(parsed.build());
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

    private long source(int port, List<Vsi> vsis) {
        boolean own = port < vsis.size() && !vsis.get(port).addresses().isEmpty() && dice.percent(60);
        if (own) {
            return dice.pick(vsis.get(port).addresses());
        }
        return dice.percent(95) ? dice.pick(EdgeCase.ADDRESSES) : dice.pick(0L, EdgeCase.GROUPS[0], -1L >>> 16);
    }

    private void write(ByteBuffer octets, long destination, long source) {
        octets.putShort((short) (destination >>> 32)).putInt((int) destination);
        octets.putShort((short) (source >>> 32)).putInt((int) source);
        for (int tags = dice.pick(0, 0, 0, 1, 1, 1, 2); tags > 0; tags--) {
            octets.putInt(tag());
        }
        octets.putShort((short) dice.pick(TYPES));
        // An IPv4 header without options, and ports.
        octets.put((byte) 0x45).put((byte) dice.below(2)).putShort((short) 46).putInt(0);
        octets.put((byte) 64).put((byte) dice.pick(6, 17)).putShort((short) 0).putLong(0x0A000001_0A000002L);
        octets.putShort((short) dice.pick(53, 1_024)).putShort((short) dice.pick(53, 80));
    }

    private int tag() {
        int tpid = dice.percent(80) ? VlanTag.TPID_C : VlanTag.TPID_S;
        return VlanTag.of(tpid, dice.pick(0, 0, 3, 7) << 13 | (dice.percent(10) ? 0x1000 : 0) | dice.pick(VIDS));
    }
}
