package dev.hairpin.experiments.run;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/** A run could not even begin, because its folder cannot be written. Nothing is kept, and nothing is in the way. */
public final class FolderUnwritable extends IOException {
    private static final long serialVersionUID = 1L;

    FolderUnwritable(Path folder, IOException cause) {
        super(
                folder + ": cannot be written: " + reason(cause)
                        + "; nothing was decided yet: make it writable, or name another folder, and start again",
                cause);
    }

    private static String reason(IOException cause) {
        return cause instanceof FileSystemException system && system.getReason() != null
                ? system.getReason()
                : String.valueOf(cause.getMessage());
    }
}
