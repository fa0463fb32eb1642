package dev.hairpin.experiments.travel;

import dev.hairpin.model.decision.Decided.Applied;
import dev.hairpin.persistence.stage.DecidedCursor;
import dev.hairpin.persistence.stage.StageJournal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change of configuration that the journal tells of.
 *
 * @param change as it was written, when its time came, and why it was refused, if it was
 * @param stages that tell of it: both directions of a NIC's relay, or the bridge
 */
public record AppliedChange(Applied change, List<String> stages) {
    public AppliedChange {
        stages = List.copyOf(stages);
    }

    /** Those whose time is after {@code from} and not after {@code to}, in its order. What is told alike is told once. */
    static List<AppliedChange> between(StageJournal journal, long from, long to) {
        Map<Applied, Set<String>> found = new LinkedHashMap<>();
        for (String stage : journal.stages()) {
            try (DecidedCursor events = journal.decided(stage)) {
                while (events.next()) {
                    for (Applied applied : events.event().effects().applied()) {
                        if (applied.time() > from && applied.time() <= to) {
                            found.computeIfAbsent(applied, unknown -> new LinkedHashSet<>())
                                    .add(stage);
                        }
                    }
                }
            }
        }
        List<AppliedChange> changes = new ArrayList<>();
        found.forEach((applied, stages) -> changes.add(new AppliedChange(applied, List.copyOf(stages))));
        changes.sort(Comparator.comparingLong(each -> each.change.time()));
        return Collections.unmodifiableList(changes);
    }
}
