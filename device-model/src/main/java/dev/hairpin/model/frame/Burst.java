package dev.hairpin.model.frame;

/**
 * Frames in columns, immutable. Row {@code r} of every column speaks of the same frame; rows stand in the order in which
 * the frames cross the link. Frames are never objects: what is exchanged between stages is a burst, and its octets stay
 * where they are, in the slab.
 *
 * <p>Where a burst begins and ends means nothing. Made by {@link BurstBuilder}.
 */
public final class Burst {
    /** No frames. */
    public static final Burst EMPTY = new BurstBuilder(0).build();

    private final int size;
    private final long[] time;
    private final long[] number;
    private final long[] destination;
    private final long[] source;
    private final int[] tag;
    private final int[] etherType;
    private final long[] offset;
    private final int[] captured;
    private final int[] length;
    private final int[] port;

    Burst(
            int size,
            long[] time,
            long[] number,
            long[] destination,
            long[] source,
            int[] tag,
            int[] etherType,
            long[] offset,
            int[] captured,
            int[] length,
            int[] port) {
        this.size = size;
        this.time = time;
        this.number = number;
        this.destination = destination;
        this.source = source;
        this.tag = tag;
        this.etherType = etherType;
        this.offset = offset;
        this.captured = captured;
        this.length = length;
        this.port = port;
    }

    /** The same frames, each later by {@code nanos}. */
    public Burst later(long nanos) {
        if (size == 0) {
            return this;
        }
        long[] moved = new long[size];
        for (int row = 0; row < size; row++) {
            moved[row] = time[row] + nanos;
        }
        return new Burst(size, moved, number, destination, source, tag, etherType, offset, captured, length, port);
    }

    /** How many rows. */
    public int size() {
        return size;
    }

    /** When the frame is at this point of its way: nanoseconds since the epoch, of the capture and never of the wall. */
    public long time(int row) {
        return time[row];
    }

    /** The frame's identity: its number in the capture, from 1. */
    public long number(int row) {
        return number[row];
    }

    /** Destination address, see {@link Mac}. */
    public long destination(int row) {
        return destination[row];
    }

    /** Source address, see {@link Mac}. */
    public long source(int row) {
        return source[row];
    }

    /** Outermost VLAN tag, see {@link VlanTag}; {@link VlanTag#NONE} when untagged. */
    public int tag(int row) {
        return tag[row];
    }

    /**
     * The EtherType or length field behind the outermost tag, or {@link EthernetHeader#CUT} when the frame or the capture
     * ends before it.
     */
    public int etherType(int row) {
        return etherType[row];
    }

    /** Where the frame's octets begin in the slab. */
    public long offset(int row) {
        return offset[row];
    }

    /** How many octets the slab has of it. */
    public int captured(int row) {
        return captured[row];
    }

    /** How many octets it had on the wire, without FCS. At least {@link #captured}. */
    public int length(int row) {
        return length[row];
    }

    /**
     * The port of the stage at hand that the row belongs to: behind a merge the port it came in by, on the loopback the
     * port it goes to. Zero where there is only one.
     */
    public int port(int row) {
        return port[row];
    }
}
