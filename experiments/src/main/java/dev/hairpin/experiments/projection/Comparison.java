package dev.hairpin.experiments.projection;

import java.util.ArrayList;
import java.util.List;

/**
 * What differs, frame by frame, between two runs of one capture: copies that only the other run delivered, copies that only
 * the first did, and copies beyond one to a receiver.
 */
public final class Comparison {
    private static final int EXAMPLES = 5;

    private final Fates fates;
    private final List<Difference> examples = new ArrayList<>();
    private long same;
    private long differing;
    private long extraCopies;
    private long extraFrames;
    private long extraFromLearning;
    private long missingCopies;
    private long missingFrames;
    private final long[] duplicates = new long[2];

    /**
     * One frame that the two runs gave to different receivers.
     *
     * @param first who received it in the first run, as names
     * @param second who received it in the second
     */
    public record Difference(long number, String first, String second) {}

    private Comparison(Fates fates) {
        this.fates = fates;
    }

    /** Compares {@code second} with {@code first}; both must have been counted with {@code fates}. */
    public static Comparison of(RunSummary first, RunSummary second, Fates fates) {
        Comparison comparison = new Comparison(fates);
        first.forEach(second, frame -> comparison.take(frame, first, second));
        return comparison;
    }

    private void take(long frame, RunSummary first, RunSummary second) {
        int here = first.fate(frame);
        int there = second.fate(frame);
        duplicates[0] += fates.duplicates(here);
        duplicates[1] += fates.duplicates(there);
        if (here == there) {
            same++;
            return;
        }
        differing++;
        int extra = fates.beyond(there, here);
        int missing = fates.beyond(here, there);
        extraCopies += extra;
        extraFrames += extra > 0 ? 1 : 0;
        extraFromLearning += second.flooded(frame) && !first.flooded(frame) ? extra : 0;
        missingCopies += missing;
        missingFrames += missing > 0 ? 1 : 0;
        if (examples.size() < EXAMPLES) {
            examples.add(new Difference(frame, fates.text(here), fates.text(there)));
        }
    }

    /** Frame numbers that met the same receivers, as often, in both. */
    public long same() {
        return same;
    }

    /** Frames that did not. */
    public long differing() {
        return differing;
    }

    /** Copies that only the second run delivered. */
    public long extraCopies() {
        return extraCopies;
    }

    /** Frames that have such copies. */
    public long extraFrames() {
        return extraFrames;
    }

    /** Those of {@link #extraCopies} whose frame was flooded only in the second run, for an address not learnt yet. */
    public long extraFromLearning() {
        return extraFromLearning;
    }

    /** Copies that only the first run delivered. */
    public long missingCopies() {
        return missingCopies;
    }

    /** Frames that have such copies. */
    public long missingFrames() {
        return missingFrames;
    }

    /** Copies to a receiver beyond its first, in the first run. */
    public long firstDuplicates() {
        return duplicates[0];
    }

    /** Copies to a receiver beyond its first, in the second run. */
    public long secondDuplicates() {
        return duplicates[1];
    }

    /** The first few frames that differ. */
    public List<Difference> examples() {
        return List.copyOf(examples);
    }
}
