package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Decided.Learned;
import java.util.Arrays;

/**
 * The filtering database of a bridge (802.1Q-2022 8.8): of each station the port behind which it was seen last, and when.
 *
 * <p>While a bridge decides, nothing here changes: what the frames of one wave teach goes to an {@link Overlay}, becomes
 * part of the event, and comes back through {@link #learn}. Keys are addresses; VLANs share one database as long as tags
 * play no part.
 *
 * <p>An entry that has not been seen for the ageing time is as if it were not there; with an ageing time of 0 nothing is
 * learned, as in Linux.
 */
final class FilteringDatabase {
    /** No such station. */
    static final int UNKNOWN = -1;

    private final long ageingNanos;
    private final Entries entries = new Entries();

    /** @param ageingNanos 802.1Q-2022 table 8-6 recommends 300 s */
    FilteringDatabase(long ageingNanos) {
        this.ageingNanos = ageingNanos;
    }

    /** The port of {@code address} at time {@code now}, or {@link #UNKNOWN}. */
    int port(long address, long now) {
        return valid(entries, entries.find(address), now);
    }

    void learn(Learned learned) {
        for (int i = 0; i < learned.size(); i++) {
            entries.put(learned.key()[i], learned.port()[i], learned.seen()[i]);
        }
    }

    /** All entries, aged ones included, by address. */
    Learned entries() {
        return entries.sorted();
    }

    /** What is learned while a wave is decided. */
    Overlay overlay() {
        return new Overlay();
    }

    private int valid(Entries in, int slot, long now) {
        return slot < 0 || now - in.seen[slot] >= ageingNanos ? UNKNOWN : in.port[slot];
    }

    /** The database with what the frames of the wave at hand have taught. */
    final class Overlay {
        private final Entries changes = new Entries();

        int port(long address, long now) {
            int slot = changes.find(address);
            return slot < 0 ? FilteringDatabase.this.port(address, now) : valid(changes, slot, now);
        }

        void learn(long address, int port, long now) {
            changes.put(address, port, now);
        }

        /** The changes so far, by address; the overlay is empty then. */
        Learned take() {
            Learned learned = changes.sorted();
            changes.clear();
            return learned;
        }
    }

    /** Open addressing over three columns. A zero key is a free slot: zero is no station's address. */
    private static final class Entries {
        private long[] key = new long[64];
        private int[] port = new int[64];
        private long[] seen = new long[64];
        private int size;

        /** The slot of {@code address}, or a negative number. */
        int find(long address) {
            int mask = key.length - 1;
            for (int slot = home(address) & mask; ; slot = (slot + 1) & mask) {
                if (key[slot] == 0) {
                    return -1;
                }
                if (key[slot] == address) {
                    return slot;
                }
            }
        }

        void put(long address, int toPort, long when) {
            int slot = find(address);
            if (slot < 0) {
                if (2 * (size + 1) > key.length) {
                    grow();
                }
                slot = free(address);
                key[slot] = address;
                size++;
            }
            port[slot] = toPort;
            seen[slot] = when;
        }

        void clear() {
            if (size > 0) {
                Arrays.fill(key, 0);
                size = 0;
            }
        }

        Learned sorted() {
            if (size == 0) {
                return Learned.NOTHING;
            }
            long[] keys = Arrays.stream(key).filter(k -> k != 0).sorted().toArray();
            int[] ports = new int[keys.length];
            long[] times = new long[keys.length];
            for (int i = 0; i < keys.length; i++) {
                int slot = find(keys[i]);
                ports[i] = port[slot];
                times[i] = seen[slot];
            }
            return new Learned(keys, ports, times);
        }

        private int free(long address) {
            int mask = key.length - 1;
            int slot = home(address) & mask;
            while (key[slot] != 0) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }

        private void grow() {
            long[] keys = key;
            int[] ports = port;
            long[] times = seen;
            key = new long[2 * keys.length];
            port = new int[key.length];
            seen = new long[key.length];
            for (int old = 0; old < keys.length; old++) {
                if (keys[old] != 0) {
                    int slot = free(keys[old]);
                    key[slot] = keys[old];
                    port[slot] = ports[old];
                    seen[slot] = times[old];
                }
            }
        }

        private static int home(long address) {
            return (int) ((address * 0x9E37_79B9_7F4A_7C15L) >>> 32);
        }
    }
}
