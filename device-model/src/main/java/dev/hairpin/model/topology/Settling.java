package dev.hairpin.model.topology;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Cut;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.link.LossyStage;
import dev.hairpin.model.link.Stage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes down what becomes of frames that are under way at a cut. */
final class Settling implements Rig.Watcher {
    private final long number;
    private final long time;
    private final Map<String, Map<Long, List<Outcome>>> fates = new HashMap<>();

    Settling(long number, long time) {
        this.number = number;
        this.time = time;
    }

    @Override
    public void stepped(Stage stage, Batch arrived, Decided event) {
        if (!(stage instanceof DecidingStage deciding) || arrived.burst().size() == 0) {
            return;
        }
        switch (stage.keeping()) {
            case DECISIONS -> decisions(deciding, event);
            case DROPS -> drops((LossyStage) stage, arrived.burst(), event);
            case NONE -> {}
        }
    }

    private void decisions(DecidingStage stage, Decided event) {
        for (int row = 0; row < event.size(); row++) {
            settle(stage, event.number(row), event.time(row), stage.outcomes().get(event.outcome(row)));
        }
    }

    private void drops(LossyStage stage, Burst burst, Decided event) {
        int drop = 0;
        for (int row = 0; row < burst.size(); row++) {
            boolean dropped = stage.tells(event, drop, burst, row);
            Outcome outcome = dropped ? stage.outcomes().get(event.outcome(drop++)) : Cut.TAKEN;
            settle(stage, burst.number(row), burst.time(row), outcome);
        }
    }

    private void settle(DecidingStage stage, long frame, long at, Outcome outcome) {
        if (frame < number && at >= time) {
            fates.computeIfAbsent(stage.name(), unknown -> new HashMap<>())
                    .computeIfAbsent(frame, unknown -> new ArrayList<>(1))
                    .add(outcome);
        }
    }

    Cut cut() {
        return new Cut(number, time, fates);
    }
}
