package dev.hairpin.model.topology;

import dev.hairpin.model.frame.Slab;

/** A feed that can begin in the middle. */
public interface SeekableFeed extends Feed {
    /**
     * How far a feed is.
     *
     * @param wave the last that it has given
     * @param frames that have entered
     * @param time of the last frame that has entered, in nanoseconds
     * @param number of that frame
     */
    record Position(long wave, long frames, long time, long number) {}

    /** How far it is. Behind the first wave. */
    Position position();

    /** Goes to where another pass over the same frames, in the same waves, was. Before the first wave. */
    void seek(Position position);

    /** Where the octets of all frames are. */
    Slab slab();
}
