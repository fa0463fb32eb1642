package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * An event or a snapshot as the store has it. Its value in the database is
 *
 * <pre>
 *   octet    format, 1
 *   4        CRC32C, big-endian, over the key and all that follows
 *   varint   of an event: its sequence number less that of the event before it; of a snapshot: its timestamp
 *   varint   number of the serializer
 *   varint   length of the manifest, and the manifest in UTF-8
 *   varint   length of the envelope, and the envelope
 *   rest     the payload
 * </pre>
 *
 * with varints of seven bits an octet, lowest first.
 */
public final class Stored {
    private static final byte FORMAT = 1;
    private static final int CHECKED_FROM = 1 + Integer.BYTES;
    /** Most octets of the head, without manifest and envelope. */
    private static final int HEAD = CHECKED_FROM + 10 + 3 * 5;

    private final long sequence;
    private final byte[] value;
    private final long mark;
    private final int serializer;
    private final String manifest;
    private final int envelopeFrom;
    private final int payloadFrom;

    private Stored(byte[] key, byte[] value) {
        this.sequence = Keys.sequenceOf(key);
        this.value = value;
        ByteBuffer in = ByteBuffer.wrap(value).position(CHECKED_FROM);
        this.mark = getVarint(in);
        this.serializer = (int) getVarint(in);
        int manifestLength = length(in);
        this.manifest = new String(value, in.position(), manifestLength, StandardCharsets.UTF_8);
        in.position(in.position() + manifestLength);
        int envelopeLength = length(in);
        this.envelopeFrom = in.position();
        this.payloadFrom = envelopeFrom + envelopeLength;
    }

    private Stored(long sequence, int serializer, String manifest, byte[] payload) {
        this.sequence = sequence;
        this.value = payload;
        this.mark = 0;
        this.serializer = serializer;
        this.manifest = manifest;
        this.envelopeFrom = 0;
        this.payloadFrom = 0;
    }

    /** An event that was kept elsewhere, without an envelope. */
    public static Stored of(long sequence, int serializer, String manifest, byte[] payload) {
        return new Stored(sequence, serializer, manifest, payload);
    }

    /** The sequence number. */
    public long sequence() {
        return sequence;
    }

    /** Number of the serializer that wrote the payload. */
    public int serializer() {
        return serializer;
    }

    /** What the serializer needs to read it. */
    public String manifest() {
        return manifest;
    }

    /** What its writer wanted kept with it. */
    public byte[] envelope() {
        return Arrays.copyOfRange(value, envelopeFrom, payloadFrom);
    }

    /** A copy of the payload. */
    public byte[] payload() {
        return Arrays.copyOfRange(value, payloadFrom, value.length);
    }

    /** The array in which the payload lies, from {@link #payloadOffset} to its end; to be read only. */
    public byte[] array() {
        return value;
    }

    public int payloadOffset() {
        return payloadFrom;
    }

    public int payloadLength() {
        return value.length - payloadFrom;
    }

    /** Of an event: how far its sequence number is from that of the event before it. Of a snapshot: its timestamp. */
    long mark() {
        return mark;
    }

    /** Reads a record, or throws {@link JournalDamage} without a place. */
    static Stored read(byte[] key, byte[] value) {
        if (value.length < CHECKED_FROM) {
            throw new JournalDamage("a record of " + value.length + " octets");
        }
        CRC32C crc = new CRC32C();
        crc.update(key);
        crc.update(value, CHECKED_FROM, value.length - CHECKED_FROM);
        if ((int) crc.getValue() != ByteBuffer.wrap(value).getInt(1)) {
            throw new JournalDamage("its checksum is not that of its octets");
        }
        if (value[0] != FORMAT) {
            throw new JournalDamage("a record of format " + value[0] + ", expected " + FORMAT);
        }
        try {
            return new Stored(key, value);
        } catch (IllegalArgumentException | IndexOutOfBoundsException | BufferUnderflowException e) {
            throw new JournalDamage("a record whose head is longer than it", e);
        }
    }

    /** Writes records into direct memory of its own, which grows as needed. For one thread at a time. */
    static final class Writer {
        private static final int FIRST_CAPACITY = 1 << 16;
        private static final int LARGEST = Integer.MAX_VALUE - 8;

        private final CRC32C crc = new CRC32C();
        private ByteBuffer buffer = ByteBuffer.allocateDirect(FIRST_CAPACITY);

        /** The value of a record, good until the next call. {@code key} is read, but its position stays. */
        ByteBuffer write(ByteBuffer key, long mark, int serializer, String manifest, byte[] envelope, byte[] payload) {
            byte[] manifestOctets = manifest.getBytes(StandardCharsets.UTF_8);
            int most = Math.addExact(HEAD + manifestOctets.length + envelope.length, payload.length);
            if (buffer.capacity() < most) {
                buffer = ByteBuffer.allocateDirect(Math.max(most, (int) Math.min(LARGEST, 2L * buffer.capacity())));
            }
            buffer.clear().put(FORMAT).putInt(0);
            putVarint(buffer, mark);
            putVarint(buffer, Integer.toUnsignedLong(serializer));
            putVarint(buffer, manifestOctets.length);
            buffer.put(manifestOctets);
            putVarint(buffer, envelope.length);
            buffer.put(envelope).put(payload).flip();
            crc.reset();
            crc.update(key.duplicate());
            crc.update(buffer.duplicate().position(CHECKED_FROM));
            return buffer.putInt(1, (int) crc.getValue());
        }
    }

    private static void putVarint(ByteBuffer into, long number) {
        long value = number;
        while ((value & ~0x7FL) != 0) {
            into.put((byte) (value | 0x80));
            value >>>= 7;
        }
        into.put((byte) value);
    }

    private static long getVarint(ByteBuffer in) {
        long value = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte octet = in.get();
            value |= (octet & 0x7FL) << shift;
            if (octet >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten octets");
    }

    private static int length(ByteBuffer in) {
        long length = getVarint(in);
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("a length of " + length);
        }
        return (int) length;
    }
}
