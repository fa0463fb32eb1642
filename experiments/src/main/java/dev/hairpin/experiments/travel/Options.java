package dev.hairpin.experiments.travel;

import java.util.Optional;

/**
 * What is asked of a tool, beside the object that it shows.
 *
 * @param details {@code -d}
 * @param statistics {@code -s}
 * @param json {@code -j}
 * @param device {@code dev NAME}
 */
record Options(boolean details, boolean statistics, boolean json, Optional<String> device) {
    /** Nothing beside it. */
    static final Options NONE = new Options(false, false, false, Optional.empty());

    /** Whether {@code name} is to be shown. */
    boolean shows(String name) {
        return device.isEmpty() || device.get().equals(name);
    }
}
