package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.RunFolder;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Which frames met another fate in a run than in another of the same capture, by kind of change. */
public final class FateChanges {
    private final Map<Kind, Found> found = new EnumMap<>(Kind.class);
    private final Fates fates = new Fates();
    private long same;

    /** How a fate can change; a frame has the first of these that fits. */
    public enum Kind {
        DELIVERED_ELSEWHERE("delivered elsewhere", "some receivers are gone, others have come"),
        NEWLY_DROPPED("newly dropped", "some receivers are gone, none have come"),
        NEWLY_DELIVERED("newly delivered", "some receivers have come, none are gone"),
        NEWLY_DUPLICATED("newly duplicated", "the same receivers, more copies"),
        NO_LONGER_DUPLICATED("no longer duplicated", "the same receivers, fewer copies"),
        OTHER_PATH("other path", "the same copies, by another way or with other drops");

        private final String words;
        private final String meaning;

        Kind(String words, String meaning) {
            this.words = words;
            this.meaning = meaning;
        }

        public String words() {
            return words;
        }

        public String meaning() {
            return meaning;
        }
    }

    /**
     * The frames of one kind.
     *
     * @param first the number of the first
     * @param before who received that, as names
     * @param after who received it in the second run
     */
    public record Found(long frames, long first, String before, String after) {}

    private FateChanges() {}

    /** Compares {@code second} with {@code first}. */
    public static FateChanges of(RunFolder first, RunFolder second) throws IOException {
        FateChanges changes = new FateChanges();
        Ways before = first.read(
                decisions -> Ways.of(decisions, changes.fates, first.settings().wires()));
        Ways after = second.read(
                decisions -> Ways.of(decisions, changes.fates, second.settings().wires()));
        before.forEach(after, frame -> changes.take(frame, before, after));
        return changes;
    }

    private void take(long frame, Ways before, Ways after) {
        int here = before.fate(frame);
        int there = after.fate(frame);
        if (here == there && before.way(frame) == after.way(frame)) {
            same += before.way(frame) == 0 ? 0 : 1;
            return;
        }
        Kind kind = kind(here, there);
        Found earlier = found.get(kind);
        found.put(
                kind,
                earlier == null
                        ? new Found(1, frame, fates.text(here), fates.text(there))
                        : new Found(earlier.frames + 1, earlier.first, earlier.before, earlier.after));
    }

    private Kind kind(int here, int there) {
        if (here == there) {
            return Kind.OTHER_PATH;
        }
        boolean gained = fates.reachesOthers(there, here);
        boolean lost = fates.reachesOthers(here, there);
        if (gained || lost) {
            return gained && lost ? Kind.DELIVERED_ELSEWHERE : gained ? Kind.NEWLY_DELIVERED : Kind.NEWLY_DROPPED;
        }
        return fates.copies(there) > fates.copies(here) ? Kind.NEWLY_DUPLICATED : Kind.NO_LONGER_DUPLICATED;
    }

    /** Frames that took the same way to the same receivers. */
    public long same() {
        return same;
    }

    /** Those that did not. */
    public long changed() {
        return found.values().stream().mapToLong(Found::frames).sum();
    }

    /** By kind, those that occur. */
    public Map<Kind, Found> found() {
        return found;
    }
}
