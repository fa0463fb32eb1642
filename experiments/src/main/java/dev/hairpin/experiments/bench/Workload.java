package dev.hairpin.experiments.bench;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.PcapWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Traffic made from a seed: 8 VFs and 8 hosts outside, of the frames 60 % from VF to VF, 30 % between VF and outside, half
 * each way, 5 % broadcast and 5 % multicast from any of the 16; simple IMIX lengths, 7 : 4 : 1 of 60, 590 and 1,514 octets
 * without FCS, of which the capture holds the first 64; gaps of 200 to 999 ns.
 */
public final class Workload {
    /** VFs, and hosts outside. */
    public static final int EACH = 8;

    private static final long FIRST_STATION = 0x0200_0000_0001L;
    private static final long GROUP = 0x0100_5E01_0105L;
    private static final int SNAP = 64;
    private static final int DESTINATIONS = 2 * EACH + 2;
    private static final long START = 1_000_000_000_000_000_000L;
    private static final int[] IMIX = {60, 60, 60, 60, 60, 60, 60, 590, 590, 590, 590, 1514};

    private Workload() {}

    /** The address of station {@code n}; those below {@link #EACH} are the VFs'. */
    static long station(int n) {
        return FIRST_STATION + n;
    }

    /** Placement of the VFs, as {@code --map} takes it. */
    public static String map() {
        StringBuilder map = new StringBuilder();
        for (int vf = 0; vf < EACH; vf++) {
            map.append(vf == 0 ? "" : ",").append("vf").append(vf).append('=').append(Mac.format(station(vf)));
        }
        return map.toString();
    }

    /** Writes {@code frames} frames to {@code file}, a pcap; the same for the same seed. */
    public static void write(Path file, long frames, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Slab headers = headers();
        long time = START;
        try (PcapWriter writer = PcapWriter.create(file)) {
            for (long frame = 0; frame < frames; frame++) {
                int source;
                int destination;
                int kind = random.nextInt(100);
                if (kind < 60) {
                    source = random.nextInt(EACH);
                    destination = (source + 1 + random.nextInt(EACH - 1)) % EACH;
                } else if (kind < 75) {
                    source = random.nextInt(EACH);
                    destination = EACH + random.nextInt(EACH);
                } else if (kind < 90) {
                    source = EACH + random.nextInt(EACH);
                    destination = random.nextInt(EACH);
                } else {
                    source = random.nextInt(2 * EACH);
                    destination = kind < 95 ? 2 * EACH : 2 * EACH + 1;
                }
                long offset = (long) SNAP * (source * DESTINATIONS + destination);
                int length = IMIX[random.nextInt(IMIX.length)];
                writer.write(time, headers, offset, Math.min(SNAP, length), length);
                time += 200 + random.nextInt(800);
            }
        }
    }

    /** For each source and destination the beginning of an IPv4 frame. */
    private static Slab headers() {
        byte[] octets = new byte[2 * EACH * DESTINATIONS * SNAP];
        for (int source = 0; source < 2 * EACH; source++) {
            for (int destination = 0; destination < DESTINATIONS; destination++) {
                int at = SNAP * (source * DESTINATIONS + destination);
                address(octets, at, destination < 2 * EACH ? station(destination) : group(destination));
                address(octets, at + 6, station(source));
                octets[at + 12] = 0x08;
                octets[at + 14] = 0x45;
            }
        }
        return Slab.of(octets);
    }

    private static long group(int destination) {
        return destination == 2 * EACH ? Mac.BROADCAST : GROUP;
    }

    private static void address(byte[] into, int at, long mac) {
        for (int octet = 0; octet < 6; octet++) {
            into[at + octet] = (byte) (mac >>> (40 - 8 * octet));
        }
    }
}
