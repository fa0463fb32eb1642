package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/** Expressions and frames made by chance, of so few addresses, ports and VLANs that they meet. */
record MatchCase(List<FrameMatch> matches, Burst burst, Slab slab) {
    private static final int MOST_FRAMES = 60;
    private static final int LONGEST = 100;
    private static final int[] TYPES = {0x0800, 0x0800, 0x0800, 0x0806, 0x8035, 0x86DD, 0x86DD, 0x0026, 0x88CC};

    static MatchCase of(Dice dice, int mostExpressions) {
        List<FrameMatch> matches = new ArrayList<>();
        int count = dice.between(1, mostExpressions);
        Function<Dice, String> kind = dice.percent(50) ? MatchCase::rule : MatchCase::composed;
        while (matches.size() < count) {
            matches.add(FrameMatch.compile(
                    dice.percent(15) && !matches.isEmpty()
                            ? changed(dice, dice.pick(matches).toString())
                            : dice.percent(10) ? composed(dice) : kind.apply(dice)));
        }
        byte[] octets = new byte[MOST_FRAMES * LONGEST];
        fill(dice, ByteBuffer.wrap(octets));
        Slab slab = Slab.of(octets);
        BurstBuilder rows = new BurstBuilder(MOST_FRAMES);
        for (int frame = 0; frame < MOST_FRAMES; frame++) {
            add(dice, slab, frame, rows);
        }
        return new MatchCase(matches, rows.build(), slab);
    }

    /** One of a policy's typical rules. */
    private static String rule(Dice dice) {
        return switch (dice.below(8)) {
            case 0 -> "ip and src host " + host(dice) + " and tcp dst port " + port(dice);
            case 1 -> "vlan " + vlan(dice);
            case 2 -> "ether " + side(dice) + "host " + mac(dice);
            case 3 -> "vlan " + vlan(dice) + " and " + side(dice) + "host " + host(dice);
            case 4 -> side(dice) + "net " + net(dice) + " and not port " + port(dice);
            case 5 -> "udp " + side(dice) + "portrange 50-" + port(dice);
            case 6 -> "not arp and host " + host(dice) + " and port " + port(dice);
            default -> "ip proto " + dice.pick(6, 17, 1) + " and len > " + dice.below(100);
        };
    }

    private static String composed(Dice dice) {
        return composed(dice, dice.between(1, 4));
    }

    private static String composed(Dice dice, int depth) {
        if (depth == 0 || dice.percent(15)) {
            return primitive(dice);
        }
        String left = composed(dice, depth - 1);
        String right = composed(dice, depth - 1);
        return switch (dice.below(6)) {
            case 0 -> "not (" + left + ")";
            case 1 -> left + " and " + right;
            case 2 -> left + " or " + right;
            case 3 -> "(" + left + ") and (" + right + ")";
            case 4 -> "(" + left + ") or (" + right + ")";
            default -> "(" + left + ") and not (" + right + ")";
        };
    }

    private static String primitive(Dice dice) {
        return switch (dice.below(14)) {
            case 0 -> "vlan";
            case 1 -> "vlan " + vlan(dice);
            case 2 -> dice.pick(List.of("ip", "ip6", "arp", "tcp", "udp", "icmp", "icmp6", "stp", "llc", "rarp"));
            case 3 -> side(dice) + "host " + host(dice);
            case 4 -> side(dice) + "net " + net(dice);
            case 5 -> dice.pick(List.of("", "tcp ", "udp ")) + side(dice) + "port " + port(dice);
            case 6 -> side(dice) + "portrange " + port(dice) + "-" + port(dice);
            case 7 -> "ether " + side(dice) + "host " + mac(dice);
            case 8 -> dice.pick(List.of("broadcast", "multicast", "ip multicast"));
            case 9 -> dice.pick(List.of("less ", "greater ")) + dice.below(LONGEST);
            case 10 -> dice.pick(List.of("ip6 host fe80::1", "dst net fe80::/10", "src host fe80::2"));
            case 11 -> accessor(dice) + " & " + dice.pick(1, 0xF0, 0x0F, 0x80) + " = " + dice.pick(0, 1, 0x40, 0x80);
            case 12 -> accessor(dice) + relation(dice) + accessor(dice);
            default -> accessor(dice) + relation(dice) + dice.pick(0, 1, 6, 17, 64, 255, 300);
        };
    }

    private static String accessor(Dice dice) {
        String index = dice.percent(10) ? "ip[0] & 7" : String.valueOf(dice.below(dice.percent(20) ? LONGEST : 14));
        String of = dice.pick(List.of("ether", "ip", "ip", "tcp", "udp", "arp", "ip6", "icmp"));
        String octets = of + "[" + index + dice.pick(List.of("", ":2", ":4")) + "]";
        return dice.percent(20)
                ? "(" + octets + dice.pick(List.of(" / ", " + ", " % ")) + accessor(dice) + ")"
                : octets;
    }

    private static String relation(Dice dice) {
        return dice.pick(List.of(" = ", " != ", " < ", " <= ", " > ", " >= "));
    }

    /** One that may say the same, or less, or more. */
    private static String changed(Dice dice, String expression) {
        return switch (dice.below(5)) {
            case 0 -> expression;
            case 1 -> "(" + expression + ") and " + primitive(dice);
            case 2 -> primitive(dice) + " and (" + expression + ")";
            case 3 -> "(" + expression + ") or " + primitive(dice);
            default -> "not not (" + expression + ")";
        };
    }

    private static String side(Dice dice) {
        return dice.pick(List.of("", "src ", "dst ", "src or dst ", "src and dst "));
    }

    private static String host(Dice dice) {
        return "10.0.0." + dice.between(1, 4);
    }

    private static String net(Dice dice) {
        return dice.pick(List.of("10.0.0.0/30", "10.0.0.2/31", "10.0.0.0/8", "10.0.0.4", "11", "0.0.0.0/0"));
    }

    private static int port(Dice dice) {
        return dice.pick(53, 80, 81, 443);
    }

    private static int vlan(Dice dice) {
        return dice.pick(0, 10, 20, 4095);
    }

    private static String mac(Dice dice) {
        return Mac.format(address(dice));
    }

    private static long address(Dice dice) {
        return dice.percent(10) ? Mac.BROADCAST : Frame.station(dice.between(1, 4));
    }

    private static void fill(Dice dice, ByteBuffer octets) {
        for (int frame = 0; frame < MOST_FRAMES; frame++) {
            octets.position(frame * LONGEST);
            putMac(octets, address(dice));
            putMac(octets, address(dice));
            for (int tags = dice.pick(0, 0, 0, 1, 1, 2); tags > 0; tags--) {
                octets.putShort((short) dice.pick(0x8100, 0x8100, 0x88A8, 0x9100));
                octets.putShort((short) (vlan(dice) | dice.pick(0, 0xE000)));
            }
            int type = dice.pick(TYPES);
            octets.putShort((short) type);
            if (type == 0x86DD) {
                putIp6(dice, octets);
            } else if (type == 0x0800) {
                putIp(dice, octets);
            } else if (type == 0x0026) {
                octets.putShort((short) dice.pick(0x4242, 0xAAAA, 0xFFFF)).put((byte) 3);
            } else {
                octets.putLong(0x0001_0800_0604_0001L);
                putMac(octets, address(dice));
                octets.putInt(ip(dice));
                putMac(octets, address(dice));
                octets.putInt(ip(dice));
            }
        }
    }

    private static void putIp(Dice dice, ByteBuffer octets) {
        int options = dice.pick(0, 0, 1, 2);
        octets.putInt((0x45 + options) << 24 | dice.between(20, 80));
        octets.putShort((short) dice.below(4)).putShort((short) dice.pick(0, 0, 0, 0x2000, 0x0010));
        octets.put((byte) dice.pick(1, 64, 255)).put((byte) dice.pick(6, 6, 17, 17, 1, 132));
        octets.putShort((short) 0).putInt(ip(dice)).putInt(ip(dice));
        for (; options > 0; options--) {
            octets.putInt(0x0101_0101);
        }
        putTransport(dice, octets);
    }

    private static void putIp6(Dice dice, ByteBuffer octets) {
        octets.putInt(0x6000_0000).putShort((short) 20);
        octets.put((byte) dice.pick(6, 17, 58, 44)).put((byte) dice.pick(64, 255));
        for (int side = 0; side < 2; side++) {
            octets.putLong(0xFE80_0000_0000_0000L).putLong(dice.between(1, 2));
        }
        putTransport(dice, octets);
    }

    private static void putTransport(Dice dice, ByteBuffer octets) {
        octets.putShort((short) port(dice)).putShort((short) port(dice)).put(dice.octets(16));
    }

    private static int ip(Dice dice) {
        return 0x0A00_0000 + dice.pick(1, 2, 3, 4, 0x00FF_0001);
    }

    private static void putMac(ByteBuffer octets, long address) {
        octets.putShort((short) (address >>> 32)).putInt((int) address);
    }

    /** As captured, or cut, or with a tag that was put on or taken off on its way. */
    private static void add(Dice dice, Slab slab, int frame, BurstBuilder rows) {
        long offset = (long) frame * LONGEST;
        int captured = dice.percent(40) ? dice.below(LONGEST) : dice.between(60, LONGEST);
        int length = Math.max(captured, dice.between(40, LONGEST));
        BurstBuilder read = new BurstBuilder(1);
        EthernetHeader.read(slab, offset, captured, length, 0, frame, 0, read);
        Burst row = read.build();
        int tag = row.tag(0);
        if (dice.percent(20) && row.etherType(0) != EthernetHeader.CUT) {
            tag = tag == VlanTag.NONE ? VlanTag.of(VlanTag.TPID_C, vlan(dice)) : VlanTag.NONE;
        }
        rows.add(0, frame, row.destination(0), row.source(0), tag, row.etherType(0), offset, captured, length, 0);
    }

    @Override
    public String toString() {
        return Arrays.toString(matches.toArray());
    }
}
