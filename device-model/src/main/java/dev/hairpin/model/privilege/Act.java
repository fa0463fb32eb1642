package dev.hairpin.model.privilege;

/** What kind of operation is asked for. */
public enum Act {
    /** A function is to be used otherwise, within what is set for it. Its guest may ask for that. */
    USE,
    /** It is to be set what a function, or the device, may do. A guest never may. */
    ADMINISTER
}
