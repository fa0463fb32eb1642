package dev.hairpin.model.link;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import java.util.List;

/**
 * What takes time, and may lose frames, in a {@link LossyStage}. Mutable; two that have passed the same frames are equal in all
 * they will do.
 */
public interface Passing {
    /** Whether it can lose a frame at all. */
    boolean loses();

    /** Whether it might lose one of these. Changes nothing that anything depends on. */
    boolean mayLose(Batch arrived);

    /** By what number the stage is asked for the outcome of a frame that does not get in: its port, unless said otherwise. */
    default int kind(Burst burst, int row) {
        return burst.port(row);
    }

    /** Whether such an outcome can be that of a frame, where number and time are the same. */
    default boolean isOf(Outcome drop, Burst burst, int row) {
        return drop.ingress() == burst.port(row);
    }

    /** Another that has passed the same frames. */
    Passing copy();

    /**
     * Passes the frames of a wave and those that wait here, as far as {@code arrived} promises.
     *
     * @param admission is asked for each frame of {@code arrived}, in their order
     */
    Passed pass(Batch arrived, Admission admission);

    /** No frame will leave before this. */
    long earliest();

    /** Frames that wait here for virtual time, in the order in which they came; none, where all that arrives is passed. */
    default Burst waiting() {
        return Burst.EMPTY;
    }

    /** Clocks, turns and rings, in columns that mean something to {@link #restore} alone. */
    List<long[]> state();

    /** Goes on from what another told that has passed the same frames. Before the first. */
    void restore(List<long[]> state);

    /** Takes back the frames that {@link #waiting} has told. Before the first. */
    default void keep(Burst waiting) {
        if (waiting.size() > 0) {
            throw new IllegalArgumentException("nothing waits here");
        }
    }

    /** Says which frames get in. */
    @FunctionalInterface
    interface Admission {
        /**
         * @param row of the frame
         * @param place whether there is a place for it
         */
        boolean admits(int row, boolean place);
    }

    /**
     * What came of a wave.
     *
     * @param out what leaves, by output
     * @param dropped rows of the frames that did not get in, of which the first {@code drops} count
     */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
    record Passed(Burst[] out, int[] dropped, int drops) {}
}
