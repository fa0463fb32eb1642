package dev.hairpin.pcap;

import java.nio.charset.StandardCharsets;

/** Walks the options of a pcapng block, one after the other. What does not fit into the block ends the walk. */
final class OptionWalk {
    static final int COMMENT = 1;

    private static final int HEADER = 4;
    private static final int END = 0;

    private final OrderedOctets octets;
    private long next;
    private long end;
    private int code;
    private int length;
    private long value;

    OptionWalk(OrderedOctets octets) {
        this.octets = octets;
    }

    /** Starts at {@code from}; the options reach to {@code end} at most. */
    void begin(long from, long end) {
        this.next = from;
        this.end = end;
    }

    boolean next() {
        if (next + HEADER > end) {
            return false;
        }
        code = octets.u16(next);
        length = octets.u16(next + 2);
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
        return length < 1 ? 0 : octets.octet(value);
    }

    int i32() {
        return length < Integer.BYTES ? 0 : octets.i32(value);
    }

    long i64() {
        return length < Long.BYTES ? 0 : octets.i64(value);
    }

    /** As UTF-8 up to the first NUL, of at most {@code longest} octets; what is no UTF-8 becomes a replacement sign. */
    String text(int longest) {
        byte[] text = new byte[Math.min(length, longest)];
        octets.copy(value, text);
        int used = 0;
        while (used < text.length && text[used] != 0) {
            used++;
        }
        return new String(text, 0, used, StandardCharsets.UTF_8);
    }
}
