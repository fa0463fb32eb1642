package dev.hairpin.model.privilege;

import java.util.Locale;

/** What a privileged domain can choose to manage: the list of the Neterion deck, "typical resources Dom0 can manage". */
public enum Resource {
    /** Unicast addresses of a function. */
    MAC("MAC addresses", Scope.FUNCTION),
    /** The VLANs that a function is in. */
    VLAN("VLAN membership", Scope.FUNCTION),
    /** Whether a function listens to more than is meant for it. */
    PROMISCUITY("promiscuity", Scope.FUNCTION),
    /** How functions share what the wire and the bus carry. */
    BANDWIDTH("bandwidth", Scope.DEVICE),
    /** Errors, resets and modes of the device as a whole. */
    DEVICE("errors, resets and modes of the device", Scope.DEVICE),
    /** A function's statistics, its link state and its reset (FLR). */
    FUNCTION("statistics, state and reset of the function", Scope.FUNCTION),
    /** Statistics, speed, state and aggregation of the wires. */
    LINK("the link", Scope.DEVICE);

    private enum Scope {
        FUNCTION,
        DEVICE
    }

    private final String what;
    private final Scope scope;

    Resource(String what, Scope scope) {
        this.what = what;
        this.scope = scope;
    }

    /** As in a topology file: {@code mac}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** As in a sentence. */
    public String text() {
        return what;
    }

    /** Whether all functions share it: then no guest can have it. */
    public boolean isShared() {
        return scope == Scope.DEVICE;
    }
}
