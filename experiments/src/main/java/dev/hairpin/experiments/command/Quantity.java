package dev.hairpin.experiments.command;

import dev.hairpin.experiments.command.HairpinCommand.Unusable;
import dev.hairpin.model.link.Server;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rates and times as people write them. */
final class Quantity {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Z/]*)");
    private static final Map<String, Long> BITS =
            Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L, "t", 1_000_000_000_000L);
    private static final Map<String, Long> NANOS =
            Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);

    /** Nine years in nanoseconds: a few times that, added to the latest time of a capture, still fit a long. */
    private static final long LONGEST = 1L << 58;

    private Quantity() {}

    /** {@code 10G}, {@code 2.5Gbit}, {@code 100Mbit/s} or {@code unlimited}, in bits a second. */
    static long rate(String option, String text) {
        if (text.equalsIgnoreCase("unlimited")) {
            return Server.UNLIMITED;
        }
        String unit = unit(text).toLowerCase(Locale.ROOT).replaceFirst("(bit|bit/s|bps|b/s)$", "");
        return scaled(
                option, text, BITS.get(unit), 1, Server.UNLIMITED - 1, "a rate such as 10G, 2.5Gbit or unlimited");
    }

    /** {@code 350ns}, {@code 2us}, {@code 300s}, in nanoseconds. */
    static long time(String option, String text) {
        return scaled(
                option,
                text,
                NANOS.get(unit(text).toLowerCase(Locale.ROOT)),
                0,
                LONGEST,
                "a time such as 350ns, 2us, 5ms or 300s");
    }

    private static String unit(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        return matcher.matches() ? matcher.group(2) : "?";
    }

    private static long scaled(
            String option, String text, @Nullable Long factor, long least, long most, String expected) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (factor == null || !matcher.matches()) {
            throw new Unusable(option + ": found " + text + ", expected " + expected);
        }
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new Unusable(option + ": found " + text + ", which is out of range, expected " + expected);
        }
        return value.longValue();
    }
}
