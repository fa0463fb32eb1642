package dev.hairpin.model.bridge;

/** What a port does with frames (802.1Q-2022 8.4, the five states of 802.1D-1998). */
public enum PortState {
    /** Switched off. */
    DISABLED,
    /** Neither learns nor forwards. */
    BLOCKING,
    /** As {@link #BLOCKING}, on the way to forwarding. */
    LISTENING,
    /** Learns and does not forward. */
    LEARNING,
    /** Learns and forwards. */
    FORWARDING;

    boolean learns() {
        return this == LEARNING || this == FORWARDING;
    }
}
