package dev.hairpin.experiments.bench;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.PcapWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.SplittableRandom;

/**
 * Traffic made from a seed: VFs and as many hosts outside, 8 unless said, of the frames 60 % from VF to VF, 30 % between VF
 * and outside, half each way, 5 % broadcast and 5 % multicast from any of all; simple IMIX lengths, 7 : 4 : 1 of 60, 590 and
 * 1,514 octets without FCS, of which the capture holds the first 64; gaps of 200 to 999 ns. All are TCP over IPv4, one flow
 * for each source and destination.
 */
public final class Workload {
    /** VFs, and hosts outside. */
    public static final int EACH = 8;

    private static final long FIRST_STATION = 0x0200_0000_0001L;
    private static final long GROUP = 0x0100_5E01_0105L;
    private static final int SNAP = 64;
    private static final long START = 1_000_000_000_000_000_000L;
    private static final int[] IMIX = {60, 60, 60, 60, 60, 60, 60, 590, 590, 590, 590, 1514};

    private Workload() {}

    /** The address of station {@code n}; those below {@link #EACH} are the VFs'. */
    static long station(int n) {
        return FIRST_STATION + n;
    }

    /** Placement of the VFs, as {@code --map} takes it. */
    public static String map() {
        return map(EACH);
    }

    static String map(int each) {
        StringBuilder map = new StringBuilder();
        for (int vf = 0; vf < each; vf++) {
            map.append(vf == 0 ? "" : ",").append("vf").append(vf).append('=').append(Mac.format(station(vf)));
        }
        return map.toString();
    }

    /** Writes {@code frames} frames to {@code file}, a pcap; the same for the same seed. */
    public static void write(Path file, long frames, long seed) throws IOException {
        write(file, frames, seed, EACH);
    }

    /** Likewise, with so many VFs. */
    static void write(Path file, long frames, long seed, int each) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        Slab headers = headers(each);
        long time = START;
        try (PcapWriter writer = PcapWriter.create(file)) {
            for (long frame = 0; frame < frames; frame++) {
                int source;
                int destination;
                int kind = random.nextInt(100);
                if (kind < 60) {
                    source = random.nextInt(each);
                    destination = (source + 1 + random.nextInt(each - 1)) % each;
                } else if (kind < 75) {
                    source = random.nextInt(each);
                    destination = each + random.nextInt(each);
                } else if (kind < 90) {
                    source = each + random.nextInt(each);
                    destination = random.nextInt(each);
                } else {
                    source = random.nextInt(2 * each);
                    destination = kind < 95 ? 2 * each : 2 * each + 1;
                }
                long offset = SNAP * ((long) source * destinations(each) + destination);
                int length = IMIX[random.nextInt(IMIX.length)];
                writer.write(time, headers, offset, Math.min(SNAP, length), length);
                time += 200 + random.nextInt(800);
            }
        }
    }

    /** For each source and destination the beginning of an IPv4 frame. */
    private static Slab headers(int each) {
        byte[] octets = new byte[2 * each * destinations(each) * SNAP];
        for (int source = 0; source < 2 * each; source++) {
            for (int destination = 0; destination < destinations(each); destination++) {
                int at = SNAP * (source * destinations(each) + destination);
                address(octets, at, address(destination, each));
                address(octets, at + 6, station(source));
                octets[at + 12] = 0x08;
                octets[at + 14] = 0x45;
                octets[at + 23] = 6;
                // 10.0.x.x to 10.0.x.x, ports 1024 and 80
                octets[at + 26] = 10;
                word(octets, at + 28, source);
                octets[at + 30] = 10;
                word(octets, at + 32, destination);
                word(octets, at + 34, 1_024);
                word(octets, at + 36, 80);
            }
        }
        return Slab.of(octets);
    }

    /** All stations, broadcast and a group. */
    private static int destinations(int each) {
        return 2 * each + 2;
    }

    private static long address(int destination, int each) {
        if (destination < 2 * each) {
            return station(destination);
        }
        return destination == 2 * each ? Mac.BROADCAST : GROUP;
    }

    private static void word(byte[] into, int at, int value) {
        into[at] = (byte) (value >>> 8);
        into[at + 1] = (byte) value;
    }

    private static void address(byte[] into, int at, long mac) {
        for (int octet = 0; octet < 6; octet++) {
            into[at + octet] = (byte) (mac >>> (40 - 8 * octet));
        }
    }
}
