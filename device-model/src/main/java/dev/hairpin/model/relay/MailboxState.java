package dev.hairpin.model.relay;

/** How it is with the mailbox of a function that has one. */
public enum MailboxState {
    /** What its guest asks for the physical function's driver answers. */
    ANSWERED,
    /** The physical function's driver does not answer. */
    SILENT,
    /** The guest's driver sends message after message, and what its guest asks for it does not send. */
    FLOODED
}
