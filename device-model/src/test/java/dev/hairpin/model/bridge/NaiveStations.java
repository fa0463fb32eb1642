package dev.hairpin.model.bridge;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;

/** The filtering database of the model: a map, of which nothing is ever cleared away before it is asked for. */
final class NaiveStations {
    /** An address within a filtering identifier. */
    record FidAddress(int fid, long address) {}

    record Entry(int port, long seen, EntryKind kind) {
        boolean ages() {
            return kind == EntryKind.LEARNED || kind == EntryKind.LOCKED;
        }
    }

    private final Map<FidAddress, Entry> entries = new HashMap<>();
    private final Set<Law> forgotten;
    private BridgeSettings set;

    NaiveStations(BridgeSettings set, Set<Law> forgotten) {
        this.set = set;
        this.forgotten = forgotten;
        byHand(set).forEach((key, entry) -> put(key, entry.port(), 0, entry.kind()));
    }

    private boolean knows(Law law) {
        return !forgotten.contains(law);
    }

    /** Where and how a station is known at that time, or null. */
    @Nullable
    Entry find(FidAddress key, long now) {
        Entry entry = entries.get(key);
        return entry == null || aged(entry, now) ? null : entry;
    }

    private boolean aged(Entry entry, long now) {
        boolean may = entry.ages() || !knows(Law.STATIC_DOES_NOT_AGE);
        boolean never = set.ageing() == 0 && !knows(Law.AGEING_ZERO_LEARNS_NOTHING);
        return may && !never && knows(Law.AGES) && now - entry.seen >= set.ageing();
    }

    /** A frame with that source came by {@code port}. */
    void learn(FidAddress key, int port, long now) {
        if (set.ageing() == 0 && knows(Law.AGEING_ZERO_LEARNS_NOTHING)) {
            return;
        }
        Entry known = find(key, now);
        if (known == null) {
            create(key, port, now, EntryKind.LEARNED);
            return;
        }
        boolean moved = known.port != port && knows(Law.MOVES);
        if (moved && known.ages() && isFull(now) && !knows(Law.LIMIT_LETS_MOVE)) {
            return;
        }
        switch (known.kind) {
            case STATIC -> put(key, moved && knows(Law.STATIC_MOVES) ? port : known.port, now, EntryKind.STATIC);
            case STICKY -> put(key, knows(Law.STICKY_STAYS) ? known.port : port, now, EntryKind.STICKY);
            case LOCAL -> {}
            default -> {
                boolean opened = moved && knows(Law.LOCKED_ENTRY_OPENS_BY_ROAMING);
                long seen = moved || knows(Law.REFRESHES) ? now : known.seen;
                put(key, moved ? port : known.port, seen, opened ? EntryKind.LEARNED : known.kind);
            }
        }
    }

    /** Whether a locked port takes a frame of that source. */
    boolean admits(FidAddress key, int port, long now) {
        Entry known = find(key, now);
        if (known == null) {
            if (set.ports().get(port).mab() && knows(Law.MAB_MAKES_LOCKED_ENTRIES) && set.ageing() > 0) {
                create(key, port, now, EntryKind.LOCKED);
            }
            return false;
        }
        if (known.port != port || known.kind == EntryKind.LOCAL) {
            return false;
        }
        if (known.kind == EntryKind.LOCKED && knows(Law.LOCKED_ENTRY_DOES_NOT_ADMIT)) {
            put(key, port, now, EntryKind.LOCKED);
            return false;
        }
        return true;
    }

    private void create(FidAddress key, int port, long now, EntryKind kind) {
        if (!isFull(now) || !knows(Law.LIMIT)) {
            put(key, port, now, kind);
        }
    }

    private boolean isFull(long now) {
        return set.maxLearned() > 0 && learned(now) >= set.maxLearned();
    }

    /** How many were learned and have not aged. */
    long learned(long now) {
        return entries.values().stream()
                .filter(entry -> entry.ages() && !aged(entry, now))
                .count();
    }

    private void put(FidAddress key, int port, long now, EntryKind kind) {
        entries.put(key, new Entry(port, now, kind));
    }

    /** From {@code now} on under other settings. */
    void change(BridgeSettings next, long now) {
        if (next.ageing() != set.ageing()) {
            entries.values().removeIf(entry -> entry.ages() && aged(entry, now));
        }
        forget((key, entry) -> entry.ages()
                && knows(Law.LEAVING_A_VLAN_FORGETS)
                && set.ports().get(entry.port).vlans().containsKey(key.fid)
                && !next.ports().get(entry.port).vlans().containsKey(key.fid));
        Map<FidAddress, FdbEntry> before = byHand(set);
        Map<FidAddress, FdbEntry> after = byHand(next);
        forget((key, entry) -> before.containsKey(key) && !after.containsKey(key));
        after.forEach((key, entry) -> {
            if (!entry.equals(before.get(key))) {
                put(key, entry.port(), now, entry.kind());
            }
        });
        set = next;
    }

    private void forget(BiPredicate<FidAddress, Entry> which) {
        entries.entrySet().removeIf(each -> which.test(each.getKey(), each.getValue()));
    }

    /** Of two for one address in VLANs that share what is learned, the later holds. */
    private Map<FidAddress, FdbEntry> byHand(BridgeSettings of) {
        Map<FidAddress, FdbEntry> all = new HashMap<>();
        for (FdbEntry entry : of.stations()) {
            int fid = !of.vlanFiltering() && knows(Law.ENTRIES_OF_VLANS_HIDE)
                    ? entry.vid()
                    : fid(of, entry.vid(), forgotten);
            all.put(new FidAddress(fid, entry.address()), entry);
        }
        return all;
    }

    /** The filtering identifier of a frame's VLAN: one for all, or one for each where VLANs learn independently. */
    static int fid(BridgeSettings set, int vid, Set<Law> forgotten) {
        if (!set.vlanFiltering() || forgotten.contains(Law.INDEPENDENT_LEARNING)) {
            return 0;
        }
        return set.sharedLearning() && !forgotten.contains(Law.SHARED_LEARNING) ? 0 : vid;
    }

    /** All that is known at that time; of what does not age, without the time. */
    Map<String, String> text(long now) {
        Map<String, String> text = new TreeMap<>();
        entries.forEach((key, entry) -> {
            if (!aged(entry, now)) {
                text.put(key.fid + "/" + Long.toHexString(key.address), text(entry.port, entry.seen, entry.kind));
            }
        });
        return text;
    }

    static String text(int port, long seen, EntryKind kind) {
        return kind.word() + " " + port + (kind == EntryKind.LEARNED || kind == EntryKind.LOCKED ? " " + seen : "");
    }
}
