package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.FrameNumber;
import java.util.BitSet;

/**
 * Which frames left their NIC with checksums that it had filled in, as decisions are read in order: those of functions that have
 * their NIC do so, and segments.
 */
public final class Completed {
    private final RecordedSettings settings;
    private final BitSet frames = new BitSet();

    public Completed(RecordedSettings settings) {
        this.settings = settings;
    }

    /** To be told of every decision. */
    public void take(Decisions at) {
        if (FrameNumber.isSegment(at.number())
                || at.outcome().rule() == Rule.TAIL_DROP
                || !at.stageName(at.stage()).endsWith(".tx")) {
            return;
        }
        if (settings.fillsInChecksums(at.ports(at.stage()).get(at.outcome().ingress()))) {
            frames.set((int) at.number());
        }
    }

    /** Whether it is one of them. */
    public boolean is(long number) {
        return FrameNumber.isSegment(number) || frames.get((int) number);
    }
}
