package dev.hairpin.experiments.run;

import dev.hairpin.experiments.placement.PlacementRefused;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Cut;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.Rig;
import dev.hairpin.model.topology.Topology;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How a run's configuration came about: an experiment in one mode, and what was changed in forks of it, one after the other.
 * Everything follows from that and the capture; no parent's folder is needed.
 *
 * @param lan the settings, all forks' included
 * @param cuts where the forks parted, in the order of their times
 */
public record Lineage(LanSettings lan, List<Cut> cuts) {
    /** A run that is no fork. */
    public static Lineage of(CaptureExperiment experiment, Mode mode) {
        return new Lineage(experiment.lan(mode), List.of());
    }

    public Lineage {
        cuts = List.copyOf(cuts);
    }

    /** Stages and links. */
    public Topology topology() {
        return Lan.of(lan).forkedAt(cuts);
    }

    /**
     * A fork of this.
     *
     * @throws PlacementRefused when it cannot be made; the message says why
     */
    public Lineage fork(CaptureExperiment experiment, WhatIf whatIf) throws PlacementRefused, IOException {
        Position position = Position.find(experiment, whatIf.from());
        LanSettings inMode = whatIf.mode().map(experiment::lan).orElse(lan);
        long latest = cuts.stream().mapToLong(Cut::number).max().orElse(Long.MIN_VALUE);
        if (position.number < latest) {
            throw new PlacementRefused("--from: the run is a fork itself, from frame " + latest
                    + " on: expected --from '#" + latest + "' or later, or its parent");
        }
        if (position.isStart) {
            return new Lineage(Altered.of(lan, inMode, Long.MIN_VALUE, position.time, whatIf), List.of());
        }
        if (position.time == Batch.NEVER) {
            return this;
        }
        LanSettings altered = Altered.of(lan, inMode, position.time, position.time, whatIf);
        Cut cut = new Rig(topology(), new RunDigest(), (end, burst) -> {})
                .cut(experiment.feed(Progress.NONE), position.number, position.time);
        List<Cut> all = new ArrayList<>(cuts);
        all.add(cut);
        return new Lineage(lan.forkedAt(position.time, altered, whatIf.toString()), all);
    }

    /**
     * A place among the frames that take part.
     *
     * @param isStart whether no frame is before
     */
    private record Position(long number, long time, boolean isStart) {
        static Position find(CaptureExperiment experiment, Optional<Moment> from) {
            CaptureFeed feed = experiment.feed(Progress.NONE);
            long first = 0;
            boolean any = false;
            boolean last;
            do {
                Batch[] wave = feed.next();
                last = wave[0].last();
                Position found = null;
                for (Batch batch : wave) {
                    Burst burst = batch.burst();
                    for (int row = 0; row < burst.size(); row++) {
                        boolean at = from.isEmpty() || experiment.isAt(from.get(), burst.number(row), burst.time(row));
                        if (at && (found == null || burst.number(row) < found.number)) {
                            found = new Position(burst.number(row), burst.time(row), false);
                        }
                        if (!any || burst.number(row) < first) {
                            first = burst.number(row);
                        }
                        any = true;
                    }
                }
                if (found != null) {
                    return new Position(found.number, found.time, found.number == first);
                }
            } while (!last);
            return new Position(Long.MAX_VALUE, Batch.NEVER, false);
        }
    }
}
