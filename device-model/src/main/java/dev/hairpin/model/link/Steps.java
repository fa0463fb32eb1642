package dev.hairpin.model.link;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Settings of a stage that change at given times, and where the stage is among them. What a stage decides follows from the
 * times of its frames, so it needs no event to know which settings hold. Mutable.
 */
public final class Steps<S> {
    private final List<S> settings;

    /** From when on each but the first holds. */
    private final long[] from;

    private int step;

    private Steps(List<S> settings, long[] from, int step) {
        this.settings = settings;
        this.from = from;
        this.step = step;
    }

    /** Settings that stay. */
    public static <S> Steps<S> always(S settings) {
        return new Steps<>(List.of(settings), new long[0], 0);
    }

    /**
     * What {@code part} takes of settings and of their changes, in the order of their times; a change of anything else is no
     * step.
     */
    public static <T, S> Steps<S> of(T start, List<Timed<T>> changes, Function<T, S> part) {
        List<S> settings = new ArrayList<>(List.of(part.apply(start)));
        List<Long> from = new ArrayList<>();
        for (Timed<T> change : changes) {
            S next = part.apply(change.settings());
            if (!next.equals(settings.get(settings.size() - 1))) {
                settings.add(next);
                from.add(change.time());
            }
        }
        return new Steps<>(
                List.copyOf(settings), from.stream().mapToLong(Long::longValue).toArray(), 0);
    }

    /** The same of a part of the settings, from the beginning. */
    public <P> Steps<P> of(Function<S, P> part) {
        List<Timed<S>> changes = new ArrayList<>();
        for (int change = 0; change < from.length; change++) {
            changes.add(new Timed<>(from[change], "", "", settings.get(change + 1)));
        }
        return of(settings.get(0), changes, part);
    }

    /** Another at the same place. */
    public Steps<S> copy() {
        return new Steps<>(settings, from, step);
    }

    /** All settings, in the order of their times. */
    public List<S> all() {
        return settings;
    }

    /** The settings that hold. */
    public S now() {
        return settings.get(step);
    }

    /** The settings that hold at {@code time}; where it is does not matter, and stays. */
    public S at(long time) {
        int at = 0;
        while (at < from.length && from[at] <= time) {
            at++;
        }
        return settings.get(at);
    }

    /** When settings hold for the first time, from now on, that are as asked for; {@link Batch#NEVER} if none are. */
    public long nextWhere(Predicate<S> asked) {
        for (int next = step; next < settings.size(); next++) {
            if (asked.test(settings.get(next))) {
                return next == 0 ? Long.MIN_VALUE : from[next - 1];
            }
        }
        return Batch.NEVER;
    }

    /** Since when they hold; {@link Long#MIN_VALUE} from the beginning. */
    public long since() {
        return step == 0 ? Long.MIN_VALUE : from[step - 1];
    }

    /** Whether others hold at {@code time}, where those are asked for that are next. */
    public boolean isDue(long time) {
        return step < from.length && from[step] <= time;
    }

    /** When the next settings hold; {@link Batch#NEVER} when none follow. */
    public long next() {
        return step < from.length ? from[step] : Batch.NEVER;
    }

    /** Goes on to the settings that hold at {@code time}, and tells whether they are others than before. */
    public boolean reach(long time) {
        int before = step;
        while (step < from.length && from[step] <= time) {
            step++;
        }
        return step > before;
    }

    /** Where it is, for {@link #restore}; nothing where no settings follow each other. */
    public List<long[]> state() {
        return from.length == 0 ? List.of() : List.of(new long[] {step});
    }

    /** Goes on from where another was. */
    public void restore(List<long[]> state) {
        if (from.length > 0) {
            step = (int) state.get(0)[0];
        }
    }
}
