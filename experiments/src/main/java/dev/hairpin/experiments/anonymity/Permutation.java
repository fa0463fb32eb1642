package dev.hairpin.experiments.anonymity;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongPredicate;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A keyed permutation of the numbers of so many bits: a balanced Feistel network of eight rounds (Luby and Rackoff) whose
 * round function is HMAC-SHA-256. Like numbers do not come to like numbers: nothing of a prefix is kept. For one thread.
 */
final class Permutation {
    private static final int ROUNDS = 8;
    private static final String ALGORITHM = "HmacSHA256";

    private final int half;
    private final byte[] name;
    private final Mac mac;
    private final LongPredicate stays;
    private final Map<Long, Long> known = new HashMap<>();

    /**
     * @param name tells permutations under one key apart
     * @param bits an even number, 64 at most
     * @param stays numbers that are mapped to themselves; the others are mapped among themselves
     */
    Permutation(byte[] key, String name, int bits, LongPredicate stays) {
        this.half = bits / 2;
        this.name = name.getBytes(StandardCharsets.UTF_8);
        this.stays = stays;
        try {
            mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    /** What {@code number} becomes. */
    long map(long number) {
        return stays.test(number) ? number : known.computeIfAbsent(number, this::walk);
    }

    /** A number that stays is no image: the walk goes on along its cycle until it has left those. */
    private long walk(long number) {
        long image = once(number);
        while (stays.test(image)) {
            image = once(image);
        }
        return image;
    }

    private long once(long number) {
        long mask = (1L << half) - 1;
        long left = (number >>> half) & mask;
        long right = number & mask;
        for (int round = 0; round < ROUNDS; round++) {
            long next = left ^ (round(round, right) & mask);
            left = right;
            right = next;
        }
        return (left << half) | right;
    }

    private long round(int round, long value) {
        mac.update(name);
        mac.update((byte) round);
        return ByteBuffer.wrap(mac.doFinal(
                        ByteBuffer.allocate(Long.BYTES).putLong(value).array()))
                .getLong();
    }
}
