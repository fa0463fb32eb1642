package dev.hairpin.model.wire;

/** How a traffic class is served, its transmission selection algorithm (802.1Q-2022 8.6.8, table 8-6 of algorithms). */
public enum Selection {
    /** Before all that are numerically lower, and before all that share bandwidth (8.6.8.1). */
    STRICT,
    /** By its share of the bandwidth that strict classes leave (8.6.8.3, clause 37). */
    ETS;

    /** As {@code dcb ets} has it. */
    public String word() {
        return this == STRICT ? "strict" : "ets";
    }
}
