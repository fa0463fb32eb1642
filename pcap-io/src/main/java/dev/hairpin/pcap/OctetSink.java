package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Little-endian octets on their way to a file or a stream, through a buffer. A file is written beside its name, with
 * {@code .part} behind it, and takes its name when it is closed complete: who sees the name sees the whole file.
 */
final class OctetSink implements AutoCloseable {
    private static final int BUFFER = 1 << 18;

    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER).order(ByteOrder.LITTLE_ENDIAN);
    private final WritableByteChannel channel;
    private final @Nullable Path part;
    private final @Nullable Path target;
    private boolean discarded;
    private boolean closed;

    private OctetSink(WritableByteChannel channel, @Nullable Path part, @Nullable Path target) {
        this.channel = channel;
        this.part = part;
        this.target = target;
    }

    /** To a file; or straight to where the name leads if that is a pipe or a device. */
    static OctetSink to(Path file) throws IOException {
        Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        if (Files.exists(target) && !Files.isRegularFile(target)) {
            return new OctetSink(FileChannel.open(target, StandardOpenOption.WRITE), null, null);
        }
        Path part = target.resolveSibling(target.getFileName() + ".part");
        FileChannel channel = FileChannel.open(
                part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
        return new OctetSink(channel, part, target);
    }

    /** To a stream, which is flushed and closed in the end. */
    static OctetSink to(OutputStream stream) {
        return new OctetSink(Channels.newChannel(stream), null, null);
    }

    void u16(int number) throws IOException {
        reserve(Short.BYTES).putShort((short) number);
    }

    void i32(int number) throws IOException {
        reserve(Integer.BYTES).putInt(number);
    }

    void octets(byte[] octets, int length) throws IOException {
        for (int written = 0; written < length; ) {
            int part = Math.min(length - written, reserve(1).remaining());
            buffer.put(octets, written, part);
            written += part;
        }
    }

    void octets(Slab slab, long offset, int length) throws IOException {
        for (int written = 0; written < length; ) {
            int part = Math.min(length - written, reserve(1).remaining());
            slab.copy(offset + written, buffer.array(), buffer.position(), part);
            buffer.position(buffer.position() + part);
            written += part;
        }
    }

    void zeros(int count) throws IOException {
        for (int written = 0; written < count; written++) {
            reserve(1).put((byte) 0);
        }
    }

    /** Hands on what is in the buffer. */
    void flush() throws IOException {
        buffer.flip();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
        } catch (IOException cause) {
            discarded = true;
            throw cause;
        } finally {
            buffer.clear();
        }
    }

    /** Closing is to leave no file. */
    void discard() {
        discarded = true;
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (channel) {
            if (!discarded) {
                flush();
            }
        } catch (IOException cause) {
            discarded = true;
            throw cause;
        } finally {
            settle();
        }
    }

    private void settle() throws IOException {
        if (part == null || target == null) {
            return;
        }
        if (discarded) {
            Files.deleteIfExists(part);
            return;
        }
        try {
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException cause) {
            Files.move(part, target, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private ByteBuffer reserve(int octets) throws IOException {
        if (buffer.remaining() < octets) {
            flush();
        }
        return buffer;
    }
}
