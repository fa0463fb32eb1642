package dev.hairpin.persistence.store;

/** Which snapshots: those whose sequence number and timestamp are within these bounds, all of them included. */
public record SnapshotRange(long fromSequence, long toSequence, long fromTimestamp, long toTimestamp) {
    public static final SnapshotRange ALL = new SnapshotRange(0, Long.MAX_VALUE, Long.MIN_VALUE, Long.MAX_VALUE);

    /** The one of this sequence number, whatever its timestamp. */
    public static SnapshotRange at(long sequence) {
        return new SnapshotRange(sequence, sequence, Long.MIN_VALUE, Long.MAX_VALUE);
    }

    boolean hasTimestamp(long timestamp) {
        return timestamp >= fromTimestamp && timestamp <= toTimestamp;
    }
}
