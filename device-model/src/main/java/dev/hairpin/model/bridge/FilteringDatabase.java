package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.Decided.Learned;
import java.util.function.LongPredicate;
import org.agrona.collections.LongHashSet;

/**
 * The filtering database of a bridge (802.1Q-2022 8.8): of each station in each filtering identifier the port behind which
 * it was seen last, and when, or which was given by hand. Keys are (filtering identifier &lt;&lt; 48 | address).
 *
 * <p>While a bridge decides, nothing here changes: what the frames of one wave teach goes to an {@link Overlay}, becomes
 * part of the event, and comes back through {@link #learn}.
 *
 * <p>A learned entry that has not been seen for the ageing time is as if it were not there. It is taken out when the table
 * has grown to twice what it was, by an entry {@link EntryKind#REMOVED} of the event: so a table is never larger than twice
 * what was valid at one time, or {@value #SWEPT_FROM} entries.
 */
final class FilteringDatabase {
    /** No such station. */
    static final int UNKNOWN = -1;

    /** An address of the bridge itself. */
    static final int OWN = -2;

    /** Smaller tables keep what has aged. */
    static final int SWEPT_FROM = 1_024;

    private static final int LEARNED = EntryKind.LEARNED.ordinal();
    private static final int STATIC = EntryKind.STATIC.ordinal();
    private static final int LOCAL = EntryKind.LOCAL.ordinal();
    private static final int LOCKED = EntryKind.LOCKED.ordinal();
    private static final int REMOVED = EntryKind.REMOVED.ordinal();

    private final Entries entries = new Entries();

    /** What was there before any event; a snapshot tells also that it is gone. */
    private final LongHashSet initial = new LongHashSet();

    static long key(int filteringId, long address) {
        return ((long) filteringId << 48) | address;
    }

    /** An entry from before the first wave. */
    void begin(long key, int port, long seen, EntryKind kind) {
        initial.add(key);
        entries.put(key, port, seen, kind.ordinal());
    }

    /** Takes a row of an event or a snapshot in. */
    void learn(long key, int port, long seen, int kind) {
        if (kind == REMOVED) {
            entries.remove(key);
        } else {
            entries.put(key, port, seen, kind);
        }
    }

    /** All entries, aged ones included, by key; and those from the beginning that are gone. */
    Learned entries() {
        Entries all = new Entries();
        for (long key : entries.keys()) {
            int slot = entries.find(key);
            all.put(key, entries.port[slot], entries.seen[slot], entries.kind[slot]);
        }
        for (long key : initial) {
            if (entries.find(key) < 0) {
                all.put(key, UNKNOWN, 0, REMOVED);
            }
        }
        return rows(all);
    }

    /** What is learned while a wave is decided. */
    Overlay overlay() {
        return new Overlay();
    }

    private static Learned rows(Entries in) {
        if (in.size() == 0) {
            return Learned.NOTHING;
        }
        long[] keys = in.keys();
        Learned rows = new Learned(keys, new int[keys.length], new long[keys.length]);
        for (int i = 0; i < keys.length; i++) {
            int slot = in.find(keys[i]);
            rows.port()[i] = in.port[slot];
            rows.seen()[i] = in.seen[slot];
            rows.kind()[i] = in.kind[slot];
        }
        return rows;
    }

    /** The database with what the frames of the wave at hand have taught. */
    final class Overlay {
        private final Entries changes = new Entries();
        private long ageing;
        private int most;

        /** How many more entries age than in the database, and how many more there are. */
        private int ageingMore;

        private int more;

        /** Nothing ages before. */
        private long noneAgesBefore = Long.MIN_VALUE;

        /** What holds from now on, see {@link BridgeSettings}. */
        void configure(long ageingNanos, int maxLearned) {
            ageing = ageingNanos;
            most = maxLearned;
            noneAgesBefore = Long.MIN_VALUE;
        }

        /** The port behind which a station is, {@link #UNKNOWN} or {@link #OWN}. */
        int port(long key, long now) {
            int slot = changes.find(key);
            if (slot >= 0) {
                return port(changes, slot, now);
            }
            slot = entries.find(key);
            return slot < 0 ? UNKNOWN : port(entries, slot, now);
        }

        private int port(Entries in, int slot, long now) {
            int kind = in.kind[slot];
            if (kind == LEARNED || kind == LOCKED) {
                return now - in.seen[slot] >= ageing ? UNKNOWN : in.port[slot];
            }
            return kind == LOCAL ? OWN : kind == REMOVED ? UNKNOWN : in.port[slot];
        }

        /** A frame from {@code port} has that source. */
        void learn(long key, int port, long now) {
            if (ageing == 0) {
                return;
            }
            int slot = changes.find(key);
            if (slot >= 0 && changes.kind[slot] == LEARNED && now - changes.seen[slot] < ageing) {
                changes.port[slot] = port;
                changes.seen[slot] = now;
                return;
            }
            int kind = kind(key, now);
            if (kind == REMOVED) {
                create(key, port, now, LEARNED);
            } else if (kind == LEARNED) {
                put(key, port, now, LEARNED);
            } else if (kind == LOCKED) {
                put(key, port, now, port(key, now) == port ? LOCKED : LEARNED);
            } else if (kind == STATIC && port(key, now) != port) {
                put(key, port, now, STATIC);
            }
        }

        /**
         * Whether a locked port takes a frame with that source: the database must have it there, by hand or learned. With
         * {@code mab} a stranger gets a locked entry.
         */
        boolean admits(long key, int port, long now, boolean mab) {
            int kind = kind(key, now);
            if (kind == REMOVED) {
                if (mab && ageing > 0) {
                    create(key, port, now, LOCKED);
                }
                return false;
            }
            if (kind == LOCAL || port(key, now) != port) {
                return false;
            }
            if (kind == LOCKED) {
                put(key, port, now, LOCKED);
                return false;
            }
            return true;
        }

        /** What entries go and come when settings change. */
        void change(BridgeTable before, BridgeTable after, long now) {
            if (before.settings.ageing() != after.settings.ageing()) {
                age(now);
            }
            for (int port = 0; port < before.ports; port++) {
                for (int vid : before.settings.ports().get(port).vlans().keySet()) {
                    if (!after.settings.ports().get(port).vlans().containsKey(vid)) {
                        flush(port, key -> key >>> 48 == vid);
                    }
                }
            }
            before.stations.forEach((key, entry) -> {
                if (!after.stations.containsKey(key)) {
                    remove(key);
                }
            });
            after.stations.forEach((key, entry) -> {
                if (!entry.equals(before.stations.get(key))) {
                    set(key, entry.port(), now, entry.kind());
                }
            });
        }

        /** By hand. */
        void set(long key, int port, long now, EntryKind kind) {
            put(key, port, now, kind.ordinal());
        }

        void remove(long key) {
            if (kind(key) != REMOVED) {
                put(key, UNKNOWN, 0, REMOVED);
            }
        }

        /** Removes what has aged by {@code now}. */
        void age(long now) {
            long oldest = Long.MAX_VALUE;
            for (Entries in : new Entries[] {entries, changes}) {
                for (long key : in.keys()) {
                    int slot = in.find(key);
                    boolean hidden = in == entries && changes.find(key) >= 0;
                    if (!hidden && Entries.ages(in.kind[slot])) {
                        if (now - in.seen[slot] >= ageing) {
                            put(key, UNKNOWN, 0, REMOVED);
                        } else {
                            oldest = Math.min(oldest, in.seen[slot]);
                        }
                    }
                }
            }
            noneAgesBefore = oldest == Long.MAX_VALUE ? Long.MIN_VALUE : oldest + ageing;
        }

        /** Removes those learned entries behind {@code port} whose key is one of these. */
        void flush(int port, LongPredicate which) {
            for (Entries in : new Entries[] {entries, changes}) {
                for (long key : in.keys()) {
                    int slot = in.find(key);
                    boolean hidden = in == entries && changes.find(key) >= 0;
                    if (!hidden && Entries.ages(in.kind[slot]) && in.port[slot] == port && which.test(key)) {
                        put(key, UNKNOWN, 0, REMOVED);
                    }
                }
            }
        }

        /** The changes so far, by key; the overlay is empty then. */
        Learned take(long now) {
            int before = Integer.highestOneBit(entries.size());
            int after = entries.size() + more;
            if (after >= SWEPT_FROM && Integer.highestOneBit(after) > before) {
                age(now);
            }
            Learned learned = rows(changes);
            clear();
            return learned;
        }

        /** Forgets the changes. */
        void clear() {
            changes.clear();
            ageingMore = 0;
            more = 0;
            noneAgesBefore = Long.MIN_VALUE;
        }

        private void create(long key, int port, long now, int kind) {
            if (most > 0 && entries.ageing() + ageingMore >= most) {
                if (now < noneAgesBefore) {
                    return;
                }
                age(now);
                if (entries.ageing() + ageingMore >= most) {
                    return;
                }
            }
            put(key, port, now, kind);
        }

        private void put(long key, int port, long now, int kind) {
            int old = kind(key);
            ageingMore += (Entries.ages(kind) ? 1 : 0) - (Entries.ages(old) ? 1 : 0);
            more += (kind == REMOVED ? 0 : 1) - (old == REMOVED ? 0 : 1);
            changes.put(key, port, now, kind);
        }

        /** The kind of an entry, aged or not. */
        private int kind(long key) {
            int slot = changes.find(key);
            if (slot >= 0) {
                return changes.kind[slot];
            }
            slot = entries.find(key);
            return slot < 0 ? REMOVED : entries.kind[slot];
        }

        /** The kind of an entry, {@link #REMOVED} when it has aged. */
        private int kind(long key, long now) {
            int kind = kind(key);
            return Entries.ages(kind) && port(key, now) == UNKNOWN ? REMOVED : kind;
        }
    }
}
