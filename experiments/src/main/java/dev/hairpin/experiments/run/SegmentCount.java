package dev.hairpin.experiments.run;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.relay.Mode;
import java.util.List;
import java.util.stream.Stream;

/** Counts how many frames NICs have segmented, and into how many: at the edge relays' sending side, where each comes once. */
final class SegmentCount implements DecisionLog {
    private final DecisionLog also;
    private long frames;
    private long segments;

    /** @param also is told the same */
    SegmentCount(DecisionLog also) {
        this.also = also;
    }

    @Override
    public void stage(String stage, List<String> ports) {
        also.stage(stage, ports);
    }

    @Override
    public void decided(String stage, Decided event) {
        also.decided(stage, event);
        if (Stream.of(Mode.values()).noneMatch(mode -> ("." + stage).endsWith("." + mode.word() + ".tx"))) {
            return;
        }
        for (int row = 0; row < event.size(); row++) {
            long number = event.number(row);
            if (FrameNumber.isSegment(number)) {
                segments++;
                frames += FrameNumber.segment(number) == 1 ? 1 : 0;
            }
        }
    }

    /** Captured frames that were segmented. */
    long frames() {
        return frames;
    }

    /** What they became. */
    long segments() {
        return segments;
    }
}
