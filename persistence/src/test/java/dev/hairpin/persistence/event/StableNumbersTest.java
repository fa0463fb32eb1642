package dev.hairpin.persistence.event;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.persistence.Golden;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Journals hold rules and reasons as numbers: an entry that moves or changes its name would change what they say. */
class StableNumbersTest {
    @Test
    void rulesKeepTheirNumbers() {
        Golden.assertOnlyAddedAtEnd("rules.txt", numbers(Rule.values()));
    }

    @Test
    void dropReasonsKeepTheirNumbers() {
        Golden.assertOnlyAddedAtEnd("drop-reasons.txt", numbers(DropReason.values()));
    }

    private static String numbers(Enum<?>[] entries) {
        return Arrays.stream(entries)
                .map(e -> e.ordinal() + " " + e.name() + "\n")
                .collect(Collectors.joining());
    }
}
