package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;

/** Events of one persistence id in their order, each checked to be the next one. For one thread; to be closed. */
public interface Events extends AutoCloseable {
    /**
     * Goes to the next event; false when there is none. Throws {@link JournalDamage} with its place, and then there is
     * none either.
     */
    boolean next();

    /** The event that this stands on. */
    Stored event();

    @Override
    void close();
}
