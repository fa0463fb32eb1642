package dev.hairpin.persistence.event;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.hairpin.persistence.JournalDamage;

/**
 * A column of numbers in octets, as the head of {@code journal.proto} lays down: varints one after the other, or in runs,
 * whichever is shorter. Numbers are unsigned here; callers fold the sign in with {@link #zigzag}.
 */
final class Column {
    private static final byte PLAIN = 0;
    private static final byte RUNS = 1;
    private static final int LONGEST_VARINT = 10;

    private Column() {}

    static long zigzag(long value) {
        return (value << 1) ^ (value >> 63);
    }

    static long unzigzag(long value) {
        return (value >>> 1) ^ -(value & 1);
    }

    /** The first {@code count} of {@code values}. */
    static ByteString encode(long[] values, int count) {
        if (count == 0) {
            return ByteString.EMPTY;
        }
        long plain = 0;
        long runs = 0;
        int start = 0;
        for (int i = 0; i < count; i++) {
            long value = values[i];
            int size = size(value);
            plain += size;
            if (value != values[start]) {
                runs += size(values[start]) + size(i - start);
                start = i;
            }
        }
        runs += size(values[start]) + size(count - start);
        byte[] octets = new byte[Math.toIntExact(1 + Math.min(plain, runs))];
        if (runs < plain) {
            putRuns(values, count, octets);
        } else {
            putPlain(values, count, octets);
        }
        return UnsafeByteOperations.unsafeWrap(octets);
    }

    private static void putPlain(long[] values, int count, byte[] into) {
        into[0] = PLAIN;
        int at = 1;
        for (int i = 0; i < count; i++) {
            at = put(into, at, values[i]);
        }
    }

    private static void putRuns(long[] values, int count, byte[] into) {
        into[0] = RUNS;
        int at = 1;
        int start = 0;
        for (int i = 1; i <= count; i++) {
            if (i == count || values[i] != values[start]) {
                at = put(into, at, values[start]);
                at = put(into, at, i - start);
                start = i;
            }
        }
    }

    /**
     * Reads a column of exactly {@code count} values into {@code into} from index {@code from} on.
     *
     * @throws JournalDamage when the octets are no such column; {@code name} is in the message
     */
    static void decode(ByteString column, String name, long[] into, int from, int count) {
        byte[] octets = column.toByteArray();
        if (count == 0) {
            check(octets.length == 0, name);
            return;
        }
        check(octets.length > 1, name);
        switch (octets[0]) {
            case PLAIN -> getPlain(octets, name, into, from, count);
            case RUNS -> getRuns(octets, name, into, from, count);
            default -> throw damaged(name);
        }
    }

    private static void getPlain(byte[] octets, String name, long[] into, int from, int count) {
        check(octets.length - 1 >= count, name);
        int at = 1;
        for (int i = from; i < from + count; i++) {
            check(at < octets.length, name);
            int first = octets[at];
            if (first >= 0) {
                into[i] = first;
                at++;
            } else if (at + 1 < octets.length && octets[at + 1] >= 0) {
                into[i] = (first & 0x7F) | octets[at + 1] << 7;
                at += 2;
            } else {
                int end = end(octets, at, name);
                into[i] = get(octets, at, end);
                at = end;
            }
        }
        check(at == octets.length, name);
    }

    private static void getRuns(byte[] octets, String name, long[] into, int from, int count) {
        int at = 1;
        int filled = from;
        while (at < octets.length) {
            int end = end(octets, at, name);
            long value = get(octets, at, end);
            at = end;
            end = end(octets, at, name);
            long length = get(octets, at, end);
            at = end;
            check(length >= 1 && length <= from + count - filled, name);
            int until = filled + (int) length;
            while (filled < until) {
                into[filled++] = value;
            }
        }
        check(filled == from + count, name);
    }

    /** Where the varint that begins at {@code at} ends. */
    private static int end(byte[] octets, int at, String name) {
        int limit = Math.min(octets.length, at + LONGEST_VARINT);
        for (int i = at; i < limit; i++) {
            if (octets[i] >= 0) {
                return i + 1;
            }
        }
        throw damaged(name);
    }

    private static long get(byte[] octets, int at, int end) {
        long value = 0;
        for (int i = end - 1; i >= at; i--) {
            value = value << 7 | (octets[i] & 0x7F);
        }
        return value;
    }

    private static int put(byte[] into, int start, long number) {
        int at = start;
        long value = number;
        while ((value & ~0x7FL) != 0) {
            into[at++] = (byte) (value | 0x80);
            value >>>= 7;
        }
        into[at++] = (byte) value;
        return at;
    }

    /** Octets of the varint: one for each seven bits begun. */
    private static int size(long value) {
        return (70 - Long.numberOfLeadingZeros(value | 1)) / 7;
    }

    private static void check(boolean good, String name) {
        if (!good) {
            throw damaged(name);
        }
    }

    private static JournalDamage damaged(String name) {
        return new JournalDamage("column '" + name + "' is not as long as its event says or is no column");
    }
}
