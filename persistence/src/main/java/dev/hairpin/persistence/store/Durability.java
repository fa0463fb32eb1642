package dev.hairpin.persistence.store;

/** What an append survives once it is acknowledged. */
public enum Durability {
    /**
     * The end of the process, {@code kill -9} included: the operating system has it. A loss of power may take what came
     * last, a tenth of a second at most, and never something from the middle.
     */
    BACKGROUND,
    /** A loss of power as well: it was synced to the disk, together with all others that waited. */
    ALWAYS
}
