package dev.hairpin.model.testkit;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Seeded chance. The same seed throws the same. */
public final class Dice {
    private final SplittableRandom random;

    public Dice(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** 0 to {@code bound - 1}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** {@code least} to {@code most}, both included. */
    public int between(int least, int most) {
        return random.nextInt(least, most + 1);
    }

    /** {@code least} to {@code most}, both included. */
    public long between(long least, long most) {
        return random.nextLong(least, most + 1);
    }

    /** True in so many of a hundred throws. */
    public boolean percent(int chance) {
        return random.nextInt(100) < chance;
    }

    /** One of {@code choices}. */
    public <T> T pick(List<T> choices) {
        return choices.get(random.nextInt(choices.size()));
    }

    /** One of {@code choices}. */
    public long pick(long... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** One of {@code choices}. */
    public int pick(int... choices) {
        return choices[random.nextInt(choices.length)];
    }

    /** {@code count} octets. */
    public byte[] octets(int count) {
        byte[] octets = new byte[count];
        for (int at = 0; at < count; at++) {
            octets[at] = (byte) random.nextInt(256);
        }
        return octets;
    }

    /** Sizes of at least 1 that add up to {@code total}, none above {@code most}. */
    public int[] cuts(int total, int most) {
        int[] sizes = new int[total];
        int count = 0;
        for (int left = total; left > 0; left -= sizes[count++]) {
            sizes[count] = between(1, Math.min(left, most));
        }
        return Arrays.copyOf(sizes, count);
    }
}
