package dev.hairpin.model.link;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import java.util.Arrays;

/**
 * Queues before a scheduler, in one wave: frames that waited before it come first, then those that arrive. All frames have
 * one row, so a queue is a list of rows and no frame is copied. Between waves what waits is one burst, whose ports are the
 * queues.
 */
public final class Queues {
    private final Burst before;
    private final Burst arrived;

    /** Of each queue the first and last row, and how many there are. */
    private final int[] first;

    private final int[] last;
    private final int[] held;

    /** Of each row the one behind it and its queue. */
    private final int[] behind;

    private final int[] queue;
    private final boolean[] gone;
    private int backlog;

    /**
     * Empty queues.
     *
     * @param before what waited, in the order in which it came
     */
    public Queues(int count, Burst before, Burst arrived) {
        this.before = before;
        this.arrived = arrived;
        this.first = new int[count];
        this.last = new int[count];
        this.held = new int[count];
        this.behind = new int[before.size() + arrived.size()];
        this.queue = new int[behind.length];
        this.gone = new boolean[behind.length];
    }

    /** How many frames waited before the wave: the rows 0 and on. */
    public int waited() {
        return before.size();
    }

    /** The row of frame {@code at} of those that arrive. */
    public int arrived(int at) {
        return before.size() + at;
    }

    /** A row goes to the end of a queue. */
    public void enter(int row, int into) {
        if (held[into]++ == 0) {
            first[into] = row;
        } else {
            behind[last[into]] = row;
        }
        last[into] = row;
        queue[row] = into;
        backlog++;
    }

    /** Takes the first row of a queue out, which must have one. */
    public int take(int from) {
        int row = first[from];
        if (--held[from] > 0) {
            first[from] = behind[row];
        }
        backlog--;
        gone[row] = true;
        return row;
    }

    /** A row that enters no queue. */
    public void pass(int row) {
        gone[row] = true;
    }

    /** The first row of a queue, which must have one. */
    public int head(int of) {
        return first[of];
    }

    /** How many rows are in a queue. */
    public int held(int in) {
        return held[in];
    }

    /** How many rows are in all queues. */
    public int backlog() {
        return backlog;
    }

    /** The burst that a row is in. */
    public Burst burst(int row) {
        return row < before.size() ? before : arrived;
    }

    /** Which of that burst it is. */
    public int inBurst(int row) {
        return row < before.size() ? row : row - before.size();
    }

    /** When a row came. */
    public long time(int row) {
        return burst(row).time(inBurst(row));
    }

    /** Its octets. */
    public int length(int row) {
        return burst(row).length(inBurst(row));
    }

    /** All rows are sorted into queues anew, each queue in the order in which its rows came. */
    public void sort(Sorting into) {
        int rows = backlog;
        Arrays.fill(held, 0);
        backlog = 0;
        for (int row = 0; backlog < rows; row++) {
            if (!gone[row]) {
                enter(row, into.queue(row, queue[row]));
            }
        }
    }

    /** What is left in the queues, in the order in which it came, with its queue as its port. */
    public Burst left(BurstBuilder left) {
        for (int row = 0; backlog > 0 && row < gone.length; row++) {
            if (!gone[row]) {
                left.add(burst(row), inBurst(row), time(row), queue[row]);
            }
        }
        return left.build();
    }

    /** Says which queue a row goes to. */
    @FunctionalInterface
    public interface Sorting {
        /** @param before the queue that the row is in */
        int queue(int row, int before);
    }
}
