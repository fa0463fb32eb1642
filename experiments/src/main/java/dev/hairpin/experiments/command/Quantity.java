package dev.hairpin.experiments.command;

import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.experiments.topology.Quantities;

/** Rates and times as options have them. */
final class Quantity {
    private Quantity() {}

    /** {@code 10G}, {@code 2.5Gbit}, {@code 100Mbit/s} or {@code unlimited}, in bits a second. */
    static long rate(String option, String text) {
        try {
            return Quantities.rate(text);
        } catch (IllegalArgumentException e) {
            throw new Unusable(option + ": " + e.getMessage());
        }
    }

    /** {@code 350ns}, {@code 2us}, {@code 300s}, in nanoseconds. */
    static long time(String option, String text) {
        try {
            return Quantities.time(text);
        } catch (IllegalArgumentException e) {
            throw new Unusable(option + ": " + e.getMessage());
        }
    }
}
