package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * How long one thread takes to find the first of many rules that a frame matches, by a list and by asking one after the
 * other: nanoseconds of its processor's time for a frame, when the last rule is the only one to match and when none does.
 * A program, not a test: {@code MatchListSpeed [RULES...]}.
 */
final class MatchListSpeed {
    private static final int FRAMES = 4_096;
    private static final int OCTETS = 64;
    private static final int ROUNDS = 4;
    private static final long BUDGET = 200_000_000;

    /** Of the processor, since the machine may be busy with something else. */
    private static final com.sun.management.ThreadMXBean CLOCK =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** Rule {@code n} of a kind; frames match the one of the number in their addresses, ports and tag. */
    private enum Kind {
        SERVICES,
        VLANS,
        STATIONS,
        HOSTS,
        NETS,
        PORT_RANGES,
        MIXED,
        COMPUTED;

        String rule(int n) {
            String octets = n / 256 + "." + n % 256;
            return switch (this) {
                case SERVICES -> "ip and src host 10.0." + octets + " and tcp dst port " + (1_000 + n);
                case VLANS -> "vlan " + (1 + n);
                case STATIONS -> String.format("ether host 02:00:00:00:%02x:%02x", n / 256, n % 256);
                case HOSTS -> "host 10.0." + octets;
                case NETS -> "src net 10.0." + octets + "/32 or dst net 11." + n % 256 + ".0.0/16";
                case PORT_RANGES -> "portrange " + (1_000 + n) + "-" + (1_000 + n);
                case MIXED ->
                    switch (n % 4) {
                        case 0 -> SERVICES.rule(n);
                        case 1 -> VLANS.rule(n);
                        case 2 -> STATIONS.rule(n);
                        default -> "udp and not port 53 and dst net 10.1." + octets;
                    };
                case COMPUTED -> "ip[12:4] - 0x0a000000 = " + n + " and tcp[0:2] > tcp[2:2]";
            };
        }
    }

    private MatchListSpeed() {}

    public static void main(String[] arguments) {
        List<String> sizes = arguments.length > 0 ? List.of(arguments) : List.of("10", "100", "1000");
        for (int round = 0; round < ROUNDS; round++) {
            for (Kind kind : Kind.values()) {
                for (String size : sizes) {
                    measure(kind, Integer.parseInt(size), round == ROUNDS - 1);
                }
            }
        }
    }

    private static void measure(Kind kind, int count, boolean printed) {
        List<FrameMatch> rules = IntStream.range(0, count)
                .mapToObj(kind::rule)
                .map(FrameMatch::compile)
                .toList();
        long built = CLOCK.getCurrentThreadCpuTime();
        MatchList list = MatchList.of(rules);
        built = CLOCK.getCurrentThreadCpuTime() - built;
        StringBuilder line = new StringBuilder();
        for (int number : new int[] {count - 1, count + 7}) {
            byte[] octets = frames(kind, number);
            Slab slab = Slab.of(octets);
            Burst burst = burst(slab);
            line.append(String.format("  %8.1f", alone(rules, burst, slab)));
            long allocated = CLOCK.getCurrentThreadAllocatedBytes();
            double together = together(list, burst, slab);
            allocated = CLOCK.getCurrentThreadAllocatedBytes() - allocated;
            line.append(String.format(" ->%6.1f (%d octets allocated)", together, allocated));
        }
        if (printed) {
            System.out.printf(
                    "%-12s%5d rules, last / none matching, ns a frame:%s; %.1f ms to build%n",
                    kind, count, line, built / 1e6);
        }
    }

    private static double alone(List<FrameMatch> rules, Burst burst, Slab slab) {
        FrameMatch[] all = rules.toArray(new FrameMatch[0]);
        long frames = 0;
        long sum = 0;
        long begin = CLOCK.getCurrentThreadCpuTime();
        long nanos = 0;
        while (nanos < BUDGET) {
            for (int row = 0; row < FRAMES; row++) {
                int first = 0;
                while (first < all.length && !all[first].matches(burst, row, slab)) {
                    first++;
                }
                sum += first;
            }
            frames += FRAMES;
            nanos = CLOCK.getCurrentThreadCpuTime() - begin;
        }
        return (double) nanos / frames + (sum < 0 ? 1 : 0);
    }

    private static double together(MatchList list, Burst burst, Slab slab) {
        long frames = 0;
        long sum = 0;
        long begin = CLOCK.getCurrentThreadCpuTime();
        long nanos = 0;
        while (nanos < BUDGET) {
            for (int row = 0; row < FRAMES; row++) {
                list.begin(burst, row, slab);
                sum += list.next(0) + 1;
            }
            frames += FRAMES;
            nanos = CLOCK.getCurrentThreadCpuTime() - begin;
        }
        return (double) nanos / frames + (sum < 0 ? 1 : 0);
    }

    private static Burst burst(Slab slab) {
        BurstBuilder rows = new BurstBuilder(FRAMES);
        for (int frame = 0; frame < FRAMES; frame++) {
            EthernetHeader.read(slab, (long) frame * OCTETS, OCTETS, OCTETS, 0, frame, 0, rows);
        }
        return rows.build();
    }

    /** TCP, and for VLANs with a tag; of {@code number} in all that rules ask for. */
    private static byte[] frames(Kind kind, int number) {
        Random random = new Random(1);
        ByteBuffer octets = ByteBuffer.wrap(new byte[FRAMES * OCTETS]);
        byte[] filled = new byte[FRAMES * OCTETS];
        for (int frame = 0; frame < FRAMES; frame++) {
            octets.clear();
            octets.putShort((short) 0x0200).putInt(0x0100_0000 + random.nextInt(1 << 16));
            octets.putShort((short) 0x0200).putInt(number);
            boolean tagged = kind == Kind.VLANS || (kind == Kind.MIXED && number % 4 == 1);
            if (tagged) {
                octets.putShort((short) 0x8100).putShort((short) (1 + number));
            }
            octets.putShort((short) 0x0800).putInt(0x4500_0028).putInt(random.nextInt(1 << 16) << 16);
            octets.put((byte) 64)
                    .put((byte) (kind == Kind.MIXED && number % 4 == 3 ? 17 : 6))
                    .putShort((short) 0);
            octets.putInt(0x0A00_0000 + number).putInt(0x0A01_0000 + number);
            octets.putShort((short) (65_000 + random.nextInt(500))).putShort((short) (1_000 + number));
            System.arraycopy(octets.array(), 0, filled, frame * OCTETS, OCTETS);
        }
        return filled;
    }
}
