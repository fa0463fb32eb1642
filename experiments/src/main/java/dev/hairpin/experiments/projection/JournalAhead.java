package dev.hairpin.experiments.projection;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.persistence.stage.DecidedCursor;
import dev.hairpin.persistence.stage.StageJournal;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a journal in a thread of its own, a few events of each stage ahead of who asks for them: reading and checking then
 * costs the other no time. To be closed.
 */
final class JournalAhead implements AutoCloseable {
    private static final int EVENTS_AHEAD = 16;

    private final Map<String, Line> lines = new LinkedHashMap<>();
    private final Thread reader;
    private boolean closed;

    JournalAhead(StageJournal journal) {
        for (String stage : journal.stages()) {
            lines.put(stage, new Line(journal.opened(stage).ports(), journal.decided(stage)));
        }
        this.reader = new Thread(this::read, "journal-ahead");
        this.reader.setDaemon(true);
        this.reader.start();
    }

    /** One stage's events. */
    private static final class Line {
        final List<String> ports;
        final DecidedCursor events;
        final Deque<Decided> ahead = new ArrayDeque<>();
        boolean ended;

        @Nullable
        RuntimeException failure;

        Line(List<String> ports, DecidedCursor events) {
            this.ports = ports;
            this.events = events;
        }
    }

    /** Whether the journal has the stage. */
    boolean has(String stage) {
        return lines.containsKey(stage);
    }

    /** The stage's ports, as the journal has them. */
    List<String> ports(String stage) {
        return line(stage).ports;
    }

    /** The stage's next event, or null when there is none. Throws what reading it has thrown. */
    synchronized @Nullable Decided next(String stage) {
        Line line = line(stage);
        while (line.ahead.isEmpty() && !line.ended) {
            await();
        }
        RuntimeException failure = line.failure;
        if (line.ahead.isEmpty() && failure != null) {
            throw failure;
        }
        notifyAll();
        return line.ahead.poll();
    }

    private Line line(String stage) {
        Line line = lines.get(stage);
        if (line == null) {
            throw new IllegalArgumentException("the journal has no stage " + stage);
        }
        return line;
    }

    private void read() {
        while (awaitPlace()) {
            for (Line line : lines.values()) {
                if (hasPlace(line)) {
                    readOn(line);
                }
            }
        }
        lines.values().forEach(line -> line.events.close());
    }

    /** False when all is read, or nobody wants more. */
    private synchronized boolean awaitPlace() {
        while (!closed && lines.values().stream().noneMatch(this::hasPlace)) {
            if (lines.values().stream().allMatch(line -> line.ended)) {
                return false;
            }
            await();
        }
        return !closed;
    }

    private synchronized boolean hasPlace(Line line) {
        return !closed && !line.ended && line.ahead.size() < EVENTS_AHEAD;
    }

    private void readOn(Line line) {
        Decided event = null;
        RuntimeException failure = null;
        try {
            event = line.events.next() ? line.events.event() : null;
        } catch (RuntimeException damaged) {
            failure = damaged;
        }
        synchronized (this) {
            if (event == null) {
                line.ended = true;
                line.failure = failure;
            } else {
                line.ahead.add(event);
            }
            notifyAll();
        }
    }

    @SuppressWarnings("WaitNotInLoop") // whoever calls it does so in a loop
    private void await() {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        try {
            reader.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
