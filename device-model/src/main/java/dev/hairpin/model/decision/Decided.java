package dev.hairpin.model.decision;

import java.util.Arrays;
import java.util.List;

/**
 * The event of a stage: what it decided about the frames of one wave, in columns, in the order in which it took them. A
 * relay decides every frame that it relays; a queue tells only the frames it dropped. Immutable.
 *
 * <p>Row {@code r} of {@link #time}, {@link #number} and {@link #outcome} speaks of one frame. {@link #learned} are the
 * changes of a filtering database that go with it.
 */
public final class Decided implements StageEvent {
    private final long wave;
    private final int size;
    private final long[] time;
    private final long[] number;
    private final int[] outcome;
    private final int firstNewOutcome;
    private final List<Outcome> newOutcomes;
    private final Learned learned;

    /** Takes the arrays over, of which the first {@code size} entries count. */
    public Decided(
            long wave,
            int size,
            long[] time,
            long[] number,
            int[] outcome,
            int firstNewOutcome,
            List<Outcome> newOutcomes,
            Learned learned) {
        this.wave = wave;
        this.size = size;
        this.time = time;
        this.number = number;
        this.outcome = outcome;
        this.firstNewOutcome = firstNewOutcome;
        this.newOutcomes = newOutcomes;
        this.learned = learned;
    }

    /** Nothing was decided in this wave. */
    public static Decided nothing(long wave) {
        return new Decided(wave, 0, new long[0], new long[0], new int[0], 0, List.of(), Learned.NOTHING);
    }

    public long wave() {
        return wave;
    }

    /** How many decisions. */
    public int size() {
        return size;
    }

    /** When it was decided: nanoseconds of the capture. */
    public long time(int row) {
        return time[row];
    }

    /** The frame. */
    public long number(int row) {
        return number[row];
    }

    /** What was decided, as a number in the {@link Outcomes} of the stage. */
    public int outcome(int row) {
        return outcome[row];
    }

    /** The number of the first entry of {@link #newOutcomes}. */
    public int firstNewOutcome() {
        return firstNewOutcome;
    }

    /** Outcomes that no earlier event of the stage has used. */
    public List<Outcome> newOutcomes() {
        return newOutcomes;
    }

    public Learned learned() {
        return learned;
    }

    /** Value equality over the rows and all else that is recorded. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Decided that
                && wave == that.wave
                && size == that.size
                && Arrays.equals(time, 0, size, that.time, 0, size)
                && Arrays.equals(number, 0, size, that.number, 0, size)
                && Arrays.equals(outcome, 0, size, that.outcome, 0, size)
                && firstNewOutcome == that.firstNewOutcome
                && newOutcomes.equals(that.newOutcomes)
                && learned.equals(that.learned);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(wave) * 31 + size;
    }

    @Override
    public String toString() {
        return "Decided[wave " + wave + ", " + size + " decisions, " + newOutcomes.size() + " new outcomes]";
    }

    /**
     * Stations that a filtering database learned, or saw again, in a wave: of each the last port and time.
     *
     * <p>{@code key}, {@code port} and {@code seen} are columns of equal length.
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared by value below
    public record Learned(long[] key, int[] port, long[] seen) {
        public static final Learned NOTHING = new Learned(new long[0], new int[0], new long[0]);

        public int size() {
            return key.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Learned that
                    && Arrays.equals(key, that.key)
                    && Arrays.equals(port, that.port)
                    && Arrays.equals(seen, that.seen);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key);
        }
    }
}
