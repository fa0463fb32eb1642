package dev.hairpin.model.ring;

import java.util.function.IntUnaryOperator;

/** What frames are charged, by their length: worked out once for those of usual length. */
final class Charges {
    private static final int USUAL = 2_048;

    private final IntUnaryOperator charge;
    private final int[] known = new int[USUAL];

    Charges(IntUnaryOperator charge) {
        this.charge = charge;
        for (int octets = 0; octets < USUAL; octets++) {
            known[octets] = charge.applyAsInt(octets);
        }
    }

    int of(int octets) {
        return octets < USUAL ? known[octets] : charge.applyAsInt(octets);
    }
}
