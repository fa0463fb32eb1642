package dev.hairpin.model.match;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Random;

/** How many frames one thread judges in a second of its processor's time. A program, not a test: {@code MatchSpeed [EXPRESSION...]}. */
final class MatchSpeed {
    private static final int FRAMES = 4_096;
    private static final int OCTETS = 64;
    private static final int PASSES = 5_000;
    private static final int ROUNDS = 4;
    private static final String[] EXPRESSIONS = {
        "vlan 10 and not arp",
        "ether dst 02:00:00:00:00:05",
        "broadcast or multicast",
        "vlan 10 and tcp port 80",
        "ip[8] < 64 and len > 60"
    };

    /** Of the processor, since the machine may be busy with something else. */
    private static final ThreadMXBean CLOCK = ManagementFactory.getThreadMXBean();

    private MatchSpeed() {}

    public static void main(String[] arguments) {
        Slab slab = frames();
        BurstBuilder rows = new BurstBuilder(FRAMES);
        for (int frame = 0; frame < FRAMES; frame++) {
            EthernetHeader.read(slab, (long) frame * OCTETS, OCTETS, OCTETS, 0, frame, 0, rows);
        }
        Burst burst = rows.build();
        for (int round = 0; round < ROUNDS; round++) {
            for (String expression : arguments.length > 0 ? arguments : EXPRESSIONS) {
                measure(FrameMatch.compile(expression), burst, slab, round == ROUNDS - 1);
            }
        }
    }

    private static void measure(FrameMatch match, Burst burst, Slab slab, boolean printed) {
        long matching = 0;
        long columns = CLOCK.getCurrentThreadCpuTime();
        for (int pass = 0; pass < PASSES; pass++) {
            for (int row = 0; row < FRAMES; row++) {
                matching += match.matches(burst, row, slab) ? 1 : 0;
            }
        }
        columns = CLOCK.getCurrentThreadCpuTime() - columns;
        long octets = CLOCK.getCurrentThreadCpuTime();
        for (int pass = 0; pass < PASSES; pass++) {
            for (int row = 0; row < FRAMES; row++) {
                matching -= match.matches(slab, burst.offset(row), OCTETS, OCTETS) ? 1 : 0;
            }
        }
        octets = CLOCK.getCurrentThreadCpuTime() - octets;
        if (printed) {
            System.out.printf(
                    "%-30s %6.1f M frames/s in bursts, %6.1f M frames/s from octets (%d)%n",
                    match, (double) PASSES * FRAMES * 1e3 / columns, (double) PASSES * FRAMES * 1e3 / octets, matching);
        }
    }

    /** A third each in VLAN 10, in VLAN 20 and without a tag; some ARP. */
    private static Slab frames() {
        Random random = new Random(1);
        byte[] octets = new byte[FRAMES * OCTETS];
        random.nextBytes(octets);
        for (int frame = 0; frame < FRAMES; frame++) {
            int at = frame * OCTETS;
            octets[at] = (byte) (frame % 16 == 0 ? 0xFF : 2);
            int type = at + 12;
            int vlan = random.nextInt(3);
            if (vlan > 0) {
                octets[type] = (byte) 0x81;
                octets[type + 1] = 0;
                octets[type + 2] = 0;
                octets[type + 3] = (byte) (10 * vlan);
                type += 4;
            }
            octets[type] = 8;
            octets[type + 1] = (byte) (random.nextInt(8) == 0 ? 6 : 0);
            octets[type + 2] = 0x45;
            octets[type + 8] = 0;
            octets[type + 9] = 0;
            octets[type + 11] = (byte) (random.nextBoolean() ? 6 : 17);
        }
        return Slab.of(octets);
    }
}
