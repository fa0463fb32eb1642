package dev.hairpin.experiments.run;

import dev.hairpin.actors.traffic.Pace;
import java.time.Duration;

/** So many frames a second of the wall clock, counted from the first of them: a pause that took too long is made up for. */
final class WallClock implements Pace {
    private static final double NANOS = 1e9;

    private final double nanosPerFrame;
    private long began;

    WallClock(long framesPerSecond) {
        this.nanosPerFrame = NANOS / framesPerSecond;
    }

    @Override
    public Duration pause(long frames) {
        if (frames == 0) {
            began = System.nanoTime();
        }
        return Duration.ofNanos((long) (frames * nanosPerFrame) - (System.nanoTime() - began));
    }
}
