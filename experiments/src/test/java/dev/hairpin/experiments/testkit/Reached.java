package dev.hairpin.experiments.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How far a run's ends are, of which one process after the other has let frames out: each may repeat what an earlier one had
 * let out, and none may leave a gap.
 */
public final class Reached {
    private final Map<Integer, List<Long>> whole;
    private final Map<Integer, Integer> byEnd = new HashMap<>();

    /** @param whole the frames that come to each end in all, in order */
    public Reached(Map<Integer, List<Long>> whole) {
        this.whole = whole;
    }

    /** Another process has let these out, in order. */
    public void goesOn(String name, Map<Integer, List<Long>> arrived) {
        arrived.forEach((end, frames) -> {
            if (frames.isEmpty()) {
                return;
            }
            List<Long> all = whole.getOrDefault(end, List.of());
            int begins = Collections.indexOfSubList(all, frames);
            assertThat(begins)
                    .as("%s: end %d gets frames in order, from %s", name, end, frames.get(0))
                    .isNotNegative();
            int before = byEnd.getOrDefault(end, 0);
            assertThat(begins).as("%s: where end %d goes on", name, end).isLessThanOrEqualTo(before);
            byEnd.put(end, Math.max(before, begins + frames.size()));
        });
    }

    /** Nothing is missing at the end. */
    public void isComplete(String name) {
        whole.forEach((end, frames) -> assertThat(byEnd.getOrDefault(end, 0))
                .as("%s: frames at end %d", name, end)
                .isEqualTo(frames.size()));
    }
}
