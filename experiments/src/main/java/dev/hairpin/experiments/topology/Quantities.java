package dev.hairpin.experiments.topology;

import dev.hairpin.model.link.Server;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads rates, times and numbers of octets as people write them. What is none is an {@link IllegalArgumentException}. */
public final class Quantities {
    private static final Pattern NUMBER_AND_UNIT = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)\\s*([a-zA-Z/]*)");
    private static final Map<String, Long> BITS =
            Map.of("", 1L, "k", 1_000L, "m", 1_000_000L, "g", 1_000_000_000L, "t", 1_000_000_000_000L);
    private static final Map<String, Long> NANOS =
            Map.of("ns", 1L, "us", 1_000L, "ms", 1_000_000L, "s", 1_000_000_000L);
    private static final Map<String, Long> OCTETS = Map.of(
            "", 1L, "b", 1L, "kb", 1_000L, "mb", 1_000_000L, "kib", 1L << 10, "mib", 1L << 20, "gb", 1_000_000_000L);

    /** Nine years in nanoseconds: a few times that, added to the latest time of a capture, still fit a long. */
    private static final long LONGEST = 1L << 58;

    private Quantities() {}

    /** {@code 10G}, {@code 2.5Gbit}, {@code 100Mbit/s} or {@code unlimited}, in bits a second. */
    public static long rate(String text) {
        if (text.equalsIgnoreCase("unlimited")) {
            return Server.UNLIMITED;
        }
        String unit = unit(text).replaceFirst("(bit|bit/s|bps|b/s)$", "");
        return scaled(text, BITS.get(unit), 1, Server.UNLIMITED - 1, "a rate such as 10G, 2.5Gbit or unlimited");
    }

    /** {@code 350ns}, {@code 2us}, {@code 300s}, in nanoseconds. */
    public static long time(String text) {
        return scaled(text, NANOS.get(unit(text)), 0, LONGEST, "a time such as 350ns, 2us, 5ms or 300s");
    }

    /** Seconds without a unit, {@code 2.5}, or a time with one; in nanoseconds. */
    public static long moment(String text) {
        String unit = unit(text);
        Long factor = unit.isEmpty() ? NANOS.get("s") : NANOS.get(unit);
        return scaled(text, factor, 0, LONGEST, "seconds since the first frame, such as 2.5, or a time such as 20ms");
    }

    /** {@code 1500}, {@code 64kB} (64,000) or {@code 64KiB} (65,536). */
    public static long octets(String text) {
        return scaled(text, OCTETS.get(unit(text)), 1, LONGEST, "octets such as 1500, 64kB or 64KiB");
    }

    private static String unit(String text) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        return matcher.matches() ? matcher.group(2).toLowerCase(Locale.ROOT) : "?";
    }

    private static long scaled(String text, @Nullable Long factor, long least, long most, String expected) {
        Matcher matcher = NUMBER_AND_UNIT.matcher(text);
        if (factor == null || !matcher.matches()) {
            throw new IllegalArgumentException("found " + text + ", expected " + expected);
        }
        BigDecimal value = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(factor));
        if (value.compareTo(BigDecimal.valueOf(least)) < 0 || value.compareTo(BigDecimal.valueOf(most)) > 0) {
            throw new IllegalArgumentException("found " + text + ", which is out of range, expected " + expected);
        }
        return value.longValue();
    }
}
