package dev.hairpin.model.privilege;

/**
 * That somebody may not do something.
 *
 * @param function that it was about, empty for the device as a whole
 */
public record Denial(Caller caller, Act act, Resource resource, String function, Reason reason) {
    /** Why not. */
    public enum Reason {
        /** A guest reached for a function that is not its own. */
        OTHER_FUNCTION,
        /** A guest reached for what all functions share. */
        SHARED,
        /** A guest wanted to set what a function may do. */
        ADMINISTRATION,
        /** It is not left to the guest. */
        MANAGED,
        /** It is the chassis manager's alone. */
        CHASSIS,
        /** A server reached for a function of another that shares the NIC. */
        OTHER_HIERARCHY,
        /** A server reached for what only the base hierarchy has the right to, MRPCIM. */
        NOT_BASE
    }

    /** As it is journaled and printed. */
    public String text() {
        String why = switch (reason) {
            case OTHER_FUNCTION -> "controls its own function and not " + function;
            case SHARED -> "has no say in what all functions share: " + resource.text();
            case ADMINISTRATION -> "may not set what a function may do: " + resource.text();
            case MANAGED -> "may not change what is managed: " + resource.text();
            case CHASSIS -> "may not change what is the chassis manager's: " + resource.text();
            case OTHER_HIERARCHY -> "manages its own hierarchy and not " + function;
            case NOT_BASE -> "has no right to manage the device (MRPCIM): " + resource.text();
        };
        return caller.text() + " " + why + " (EPERM)";
    }
}
