package dev.hairpin.model.frame;

import java.util.Arrays;

/**
 * Gathers rows into a {@link Burst}. A builder serves many bursts: {@link #build} hands over what was gathered and starts
 * anew. For one thread.
 */
public final class BurstBuilder {
    private static final int LEAST = 64;

    private final int capacity;
    private int size;
    private long[] time;
    private long[] number;
    private long[] destination;
    private long[] source;
    private int[] tag;
    private int[] etherType;
    private long[] offset;
    private int[] captured;
    private int[] length;
    private int[] port;

    /** @param capacity rows to make place for at first; grows as needed */
    @SuppressWarnings("NullAway.Init") // allocate() sets the columns
    public BurstBuilder(int capacity) {
        this.capacity = capacity;
        allocate(capacity);
    }

    /** Rows gathered since the last {@link #build}. */
    public int size() {
        return size;
    }

    /** Adds a frame whose header is given. The columns are those of {@link Burst}. */
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
        int row = next();
        this.time[row] = time;
        this.number[row] = number;
        this.destination[row] = destination;
        this.source[row] = source;
        this.tag[row] = tag;
        this.etherType[row] = etherType;
        this.offset[row] = offset;
        this.captured[row] = captured;
        this.length[row] = length;
        this.port[row] = port;
    }

    /** Adds row {@code from} of {@code burst} at another time and port. */
    public void add(Burst burst, int from, long time, int port) {
        int row = next();
        this.time[row] = time;
        this.number[row] = burst.number(from);
        this.destination[row] = burst.destination(from);
        this.source[row] = burst.source(from);
        this.tag[row] = burst.tag(from);
        this.etherType[row] = burst.etherType(from);
        this.offset[row] = burst.offset(from);
        this.captured[row] = burst.captured(from);
        this.length[row] = burst.length(from);
        this.port[row] = port;
    }

    /** What was gathered, as a burst that keeps the columns; the builder begins anew. */
    public Burst build() {
        if (size == 0 && Burst.EMPTY != null) {
            return Burst.EMPTY;
        }
        Burst burst =
                new Burst(size, time, number, destination, source, tag, etherType, offset, captured, length, port);
        // The next burst is likely to be about as long as this one.
        allocate(Math.max(Math.min(capacity, LEAST), size + size / 8));
        size = 0;
        return burst;
    }

    private int next() {
        if (size == time.length) {
            grow();
        }
        return size++;
    }

    private void allocate(int rows) {
        time = new long[rows];
        number = new long[rows];
        destination = new long[rows];
        source = new long[rows];
        tag = new int[rows];
        etherType = new int[rows];
        offset = new long[rows];
        captured = new int[rows];
        length = new int[rows];
        port = new int[rows];
    }

    private void grow() {
        int rows = Math.max(LEAST, 2 * time.length);
        time = Arrays.copyOf(time, rows);
        number = Arrays.copyOf(number, rows);
        destination = Arrays.copyOf(destination, rows);
        source = Arrays.copyOf(source, rows);
        tag = Arrays.copyOf(tag, rows);
        etherType = Arrays.copyOf(etherType, rows);
        offset = Arrays.copyOf(offset, rows);
        captured = Arrays.copyOf(captured, rows);
        length = Arrays.copyOf(length, rows);
        port = Arrays.copyOf(port, rows);
    }
}
