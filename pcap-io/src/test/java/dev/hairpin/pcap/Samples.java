package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** Small captures for tests. */
final class Samples {
    private static final int FRAMES = 5;

    private Samples() {}

    /** A pcap file of five frames of 14 to 18 octets. */
    static byte[] pcap() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapWriter writer = PcapWriter.to(file)) {
            for (int frame = 0; frame < FRAMES; frame++) {
                byte[] octets = octets(frame);
                writer.write(1_000_000_007L * frame, Slab.of(octets), 0, octets.length, 60);
            }
        }
        return file.toByteArray();
    }

    /** A pcapng file of two interfaces and five frames of 14 to 18 octets with directions and comments. */
    static byte[] pcapng() throws IOException {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try (PcapngWriter writer = PcapngWriter.to(file, "test")) {
            writer.addInterface("vf0", "a virtual function", 0);
            writer.addInterface("uplink", "", 128);
            for (int frame = 0; frame < FRAMES; frame++) {
                byte[] octets = octets(frame);
                Direction direction = Direction.values()[frame % 3];
                String comment = frame % 2 == 0 ? "" : "frame " + frame;
                writer.write(
                        frame % 2, 1_000_000_007L * frame, Slab.of(octets), 0, octets.length, 60, direction, comment);
            }
        }
        return file.toByteArray();
    }

    private static byte[] octets(int frame) {
        byte[] octets = new byte[14 + frame];
        new Random(frame).nextBytes(octets);
        return octets;
    }
}
