package dev.hairpin.model.bridge;

import dev.hairpin.model.decision.Decided.Learned;
import java.util.Arrays;
import java.util.BitSet;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a bridge that snoops has heard: which ports listen to which group, behind which there are routers, and whether there
 * is a querier. Of each the time until which it holds. As with the filtering database, what is heard in a wave goes to a
 * copy, becomes part of the event, and comes back through {@link #learn}.
 *
 * <p>Groups are told apart by (filtering identifier, MAC address). Linux tells them apart by IP address: where two groups in
 * use share their last 23 bits, or 32 bits of IPv6, it sends each to its own listeners and this database both to those of
 * either. Sources of IGMPv3 and MLDv2 play no part, as in Linux while it speaks IGMPv2.
 */
final class MulticastDatabase {
    /** In place of a port: until when there is a querier, and since when groups are pruned. */
    static final int QUERIER = -1;

    static final int PRUNED = -2;

    /** No VLAN has this identifier: routers and queriers of IPv4 and IPv6 are kept under it. */
    private static final int OF_THE_BRIDGE = 4095;

    private static final int SWEPT_FROM = 256;
    private static final int REMOVED = EntryKind.REMOVED.ordinal();

    private final int ports;
    private final Long2ObjectHashMap<long[]> heard = new Long2ObjectHashMap<>();
    private final Long2ObjectHashMap<long[]> changes = new Long2ObjectHashMap<>();

    MulticastDatabase(int ports) {
        this.ports = ports;
    }

    /** Under which key routers and queriers are kept. */
    static long bridge(boolean six) {
        return FilteringDatabase.key(OF_THE_BRIDGE, six ? 0x3333_0000_0001L : 0x0100_5E00_0001L);
    }

    private static boolean isBridge(long key) {
        return key >>> 48 == OF_THE_BRIDGE;
    }

    /** Takes a row of an event or a snapshot in. */
    void learn(long key, int port, long until, int kind) {
        if (kind == REMOVED) {
            heard.remove(key);
            return;
        }
        long[] times = heard.get(key);
        if (times == null) {
            times = new long[ports + 2];
            heard.put(key, times);
        }
        times[index(port)] = until;
    }

    /** Until when a port listens, or there is a querier; 0 when it never did. */
    long until(long key, int port) {
        long[] times = get(key);
        return times == null ? 0 : times[index(port)];
    }

    /** Whether any port listens, or did. */
    boolean has(long key) {
        return get(key) != null;
    }

    /** Adds the ports that listen at time {@code now}. */
    void listeners(long key, long now, BitSet into) {
        long[] times = get(key);
        for (int port = 0; times != null && port < ports; port++) {
            if (times[port] > now) {
                into.set(port);
            }
        }
    }

    /** A port listens until then. */
    void set(long key, int port, long until) {
        long[] times = changes.get(key);
        if (times == null) {
            long[] before = heard.get(key);
            times = before == null ? new long[ports + 2] : before.clone();
            changes.put(key, times);
        }
        times[index(port)] = until;
    }

    /** As on Linux, that a query has shown a router is forgotten when what is set of its port changes. */
    void change(BridgeSettings before, BridgeSettings after, long now) {
        for (int port = 0; port < ports; port++) {
            if (before.ports().get(port).router() != after.ports().get(port).router()) {
                end(bridge(false), port, now);
                end(bridge(true), port, now);
            }
        }
    }

    private void end(long key, int port, long now) {
        if (until(key, port) > now) {
            set(key, port, now);
        }
    }

    /** What was heard in this wave; forgotten then. */
    Learned take(long now) {
        if (changes.isEmpty()) {
            return Learned.NOTHING;
        }
        int after = heard.size();
        for (long key : changes.keySet()) {
            after += heard.containsKey(key) ? 0 : 1;
        }
        if (after >= SWEPT_FROM && Integer.highestOneBit(after) > Integer.highestOneBit(heard.size())) {
            sweep(now);
        }
        Learned taken = rows(changes, heard);
        clear();
        return taken;
    }

    /** Forgets what was heard in this wave. */
    void clear() {
        changes.clear();
    }

    /** All. */
    Learned entries() {
        return rows(heard, new Long2ObjectHashMap<>());
    }

    private void sweep(long now) {
        for (long key : keys(heard)) {
            long[] times = get(key);
            if (!isBridge(key) && times != null && Arrays.stream(times).allMatch(until -> until <= now)) {
                changes.put(key, new long[ports + 2]);
            }
        }
    }

    private long @Nullable [] get(long key) {
        long[] changed = changes.get(key);
        return changed == null ? heard.get(key) : changed;
    }

    private int index(int port) {
        return port >= 0 ? port : ports - 1 - port;
    }

    private Learned rows(Long2ObjectHashMap<long[]> of, Long2ObjectHashMap<long[]> but) {
        Learned rows = new Learned(
                new long[of.size() * (ports + 2)], new int[of.size() * (ports + 2)], new long[of.size() * (ports + 2)]);
        int next = 0;
        for (long key : keys(of)) {
            long[] now = of.get(key);
            long[] before = but.get(key);
            if (Arrays.stream(now).allMatch(until -> until == 0)) {
                next = row(rows, next, key, FilteringDatabase.UNKNOWN, 0, EntryKind.REMOVED);
                continue;
            }
            for (int port = PRUNED; port < ports; port++) {
                long until = now[index(port)];
                if (until != (before == null ? 0 : before[index(port)])) {
                    next = row(rows, next, key, port, until, kind(key, port));
                }
            }
        }
        return new Learned(
                Arrays.copyOf(rows.key(), next),
                Arrays.copyOf(rows.port(), next),
                Arrays.copyOf(rows.seen(), next),
                Arrays.copyOf(rows.kind(), next));
    }

    private static int row(Learned rows, int at, long key, int port, long until, EntryKind kind) {
        rows.key()[at] = key;
        rows.port()[at] = port;
        rows.seen()[at] = until;
        rows.kind()[at] = kind.ordinal();
        return at + 1;
    }

    private static EntryKind kind(long key, int port) {
        if (port == QUERIER) {
            return EntryKind.QUERIER;
        }
        if (port == PRUNED) {
            return EntryKind.PRUNED;
        }
        return isBridge(key) ? EntryKind.ROUTER : EntryKind.GROUP;
    }

    private static long[] keys(Long2ObjectHashMap<long[]> of) {
        long[] keys = new long[of.size()];
        int next = 0;
        for (long key : of.keySet()) {
            keys[next++] = key;
        }
        Arrays.sort(keys);
        return keys;
    }

    /** Rows of stations and behind them those of groups. */
    static Learned both(Learned one, Learned two) {
        if (two.size() == 0) {
            return one;
        }
        return new Learned(
                LongStream.concat(Arrays.stream(one.key()), Arrays.stream(two.key()))
                        .toArray(),
                IntStream.concat(Arrays.stream(one.port()), Arrays.stream(two.port()))
                        .toArray(),
                LongStream.concat(Arrays.stream(one.seen()), Arrays.stream(two.seen()))
                        .toArray(),
                IntStream.concat(Arrays.stream(one.kind()), Arrays.stream(two.kind()))
                        .toArray());
    }
}
