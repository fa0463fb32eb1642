package dev.hairpin.model.bridge;

import java.util.Locale;

/**
 * How an entry of the filtering database came to be, and what may change it. {@link #ordinal} is its kind in {@link
 * dev.hairpin.model.decision.Decided.Learned}, so entries are added at the end and never removed or moved.
 */
public enum EntryKind {
    /** Learned from a frame: ages, and moves with the station. */
    LEARNED,
    /** Made by hand, {@code bridge fdb add ... static}: does not age; on Linux it moves with the station all the same. */
    STATIC,
    /** Made by hand, {@code sticky}: neither ages nor moves. */
    STICKY,
    /** An address of the bridge itself, {@code permanent}: frames for it are not relayed. */
    LOCAL,
    /** Of a stranger on a locked port with MAC authentication bypass: frames to it pass, frames from it do not. Ages. */
    LOCKED,
    /** No entry any more. */
    REMOVED,
    /** A port that listens to a group. In these kinds a time is the one until which the entry holds. */
    GROUP,
    /** A port behind which there is a multicast router. */
    ROUTER,
    /** A querier elsewhere. */
    QUERIER,
    /** Since when groups have been pruned to those who listen. */
    PRUNED;

    private static final EntryKind[] ALL = values();

    /** The kind of that number; throws {@link IllegalArgumentException} when there is none. */
    public static EntryKind of(int number) {
        if (number < 0 || number >= ALL.length) {
            throw new IllegalArgumentException(
                    "found kind " + number + " of an entry, expected 0 to " + (ALL.length - 1));
        }
        return ALL[number];
    }

    /** Whether it goes when it was not seen for the ageing time. */
    boolean ages() {
        return this == LEARNED || this == LOCKED;
    }

    /** As printed: {@code static}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
