package dev.hairpin.model.decision;

import java.util.Locale;

/** How well a rule is founded, best first. */
public enum Evidence {
    /** Measured on a running Linux kernel. */
    KERNEL,
    /** Read from a driver's or the kernel's source. */
    CODE,
    /** Read from, or measured on, QEMU's model of the device. */
    EMULATOR,
    /** A standard, datasheet or vendor's manual says so. */
    DOCUMENT,
    /** Follows from facts that are better founded. */
    INFERRED,
    /** Nobody confirmed it; an option says otherwise where it matters. */
    ASSUMED;

    /** As printed: {@code kernel}. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
