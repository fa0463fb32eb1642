package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.Retagging;
import dev.hairpin.model.topology.Lan;
import java.util.List;

/**
 * In which VLAN frames come to the bridge, as decisions are read in order: that of the tag they bear there, or the PVID. To
 * be told of every decision.
 */
public final class BridgeVlans {
    private final RecordedSettings settings;
    private final FrameIndex frames;
    private final CopyTags tags;

    public BridgeVlans(RecordedSettings settings, FrameIndex frames) {
        this.settings = settings;
        this.frames = frames;
        this.tags = new CopyTags(settings.wires());
    }

    /** The VLAN whose entries the filtering database was asked for in the decision at hand; 0 at other relays. */
    int take(Decisions at) {
        Outcome outcome = at.outcome();
        if (outcome.rule().takesBack()) {
            return 0;
        }
        List<String> ports = at.ports(at.stage());
        String ingress = ports.get(outcome.ingress());
        long arriving = tags.arriving(at.number(), ingress);
        for (int copy = 0; copy < outcome.copies(); copy++) {
            tags.leaving(at.number(), outcome, copy, ports, arriving);
        }
        if (!at.stageName(at.stage()).equals(Lan.BRIDGE)) {
            return 0;
        }
        return settings.filteringId(at.time(), ingress, tag(at.number(), arriving));
    }

    /** The outermost tag of a frame to which {@code retagging} was done. */
    private int tag(long number, long retagging) {
        frames.find(number);
        Burst headers = frames.headers();
        if (retagging == Retagging.NONE) {
            return headers.tag(frames.row());
        }
        BurstBuilder changed = new BurstBuilder(1);
        changed.add(headers, frames.row(), headers.time(frames.row()), 0, retagging);
        return changed.build().tag(0);
    }
}
