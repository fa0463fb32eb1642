package dev.hairpin.model.frame;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Gathers rows into a {@link Burst}. A builder serves many bursts: {@link #build} gives what was gathered and starts anew.
 * For one thread.
 *
 * <p>Rows taken from bursts that share their headers share them further; only where headers come from several places are
 * they copied together.
 */
public final class BurstBuilder {
    private static final int LEAST = 64;

    private int size;
    private long[] time;
    private int[] port;
    private int[] frame;
    private long @Nullable [] retagging;

    /** Where the headers of all rows are: {@link #own}, or those of the bursts that the rows were taken from. */
    private Headers headers = Headers.NONE;

    private Headers own;

    /** @param capacity rows to make place for at first; grows as needed */
    public BurstBuilder(int capacity) {
        time = new long[capacity];
        port = new int[capacity];
        frame = new int[capacity];
        own = Headers.NONE;
    }

    /** Rows gathered since the last {@link #build}. */
    public int size() {
        return size;
    }

    /** Adds a frame whose header is given and whose octets nobody will read. The columns are those of {@link Burst}. */
    public void add(
            long time,
            long number,
            long destination,
            long source,
            int tag,
            int etherType,
            long offset,
            int captured,
            int length,
            int port) {
        add(Slab.NONE, time, number, destination, source, tag, etherType, offset, captured, length, port);
    }

    /** Adds a frame whose header is given. The columns are those of {@link Burst}. */
    public void add(
            Slab slab,
            long time,
            long number,
            long destination,
            long source,
            int tag,
            int etherType,
            long offset,
            int captured,
            int length,
            int port) {
        int row = ownRow();
        own.within(slab);
        own.number[row] = number;
        own.destination[row] = destination;
        own.source[row] = source;
        own.tag[row] = tag;
        own.etherType[row] = etherType;
        own.offset[row] = offset;
        own.captured[row] = captured;
        own.length[row] = length;
        add(row, time, port, Retagging.NONE);
    }

    /** Adds row {@code from} of {@code burst} at another time and port. */
    public void add(Burst burst, int from, long time, int port) {
        add(burst, from, time, port, burst.retagging(from));
    }

    /** Adds row {@code from} of {@code burst} at another time and port, and with its tags changed. */
    public void add(Burst burst, int from, long time, int port, long retagged) {
        if (size == 0) {
            headers = burst.headers();
        }
        if (headers == burst.headers()) {
            add(burst.frame(from), time, port, retagged);
        } else {
            int row = ownRow();
            own.set(row, burst.headers(), burst.frame(from));
            add(row, time, port, retagged);
        }
    }

    /**
     * Adds a part of row {@code from} of {@code burst} as a frame of its own, with the same header.
     *
     * @param number the identity of the part, see {@link FrameNumber}
     * @param captured how many octets of the part the slab has
     * @param length how many the part has, with its header, as long as its tags are those captured
     */
    public void addPart(Burst burst, int from, long time, int port, long number, int captured, int length) {
        int row = ownRow();
        own.set(row, burst.headers(), burst.frame(from));
        own.number[row] = number;
        own.captured[row] = captured;
        own.length[row] = length;
        add(row, time, port, burst.retagging(from));
    }

    /** What was gathered, as a burst; the builder begins anew. */
    public Burst build() {
        if (size == 0) {
            return Burst.EMPTY;
        }
        Burst burst = new Burst(
                Arrays.copyOf(time, size),
                Arrays.copyOf(port, size),
                Arrays.copyOf(frame, size),
                retagging == null ? null : Arrays.copyOf(retagging, size),
                headers == own ? own.resized(size) : headers);
        headers = Headers.NONE;
        retagging = null;
        size = 0;
        return burst;
    }

    private void add(int header, long time, int port, long retagged) {
        if (size == this.time.length) {
            int rows = Math.max(LEAST, 2 * size);
            this.time = Arrays.copyOf(this.time, rows);
            this.port = Arrays.copyOf(this.port, rows);
            frame = Arrays.copyOf(frame, rows);
        }
        this.time[size] = time;
        this.port[size] = port;
        frame[size] = header;
        if (retagged != Retagging.NONE || retagging != null) {
            retag(retagged);
        }
        size++;
    }

    private void retag(long retagged) {
        if (retagging == null) {
            retagging = new long[time.length];
        } else if (retagging.length < time.length) {
            retagging = Arrays.copyOf(retagging, time.length);
        }
        retagging[size] = retagged;
    }

    /** A free row of our own headers; those of the rows so far are brought here if they are elsewhere. */
    private int ownRow() {
        boolean elsewhere = headers != own;
        if (size >= own.rows()) {
            own = own.resized(Math.max(LEAST, 2 * size));
        }
        if (elsewhere) {
            for (int row = 0; row < size; row++) {
                own.set(row, headers, frame[row]);
                frame[row] = row;
            }
        }
        headers = own;
        return size;
    }
}
