package dev.hairpin.model.link;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;

/**
 * What one link carries in one wave: the frames, maybe none, and a promise.
 *
 * <p>A wave is what the source feeds at a time. Every stage takes exactly one batch of each wave from each of its links
 * and gives exactly one to each of the links behind it, so that promises travel with or without frames, nobody waits for
 * a link that has nothing to say, and the source alone bounds what is under way. Where waves are cut changes how long
 * things wait, never what is decided.
 *
 * @param wave from 0
 * @param burst frames in the order of the link
 * @param promisedTime nothing will follow on this link before the key ({@code promisedTime}, {@code promisedNumber}); in
 *     nanoseconds
 * @param promisedNumber the frame number of that key
 * @param last no batch follows
 */
public record Batch(long wave, Burst burst, long promisedTime, long promisedNumber, boolean last) {

    /** The promise of a link on which nothing follows. */
    public static final long NEVER = Long.MAX_VALUE;

    /** The promised number's place in the order of frames, see {@link FrameNumber#order}. */
    long promisedOrder() {
        return promisedNumber == NEVER ? NEVER : FrameNumber.order(promisedNumber);
    }

    /** An empty last batch. */
    public static Batch end(long wave) {
        return new Batch(wave, Burst.EMPTY, NEVER, NEVER, true);
    }

    /** The same wave and promise, moved by a latency, with other frames. */
    public Batch with(Burst other, long latency) {
        return new Batch(wave, other, later(promisedTime, latency), promisedNumber, last);
    }

    /** {@code time + latency}, where {@link #NEVER} stays never. */
    public static long later(long time, long latency) {
        return time == NEVER ? NEVER : time + latency;
    }
}
