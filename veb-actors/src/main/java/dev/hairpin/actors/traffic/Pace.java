package dev.hairpin.actors.traffic;

import java.time.Duration;

/** Slows a source down to a clock of somebody else's. Of no consequence for what is decided. */
public interface Pace {
    /** As fast as it goes. */
    Pace FREE = frames -> Duration.ZERO;

    /** How long the next wave has to wait when so many frames were fed at this pace; nothing, if it is due. */
    Duration pause(long frames);
}
