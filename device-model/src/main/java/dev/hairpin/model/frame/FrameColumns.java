package dev.hairpin.model.frame;

/**
 * Frames under way, in columns that can be kept: all that a {@link Burst} has but the octets, which stay in the capture. The
 * columns are those of a burst and have one entry for each frame; {@code tag}, {@code etherType} and {@code length} are as
 * the frame was captured, and {@code retagging} is what was done to it since.
 */
public record FrameColumns(
        long[] time,
        long[] number,
        long[] destination,
        long[] source,
        int[] tag,
        int[] etherType,
        long[] offset,
        int[] captured,
        int[] length,
        int[] port,
        long[] retagging) {
    /** So many frames, of which nothing is filled in yet. */
    public FrameColumns(int frames) {
        this(
                new long[frames],
                new long[frames],
                new long[frames],
                new long[frames],
                new int[frames],
                new int[frames],
                new long[frames],
                new int[frames],
                new int[frames],
                new int[frames],
                new long[frames]);
    }

    /** Those of {@code burst}. */
    public static FrameColumns of(Burst burst) {
        FrameColumns columns = new FrameColumns(burst.size());
        for (int row = 0; row < burst.size(); row++) {
            columns.set(row, burst, row);
        }
        return columns;
    }

    /** How many. */
    public int size() {
        return time.length;
    }

    /** Fills in {@code frame} with what row {@code row} of {@code burst} is. */
    public void set(int frame, Burst burst, int row) {
        Headers headers = burst.headers();
        int header = burst.frame(row);
        time[frame] = burst.time(row);
        number[frame] = headers.number[header];
        destination[frame] = headers.destination[header];
        source[frame] = headers.source[header];
        tag[frame] = headers.tag[header];
        etherType[frame] = headers.etherType[header];
        offset[frame] = headers.offset[header];
        captured[frame] = headers.captured[header];
        length[frame] = headers.length[header];
        port[frame] = burst.port(row);
        retagging[frame] = burst.retagging(row);
    }

    /** The frames as they were, their octets in {@code slab}. */
    public Burst in(Slab slab) {
        BurstBuilder captured = new BurstBuilder(size());
        for (int frame = 0; frame < size(); frame++) {
            captured.add(
                    slab,
                    time[frame],
                    number[frame],
                    destination[frame],
                    source[frame],
                    tag[frame],
                    etherType[frame],
                    offset[frame],
                    this.captured[frame],
                    length[frame],
                    port[frame]);
        }
        Burst untouched = captured.build();
        BurstBuilder retagged = new BurstBuilder(size());
        for (int frame = 0; frame < size(); frame++) {
            retagged.add(untouched, frame, time[frame], port[frame], retagging[frame]);
        }
        return retagged.build();
    }
}
