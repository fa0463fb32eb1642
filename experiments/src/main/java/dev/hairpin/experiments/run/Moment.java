package dev.hairpin.experiments.run;

import java.math.BigDecimal;
import java.util.Optional;

/**
 * A place in a run's virtual time, as it is written at the command line: {@code 12.345}, seconds since the first frame, or
 * {@code #1812}, a frame by its number in the capture.
 *
 * @param frame whether it is a frame
 * @param value the frame's number, or nanoseconds since the first frame
 */
public record Moment(boolean frame, long value) {
    private static final int DECIMALS = 9;

    /** Reads a moment; empty when {@code text} is none. */
    public static Optional<Moment> parse(String text) {
        try {
            if (text.startsWith("#")) {
                long number = Long.parseLong(text.substring(1));
                return number < 1 ? Optional.empty() : Optional.of(new Moment(true, number));
            }
            BigDecimal nanos = new BigDecimal(text).movePointRight(DECIMALS);
            return nanos.signum() < 0 ? Optional.empty() : Optional.of(new Moment(false, nanos.longValueExact()));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** As it is written. */
    @Override
    public String toString() {
        return frame
                ? "#" + value
                : BigDecimal.valueOf(value, DECIMALS).stripTrailingZeros().toPlainString();
    }
}
