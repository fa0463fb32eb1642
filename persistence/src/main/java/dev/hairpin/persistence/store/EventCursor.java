package dev.hairpin.persistence.store;

import dev.hairpin.persistence.JournalDamage;
import org.jspecify.annotations.Nullable;

/**
 * Events of one persistence id in their order, as they were when the cursor was made. Each is checked: its checksum, and
 * that it is the next one. For one thread; to be closed.
 */
public final class EventCursor implements Events {
    private final @Nullable Rows rows;
    private final String id;
    private final int number;
    private final long from;
    private final long to;
    private boolean begun;
    private boolean ended;
    private long previous;
    private @Nullable Stored current;

    EventCursor(@Nullable Rows rows, String id, int number, long from, long to, long deletedTo) {
        this.rows = rows;
        this.id = id;
        this.number = number;
        this.from = Math.max(Math.max(1, from), deletedTo + 1);
        this.to = to;
    }

    @Override
    public boolean next() {
        current = null;
        if (ended) {
            return false;
        }
        ended = true;
        Stored event = rows == null || from > to ? null : following(rows);
        if (event == null || event.sequence() > to) {
            return false;
        }
        ended = false;
        begun = true;
        previous = event.sequence();
        current = event;
        return true;
    }

    /** The event that comes next, checked, be it within the bounds or not. */
    private @Nullable Stored following(Rows all) {
        if (!advance(all)) {
            return null;
        }
        byte[] key = all.key();
        if (!Keys.isRecordOf(key, Keys.EVENTS, number)) {
            return null;
        }
        long sequence = Keys.sequenceOf(key);
        Stored event = read(key, all.value(), sequence);
        if (!follows(sequence - event.mark())) {
            throw new JournalDamage("the events before it, back to " + (begun ? previous : from - 1) + ", are missing")
                    .at(id, sequence);
        }
        return event;
    }

    private boolean advance(Rows all) {
        return begun ? all.next() : all.seek(Keys.record(Keys.EVENTS, number, from));
    }

    private Stored read(byte[] key, byte[] value, long sequence) {
        try {
            return Stored.read(key, value);
        } catch (JournalDamage e) {
            throw e.at(id, sequence);
        }
    }

    /** Whether the event whose predecessor was {@code before} is the next one to be expected. */
    private boolean follows(long before) {
        return begun ? before == previous : before < from && before >= 0;
    }

    @Override
    public Stored event() {
        if (current == null) {
            throw new IllegalStateException("the cursor stands on no event");
        }
        return current;
    }

    @Override
    public void close() {
        current = null;
        if (rows != null) {
            rows.close();
        }
    }
}
