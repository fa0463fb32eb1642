package dev.hairpin.experiments.topology;

/**
 * A mistake in a file, or what is worth a warning.
 *
 * @param file as it was given
 * @param line from 1
 * @param word where in the line: a key, {@code nics.nic0.vfs.vf3.vlan}
 * @param message what was found, and what was expected
 * @param warning whether the file can be used nevertheless
 */
public record Problem(String file, int line, String word, String message, boolean warning) {
    /** As printed: {@code lan.conf:12: nics.nic0.mode: found vebb, expected veb or vepa}. */
    @Override
    public String toString() {
        return file + ":" + line + ": " + (word.isEmpty() ? "" : word + ": ") + (warning ? "warning: " : "") + message;
    }
}
