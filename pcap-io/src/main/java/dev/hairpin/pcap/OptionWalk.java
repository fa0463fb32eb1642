package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;
import java.nio.charset.StandardCharsets;

/** Walks the options of a pcapng block, one after the other. What does not fit into the block ends the walk. */
final class OptionWalk {
    static final int COMMENT = 1;

    private static final int HEADER = 4;
    private static final int END = 0;

    private final Slab slab;
    private boolean littleEndian;
    private long next;
    private long end;
    private int code;
    private int length;
    private long value;

    OptionWalk(Slab slab) {
        this.slab = slab;
    }

    /** Starts at {@code from}; the options reach to {@code end} at most. */
    void begin(long from, long end, boolean littleEndian) {
        this.next = from;
        this.end = end;
        this.littleEndian = littleEndian;
    }

    boolean next() {
        if (next + HEADER > end) {
            return false;
        }
        code = u16(next);
        length = u16(next + 2);
        value = next + HEADER;
        next = value + PcapngReader.padded(length);
        return code != END && value + length <= end;
    }

    int code() {
        return code;
    }

    /** Octets of the value. */
    int length() {
        return length;
    }

    int octet() {
        return length < 1 ? 0 : slab.octet(value);
    }

    int i32() {
        if (length < Integer.BYTES) {
            return 0;
        }
        int number = slab.i32(value);
        return littleEndian ? Integer.reverseBytes(number) : number;
    }

    long i64() {
        if (length < Long.BYTES) {
            return 0;
        }
        long number = slab.i64(value);
        return littleEndian ? Long.reverseBytes(number) : number;
    }

    /** As UTF-8 up to the first NUL, of at most {@code longest} octets; what is no UTF-8 becomes a replacement sign. */
    String text(int longest) {
        byte[] octets = new byte[Math.min(length, longest)];
        slab.copy(value, octets, 0, octets.length);
        int used = 0;
        while (used < octets.length && octets[used] != 0) {
            used++;
        }
        return new String(octets, 0, used, StandardCharsets.UTF_8);
    }

    private int u16(long offset) {
        int number = slab.u16(offset);
        return littleEndian ? Short.reverseBytes((short) number) & 0xFFFF : number;
    }
}
