package dev.hairpin.model.relay;

/**
 * A change of a relay's configuration.
 *
 * @param time from which it holds: a frame of that time is decided under it; nanoseconds of the capture
 * @param change as it was written
 * @param refusal why nothing changes, or empty
 * @param settings that hold from then on, those before where it was refused
 */
public record Timed<S>(long time, String change, String refusal, S settings) {
    /** The same, later by {@code nanos}. */
    public Timed<S> later(long nanos) {
        return new Timed<>(time + nanos, change, refusal, settings);
    }
}
