package dev.hairpin.model.frame;

import org.jspecify.annotations.Nullable;

/**
 * Frames in columns, immutable. Row {@code r} of every column speaks of the same frame; rows stand in the order in which
 * the frames cross the link. Frames are never objects: what is exchanged between stages is a burst, and its octets stay
 * where they are, in the slab. What the frames are wherever they pass is shared by the bursts they pass in.
 *
 * <p>Where a burst begins and ends means nothing. Made by {@link BurstBuilder}.
 */
public final class Burst {
    /** No frames. */
    public static final Burst EMPTY = new Burst(new long[0], new int[0], new int[0], null, Headers.NONE);

    private final long[] time;
    private final int[] port;

    /** Of each row, its row in the headers. */
    private final int[] frame;

    /** See {@link Retagging}; absent when all frames have the tags they were captured with. */
    private final long @Nullable [] retagging;

    private final Headers headers;

    /** Takes the arrays over, which have as many entries as there are rows. */
    Burst(long[] time, int[] port, int[] frame, long @Nullable [] retagging, Headers headers) {
        this.time = time;
        this.port = port;
        this.frame = frame;
        this.retagging = retagging;
        this.headers = headers;
    }

    /** The same frames, each later by {@code nanos}. */
    public Burst later(long nanos) {
        long[] moved = new long[time.length];
        for (int row = 0; row < moved.length; row++) {
            moved[row] = time[row] + nanos;
        }
        return at(moved);
    }

    /** The same frames at other times. Takes the array over, which has one for each row. */
    public Burst at(long[] times) {
        if (times.length != time.length) {
            throw new IllegalArgumentException(times.length + " times for " + time.length + " frames");
        }
        return time.length == 0 ? this : new Burst(times, port, frame, retagging, headers);
    }

    Headers headers() {
        return headers;
    }

    int frame(int row) {
        return frame[row];
    }

    /** How many rows. */
    public int size() {
        return time.length;
    }

    /** When the frame is at this point of its way: nanoseconds since the epoch, of the capture and never of the wall. */
    public long time(int row) {
        return time[row];
    }

    /** The frame's identity, see {@link FrameNumber}: its number in the capture, from 1, or a segment of that. */
    public long number(int row) {
        return headers.number[frame[row]];
    }

    /** Destination address, see {@link Mac}. */
    public long destination(int row) {
        return headers.destination[frame[row]];
    }

    /** Source address, see {@link Mac}. */
    public long source(int row) {
        return headers.source[frame[row]];
    }

    /** Outermost VLAN tag at this point of its way, see {@link VlanTag}; {@link VlanTag#NONE} when untagged. */
    public int tag(int row) {
        long changed = retagging(row);
        return changed == Retagging.NONE ? headers.tag[frame[row]] : TagStack.tag(headers, frame[row], changed);
    }

    /**
     * The EtherType or length field behind the outermost tag, or {@link EthernetHeader#CUT} when the frame or the capture
     * ends before it.
     */
    public int etherType(int row) {
        long changed = retagging(row);
        return changed == Retagging.NONE
                ? headers.etherType[frame[row]]
                : TagStack.etherType(headers, frame[row], changed);
    }

    /** What relays have done to its tags, see {@link Retagging}. */
    public long retagging(int row) {
        return retagging == null ? Retagging.NONE : retagging[row];
    }

    /** Where its octets are, and those of all other rows. */
    public Slab slab() {
        return headers.slab;
    }

    /** Where the frame's octets begin in the slab; of a segment, those of the frame that it is a part of. */
    public long offset(int row) {
        return headers.offset[frame[row]];
    }

    /** How many octets the slab has of it, its header among them. */
    public int captured(int row) {
        return headers.captured[frame[row]];
    }

    /**
     * How many octets it has on the wire at this point of its way, without FCS: those it was captured with, at least {@link
     * #captured}, and the tags that were put on and taken off since.
     */
    public int length(int row) {
        return headers.length[frame[row]] + Retagging.longer(retagging(row));
    }

    /**
     * The port of the stage at hand that the row belongs to: behind a merge the port it came in by, on the loopback the
     * port it goes to. Zero where there is only one.
     */
    public int port(int row) {
        return port[row];
    }
}
