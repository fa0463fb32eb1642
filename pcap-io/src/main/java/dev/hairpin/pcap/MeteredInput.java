package dev.hairpin.pcap;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The octets of an input as they come: counted, hashed, and with the failures of the input kept apart from those of
 * whoever decompresses it. A few octets can be looked at before they are read.
 */
final class MeteredInput extends InputStream {
    private final InputStream input;
    private final MessageDigest digest;
    private final byte[] single = new byte[1];
    private byte[] ahead = new byte[0];
    private int aheadRead;
    private long count;
    private @Nullable IOException failure;

    MeteredInput(InputStream input, MessageDigest digest) {
        this.input = input;
        this.digest = digest;
    }

    /** The next octets without reading them: {@code length} of them, or fewer when the input ends before. */
    byte[] peek(int length) throws IOException {
        if (ahead.length - aheadRead < length) {
            byte[] rest = take(length - (ahead.length - aheadRead));
            byte[] joined = new byte[ahead.length - aheadRead + rest.length];
            System.arraycopy(ahead, aheadRead, joined, 0, ahead.length - aheadRead);
            System.arraycopy(rest, 0, joined, ahead.length - aheadRead, rest.length);
            ahead = joined;
            aheadRead = 0;
        }
        return Arrays.copyOfRange(ahead, aheadRead, Math.min(ahead.length, aheadRead + length));
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int read;
        if (aheadRead < ahead.length) {
            read = Math.min(length, ahead.length - aheadRead);
            System.arraycopy(ahead, aheadRead, into, at, read);
            aheadRead += read;
        } else {
            try {
                read = input.read(into, at, length);
            } catch (IOException cause) {
                failure = cause;
                throw cause;
            }
        }
        if (read > 0) {
            digest.update(into, at, read);
            count += read;
        }
        return read;
    }

    /** Octets read so far. */
    long count() {
        return count;
    }

    /** What the input itself failed with, if it did. */
    @Nullable
    IOException failure() {
        return failure;
    }

    private byte[] take(int length) throws IOException {
        return input.readNBytes(length);
    }
}
