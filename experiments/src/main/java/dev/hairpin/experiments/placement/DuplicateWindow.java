package dev.hairpin.experiments.placement;

import dev.hairpin.model.frame.Slab;
import java.util.Arrays;

/**
 * Finds frames whose captured octets were captured once more within a millisecond, as by a mirror of several ports. Looks
 * back at the last 65,536 frames at most.
 */
final class DuplicateWindow {
    private static final long WITHIN = 1_000_000;
    private static final int FRAMES = 1 << 16;
    private static final int MASK = FRAMES - 1;

    /** Other frames that are looked at before one is taken for new, so that forged hashes cost no time. */
    private static final int MOST_STEPS = 16;

    /** Octets that are hashed from the frame's beginning; what differs at all differs in them, but for a few. */
    private static final int HASHED = 128;

    private final int[] newest = new int[FRAMES];
    private final int[] older = new int[FRAMES];
    private final long[] hash = new long[FRAMES];
    private final long[] time = new long[FRAMES];
    private final long[] offset = new long[FRAMES];
    private final int[] captured = new int[FRAMES];
    private final int[] length = new int[FRAMES];
    private long frames;

    DuplicateWindow() {
        Arrays.fill(newest, -1);
        Arrays.fill(older, -1);
    }

    /** Adds a frame; whether one like it was added within the last millisecond. */
    boolean add(Slab slab, long at, int octets, int onWire, long now) {
        if (octets == 0) {
            return false;
        }
        long hashed = hash(slab, at, octets);
        int bucket = (int) (hashed >>> 48) & MASK;
        int slot = (int) (frames & MASK);
        boolean found = false;
        int other = newest[bucket];
        for (int step = 0; step < MOST_STEPS && other >= 0 && !found; step++) {
            if (now - time[other] > WITHIN) {
                break;
            }
            found = hash[other] == hashed
                    && captured[other] == octets
                    && length[other] == onWire
                    && equal(slab, offset[other], at, octets);
            int before = older[other];
            // A slot that was used anew since is younger than the one that pointed to it.
            other = before >= 0 && time[before] <= time[other] && before != slot ? before : -1;
        }
        hash[slot] = hashed;
        time[slot] = now;
        offset[slot] = at;
        captured[slot] = octets;
        length[slot] = onWire;
        older[slot] = newest[bucket] == slot ? -1 : newest[bucket];
        newest[bucket] = slot;
        frames++;
        return found;
    }

    private static long hash(Slab slab, long at, int octets) {
        long hashed = octets * 0x9E37_79B9_7F4A_7C15L;
        int whole = Math.min(octets, HASHED) & -Long.BYTES;
        for (int i = 0; i < whole; i += Long.BYTES) {
            hashed = mix(hashed, slab.i64(at + i));
        }
        if (octets >= Long.BYTES) {
            return mix(hashed, slab.i64(at + octets - Long.BYTES));
        }
        for (int i = 0; i < octets; i++) {
            hashed = mix(hashed, slab.octet(at + i));
        }
        return hashed;
    }

    private static long mix(long hashed, long more) {
        long mixed = (hashed ^ more) * 0xBF58_476D_1CE4_E5B9L;
        return mixed ^ (mixed >>> 31);
    }

    private static boolean equal(Slab slab, long one, long other, int octets) {
        int i = 0;
        for (; i <= octets - Long.BYTES; i += Long.BYTES) {
            if (slab.i64(one + i) != slab.i64(other + i)) {
                return false;
            }
        }
        for (; i < octets; i++) {
            if (slab.octet(one + i) != slab.octet(other + i)) {
                return false;
            }
        }
        return true;
    }
}
