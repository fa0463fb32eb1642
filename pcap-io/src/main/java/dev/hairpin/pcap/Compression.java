package dev.hairpin.pcap;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** How a capture is compressed as a whole, known by its first octets. */
enum Compression {
    NONE(""),
    GZIP(" in gz"),
    ZSTD(" in zstd");

    /** Octets that {@link #of} wants to see. */
    static final int MAGIC_OCTETS = 4;

    /**
     * The decompressor says how far it came only by what it asked for, so it is given little at a time: the place of a
     * damage is exact to this many octets.
     */
    private static final int ZSTD_STEP = 1 << 12;

    private static final int ZSTD_MAGIC = 0xFD2FB528;
    private static final int ZSTD_SKIPPABLE = 0x184D2A50;

    private final String suffix;

    Compression(String suffix) {
        this.suffix = suffix;
    }

    /** What is put behind the name of the container. */
    String suffix() {
        return suffix;
    }

    /** @param start the first octets of a file, fewer than {@link #MAGIC_OCTETS} when it has no more */
    static Compression of(byte[] start) {
        if (start.length >= 2 && start[0] == 0x1F && start[1] == (byte) 0x8B) {
            return GZIP;
        }
        if (start.length >= MAGIC_OCTETS) {
            int magic = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN).getInt();
            if (magic == ZSTD_MAGIC || (magic & ~0xF) == ZSTD_SKIPPABLE) {
                return ZSTD;
            }
        }
        return NONE;
    }

    /** A stream of what is in {@code input}. Closing it does not matter to {@code input}. */
    InputStream decompress(MeteredInput input) throws IOException {
        return switch (this) {
            case NONE -> new Unclosed(input, Integer.MAX_VALUE);
            case GZIP -> new GzipInput(new Unclosed(input, Integer.MAX_VALUE));
            case ZSTD -> new ZstdInputStreamNoFinalizer(new Unclosed(input, ZSTD_STEP));
        };
    }

    /** Passes on reads, in steps, but not the closing. */
    private static final class Unclosed extends FilterInputStream {
        private final int step;

        Unclosed(InputStream input, int step) {
            super(input);
            this.step = step;
        }

        @Override
        public int read(byte[] into, int at, int length) throws IOException {
            return super.read(into, at, Math.min(length, step));
        }

        @Override
        public void close() {
            // The input is still to be read to its end, for its hash.
        }
    }
}
