package dev.hairpin.model.bridge;

import java.util.Arrays;

/** Open addressing over four columns. A zero key is a free slot: zero is no station's address. */
final class Entries {
    private static final int LEARNED = EntryKind.LEARNED.ordinal();
    private static final int LOCKED = EntryKind.LOCKED.ordinal();

    long[] key = new long[64];
    int[] port = new int[64];
    long[] seen = new long[64];
    int[] kind = new int[64];
    private int size;
    private int ageing;

    /** Whether entries of a kind age. */
    static boolean ages(int kind) {
        return kind == LEARNED || kind == LOCKED;
    }

    /** The slot of {@code wanted}, or a negative number. */
    int find(long wanted) {
        int mask = key.length - 1;
        for (int slot = home(wanted) & mask; ; slot = (slot + 1) & mask) {
            if (key[slot] == 0) {
                return -1;
            }
            if (key[slot] == wanted) {
                return slot;
            }
        }
    }

    void put(long wanted, int toPort, long when, int ofKind) {
        int slot = find(wanted);
        if (slot < 0) {
            if (2 * (size + 1) > key.length) {
                grow();
            }
            slot = free(wanted);
            key[slot] = wanted;
            size++;
        } else if (ages(kind[slot])) {
            ageing--;
        }
        port[slot] = toPort;
        seen[slot] = when;
        kind[slot] = ofKind;
        if (ages(ofKind)) {
            ageing++;
        }
    }

    /** Takes an entry out, if it is there; those behind it move up, so that no gap ends a search. */
    void remove(long wanted) {
        int gap = find(wanted);
        if (gap < 0) {
            return;
        }
        if (ages(kind[gap])) {
            ageing--;
        }
        size--;
        int mask = key.length - 1;
        for (int slot = (gap + 1) & mask; key[slot] != 0; slot = (slot + 1) & mask) {
            int away = (slot - home(key[slot])) & mask;
            if (away >= ((slot - gap) & mask)) {
                move(slot, gap);
                gap = slot;
            }
        }
        key[gap] = 0;
    }

    private void move(int from, int to) {
        key[to] = key[from];
        port[to] = port[from];
        seen[to] = seen[from];
        kind[to] = kind[from];
    }

    void clear() {
        if (size > 0) {
            Arrays.fill(key, 0);
            size = 0;
            ageing = 0;
        }
    }

    int size() {
        return size;
    }

    /** How many of them age. */
    int ageing() {
        return ageing;
    }

    /** Keys, ascending. */
    long[] keys() {
        long[] keys = new long[size];
        int next = 0;
        for (long each : key) {
            if (each != 0) {
                keys[next++] = each;
            }
        }
        Arrays.sort(keys);
        return keys;
    }

    private int free(long wanted) {
        int mask = key.length - 1;
        int slot = home(wanted) & mask;
        while (key[slot] != 0) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private void grow() {
        long[] keys = key;
        int[] ports = port;
        long[] times = seen;
        int[] kinds = kind;
        key = new long[2 * keys.length];
        port = new int[key.length];
        seen = new long[key.length];
        kind = new int[key.length];
        for (int old = 0; old < keys.length; old++) {
            if (keys[old] != 0) {
                int slot = free(keys[old]);
                key[slot] = keys[old];
                port[slot] = ports[old];
                seen[slot] = times[old];
                kind[slot] = kinds[old];
            }
        }
    }

    /** The filtering identifier, in the upper bits, has its part in it too. */
    private static int home(long key) {
        return (int) (((key ^ (key >>> 32)) * 0x9E37_79B9_7F4A_7C15L) >>> 32);
    }
}
