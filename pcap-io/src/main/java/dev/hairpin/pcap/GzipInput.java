package dev.hairpin.pcap;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * What is in a gzip file (RFC 1952), all its members one after the other, as {@code gzip -d} gives it. Other than the
 * JDK's stream it also finds the next member when the input is a pipe, takes a damaged member after the first for what
 * it is, and knows how far it came. Zeros behind the last member are padding.
 */
final class GzipInput extends InputStream {
    private static final int BUFFER = 1 << 16;
    private static final int MAGIC = 0x1F8B;
    private static final int DEFLATE = 8;
    private static final int HAS_HEADER_CRC = 2;
    private static final int HAS_EXTRA = 4;
    private static final int HAS_NAME = 8;
    private static final int HAS_COMMENT = 16;
    private static final int RESERVED_FLAGS = 0xE0;

    private final InputStream input;
    private final Inflater inflater = new Inflater(true);
    private final CRC32 crc = new CRC32();
    private final byte[] buffer = new byte[BUFFER];
    private final byte[] single = new byte[1];
    private int position;
    private int limit;
    private long taken;
    private boolean inMember;
    private boolean ended;
    private boolean first = true;

    GzipInput(InputStream input) {
        this.input = input;
    }

    /** Compressed octets used so far: where it failed, when it did. */
    long consumed() {
        return taken - (inMember ? inflater.getRemaining() : limit - position);
    }

    @Override
    public int read() throws IOException {
        return read(single, 0, 1) < 0 ? -1 : single[0] & 0xFF;
    }

    /** @throws ZipException or {@link EOFException} when the file is damaged here; all before it has been given */
    @Override
    public int read(byte[] into, int at, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        while (!ended) {
            if (!inMember && !beginMember()) {
                break;
            }
            int given = inflate(into, at, length);
            if (given > 0) {
                crc.update(into, at, given);
                return given;
            }
            if (inflater.finished()) {
                endMember();
            } else if (inflater.needsDictionary()) {
                throw new ZipException("a preset dictionary");
            } else {
                refill();
                inflater.setInput(buffer, 0, limit);
            }
        }
        return -1;
    }

    @Override
    public void close() throws IOException {
        inflater.end();
        input.close();
    }

    private int inflate(byte[] into, int at, int length) throws ZipException {
        try {
            return inflater.inflate(into, at, length);
        } catch (DataFormatException cause) {
            String reason = cause.getMessage();
            throw (ZipException) new ZipException(reason == null ? "invalid deflate data" : reason).initCause(cause);
        }
    }

    /** Reads a member's header. Says false at the end of the file. */
    private boolean beginMember() throws IOException {
        if (!first && onlyPaddingLeft()) {
            ended = true;
            return false;
        }
        if ((octet() << 8 | octet()) != MAGIC) {
            throw new ZipException("octets that are no gzip member");
        }
        int method = octet();
        int flags = octet();
        if (method != DEFLATE || (flags & RESERVED_FLAGS) != 0) {
            throw new ZipException("gzip method " + method + ", flags " + flags);
        }
        skip(6);
        if ((flags & HAS_EXTRA) != 0) {
            skip(octet() | octet() << 8);
        }
        if ((flags & HAS_NAME) != 0) {
            skipText();
        }
        if ((flags & HAS_COMMENT) != 0) {
            skipText();
        }
        if ((flags & HAS_HEADER_CRC) != 0) {
            skip(2);
        }
        first = false;
        inMember = true;
        crc.reset();
        inflater.reset();
        inflater.setInput(buffer, position, limit - position);
        return true;
    }

    private void endMember() throws IOException {
        position = limit - inflater.getRemaining();
        inMember = false;
        long octets = inflater.getBytesWritten();
        if (word() != crc.getValue()) {
            throw new ZipException("a gzip member with another checksum than its trailer says");
        }
        if (word() != (octets & 0xFFFFFFFFL)) {
            throw new ZipException("a gzip member with another length than its trailer says");
        }
    }

    private boolean onlyPaddingLeft() throws IOException {
        while (true) {
            if (position == limit && !fill()) {
                return true;
            }
            if (buffer[position] != 0) {
                return false;
            }
            position++;
        }
    }

    private void skipText() throws IOException {
        int octet;
        do {
            octet = octet();
        } while (octet != 0);
    }

    private void skip(int octets) throws IOException {
        for (int skipped = 0; skipped < octets; skipped++) {
            octet();
        }
    }

    private long word() throws IOException {
        return octet() | octet() << 8 | octet() << 16 | (long) octet() << 24;
    }

    private int octet() throws IOException {
        if (position == limit) {
            refill();
        }
        return buffer[position++] & 0xFF;
    }

    private void refill() throws IOException {
        if (!fill()) {
            throw new EOFException("the end of the file within a gzip member");
        }
    }

    private boolean fill() throws IOException {
        int read = input.read(buffer, 0, BUFFER);
        position = 0;
        limit = Math.max(0, read);
        taken += limit;
        return read > 0;
    }
}
