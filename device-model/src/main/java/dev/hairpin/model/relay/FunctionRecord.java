package dev.hairpin.model.relay;

/**
 * What the drivers of a function remember of it, beside what its relay looks at.
 *
 * @param assignedMac the address that the administrator assigned, which a guest keeps; 0 for none
 * @param allMulticast whether its guest asks for all groups as well, while it is promiscuous
 * @param profile the I/O profile that was applied last, as {@code web 3.1}, its VSI type and version behind its name;
 *     empty for none
 * @param mailbox how it is with its mailbox
 * @param gaveUp whether its guest's driver has waited for an answer in vain, and sends nothing more until it is reset
 */
public record FunctionRecord(
        long assignedMac, boolean allMulticast, String profile, MailboxState mailbox, boolean gaveUp) {
    /** Nothing to remember. */
    public static final FunctionRecord NONE = new FunctionRecord(0, false, "");

    /** One whose mailbox is answered. */
    public FunctionRecord(long assignedMac, boolean allMulticast, String profile) {
        this(assignedMac, allMulticast, profile, MailboxState.ANSWERED, false);
    }

    public FunctionRecord withAssignedMac(long value) {
        return new FunctionRecord(value, allMulticast, profile, mailbox, gaveUp);
    }

    public FunctionRecord withAllMulticast(boolean value) {
        return new FunctionRecord(assignedMac, value, profile, mailbox, gaveUp);
    }

    public FunctionRecord withProfile(String value) {
        return new FunctionRecord(assignedMac, allMulticast, value, mailbox, gaveUp);
    }

    public FunctionRecord withMailbox(MailboxState value) {
        return new FunctionRecord(assignedMac, allMulticast, profile, value, gaveUp);
    }

    public FunctionRecord withGaveUp(boolean value) {
        return new FunctionRecord(assignedMac, allMulticast, profile, mailbox, value);
    }
}
