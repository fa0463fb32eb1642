package dev.hairpin.experiments.topology;

import com.typesafe.config.ConfigOrigin;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Gathers what is wrong with a file. */
final class Problems {
    private final Set<Problem> all = new LinkedHashSet<>();

    void add(ConfigOrigin origin, String word, String message) {
        all.add(problem(origin, word, message, false));
    }

    void warn(ConfigOrigin origin, String word, String message) {
        all.add(problem(origin, word, message, true));
    }

    /** In the order of the lines. */
    List<Problem> inOrder() {
        List<Problem> sorted = new ArrayList<>(all);
        sorted.sort(Comparator.comparing(Problem::file).thenComparingInt(Problem::line));
        return List.copyOf(sorted);
    }

    static Problem problem(ConfigOrigin origin, String word, String message, boolean warning) {
        String file = origin.description().replaceFirst(": [0-9-]+$", "");
        return new Problem(file, Math.max(1, origin.lineNumber()), word, message, warning);
    }
}
