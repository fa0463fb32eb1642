package dev.hairpin.model.link;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameColumns;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A place that frames pass: something that takes bursts from its links, decides, and gives bursts to the links behind it.
 *
 * <p>For each wave a shell (the Rig, or an actor) does this, and nothing else moves a frame:
 *
 * <pre>
 * arrived = stage.select();              // frames that are certain, in the total order
 * event   = stage.decide(arrived);       // reads the state, writes nothing
 * (the shell makes the event durable)
 * stage.apply(event);                    // alone writes the state
 * out     = stage.emitted(event, arrived) // one batch for every output
 * </pre>
 *
 * When a journal holds the event already, {@code decide} and {@code apply} are left out: what leaves a stage follows from
 * its event and the frames, and is worked out by the same {@code emitted}. For one thread at a time.
 */
public abstract class Stage {
    private final String name;
    private final int outputs;
    private final Merge merge;

    /**
     * @param firstPort of each input the number of the port that it is; where an input carries frames of several ports,
     *     told apart by {@link dev.hairpin.model.frame.Burst#port}, that of the first
     * @param outputs how many links it gives to
     */
    protected Stage(String name, int[] firstPort, int outputs) {
        this.name = name;
        this.outputs = outputs;
        this.merge = new Merge(firstPort);
    }

    /** A stage whose inputs are one port each, numbered as they are. */
    protected Stage(String name, int inputs, int outputs) {
        this(name, IntStream.range(0, inputs).toArray(), outputs);
    }

    /** Such as {@code veb.tx}; unique in a topology. */
    public final String name() {
        return name;
    }

    /** How many links it gives to. */
    public final int outputs() {
        return outputs;
    }

    /** Takes the next batch of an input. */
    public final void offer(int input, Batch batch) {
        merge.offer(input, batch);
    }

    /** Whether all inputs have given their batch of the next wave. */
    public final boolean ready() {
        return merge.ready();
    }

    /** The frames of the next wave that are certain, and what they allow to promise. */
    public final Batch select() {
        return merge.select();
    }

    /** Frames that are here and wait for virtual time. */
    public final long waiting() {
        return merge.waiting() + kept().size();
    }

    /** What is passing through. Between two waves. */
    public final Passage passage() {
        List<FrameColumns> waiting = new ArrayList<>(merge.columns());
        waiting.add(FrameColumns.of(kept()));
        return new Passage(waiting, held());
    }

    /** Goes on from a passage; octets are in {@code slab}. Before the first batch. */
    public final void restore(Passage passage, Slab slab) {
        int inputs = passage.waiting().size() - 1;
        merge.restore(passage.waiting().subList(0, inputs), slab);
        keep(passage.waiting().get(inputs).in(slab));
        hold(passage.held());
    }

    /** What this kind of stage keeps that comes from the traffic and not from its events; see {@link Passage#held}. */
    protected List<long[]> held() {
        return List.of();
    }

    /** Takes back what {@link #held} has told. */
    protected void hold(List<long[]> held) {
        if (!held.isEmpty()) {
            throw new IllegalArgumentException(name + " keeps nothing");
        }
    }

    /** Whether a frame before {@code number} is among those that wait. */
    public final boolean holdsBefore(long number) {
        Burst kept = kept();
        for (int row = 0; row < kept.size(); row++) {
            if (FrameNumber.frame(kept.number(row)) < number) {
                return true;
            }
        }
        return merge.holdsBefore(number);
    }

    /** Frames that were selected and have not left, where a stage keeps some from wave to wave. */
    protected Burst kept() {
        return Burst.EMPTY;
    }

    /** Takes back what {@link #kept} has told. */
    protected void keep(Burst kept) {
        if (kept.size() > 0) {
            throw new IllegalArgumentException(name + " keeps no frames");
        }
    }

    /** Names of the ports that this stage's outcomes speak of. */
    public abstract List<String> ports();

    /** How this stage's journal is kept. */
    public abstract Keeping keeping();

    /** What becomes of the frames. Reads the state and writes nothing that a decision depends on. */
    public abstract Decided decide(Batch arrived);

    /** Takes an event into the state. Events come in order, each once, live or from the journal. */
    public abstract void apply(Decided event);

    /** What leaves because of {@code event}, by output. */
    public abstract Batch[] emitted(Decided event, Batch arrived);

    /** When a stage has something to persist. */
    public enum Keeping {
        /** It decides nothing. */
        NONE,
        /** Decides rarely; a wave without a decision needs no event of its own. */
        DROPS,
        /** Decides every frame: an event each wave. */
        DECISIONS
    }
}
