package dev.hairpin.persistence;

import org.jspecify.annotations.Nullable;

/**
 * What the journal holds is not what was written: a checksum is wrong, an event is missing, octets make no sense. Whoever
 * meets it may use what was read before it, and nothing after.
 */
public final class JournalDamage extends JournalException {
    /** In place of a sequence number that is not known. */
    public static final long UNKNOWN = -1;

    private static final long serialVersionUID = 1;

    private final String what;
    private final @Nullable String id;
    private final long sequence;

    /** Damage whose place the caller knows; see {@link #at}. */
    public JournalDamage(String what) {
        this(what, null);
    }

    public JournalDamage(String what, @Nullable Throwable cause) {
        super(what, cause);
        this.what = what;
        this.id = null;
        this.sequence = UNKNOWN;
    }

    private JournalDamage(String what, String id, long sequence, @Nullable Throwable cause) {
        super(id + (sequence == UNKNOWN ? "" : ", event " + sequence) + ": " + what, cause);
        this.what = what;
        this.id = id;
        this.sequence = sequence;
    }

    /** The same damage with its place: the persistence id, and the sequence number or {@link #UNKNOWN}. */
    public JournalDamage at(String persistenceId, long sequenceNumber) {
        return new JournalDamage(what, persistenceId, sequenceNumber, this);
    }

    /** What is wrong, without the place. */
    public String what() {
        return what;
    }

    /** The persistence id whose record it is, where that is known. */
    public @Nullable String id() {
        return id;
    }

    /** The sequence number of the event, or {@link #UNKNOWN}. */
    public long sequence() {
        return sequence;
    }
}
