package dev.hairpin.model.relay;

import java.util.Locale;

/** How an edge relay forwards (802.1Q-2022 5.24.1). */
public enum Mode {
    /** Virtual Edge Bridge: frames between its stations are switched in the relay. */
    VEB,
    /** Virtual Edge Port Aggregator: every frame goes to the adjacent bridge, which reflects those for other stations. */
    VEPA;

    /** As on the command line: {@code veb}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
