package dev.hairpin.model.relay;

import dev.hairpin.model.policy.PolicyAction.RateLimit;
import dev.hairpin.model.relay.StormControl.Kind;
import dev.hairpin.model.relay.StormControl.Level;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Token buckets in exact arithmetic, each under a key. What is in one is counted in tokens times 10^-9. */
public final class NaiveBuckets {
    private static final BigInteger SECOND = BigInteger.valueOf(1_000_000_000L);
    private final Map<Object, Filled> levels = new HashMap<>();

    private record Filled(BigInteger level, long time) {}

    /** Whether there was enough in the bucket of a policy's rule; if so, it is taken. */
    public boolean draw(int rule, RateLimit limit, int octets, long now) {
        return draw(rule, limit.bitsPerSecond(), 8 * limit.burstOctets(), 8L * octets, now);
    }

    /** Whether a bucket of at most {@code most} tokens had as many as are asked for; if so, they are taken. */
    public boolean draw(Object key, long perSecond, long most, long asked, long now) {
        BigInteger full = scaled(most);
        Filled last = levels.getOrDefault(key, new Filled(full, now));
        BigInteger level = last.level
                .add(BigInteger.valueOf(now - last.time).multiply(BigInteger.valueOf(perSecond)))
                .min(full);
        boolean enough = level.compareTo(scaled(asked)) >= 0;
        levels.put(key, new Filled(enough ? level.subtract(scaled(asked)) : level, now));
        return enough;
    }

    /** Whether storm control lets a frame of that kind from a port pass; if so, what it takes is taken. */
    public boolean draw(int port, Kind kind, Level level, int octets, long now) {
        long factor = level.octets() ? 8 : 1;
        long asked = level.octets() ? octets : 1;
        return draw(List.of(port, kind), level.perSecond(), factor * level.burst(), factor * asked, now);
    }

    /** Buckets of a port whose storm control becomes another are made anew, but for those of levels that stay. */
    public void change(int port, StormControl before, StormControl after) {
        for (Kind kind : Kind.values()) {
            if (!Objects.equals(before.levels().get(kind), after.levels().get(kind))) {
                levels.remove(List.of(port, kind));
            }
        }
    }

    /** Buckets of a policy that is no more. */
    public void forgetPolicy() {
        levels.keySet().removeIf(Integer.class::isInstance);
    }

    private static BigInteger scaled(long tokens) {
        return BigInteger.valueOf(tokens).multiply(SECOND);
    }
}
