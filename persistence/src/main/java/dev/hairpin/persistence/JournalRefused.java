package dev.hairpin.persistence;

import org.jspecify.annotations.Nullable;

/**
 * The journal as it stands may not be opened or written in this way: there is none, it is another's, it is of a later
 * format, somebody else is writing it, or the event does not follow on those that are there. Nothing was changed.
 */
public final class JournalRefused extends JournalException {
    private static final long serialVersionUID = 1;

    public JournalRefused(String message) {
        super(message);
    }

    public JournalRefused(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
