package dev.hairpin.experiments.placement;

import java.time.Instant;
import java.util.Optional;

/**
 * The clock of a capture, made fit to order frames by: file order is the order, and time never goes back.
 *
 * <ul>
 *   <li>A time before the latest one, by an hour at most, is held at the latest one.
 *   <li>A step of more than an hour, forward or back, is taken out: that frame is at the latest time, and those behind
 *       it keep their distances to it.
 *   <li>A capture that begins outside 1970 to 2116, where nothing can be reckoned from, begins at zero.
 * </ul>
 *
 * Told of every frame of a capture in file order, filtered ones included, it gives the same times in every pass. For one
 * thread.
 */
public final class CapturedTimes {
    /** No frame is later than this; what is added to it on a frame's way still fits a long. */
    public static final long LAST = 1L << 62;

    private static final long HOUR = 3_600_000_000_000L;

    private boolean begun;
    private long latest;
    /** What jumps have added to the capture's own clock; wraps around together with the differences taken from it. */
    private long offset;

    private long held;
    private long jumps;
    private Optional<Change> firstHeld = Optional.empty();
    private Optional<Change> firstJump = Optional.empty();

    /** When frame {@code number} enters, which the capture has at {@code captured}. */
    public long time(long number, long captured) {
        if (!begun) {
            begun = true;
            if (captured < 0 || captured > LAST) {
                return jump(number, captured);
            }
            latest = captured;
            return captured;
        }
        long step = captured - offset - latest;
        if (step >= 0 && step <= HOUR && latest + step <= LAST) {
            latest += step;
            return latest;
        }
        if (step < 0 && step >= -HOUR) {
            held++;
            if (firstHeld.isEmpty()) {
                firstHeld = Optional.of(new Change(number, captured, latest));
            }
            return latest;
        }
        return jump(number, captured);
    }

    private long jump(long number, long captured) {
        offset = captured - latest;
        jumps++;
        if (firstJump.isEmpty()) {
            firstJump = Optional.of(new Change(number, captured, latest));
        }
        return latest;
    }

    /** How many frames were held at the time of a frame before them. */
    public long held() {
        return held;
    }

    /** How many steps were taken out. */
    public long jumps() {
        return jumps;
    }

    public Optional<Change> firstHeld() {
        return firstHeld;
    }

    public Optional<Change> firstJump() {
        return firstJump;
    }

    /**
     * A frame that has not the time the capture gives it.
     *
     * @param number of the frame
     * @param from its time in the capture, nanoseconds since the epoch
     * @param to the time it has instead
     */
    public record Change(long number, long from, long to) {
        /** {@code frame 12: 2014-01-02T08:28:51Z taken as 1970-01-01T00:00:54Z}. */
        @Override
        public String toString() {
            return "frame " + number + ": " + instant(from) + " taken as " + instant(to);
        }

        private static Instant instant(long nanos) {
            return Instant.ofEpochSecond(0, nanos);
        }
    }
}
