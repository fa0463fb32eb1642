package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.Objects;

/**
 * A file mapped into memory, of any size. Because a mapping is limited to 2 GiB, the file is mapped in chunks of 1 GiB,
 * each with some of the next one behind it, so that a number read at any offset lies within one chunk.
 *
 * <p>The mappings live as long as the slab is reachable, beyond the closing and deletion of the file. Someone else who
 * shortens the file meanwhile makes reading it fail with an {@link InternalError}; this the platform does not let us
 * prevent.
 */
final class MappedSlab implements Slab {
    private static final int STRIDE_BITS = 30;
    private static final int OVERLAP = 1 << 20;
    private static final VarHandle U16 = MethodHandles.byteBufferViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I32 = MethodHandles.byteBufferViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle I64 = MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final long size;
    private final int strideBits;
    private final long withinStride;
    private final ByteBuffer[] chunks;

    private MappedSlab(long size, int strideBits, ByteBuffer[] chunks) {
        this.size = size;
        this.strideBits = strideBits;
        this.withinStride = (1L << strideBits) - 1;
        this.chunks = chunks;
    }

    /**
     * Maps the whole of {@code file} as long as it is now. The channel may be closed afterwards.
     *
     * @throws IOException when it cannot be mapped
     */
    static MappedSlab map(FileChannel file) throws IOException {
        return map(file, STRIDE_BITS, OVERLAP);
    }

    /**
     * Maps with another size of chunks, for tests.
     *
     * @param overlap octets of the next chunk mapped behind each, at least seven
     */
    static MappedSlab map(FileChannel file, int strideBits, int overlap) throws IOException {
        long size = file.size();
        long stride = 1L << strideBits;
        ByteBuffer[] chunks = new ByteBuffer[Math.toIntExact((size + stride - 1) >>> strideBits)];
        for (int chunk = 0; chunk < chunks.length; chunk++) {
            long from = (long) chunk << strideBits;
            chunks[chunk] = file.map(FileChannel.MapMode.READ_ONLY, from, Math.min(stride + overlap, size - from));
        }
        return new MappedSlab(size, strideBits, chunks);
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public int octet(long offset) {
        return chunk(offset).get((int) (offset & withinStride)) & 0xFF;
    }

    @Override
    public int u16(long offset) {
        return (short) U16.get(chunk(offset), (int) (offset & withinStride)) & 0xFFFF;
    }

    @Override
    public int i32(long offset) {
        return (int) I32.get(chunk(offset), (int) (offset & withinStride));
    }

    @Override
    public long i64(long offset) {
        return (long) I64.get(chunk(offset), (int) (offset & withinStride));
    }

    @Override
    public void copy(long offset, byte[] into, int at, int length) {
        Objects.checkFromIndexSize(offset, length, size);
        Objects.checkFromIndexSize(at, length, into.length);
        int copied = 0;
        while (copied < length) {
            long from = offset + copied;
            ByteBuffer chunk = chunks[(int) (from >>> strideBits)];
            int index = (int) (from & withinStride);
            int part = Math.min(length - copied, chunk.capacity() - index);
            chunk.get(index, into, at + copied, part);
            copied += part;
        }
    }

    private ByteBuffer chunk(long offset) {
        long chunk = offset >>> strideBits;
        if (chunk >= chunks.length) {
            throw new IndexOutOfBoundsException("offset " + offset + " of a slab of " + size + " octets");
        }
        return chunks[(int) chunk];
    }
}
