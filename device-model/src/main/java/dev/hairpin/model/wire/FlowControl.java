package dev.hairpin.model.wire;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * What a wire port's peer may hold back and does: PAUSE, which holds everything (802.3 annex 31B), and priority-based flow
 * control, which holds priorities (802.1Q-2022 clause 36). While it holds, no frame begins; one that has begun is finished.
 *
 * <p>Each pause goes by a name, a number above 0, so that its end does not end one that came after it: a later one takes the
 * place of an earlier, as the timers of both clauses do.
 *
 * @param heeds whether PAUSE is heeded
 * @param priorities that are under priority-based flow control, bit by bit
 * @param paused the PAUSE that holds everything, or {@link #NOT}
 * @param held by priority, the pause that holds it, or {@link #NOT}
 */
public record FlowControl(boolean heeds, int priorities, long paused, List<Long> held) {
    /** No pause. */
    public static final long NOT = 0;

    /** All priorities, bit by bit. */
    public static final int ALL = (1 << TrafficClasses.PRIORITIES) - 1;

    private static final List<Long> NONE = Collections.nCopies(TrafficClasses.PRIORITIES, NOT);

    /** Everything is heeded, and nothing holds. */
    public static final FlowControl HEEDED = new FlowControl(true, ALL, NOT, NONE);

    public FlowControl {
        held = List.copyOf(held);
        if (held.size() != TrafficClasses.PRIORITIES || (priorities & ~ALL) != 0) {
            throw new IllegalArgumentException(
                    "flow control of " + held.size() + " priorities, set for " + Integer.toBinaryString(priorities));
        }
    }

    /** The priorities of which no frame may begin, bit by bit. */
    public int holds() {
        int holds = paused == NOT ? 0 : ALL;
        for (int priority = 0; priority < TrafficClasses.PRIORITIES; priority++) {
            holds |= held.get(priority) == NOT ? 0 : 1 << priority;
        }
        return holds;
    }

    /** A PAUSE of that name comes; {@link #NOT} is one of no time, which ends all. Ignored where it is not heeded. */
    public FlowControl pause(long name) {
        return heeds ? new FlowControl(true, priorities, name, held) : this;
    }

    /** Likewise for one priority, by priority-based flow control. */
    public FlowControl pause(int priority, long name) {
        if ((priorities & 1 << priority) == 0) {
            return this;
        }
        List<Long> others = new ArrayList<>(held);
        others.set(priority, name);
        return new FlowControl(heeds, priorities, paused, others);
    }

    /** The time of the pause of that name is over. */
    public FlowControl over(long name) {
        List<Long> others =
                held.stream().map(holder -> holder == name ? NOT : holder).toList();
        return new FlowControl(heeds, priorities, paused == name ? NOT : paused, others);
    }

    /** The same with PAUSE heeded or not; the timer does not outlive that ({@code ixgbe_set_pauseparam} resets the MAC). */
    public FlowControl heeding(boolean pauses) {
        return new FlowControl(pauses, priorities, pauses ? paused : NOT, held);
    }

    /** The same with other priorities under priority-based flow control; what holds others ends. */
    public FlowControl under(int others) {
        List<Long> left = new ArrayList<>(held);
        for (int priority = 0; priority < TrafficClasses.PRIORITIES; priority++) {
            if ((others & 1 << priority) == 0) {
                left.set(priority, NOT);
            }
        }
        return new FlowControl(heeds, others, paused, left);
    }
}
