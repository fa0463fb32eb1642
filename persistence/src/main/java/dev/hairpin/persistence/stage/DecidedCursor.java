package dev.hairpin.persistence.stage;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.store.Events;
import org.jspecify.annotations.Nullable;

/**
 * The {@link Decided} events of a stage in their order, with the dictionary of outcomes they build up. Each is checked to
 * be the next one and to use only outcomes and ports that there are. For one thread; to be closed.
 */
public final class DecidedCursor implements AutoCloseable {
    private final String id;
    private final int ports;
    private final Events events;
    private final Outcomes outcomes;
    private @Nullable Decided current;

    /** The number of the last event that was read. */
    private long last;

    /**
     * @param outcomes of all events before
     * @param last number of the event before
     */
    DecidedCursor(String id, int ports, Events events, Outcomes outcomes, long last) {
        this.id = id;
        this.ports = ports;
        this.events = events;
        this.outcomes = outcomes;
        this.last = last;
    }

    /** Goes to the next event; false when there is none. */
    public boolean next() {
        current = null;
        if (!events.next()) {
            return false;
        }
        if (!(StageJournal.decode(id, events.event()) instanceof Decided event)) {
            throw damaged("opens the stage a second time");
        }
        define(event);
        for (int row = 0; row < event.size(); row++) {
            if (event.outcome(row) >= outcomes.size()) {
                throw damaged("decision " + row + " is outcome " + event.outcome(row) + " of " + outcomes.size());
            }
        }
        current = event;
        last = sequence();
        return true;
    }

    private void define(Decided event) {
        for (Outcome outcome : event.newOutcomes()) {
            boolean good = isPort(outcome.ingress());
            for (int i = 0; i < outcome.copies(); i++) {
                good &= isPort(outcome.egress(i));
            }
            for (int i = 0; i < outcome.drops(); i++) {
                good &= outcome.droppedPort(i) == Outcome.NO_PORT || isPort(outcome.droppedPort(i));
            }
            if (!good) {
                throw damaged("an outcome has a port that the stage does not have: " + outcome);
            }
        }
        try {
            outcomes.define(event.firstNewOutcome(), event.newOutcomes());
        } catch (IllegalStateException e) {
            throw damaged("its outcomes do not fit to those before: " + e.getMessage());
        }
    }

    private boolean isPort(int port) {
        return port >= 0 && port < ports;
    }

    private JournalDamage damaged(String what) {
        return new JournalDamage(what).at(id, events.event().sequence());
    }

    /** The event that the cursor stands on. */
    public Decided event() {
        if (current == null) {
            throw new IllegalStateException("the cursor stands on no event");
        }
        return current;
    }

    /** Its sequence number. */
    public long sequence() {
        return events.event().sequence();
    }

    /** The sequence number of the last event that {@link #next} has gone to, or of the one before the first. */
    long last() {
        return last;
    }

    /** What its row {@code row} says. */
    public Outcome outcome(int row) {
        return outcomes.get(event().outcome(row));
    }

    /** The outcomes of all events so far. */
    public Outcomes outcomes() {
        return outcomes;
    }

    @Override
    public void close() {
        events.close();
    }
}
