package dev.hairpin.model.link;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.FrameNumber;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The frames of one stage whose fate a {@link Cut} has settled. Like everything that a decision depends on, it does not
 * change while a wave is decided: a frame is done with when it is emitted.
 */
public final class UnderWay {
    /** Nothing is settled. */
    public static final UnderWay NOTHING = new UnderWay(new Cut(Long.MIN_VALUE, Batch.NEVER, Map.of()), "");

    private final long number;
    private final long time;
    private final String stage;
    private final Map<Long, List<Outcome>> fates;

    /** How often a frame has come, by number: in the waves that were emitted, and in the one that is being decided. */
    private final Map<Long, Integer> emitted = new HashMap<>();

    private final Map<Long, Integer> decided = new HashMap<>();

    UnderWay(Cut cut, String stage) {
        this.number = cut.number();
        this.time = cut.time();
        this.stage = stage;
        this.fates = cut.at(stage);
    }

    /** When the first frame enters that is decided anew. */
    public long time() {
        return time;
    }

    /** Whether the fate of a frame is settled that comes at {@code at}. */
    public boolean holds(long frame, long at) {
        return FrameNumber.frame(frame) < number && at >= time;
    }

    /** Goes back to the first frame of the wave to be decided. */
    public void rewind() {
        if (!decided.isEmpty()) {
            decided.clear();
        }
    }

    /** What becomes of a frame that it {@link #holds}: in a wave, asked once for each time that it comes. */
    public Outcome next(long frame) {
        int before = emitted.getOrDefault(frame, 0) + decided.merge(frame, 1, Integer::sum) - 1;
        List<Outcome> known = fates.getOrDefault(frame, List.of());
        if (before >= known.size()) {
            throw new IllegalStateException(stage + ": frame " + FrameNumber.text(frame) + " came " + known.size()
                    + " times before the cut, but comes once more: is it the same capture?");
        }
        return known.get(before);
    }

    /** Which frames are through, and how often: number and count, by number. */
    long[] through() {
        return emitted.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .flatMapToLong(frame -> LongStream.of(frame.getKey(), frame.getValue()))
                .toArray();
    }

    /** Takes back what {@link #through()} has told. */
    void restore(long[] frames) {
        for (int frame = 0; frame < frames.length; frame += 2) {
            emitted.put(frames[frame], (int) frames[frame + 1]);
        }
    }

    /** A frame that it {@link #holds} is through. */
    public void emitted(long frame) {
        emitted.merge(frame, 1, Integer::sum);
    }
}
