package dev.hairpin.experiments.topology;

import java.util.Collection;
import java.util.Optional;

/** Finds what may have been meant by a word that is unknown. */
public final class Nearest {
    private Nearest() {}

    /**
     * The known word with the least edit distance (Levenshtein), the first of equals; empty when more than a third of the
     * letters would have to change.
     */
    public static Optional<String> to(String word, Collection<String> known) {
        String nearest = null;
        int least = Math.max(1, word.length() / 3) + 1;
        for (String candidate : known) {
            int distance = distance(word, candidate);
            if (distance < least) {
                least = distance;
                nearest = candidate;
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** A question to be put behind a message that lists the known words; nothing where these are seen at a glance. */
    public static String hint(String word, Collection<String> known) {
        return known.size() < 4
                ? ""
                : to(word, known).map(near -> "; " + near + "?").orElse("");
    }

    static int distance(String one, String other) {
        int[] above = new int[other.length() + 1];
        for (int column = 0; column <= other.length(); column++) {
            above[column] = column;
        }
        for (int row = 1; row <= one.length(); row++) {
            int[] here = new int[other.length() + 1];
            here[0] = row;
            for (int column = 1; column <= other.length(); column++) {
                int change = one.charAt(row - 1) == other.charAt(column - 1) ? 0 : 1;
                here[column] = Math.min(above[column - 1] + change, Math.min(above[column] + 1, here[column - 1] + 1));
            }
            above = here;
        }
        return above[other.length()];
    }
}
