package dev.hairpin.model.relay;

import dev.hairpin.model.policy.PolicyAction.RateLimit;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;

/** Token buckets in exact arithmetic, by the number of their rule. What is in one is counted in bits times 10^-9. */
final class NaiveBuckets {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);
    private final Map<Integer, Level> levels = new HashMap<>();

    private record Level(BigInteger level, long time) {}

    /** Whether there was enough; if so, it is taken. */
    boolean draw(int rule, RateLimit limit, int octets, long now) {
        BigInteger full = octets(limit.burstOctets());
        Level last = levels.getOrDefault(rule, new Level(full, now));
        BigInteger level = last.level
                .add(BigInteger.valueOf(now - last.time).multiply(BigInteger.valueOf(limit.bitsPerSecond())))
                .min(full);
        BigInteger asked = octets(octets);
        boolean enough = level.compareTo(asked) >= 0;
        levels.put(rule, new Level(enough ? level.subtract(asked) : level, now));
        return enough;
    }

    private static BigInteger octets(long count) {
        return BigInteger.valueOf(count).multiply(BigInteger.valueOf(8)).multiply(SECOND);
    }
}
