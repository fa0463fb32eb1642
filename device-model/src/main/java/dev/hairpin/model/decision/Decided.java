package dev.hairpin.model.decision;

import java.util.Arrays;
import java.util.List;

/**
 * The event of a stage: what it decided about the frames of one wave, in columns, in the order in which it took them. A
 * relay decides every frame that it relays; a queue tells only the frames it dropped. Immutable.
 *
 * <p>Row {@code r} of {@link #time}, {@link #number} and {@link #outcome} speaks of one frame. {@link #effects} are the
 * changes of the stage's state that go with it.
 */
public final class Decided implements StageEvent {
    private final long wave;
    private final int size;
    private final long[] time;
    private final long[] number;
    private final int[] outcome;
    private final int firstNewOutcome;
    private final List<Outcome> newOutcomes;
    private final Effects effects;

    /** Without other effects than what is learned. */
    public Decided(
            long wave,
            int size,
            long[] time,
            long[] number,
            int[] outcome,
            int firstNewOutcome,
            List<Outcome> newOutcomes,
            Learned learned) {
        this(wave, size, time, number, outcome, firstNewOutcome, newOutcomes, Effects.of(learned));
    }

    /** Takes the arrays over, of which the first {@code size} entries count. */
    public Decided(
            long wave,
            int size,
            long[] time,
            long[] number,
            int[] outcome,
            int firstNewOutcome,
            List<Outcome> newOutcomes,
            Effects effects) {
        this.wave = wave;
        this.size = size;
        this.time = time;
        this.number = number;
        this.outcome = outcome;
        this.firstNewOutcome = firstNewOutcome;
        this.newOutcomes = newOutcomes;
        this.effects = effects;
    }

    /** Nothing was decided in this wave. */
    public static Decided nothing(long wave) {
        return new Decided(wave, 0, new long[0], new long[0], new int[0], 0, List.of(), Effects.NONE);
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

    /** What a filtering database learned. */
    public Learned learned() {
        return effects.learned();
    }

    /** How the stage's state changes with these decisions. */
    public Effects effects() {
        return effects;
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
                && effects.equals(that.effects);
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
     * How a stage's state changes in a wave.
     *
     * @param learned by a filtering database
     * @param metered levels of token buckets
     * @param applied changes of configuration whose time came, in their order
     */
    public record Effects(Learned learned, Metered metered, List<Applied> applied) {
        public static final Effects NONE = of(Learned.NOTHING);

        public Effects {
            applied = List.copyOf(applied);
        }

        /** Only what was learned. */
        public static Effects of(Learned learned) {
            return new Effects(learned, Metered.NOTHING, List.of());
        }
    }

    /**
     * A change of configuration whose time came.
     *
     * @param time that it was due at, in nanoseconds of the capture
     * @param change as it was written
     * @param refusal why nothing was changed, or empty
     */
    public record Applied(long time, String change, String refusal) {}

    /**
     * Entries of a filtering database that were made, seen again, changed or removed in a wave: of each the last state.
     *
     * <p>{@code key}, {@code port}, {@code seen} and {@code kind} are columns of equal length. A key is an address in its
     * lower 48 bits and a filtering identifier above. What a kind is, the filtering database says; 0 is an entry that was
     * learned.
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared by value below
    public record Learned(long[] key, int[] port, long[] seen, int[] kind) {
        public static final Learned NOTHING = new Learned(new long[0], new int[0], new long[0]);

        /** Entries that were learned. */
        public Learned(long[] key, int[] port, long[] seen) {
            this(key, port, seen, new int[key.length]);
        }

        public int size() {
            return key.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Learned that
                    && Arrays.equals(key, that.key)
                    && Arrays.equals(port, that.port)
                    && Arrays.equals(seen, that.seen)
                    && Arrays.equals(kind, that.kind);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(key);
        }
    }

    /**
     * Token buckets that were drawn on in a wave: of each its last level.
     *
     * <p>{@code meter}, {@code level} and {@code at} are columns of equal length: the number of the bucket in its stage,
     * what is in it, and when that was so, in nanoseconds.
     */
    @SuppressWarnings("ArrayRecordComponent") // columns, compared by value below
    public record Metered(int[] meter, long[] level, long[] at) {
        public static final Metered NOTHING = new Metered(new int[0], new long[0], new long[0]);

        public int size() {
            return meter.length;
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Metered that
                    && Arrays.equals(meter, that.meter)
                    && Arrays.equals(level, that.level)
                    && Arrays.equals(at, that.at);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(meter);
        }
    }
}
