package dev.hairpin.persistence;

import org.jspecify.annotations.Nullable;

/** The journal cannot do what was asked of it. The message says what and where, in words for the one who runs Hairpin. */
public class JournalException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public JournalException(String message) {
        super(message);
    }

    public JournalException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
