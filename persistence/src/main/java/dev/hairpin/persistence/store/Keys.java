package dev.hairpin.persistence.store;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The keys of the database, whose order is that of their octets: one octet for the table, then
 *
 * <ul>
 *   <li>table 1, ids: the persistence id in UTF-8. Value: its number, 4 octets.
 *   <li>table 2, events: the id's number, 4 octets, and the sequence number, 8 octets.
 *   <li>table 3, deletions: the id's number. Value: the sequence number up to which events were deleted, 8 octets.
 *   <li>table 4, snapshots: the id's number and the sequence number.
 * </ul>
 *
 * All numbers are big-endian. Events and snapshots are {@link Stored records}.
 */
final class Keys {
    static final byte IDS = 1;
    static final byte EVENTS = 2;
    static final byte DELETIONS = 3;
    static final byte SNAPSHOTS = 4;

    /** Octets of a key in the tables of events and snapshots. */
    static final int RECORD_KEY = 1 + Integer.BYTES + Long.BYTES;

    private Keys() {}

    static byte[] id(String id) {
        byte[] name = id.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(1 + name.length).put(IDS).put(name).array();
    }

    static String idOf(byte[] key) {
        return new String(key, 1, key.length - 1, StandardCharsets.UTF_8);
    }

    static byte[] record(byte table, int number, long sequence) {
        return putRecord(ByteBuffer.allocate(RECORD_KEY), table, number, sequence)
                .array();
    }

    /** As {@link #record}, into a buffer that is then ready to be read. */
    static ByteBuffer putRecord(ByteBuffer into, byte table, int number, long sequence) {
        return into.clear().put(table).putInt(number).putLong(sequence).flip();
    }

    static byte[] deletion(int number) {
        return ByteBuffer.allocate(1 + Integer.BYTES)
                .put(DELETIONS)
                .putInt(number)
                .array();
    }

    /** Whether {@code key} is of a record of this id in this table. */
    static boolean isRecordOf(byte[] key, byte table, int number) {
        return key.length == RECORD_KEY
                && key[0] == table
                && ByteBuffer.wrap(key).getInt(1) == number;
    }

    static long sequenceOf(byte[] recordKey) {
        return ByteBuffer.wrap(recordKey).getLong(1 + Integer.BYTES);
    }

    static byte[] table(byte table) {
        return new byte[] {table};
    }
}
