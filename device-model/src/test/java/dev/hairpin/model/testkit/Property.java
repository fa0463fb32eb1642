package dev.hairpin.model.testkit;

import java.util.function.Consumer;

/**
 * Holds something to be true of many cases made by chance. A failure names the seed of its case;
 * {@code -Dhairpin.seed=SEED} runs that case alone, {@code -Dhairpin.skip=N} begins so many cases later, for long series in
 * parts.
 */
public final class Property {
    private static final String SEED = "hairpin.seed";
    private static final long FIRST = 0x4861_6972_7069_6EL + Long.getLong("hairpin.skip", 0);

    private Property() {}

    /** Runs {@code property} with {@code cases} dice, or with those of the seed that was asked for. */
    public static void forAll(int cases, Consumer<Dice> property) {
        String asked = System.getProperty(SEED);
        if (asked != null) {
            check(Long.parseLong(asked), property);
            return;
        }
        for (int number = 0; number < cases; number++) {
            check(FIRST + number, property);
        }
    }

    private static void check(long seed, Consumer<Dice> property) {
        try {
            property.accept(new Dice(seed));
        } catch (AssertionError | RuntimeException failure) {
            throw new AssertionError("fails with -D" + SEED + "=" + seed + ": " + failure.getMessage(), failure);
        }
    }
}
