package dev.hairpin.model.relay;

/**
 * What the drivers of a function remember of it, beside what its relay looks at.
 *
 * @param assignedMac the address that the administrator assigned, which a guest keeps; 0 for none
 * @param allMulticast whether its guest asks for all groups as well, while it is promiscuous
 * @param profile the I/O profile that was applied last, as {@code web 3.1}, its VSI type and version behind its name;
 *     empty for none
 */
public record FunctionRecord(long assignedMac, boolean allMulticast, String profile) {
    /** Nothing to remember. */
    public static final FunctionRecord NONE = new FunctionRecord(0, false, "");

    public FunctionRecord withAssignedMac(long value) {
        return new FunctionRecord(value, allMulticast, profile);
    }

    public FunctionRecord withAllMulticast(boolean value) {
        return new FunctionRecord(assignedMac, value, profile);
    }

    public FunctionRecord withProfile(String value) {
        return new FunctionRecord(assignedMac, allMulticast, value);
    }
}
