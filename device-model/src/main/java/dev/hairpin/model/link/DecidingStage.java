package dev.hairpin.model.link;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Effects;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Decided.Metered;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.decision.StageSnapshot;
import java.util.ArrayList;
import java.util.List;

/** What stages that keep a journal have in common: a dictionary of outcomes, and the wave they are at. */
public abstract class DecidingStage extends Stage {
    /** Before the first wave. */
    public static final long NO_WAVE = -1;

    private final Outcomes outcomes = new Outcomes();
    private int described;
    private long wave = NO_WAVE;
    private int applied;

    /** The latest cut first. */
    private List<UnderWay> cuts = List.of();

    /** See {@link Stage}. */
    protected DecidingStage(String name, int[] firstPort, int outputs) {
        super(name, firstPort, outputs);
    }

    /** Lets frames under way at {@code cuts}, in the order of their times, keep their fates. Before the first wave. */
    public final void keep(List<Cut> cuts) {
        List<UnderWay> latestFirst = new ArrayList<>();
        cuts.forEach(cut -> latestFirst.add(0, new UnderWay(cut, name())));
        this.cuts = List.copyOf(latestFirst);
    }

    /** Of each cut, the frames that came through it. */
    @Override
    protected List<long[]> held() {
        return cuts.stream().map(UnderWay::through).toList();
    }

    @Override
    protected void hold(List<long[]> held) {
        if (held.size() != cuts.size()) {
            throw new IllegalArgumentException(name() + ": kept for " + held.size() + " cuts, has " + cuts.size());
        }
        for (int cut = 0; cut < cuts.size(); cut++) {
            cuts.get(cut).restore(held.get(cut));
        }
    }

    /** Goes back to the first frame of the wave to be decided. */
    protected final void rewindCuts() {
        cuts.forEach(UnderWay::rewind);
    }

    /** Whether there is a cut at all. */
    protected final boolean isCut() {
        return !cuts.isEmpty();
    }

    /** The cut that has settled the fate of a frame which comes at {@code time}; {@link UnderWay#NOTHING} for none. */
    protected final UnderWay settledBy(long number, long time) {
        for (UnderWay cut : cuts) {
            if (cut.holds(number, time)) {
                return cut;
            }
        }
        return UnderWay.NOTHING;
    }

    /** Every cut that holds such a frame, not only the latest, has seen it through. */
    protected final void settled(long number, long time) {
        for (UnderWay cut : cuts) {
            if (cut.holds(number, time)) {
                cut.emitted(number);
            }
        }
    }

    /** The dictionary of what this stage decides. */
    public final Outcomes outcomes() {
        return outcomes;
    }

    /** The wave of the last event that was applied, or {@link #NO_WAVE}. */
    public final long wave() {
        return wave;
    }

    @Override
    public final void apply(Decided event) {
        outcomes.define(event.firstNewOutcome(), event.newOutcomes());
        described = Math.max(
                described, event.firstNewOutcome() + event.newOutcomes().size());
        learn(event.learned());
        meter(event.effects().metered());
        applied += event.effects().applied().size();
        wave = event.wave();
    }

    /** The state after the last applied event. */
    public final StageSnapshot snapshot() {
        return new StageSnapshot(wave, outcomes.from(0), stations(), meters(), applied);
    }

    /** Begins from a snapshot instead of from nothing. */
    public final void restore(StageSnapshot snapshot) {
        outcomes.define(0, snapshot.outcomes());
        described = outcomes.size();
        learn(snapshot.stations());
        meter(snapshot.meters());
        applied = snapshot.applied();
        wave = snapshot.wave();
    }

    /** The event of a wave, with the outcomes that no earlier event has used. */
    protected final Decided event(long wave, int size, long[] time, long[] number, int[] outcome, Effects effects) {
        return new Decided(wave, size, time, number, outcome, described, outcomes.from(described), effects);
    }

    /** How many changes of configuration the applied events hold: the configuration that holds is the one after these. */
    protected final int applied() {
        return applied;
    }

    /** Takes levels of token buckets in, where there are any. */
    protected void meter(Metered metered) {}

    /** Levels of all token buckets that were ever drawn on. */
    protected Metered meters() {
        return Metered.NOTHING;
    }

    /** Takes stations into a filtering database, where there is one. */
    protected void learn(Learned learned) {}

    /** All entries of the filtering database. */
    protected Learned stations() {
        return Learned.NOTHING;
    }
}
