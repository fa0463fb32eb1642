package dev.hairpin.model.offload;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.frame.Slab;

/**
 * The octets of a frame as it left the NIC: those of a segment, or of a frame whose checksums the NIC has filled in. A slab that
 * stands before the captured one: read at {@link Burst#offset}, it has a header of its own and behind it the payload that is the
 * segment's. Tags are those captured; what relays do to them is applied as ever, see {@link Retagging}.
 *
 * <p>Of a segment the length, and in IPv4 the identification, are its own; so is the sequence number of TCP. FIN and PSH are on
 * the last alone, CWR on the first (82599 datasheet 7.2.4; RFC 3168 6.1.2). The checksum of TCP needs the whole payload; where
 * the capture does not hold it, the field is zero. It is worked out when somebody reads it.
 *
 * <p>Speaks of one frame at a time, the one that was asked for last. For one thread.
 */
public final class SentOctets implements Slab {
    private static final int LENGTH_V4 = 2;
    private static final int IDENTIFICATION = 4;
    private static final int CHECKSUM_V4 = 10;
    private static final int LENGTH_V6 = 4;
    private static final int IPV6_HEADER = 40;
    private static final int SEQUENCE = 4;
    private static final int FLAGS = 13;
    private static final int FIN_AND_PSH = 0x09;
    private static final int CWR = 0x80;

    private final PacketLayers layers = new PacketLayers();
    private byte[] header = new byte[256];
    private Slab slab = Slab.NONE;
    private long offset;

    /** Octets in {@link #header}; behind them the captured ones follow, {@link #shift} further on. */
    private int headed;

    private long shift;

    /** Where the checksum of TCP or UDP stands that is still to be worked out, and the end of what it is over. */
    private int unsummed = PacketLayers.NOWHERE;

    private int end;

    /** The octets of a frame as it left, where nothing but segmentation was done to it: those captured, or a segment's. */
    public Slab of(Burst burst, int row) {
        long number = burst.number(row);
        if (!FrameNumber.isSegment(number)) {
            return burst.slab();
        }
        int length = burst.length(row) - Retagging.longer(burst.retagging(row));
        begin(burst, row);
        int before = (FrameNumber.segment(number) - 1) * FrameNumber.mss(number);
        shift = before;
        network(length, FrameNumber.segment(number) - 1);
        put(layers.transport() + SEQUENCE, 4, get(layers.transport() + SEQUENCE, 4) + before);
        int flags = header[layers.transport() + FLAGS];
        flags &= FrameNumber.isLast(number) ? ~0 : ~FIN_AND_PSH;
        flags &= before == 0 ? ~0 : ~CWR;
        header[layers.transport() + FLAGS] = (byte) flags;
        put(Checksums.field(layers), 2, 0);
        if (burst.captured(row) == length) {
            unsummed = Checksums.field(layers);
            end = length;
        }
        return this;
    }

    /** The octets of a frame as it left, its checksums filled in as far as there are any and the capture has what they need. */
    public Slab completed(Burst burst, int row) {
        if (FrameNumber.isSegment(burst.number(row))) {
            return of(burst, row);
        }
        begin(burst, row);
        if (headed == 0) {
            return burst.slab();
        }
        shift = 0;
        if (!layers.isV6()) {
            sumNetwork();
        }
        int last = layers.end(burst.length(row) - Retagging.longer(burst.retagging(row)));
        boolean whole = layers.transport() != PacketLayers.NOWHERE
                && last != PacketLayers.NOWHERE
                && last <= burst.captured(row);
        // A datagram without a checksum has asked for none.
        if (whole && (layers.protocol() == PacketLayers.TCP || get(Checksums.field(layers), 2) != 0)) {
            put(Checksums.field(layers), 2, 0);
            unsummed = Checksums.field(layers);
            end = last;
        }
        return this;
    }

    /** Reads the frame's headers; as far as they are known there is a copy. */
    private void begin(Burst burst, int row) {
        slab = burst.slab();
        offset = burst.offset(row);
        unsummed = PacketLayers.NOWHERE;
        headed = 0;
        if (layers.read(slab, offset, burst.captured(row))) {
            int network = layers.isV6() ? IPV6_HEADER : layers.ipv4Header(slab, offset);
            headed = Math.max(layers.payload(), layers.network() + network);
            header = headed <= header.length ? header : new byte[2 * headed];
            slab.copy(offset, header, 0, headed);
        }
    }

    private void network(int length, int segmentsBefore) {
        int ip = layers.network();
        if (layers.isV6()) {
            put(ip + LENGTH_V6, 2, length - ip - IPV6_HEADER);
            return;
        }
        put(ip + LENGTH_V4, 2, length - ip);
        put(ip + IDENTIFICATION, 2, get(ip + IDENTIFICATION, 2) + segmentsBefore);
        sumNetwork();
    }

    private void sumNetwork() {
        int at = layers.network() + CHECKSUM_V4;
        put(at, 2, 0);
        long sum = 0;
        for (int word = layers.network(); word < layers.network() + layers.ipv4Header(slab, offset); word += 2) {
            sum += get(word, 2);
        }
        put(at, 2, ~Checksums.folded(sum));
    }

    private void sumTransport() {
        int at = unsummed;
        unsummed = PacketLayers.NOWHERE;
        int length = end - layers.transport();
        int sum = Checksums.folded(Checksums.pseudo(slab, offset, layers, length)
                + Checksums.sum(this, offset + layers.transport(), length));
        // UDP says by zero that there is none; the other zero of ones' complement stands for it (RFC 768).
        put(at, 2, layers.protocol() == PacketLayers.UDP && sum == 0xFFFF ? 0xFFFF : ~sum);
    }

    private long get(int at, int octets) {
        long value = 0;
        for (int octet = 0; octet < octets; octet++) {
            value = (value << 8) | (header[at + octet] & 0xFF);
        }
        return value;
    }

    private void put(int at, int octets, long value) {
        for (int octet = 0; octet < octets; octet++) {
            header[at + octet] = (byte) (value >>> (8 * (octets - 1 - octet)));
        }
    }

    @Override
    public long size() {
        return slab.size();
    }

    @Override
    public int octet(long at) {
        long place = at - offset;
        if (place < 0 || place >= headed) {
            return slab.octet(at + shift);
        }
        if (unsummed != PacketLayers.NOWHERE && (place == unsummed || place == unsummed + 1)) {
            sumTransport();
        }
        return header[(int) place] & 0xFF;
    }

    @Override
    public int u16(long at) {
        return at - offset >= headed ? slab.u16(at + shift) : (int) assembled(at, 2);
    }

    @Override
    public int i32(long at) {
        return at - offset >= headed ? slab.i32(at + shift) : (int) assembled(at, 4);
    }

    @Override
    public long i64(long at) {
        return at - offset >= headed ? slab.i64(at + shift) : assembled(at, 8);
    }

    private long assembled(long at, int octets) {
        long value = 0;
        for (int octet = 0; octet < octets; octet++) {
            value = (value << 8) | octet(at + octet);
        }
        return value;
    }

    @Override
    public void copy(long from, byte[] into, int at, int length) {
        int own = (int) Math.max(0, Math.min(length, offset + headed - from));
        for (int octet = 0; octet < own; octet++) {
            into[at + octet] = (byte) octet(from + octet);
        }
        if (length > own) {
            slab.copy(from + own + shift, into, at + own, length - own);
        }
    }
}
