package dev.hairpin.model.testkit;

import static dev.hairpin.model.testkit.Frame.burst;
import static dev.hairpin.model.testkit.Frame.frames;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.LossyStage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Frames through a stage that takes time and loses some, wave by wave: what left, what was dropped, what was promised. */
public final class Passage {
    private final LossyStage stage;
    private final boolean decides;
    private final List<List<Frame>> out = new ArrayList<>();
    private final List<List<Promise>> promises = new ArrayList<>();
    private final List<Long> dropped = new ArrayList<>();
    private final List<Outcome> outcomes = new ArrayList<>();
    private final List<Decided> events;

    private record Promise(int after, long time, long number) {}

    private Passage(LossyStage stage, boolean decides, List<Decided> events) {
        this.stage = stage;
        this.decides = decides;
        this.events = new ArrayList<>(events);
        for (int output = 0; output < stage.outputs(); output++) {
            out.add(new ArrayList<>());
            promises.add(new ArrayList<>());
        }
    }

    /** By a stage that decides. */
    public static Passage deciding(LossyStage stage) {
        return new Passage(stage, true, List.of());
    }

    /** By one that is told what was decided, wave by wave. */
    public static Passage of(LossyStage stage, List<Decided> events) {
        return new Passage(stage, false, events);
    }

    public LossyStage stage() {
        return stage;
    }

    /** What left, by output. */
    public List<List<Frame>> out() {
        return out;
    }

    /** Numbers of the frames that were dropped. */
    public List<Long> dropped() {
        return dropped;
    }

    /** Why, in the same order. */
    public List<Outcome> outcomes() {
        return outcomes;
    }

    /** What was decided, wave by wave. */
    public List<Decided> events() {
        return events;
    }

    /** All in one wave, the last. */
    public Passage all(List<Frame> sent) {
        waves(sent, new int[] {sent.size()});
        return this;
    }

    /** In waves of these sizes. */
    public void waves(List<Frame> sent, int[] sizes) {
        int from = 0;
        for (int wave = 0; wave < sizes.length; wave++) {
            List<Frame> cut = sent.subList(from, from + sizes[wave]);
            from += sizes[wave];
            boolean last = from == sent.size();
            // As a source promises: at this time there may be more. At times it knows that there is not.
            long here = cut.get(cut.size() - 1).time();
            long promised = last
                    ? Batch.NEVER
                    : Math.min(here + wave % 2, sent.get(from).time());
            long number = last ? Batch.NEVER : cut.get(cut.size() - 1).number() + 1;
            wave(new Batch(wave, burst(cut), promised, number, last));
        }
    }

    private void wave(Batch arrived) {
        Decided event = decides ? stage.decide(arrived) : events.get((int) arrived.wave());
        stage.apply(event);
        if (decides) {
            events.add(event);
        }
        for (int row = 0; row < event.size(); row++) {
            dropped.add(event.number(row));
            outcomes.add(stage.outcomes().get(event.outcome(row)));
        }
        Batch[] emitted = stage.emitted(event, arrived);
        for (int output = 0; output < emitted.length; output++) {
            out.get(output).addAll(frames(emitted[output].burst()));
            promises.get(output)
                    .add(new Promise(
                            out.get(output).size(), emitted[output].promisedTime(), emitted[output].promisedNumber()));
        }
        assertThat(Arrays.stream(emitted).mapToLong(Batch::promisedTime))
                .allMatch(time -> time >= arrived.promisedTime());
    }

    /** Throws unless nothing left before what had been promised. */
    public void hasKeptItsPromises() {
        for (int output = 0; output < out.size(); output++) {
            List<Frame> left = out.get(output);
            for (Promise promise : promises.get(output)) {
                for (Frame later : left.subList(promise.after, left.size())) {
                    assertThat(later.time()).isGreaterThanOrEqualTo(promise.time);
                    assertThat(later.time() > promise.time || later.number() >= promise.number)
                            .isTrue();
                }
            }
        }
    }
}
