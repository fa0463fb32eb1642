package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;

/**
 * Writes a pcap file of Ethernet frames, little-endian, with times in nanoseconds; for tools that do not read pcapng. A
 * file takes its name when the writer is closed, as with {@link PcapngWriter}. For one thread.
 */
public final class PcapWriter implements AutoCloseable {
    private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
    private static final int SNAP_LENGTH = 1 << 18;
    private static final long SECOND = 1_000_000_000;
    private static final long LAST_SECOND = 0xFFFF_FFFFL;

    private final OctetSink sink;

    private PcapWriter(OctetSink sink) throws IOException {
        this.sink = sink;
        sink.i32(MAGIC_NANOSECONDS);
        sink.u16(2);
        sink.u16(4);
        sink.i32(0);
        sink.i32(0);
        sink.i32(SNAP_LENGTH);
        sink.i32(LinkType.ETHERNET);
    }

    /** Begins a file. */
    public static PcapWriter create(Path file) throws IOException {
        return new PcapWriter(OctetSink.to(file));
    }

    /** Writes to a stream, which is closed with the writer. */
    public static PcapWriter to(OutputStream stream) throws IOException {
        return new PcapWriter(OctetSink.to(stream));
    }

    /**
     * Writes a frame.
     *
     * @param time nanoseconds since the epoch; what the format cannot say, before the epoch or after the year 2106,
     *     becomes the nearest that it can
     * @param slab where its octets are
     * @param offset where they begin
     * @param captured how many there are
     * @param length how many it had on the wire, without FCS
     * @throws IOException when it cannot be written
     */
    public void write(long time, Slab slab, long offset, int captured, int length) throws IOException {
        long stamp = Math.min(Math.max(0, time), LAST_SECOND * SECOND + SECOND - 1);
        sink.i32((int) (stamp / SECOND));
        sink.i32((int) (stamp % SECOND));
        sink.i32(captured);
        sink.i32(length);
        sink.octets(slab, offset, captured);
    }

    /** Hands on what is buffered, so that a reader of the stream has it. */
    public void flush() throws IOException {
        sink.flush();
    }

    /** Makes {@link #close} leave no file. */
    public void discard() {
        sink.discard();
    }

    /** Ends the file and gives it its name. After a failure it leaves none. */
    @Override
    public void close() throws IOException {
        sink.close();
    }
}
