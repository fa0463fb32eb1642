package dev.hairpin.experiments.placement;

import java.util.Locale;

/** Numbers as they are printed, the same in every locale. */
final class Wording {
    private Wording() {}

    /** {@code 1,204}. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** {@code 1 frame}, {@code 1,204 frames}. */
    static String count(long value, String noun) {
        return number(value) + " " + noun + (value == 1 ? "" : "s");
    }

    /** {@code 98.7 %}; never {@code 100.0 %} or {@code 0.0 %} unless it is. */
    static String percent(long part, long whole) {
        if (whole == 0) {
            return "0 %";
        }
        double share = 100.0 * part / whole;
        if (part < whole && share > 99.9) {
            return "over 99.9 %";
        }
        if (part > 0 && share < 0.1) {
            return "under 0.1 %";
        }
        return String.format(Locale.ROOT, "%.1f %%", share);
    }
}
