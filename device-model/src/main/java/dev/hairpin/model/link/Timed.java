package dev.hairpin.model.link;

import java.util.ArrayList;
import java.util.List;

/**
 * A change of a relay's configuration.
 *
 * @param time from which it holds: a frame of that time is decided under it; nanoseconds of the capture
 * @param change as it was written
 * @param refusal why nothing changes, or empty
 * @param settings that hold from then on, those before where it was refused
 */
public record Timed<S>(long time, String change, String refusal, S settings) {
    /**
     * The changes of a run that parts from another at {@code time}: the other's until then, a change to what is its own, and
     * its own from then on.
     *
     * @param others changes, in the order of their times
     * @param start own settings from the start
     * @param own changes, in the order of their times
     * @param words for the change between the two
     */
    public static <S> List<Timed<S>> fork(List<Timed<S>> others, S start, List<Timed<S>> own, long time, String words) {
        List<Timed<S>> changes = new ArrayList<>();
        S now = start;
        for (Timed<S> other : others) {
            if (other.time < time) {
                changes.add(other);
            }
        }
        for (Timed<S> change : own) {
            now = change.time < time ? change.settings : now;
        }
        changes.add(new Timed<>(time, words, "", now));
        for (Timed<S> change : own) {
            if (change.time >= time) {
                changes.add(change);
            }
        }
        return changes;
    }

    /** The same with other settings. */
    public Timed<S> with(S others) {
        return new Timed<>(time, change, refusal, others);
    }

    /** The same, later by {@code nanos}. */
    public Timed<S> later(long nanos) {
        return new Timed<>(time + nanos, change, refusal, settings);
    }
}
