package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Decided.Metered;
import dev.hairpin.model.policy.PolicyAction.RateLimit;
import java.util.Arrays;

/**
 * Token buckets of a relay. A token is a bit or a frame. Levels are counted in tokens times 10^9, so that a nanosecond adds
 * the rate as it is written and nothing is rounded. Like a filtering database they do not change while a wave is decided: what is drawn goes to a copy,
 * becomes part of the event, and comes back by {@link #meter}.
 */
public final class Meters {
    private static final long NANOS = 1_000_000_000L;

    private long[] rate = {};
    private long[] full = {};
    private long[] level = {};
    private long[] at = {};

    /** Levels and times of the wave at hand; those of buckets not {@link #drawn} are stale. */
    private long[] levelNow = {};

    private long[] atNow = {};
    private boolean[] drawn = {};
    private boolean any;

    /** The bucket of a rule, full; its tokens are bits. */
    int add(RateLimit limit) {
        return add(limit.bitsPerSecond(), 8 * limit.burstOctets());
    }

    /** A bucket, full; of at most 9 * 10^9 tokens. */
    int add(long perSecond, long most) {
        int meter = rate.length;
        rate = Arrays.copyOf(rate, meter + 1);
        full = Arrays.copyOf(full, meter + 1);
        level = Arrays.copyOf(level, meter + 1);
        at = Arrays.copyOf(at, meter + 1);
        levelNow = Arrays.copyOf(levelNow, meter + 1);
        atNow = Arrays.copyOf(atNow, meter + 1);
        drawn = Arrays.copyOf(drawn, meter + 1);
        rate[meter] = perSecond;
        full[meter] = Math.multiplyExact(most, NANOS);
        level[meter] = full[meter];
        at[meter] = Long.MIN_VALUE;
        return meter;
    }

    /** Takes so many tokens out if they are there. */
    boolean draw(int meter, long tokens, long now) {
        if (!drawn[meter]) {
            levelNow[meter] = level[meter];
            atNow[meter] = at[meter];
            drawn[meter] = true;
            any = true;
        }
        long missing = full[meter] - levelNow[meter];
        long elapsed = now - atNow[meter];
        // A bucket never drawn on is full; the division keeps the product from overflowing.
        boolean filled = atNow[meter] == Long.MIN_VALUE || elapsed > missing / rate[meter];
        levelNow[meter] = filled ? full[meter] : levelNow[meter] + elapsed * rate[meter];
        atNow[meter] = now;
        // Divided for the same reason: a length is what a capture says, and may be anything.
        if (tokens > levelNow[meter] / NANOS) {
            return false;
        }
        levelNow[meter] -= NANOS * tokens;
        return true;
    }

    /** What was drawn on since it was asked last. */
    public Metered take() {
        if (!any) {
            return Metered.NOTHING;
        }
        Metered taken = columns(drawn, levelNow, atNow);
        Arrays.fill(drawn, false);
        any = false;
        return taken;
    }

    public void meter(Metered metered) {
        for (int i = 0; i < metered.size(); i++) {
            level[metered.meter()[i]] = metered.level()[i];
            at[metered.meter()[i]] = metered.at()[i];
        }
    }

    /** All that were ever drawn on. */
    public Metered all() {
        boolean[] used = new boolean[at.length];
        for (int meter = 0; meter < used.length; meter++) {
            used[meter] = at[meter] != Long.MIN_VALUE;
        }
        return columns(used, level, at);
    }

    private static Metered columns(boolean[] which, long[] levels, long[] times) {
        int count = 0;
        for (boolean is : which) {
            count += is ? 1 : 0;
        }
        Metered columns = new Metered(new int[count], new long[count], new long[count]);
        int next = 0;
        for (int meter = 0; meter < which.length; meter++) {
            if (which[meter]) {
                columns.meter()[next] = meter;
                columns.level()[next] = levels[meter];
                columns.at()[next++] = times[meter];
            }
        }
        return columns;
    }
}
