package dev.hairpin.experiments.command;

/** How the command ends; the same for every verb. */
final class ExitCode {
    /** Done, or equal. */
    static final int DONE = 0;

    /** What was compared differs. */
    static final int DIFFERS = 1;

    /** Usage, or input that cannot be read. */
    static final int UNUSABLE = 2;

    /** Not all was done, but what was is durable: a damaged capture, a full disk. */
    static final int PARTIAL = 3;

    private ExitCode() {}
}
