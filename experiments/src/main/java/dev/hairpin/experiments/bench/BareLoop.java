package dev.hairpin.experiments.bench;

import dev.hairpin.model.frame.Slab;
import dev.hairpin.pcap.Capture;
import dev.hairpin.pcap.CaptureReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.agrona.collections.Long2LongHashMap;

/**
 * What no switch model can be faster than: one thread that reads each frame of a mapped capture, parses its header, looks
 * its destination up and appends 16 octets to a file. Everything else is told as a ratio to it.
 */
final class BareLoop {
    private static final int RECORD = 16;
    private static final int BUFFER = 1 << 20;

    private BareLoop() {}

    /** Returns how many frames there were. */
    static long run(Capture capture, Path records) throws IOException {
        Long2LongHashMap ports = new Long2LongHashMap(-1);
        for (int station = 0; station < 2 * Workload.EACH; station++) {
            ports.put(Workload.station(station), station);
        }
        Slab slab = capture.slab();
        CaptureReader reader = capture.frames();
        long frames = 0;
        try (FileChannel file = FileChannel.open(
                records, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER);
            while (reader.next()) {
                long destination = slab.i64(reader.offset()) >>> 16;
                long sourceAndType = slab.i64(reader.offset() + 6);
                if (buffer.remaining() < RECORD) {
                    drain(buffer, file);
                }
                buffer.putLong(reader.time());
                buffer.putLong(ports.get(destination) ^ sourceAndType);
                frames++;
            }
            drain(buffer, file);
        }
        return frames;
    }

    private static void drain(ByteBuffer buffer, FileChannel file) throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
        buffer.clear();
    }
}
