package dev.hairpin.model.relay;

import dev.hairpin.model.policy.PolicyAction.RateLimit;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Predicate;

/** Token buckets in exact arithmetic, each under a key. What is in one is counted in tokens times 10^-9. */
public final class NaiveBuckets {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);
    private final Map<Object, Level> levels = new HashMap<>();

    private record Level(BigInteger level, long time) {}

    /** Whether there was enough in the bucket of a policy's rule; if so, it is taken. */
    public boolean draw(int rule, RateLimit limit, int octets, long now) {
        return draw(rule, limit.bitsPerSecond(), 8 * limit.burstOctets(), 8L * octets, now);
    }

    /** Whether a bucket of at most {@code most} tokens had as many as are asked for; if so, they are taken. */
    public boolean draw(Object key, long perSecond, long most, long asked, long now) {
        BigInteger full = scaled(most);
        Level last = levels.getOrDefault(key, new Level(full, now));
        BigInteger level = last.level
                .add(BigInteger.valueOf(now - last.time).multiply(BigInteger.valueOf(perSecond)))
                .min(full);
        boolean enough = level.compareTo(scaled(asked)) >= 0;
        levels.put(key, new Level(enough ? level.subtract(scaled(asked)) : level, now));
        return enough;
    }

    /** Those buckets are made anew, full. */
    public void refill(Predicate<Object> which) {
        levels.keySet().removeIf(which);
    }

    private static BigInteger scaled(long tokens) {
        return BigInteger.valueOf(tokens).multiply(SECOND);
    }
}
