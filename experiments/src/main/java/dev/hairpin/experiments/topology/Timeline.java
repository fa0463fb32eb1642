package dev.hairpin.experiments.topology;

import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.Refused;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The settings of one relay, and what becomes of them as changes are said in the order of their times. A request that nobody
 * answers waits: with every later change it is looked whether there is an answer now, and if there is none until its guest
 * gives up, it is refused at that time.
 */
public final class Timeline<S> {
    /** Before the line of a request that waited, where it was answered in the end. */
    private static final String ANSWERED = "answered: ";

    /** Before that of one that was not. */
    private static final String GAVE_UP = "gave up: ";

    /** Why a request is not done that may be later. */
    private static final String WAITS = "no answer yet";

    private final BiFunction<Refused, S, S> left;
    private final List<Told<S>> told = new ArrayList<>();
    private final List<Waiting<S>> waiting = new ArrayList<>();
    private int said;
    private S now;

    /** @param left what a refusal leaves of what was before it */
    public Timeline(S start, BiFunction<Refused, S, S> left) {
        this.now = start;
        this.left = left;
    }

    /**
     * What has become of a line.
     *
     * @param number of the line, from 0 in the order in which they were said
     * @param changed whether anything is otherwise than before
     */
    public record Told<S>(Timed<S> timed, int number, boolean changed) {}

    private record Waiting<S>(long until, String line, int number, UnaryOperator<S> effect) {}

    /** Says a line at {@code at}. */
    public void say(long at, String line, UnaryOperator<S> effect) {
        say(at, at, line, effect);
    }

    /** Goes on with a line that was said at {@code asked}, before the beginning, and has waited since. */
    public void waits(long asked, long from, String line, UnaryOperator<S> effect) {
        say(asked, from, line, effect);
    }

    private void say(long asked, long at, String line, UnaryOperator<S> effect) {
        giveUp(at);
        int number = said++;
        S before = now;
        long after = apply(at, line, number, effect);
        if (after > 0) {
            tell(at, line, WAITS, number, before);
            waiting.add(new Waiting<>(Math.max(at, asked + after), line, number, effect));
        } else if (!before.equals(now)) {
            look(at);
        }
    }

    /** All that has become of them, in the order of times; those that wait have given up by then. */
    public List<Told<S>> end() {
        giveUp(Long.MAX_VALUE);
        return List.copyOf(told);
    }

    /** What holds behind the last line. */
    public S now() {
        return now;
    }

    /** Likewise, without more. */
    public List<Timed<S>> changes() {
        return end().stream().map(Told::timed).toList();
    }

    /** Whether a change is the end of a line that waited, and so comes by itself when that is said again. */
    public static boolean isEnd(Timed<?> change) {
        return change.change().startsWith(ANSWERED) || change.change().startsWith(GAVE_UP);
    }

    /** Those of {@code changes} that still wait behind the last of them. */
    public static <S> List<Timed<S>> unanswered(List<Timed<S>> changes) {
        List<Timed<S>> waiting = new ArrayList<>();
        for (Timed<S> change : changes) {
            if (change.refusal().equals(WAITS)) {
                waiting.add(change);
            }
            waiting.removeIf(one -> change.change().equals(ANSWERED + one.change())
                    || change.change().equals(GAVE_UP + one.change()));
        }
        return waiting;
    }

    /** @return 0 when it was told what became of it, otherwise how long it waits at the most */
    private long apply(long at, String line, int number, UnaryOperator<S> effect) {
        S before = now;
        try {
            now = effect.apply(before);
            tell(at, line, "", number, before);
        } catch (Refused refused) {
            if (refused.after() > 0) {
                return refused.after();
            }
            now = left.apply(refused, before);
            tell(at, line, String.valueOf(refused.getMessage()), number, before);
        }
        return 0;
    }

    private void tell(long at, String line, String refusal, int number, S before) {
        told.add(new Told<>(new Timed<>(at, line, refusal, now), number, !now.equals(before)));
    }

    /** Those that waited until {@code at} or before. */
    private void giveUp(long at) {
        while (!waiting.isEmpty() && waiting.get(0).until <= at) {
            Waiting<S> first = waiting.remove(0);
            S before = now;
            try {
                now = first.effect.apply(before);
                tell(first.until, ANSWERED + first.line, "", first.number, before);
            } catch (Refused refused) {
                now = left.apply(refused, before);
                tell(first.until, GAVE_UP + first.line, String.valueOf(refused.getMessage()), first.number, before);
            }
            look(first.until);
        }
    }

    /** Who waits looks whether there is an answer now. */
    private void look(long at) {
        for (Waiting<S> one : List.copyOf(waiting)) {
            if (apply(at, ANSWERED + one.line, one.number, one.effect) == 0) {
                waiting.remove(one);
            }
        }
    }
}
