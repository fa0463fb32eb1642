package dev.hairpin.model.link;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.link.Passing.Passed;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A stage that takes time and may lose frames. Only drops are decisions; when frames leave follows from those that got in. How
 * they pass is said by its {@link Passing}.
 */
public abstract class LossyStage extends DecidingStage {
    private final List<String> ports;
    private final IntFunction<Outcome> dropped;
    private Passing state;

    /** What was worked out to decide a wave, so that letting it out need not do so again. */
    private @Nullable Ahead ahead;

    /** @param dropped the outcome of a frame that did not get in, by its kind, see {@link Passing#kind} */
    protected LossyStage(
            String name, int inputs, int outputs, List<String> ports, Passing state, IntFunction<Outcome> dropped) {
        super(name, IntStream.range(0, inputs).toArray(), outputs);
        this.ports = List.copyOf(ports);
        this.state = state;
        this.dropped = dropped;
    }

    private record Ahead(Batch arrived, Decided event, Passing state, Passed passed) {}

    @Override
    public final List<String> ports() {
        return ports;
    }

    @Override
    public final Keeping keeping() {
        return state.loses() ? Keeping.DROPS : Keeping.NONE;
    }

    @Override
    public final Decided decide(Batch arrived) {
        ahead = null;
        Burst burst = arrived.burst();
        if (!state.loses() || burst.size() == 0 || (!anySettled(burst) && !state.mayLose(arrived))) {
            return Decided.nothing(arrived.wave());
        }
        rewindCuts();
        Map<Integer, Outcome> settled = new HashMap<>();
        Passing next = state.copy();
        Passed passed = next.pass(arrived, (row, place) -> {
            UnderWay cut = settledBy(burst.number(row), burst.time(row));
            if (cut == UnderWay.NOTHING) {
                return place;
            }
            Outcome known = cut.next(burst.number(row));
            settled.put(row, known);
            return known.drops() == 0;
        });
        Decided event = passed.drops() == 0 ? Decided.nothing(arrived.wave()) : drops(arrived, passed, settled);
        ahead = new Ahead(arrived, event, next, passed);
        return event;
    }

    /** @param settled outcomes that cuts have settled, by row */
    private Decided drops(Batch arrived, Passed passed, Map<Integer, Outcome> settled) {
        Burst burst = arrived.burst();
        long[] time = new long[passed.drops()];
        long[] number = new long[passed.drops()];
        int[] outcome = new int[passed.drops()];
        for (int drop = 0; drop < time.length; drop++) {
            int row = passed.dropped()[drop];
            time[drop] = burst.time(row);
            number[drop] = burst.number(row);
            Outcome known = settled.get(row);
            outcome[drop] = outcomes().number(known == null ? dropped.apply(state.kind(burst, row)) : known);
        }
        return event(arrived.wave(), time.length, time, number, outcome, Decided.Effects.NONE);
    }

    private boolean anySettled(Burst burst) {
        for (int row = 0; isCut() && row < burst.size(); row++) {
            if (settledBy(burst.number(row), burst.time(row)) != UnderWay.NOTHING) {
                return true;
            }
        }
        return false;
    }

    /** Clocks move here. */
    @Override
    public final Batch[] emitted(Decided event, Batch arrived) {
        Passed passed = passed(event, arrived);
        Burst burst = arrived.burst();
        for (int row = 0; isCut() && state.loses() && row < burst.size(); row++) {
            settled(burst.number(row), burst.time(row));
        }
        long promised = Math.max(arrived.promisedTime(), state.earliest());
        boolean asArrived =
                promised == arrived.promisedTime() && state.waiting().size() == 0;
        Batch[] batches = new Batch[outputs()];
        for (int output = 0; output < batches.length; output++) {
            batches[output] = new Batch(
                    arrived.wave(),
                    passed.out()[output],
                    promised,
                    asArrived ? arrived.promisedNumber() : 0,
                    arrived.last());
        }
        return batches;
    }

    private Passed passed(Decided event, Batch arrived) {
        Ahead known = ahead;
        ahead = null;
        if (known != null && known.arrived().equals(arrived) && known.event().equals(event)) {
            state = known.state();
            return known.passed();
        }
        Recorded recorded = new Recorded(event, arrived.burst());
        Passed passed = state.pass(arrived, recorded);
        recorded.finish();
        return passed;
    }

    /**
     * Whether {@code event} tells of the drop of a frame, where its rows before {@code next} tell of frames before. Of copies
     * that are alike in all that it tells the last are dropped: at one time places only become fewer.
     */
    public final boolean tells(Decided event, int next, Burst burst, int row) {
        long number = burst.number(row);
        long time = burst.time(row);
        int told = 0;
        for (int drop = next; drop < event.size() && event.number(drop) == number && event.time(drop) == time; drop++) {
            told += state.isOf(outcomes().get(event.outcome(drop)), burst, row) ? 1 : 0;
        }
        int alike = told == 0 ? 1 : 0;
        for (int copy = row; alike <= told && copy < burst.size() && burst.number(copy) == number; copy++) {
            alike += burst.time(copy) == time && state.kind(burst, copy) == state.kind(burst, row) ? 1 : 0;
        }
        return told > 0 ? alike == told : isCut() && tellsOfLast(event, next, burst, row);
    }

    /** Likewise, of a frame of which no copy follows: its drop can be of a kind that it is no more since a cut. */
    private static boolean tellsOfLast(Decided event, int next, Burst burst, int row) {
        boolean last = row + 1 == burst.size() || burst.number(row + 1) != burst.number(row);
        return last
                && next < event.size()
                && event.number(next) == burst.number(row)
                && event.time(next) == burst.time(row);
    }

    @Override
    protected final Burst kept() {
        return state.waiting();
    }

    @Override
    protected final void keep(Burst waiting) {
        state.keep(waiting);
    }

    /** Clocks, and what cuts keep. */
    @Override
    protected final List<long[]> held() {
        List<long[]> held = new ArrayList<>(state.state());
        held.addAll(super.held());
        return held;
    }

    @Override
    protected final void hold(List<long[]> held) {
        int own = state.state().size();
        state.restore(held.subList(0, own));
        super.hold(held.subList(own, held.size()));
    }

    /** Lets in what the journal does not tell the drop of. */
    private final class Recorded implements Passing.Admission {
        private final Decided event;
        private final Burst burst;
        private int next;

        Recorded(Decided event, Burst burst) {
            this.event = event;
            this.burst = burst;
        }

        @Override
        public boolean admits(int row, boolean place) {
            boolean settled = isCut() && settledBy(burst.number(row), burst.time(row)) != UnderWay.NOTHING;
            if (place && !settled) {
                return true;
            }
            boolean told = tells(event, next, burst, row);
            if (told) {
                next++;
            } else if (!settled) {
                throw new IllegalStateException(name() + ": frame " + FrameNumber.text(burst.number(row))
                        + " finds no place at " + burst.time(row)
                        + " but the journal does not tell of its drop: is it the same capture?");
            }
            return !told;
        }

        void finish() {
            if (next != event.size()) {
                throw new IllegalStateException(name() + ": the journal tells of the drop of frame "
                        + FrameNumber.text(event.number(next)) + ", which has a place: is it the same capture?");
            }
        }
    }
}
