package dev.hairpin.persistence.store;

/** What the store knows of a persistence id. Guarded by {@link Ids}. */
final class Id {
    final String name;
    final int number;
    /** Whether the database has its name. */
    boolean stored;
    /** Highest sequence number that an event of it ever had, deleted ones included. */
    long highest;
    /** As {@link #highest}, with the events of the batch that is being put together. */
    long pending;
    /** Events up to this one were deleted. */
    long deletedTo;

    Id(String name, int number, boolean stored) {
        this.name = name;
        this.number = number;
        this.stored = stored;
    }
}
