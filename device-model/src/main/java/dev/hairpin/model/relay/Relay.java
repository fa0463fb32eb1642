package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.link.UnderWay;
import java.util.Arrays;
import java.util.List;

/**
 * A stage that decides every frame. What relays have in common: they look at one frame after the other, name an outcome
 * for each, and send a copy to each port of the outcome. Where a frame goes is said by {@link #outcomeOf}.
 *
 * <p>A relay's configuration may change at given times. It is not the change that the state remembers but how many there
 * have been: each is part of the event of the wave in which its time came.
 */
public abstract class Relay extends DecidingStage {
    private final long latencyNanos;
    private final BurstBuilder[] out;
    private final List<? extends Timed<?>> changes;

    /**
     * @param firstPort see {@link dev.hairpin.model.link.Stage}
     * @param latencyNanos from arrival to departure of every frame
     * @param changes of its configuration, in the order of their times
     */
    protected Relay(String name, int[] firstPort, int outputs, long latencyNanos, List<? extends Timed<?>> changes) {
        super(name, firstPort, outputs);
        for (int step = 1; step < changes.size(); step++) {
            if (changes.get(step).time() < changes.get(step - 1).time()) {
                throw new IllegalArgumentException(name + ": changes that go back in time");
            }
        }
        this.changes = List.copyOf(changes);
        this.latencyNanos = latencyNanos;
        this.out = new BurstBuilder[outputs];
        Arrays.setAll(out, output -> new BurstBuilder(0));
    }

    @Override
    public final Keeping keeping() {
        return Keeping.DECISIONS;
    }

    /** The number, in {@link #outcomes()}, of what becomes of a frame. Reads the state only. */
    protected abstract int outcomeOf(Burst burst, int row);

    /** The output by which a copy for {@code port} leaves. */
    protected abstract int outputOf(int port);

    /** What to put in {@link Burst#port} of a copy for {@code port}. */
    protected int portBeyond(int port) {
        return 0;
    }

    /** Whether a frame from {@code port} has yet to be decided; otherwise it is a copy on its way to that port. */
    protected boolean decides(int port) {
        return true;
    }

    /** The next frame is decided under the configuration after {@code steps} changes. */
    protected void configured(int steps) {}

    /**
     * The next frame is decided under the configuration after {@code steps} changes, and those after it as before: it was
     * under way where a run was forked, and knows nothing of what has changed.
     */
    protected void under(int steps) {}

    /** Levels of the token buckets that were drawn on since it was asked last. */
    protected Decided.Metered metered() {
        return Decided.Metered.NOTHING;
    }

    /** What the filtering database learned from the frames that were looked at since it was asked last. */
    protected Decided.Learned learned() {
        return Decided.Learned.NOTHING;
    }

    @Override
    public final Decided decide(Batch arrived) {
        Burst burst = arrived.burst();
        long[] time = new long[burst.size()];
        long[] number = new long[burst.size()];
        int[] outcome = new int[burst.size()];
        int decided = 0;
        int step = applied();
        configured(step);
        rewindCuts();
        for (int row = 0; row < burst.size(); row++) {
            step = changed(step, burst.time(row));
            if (decides(burst.port(row))) {
                time[decided] = burst.time(row);
                number[decided] = burst.number(row);
                outcome[decided] = isCut() ? perhapsSettled(burst, row, step) : outcomeOf(burst, row);
                decided++;
            }
        }
        step = changed(step, arrived.promisedTime());
        return event(
                arrived.wave(), decided, time, number, outcome, new Decided.Effects(learned(), metered(), due(step)));
    }

    /** A frame whose fate is settled still teaches the tables, as it would have. */
    private int perhapsSettled(Burst burst, int row, int step) {
        UnderWay cut = settledBy(burst.number(row), burst.time(row));
        if (cut == UnderWay.NOTHING) {
            return outcomeOf(burst, row);
        }
        int before = 0;
        while (before < changes.size() && changes.get(before).time() < cut.time()) {
            before++;
        }
        under(before);
        outcomeOf(burst, row);
        under(step);
        return outcomes().number(cut.next(burst.number(row)));
    }

    /** Goes on to the configuration of time {@code now}; how many changes there have been then. */
    private int changed(int before, long now) {
        int step = before;
        while (step < changes.size() && changes.get(step).time() <= now) {
            step++;
        }
        if (step != before) {
            configured(step);
        }
        return step;
    }

    private List<Decided.Applied> due(int step) {
        return changes.subList(applied(), step).stream()
                .map(change -> new Decided.Applied(change.time(), change.change(), change.refusal()))
                .toList();
    }

    @Override
    public final Batch[] emitted(Decided event, Batch arrived) {
        Burst burst = arrived.burst();
        int next = 0;
        for (int row = 0; row < burst.size(); row++) {
            long time = burst.time(row) + latencyNanos;
            if (!decides(burst.port(row))) {
                out[outputOf(burst.port(row))].add(burst, row, time, portBeyond(burst.port(row)));
                continue;
            }
            if (next == event.size() || event.number(next) != burst.number(row)) {
                throw mismatch(event, next, burst.number(row));
            }
            Outcome outcome = outcomes().get(event.outcome(next++));
            if (isCut()) {
                settled(burst.number(row), burst.time(row));
            }
            for (int copy = 0; copy < outcome.copies(); copy++) {
                int port = outcome.egress(copy);
                long change = outcome.change(copy);
                out[outputOf(port)].add(
                        burst, row, time, portBeyond(port), TagChange.apply(change, burst.retagging(row)));
            }
        }
        if (next != event.size()) {
            throw mismatch(event, next, -1);
        }
        Batch[] batches = new Batch[out.length];
        for (int output = 0; output < out.length; output++) {
            batches[output] = arrived.with(out[output].build(), latencyNanos);
        }
        return batches;
    }

    private IllegalStateException mismatch(Decided event, int at, long arrived) {
        return new IllegalStateException(
                name() + ": wave " + event.wave() + ": the journal's decision " + at + " is on "
                        + (at < event.size() ? "frame " + FrameNumber.text(event.number(at)) : "no frame")
                        + ", but what arrived is " + (arrived < 0 ? "no frame" : "frame " + FrameNumber.text(arrived))
                        + ": is it the same capture?");
    }
}
