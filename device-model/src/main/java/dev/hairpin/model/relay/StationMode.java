package dev.hairpin.model.relay;

/** The mode of a macvlan device, for devices that have a mode for each station. */
public enum StationMode {
    /** As the relay: bridge in a VEB, vepa in a VEPA. */
    AS_RELAY,
    BRIDGE,
    VEPA,
    PRIVATE,
    PASSTHRU,
    SOURCE
}
