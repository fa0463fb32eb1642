package dev.hairpin.pcap;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How many frames a second one thread reads from a mapped file into bursts. A program, not a test:
 * {@code ReaderSpeed [FRAMES] [OCTETS]}.
 */
final class ReaderSpeed {
    private static final int ROUNDS = 6;
    private static final int BURST = 256;

    private ReaderSpeed() {}

    public static void main(String[] arguments) throws IOException {
        int frames = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5_000_000;
        int octets = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 64;
        Path folder = Files.createTempDirectory("hairpin-speed");
        Path pcap = folder.resolve("frames.pcap");
        Path pcapng = folder.resolve("frames.pcapng");
        try {
            writeFrames(pcap, pcapng, frames, octets);
            for (int round = 0; round < ROUNDS; round++) {
                measure(pcap, frames);
                measure(pcapng, frames);
            }
        } finally {
            Files.deleteIfExists(pcap);
            Files.deleteIfExists(pcapng);
            Files.deleteIfExists(folder);
        }
    }

    private static void writeFrames(Path pcap, Path pcapng, int frames, int octets) throws IOException {
        byte[] frame = new byte[octets];
        frame[12] = 8;
        try (PcapWriter first = PcapWriter.create(pcap);
                PcapngWriter second = PcapngWriter.create(pcapng, "")) {
            int port = second.addInterface("port", "", 0);
            for (int number = 0; number < frames; number++) {
                frame[5] = (byte) (number % 20);
                frame[11] = (byte) (number % 19);
                Slab slab = Slab.of(frame);
                first.write(number * 1_000L, slab, 0, octets, octets);
                second.write(port, number * 1_000L, slab, 0, octets, octets, Direction.UNKNOWN, "");
            }
        }
    }

    private static void measure(Path file, int frames) throws IOException {
        try (Capture capture = Capture.open(file)) {
            long bare = System.nanoTime();
            long sum = 0;
            CaptureReader reader = capture.frames();
            while (reader.next()) {
                sum += reader.time() + reader.captured();
            }
            bare = System.nanoTime() - bare;

            long parsed = System.nanoTime();
            reader = capture.frames();
            BurstBuilder builder = new BurstBuilder(BURST);
            while (reader.next()) {
                EthernetHeader.read(
                        capture.slab(),
                        reader.offset(),
                        reader.captured(),
                        reader.length(),
                        reader.time(),
                        reader.number(),
                        0,
                        builder);
                if (builder.size() == BURST) {
                    Burst burst = builder.build();
                    sum += burst.destination(BURST - 1);
                }
            }
            parsed = System.nanoTime() - parsed;
            System.out.printf(
                    "%s: %.1f M frames/s read, %.1f M frames/s into bursts (%d)%n",
                    file.getFileName(), frames * 1e3 / bare, frames * 1e3 / parsed, sum & 1);
        }
    }
}
