package dev.hairpin.model.wire;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Passing;
import dev.hairpin.model.link.Steps;
import java.util.List;

/** Takes in what comes by the active wire of a bond, whose number frames have as their port, and nothing else. */
final class ActiveOnly implements Passing {
    private static final int[] NONE = {};

    private final Steps<Bond> steps;
    private final BurstBuilder out;

    ActiveOnly(Steps<Bond> steps) {
        this(steps, new BurstBuilder(0));
    }

    private ActiveOnly(Steps<Bond> steps, BurstBuilder out) {
        this.steps = steps;
        this.out = out;
    }

    @Override
    public boolean loses() {
        return true;
    }

    @Override
    public boolean mayLose(Batch arrived) {
        Steps<Bond> ahead = steps.copy();
        Burst burst = arrived.burst();
        for (int row = 0; row < burst.size(); row++) {
            ahead.reach(burst.time(row));
            if (!ahead.now().takes(burst.port(row))) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Passing copy() {
        return new ActiveOnly(steps.copy(), out);
    }

    @Override
    public Passed pass(Batch arrived, Admission admission) {
        Burst burst = arrived.burst();
        int[] dropped = burst.size() == 0 ? NONE : new int[burst.size()];
        int drops = 0;
        for (int row = 0; row < burst.size(); row++) {
            steps.reach(burst.time(row));
            if (admission.admits(row, steps.now().takes(burst.port(row)))) {
                out.add(burst, row, burst.time(row), 0);
            } else {
                dropped[drops++] = row;
            }
        }
        return new Passed(new Burst[] {out.build()}, dropped, drops);
    }

    @Override
    public long earliest() {
        return Long.MIN_VALUE;
    }

    @Override
    public List<long[]> state() {
        return steps.state();
    }

    @Override
    public void restore(List<long[]> state) {
        steps.restore(state);
    }
}
