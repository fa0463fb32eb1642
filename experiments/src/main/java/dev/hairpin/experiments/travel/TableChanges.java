package dev.hairpin.experiments.travel;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * What is another in a table of the bridge.
 *
 * @param changes by what the entries are of: address, or group
 * @param stayed how many entries are as they were
 */
public record TableChanges(List<Change> changes, int stayed) {
    public TableChanges {
        changes = List.copyOf(changes);
    }

    /** What became of an entry. */
    public enum Kind {
        CAME,
        WENT,
        /** To another port. */
        MOVED,
        /** In all but its port. */
        CHANGED;

        /** As it is written in a sentence. */
        public String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * An entry as a tool shows it.
     *
     * @param port where it leads
     */
    public record Line(String port, String text, Map<String, Object> json) {}

    /** An entry that is another; {@code before} is absent where it came, {@code after} where it went. */
    public record Change(Kind kind, Optional<Line> before, Optional<Line> after) {}

    /** Compares by key; entries of one key are one entry. */
    static TableChanges of(SortedMap<String, Line> before, SortedMap<String, Line> after) {
        List<Change> changes = new ArrayList<>();
        int stayed = 0;
        TreeSet<String> keys = new TreeSet<>(before.keySet());
        keys.addAll(after.keySet());
        for (String key : keys) {
            Optional<Line> old = Optional.ofNullable(before.get(key));
            Optional<Line> now = Optional.ofNullable(after.get(key));
            if (old.equals(now)) {
                stayed++;
            } else {
                changes.add(new Change(kind(old, now), old, now));
            }
        }
        return new TableChanges(changes, stayed);
    }

    private static Kind kind(Optional<Line> old, Optional<Line> now) {
        if (old.isEmpty() || now.isEmpty()) {
            return old.isEmpty() ? Kind.CAME : Kind.WENT;
        }
        return old.get().port.equals(now.get().port) ? Kind.CHANGED : Kind.MOVED;
    }

    /** Those of one kind. */
    public List<Change> of(Kind kind) {
        return changes.stream().filter(change -> change.kind == kind).toList();
    }
}
