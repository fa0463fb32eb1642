package dev.hairpin.model.pci;

/** What a configuration write sets off in the device, beside the register's new value. */
public sealed interface PciEffect {
    /** Nothing. */
    PciEffect NONE = new Nothing();

    /** Nothing. */
    record Nothing() implements PciEffect {}

    /**
     * VF Enable was set.
     *
     * @param functions virtual functions that there are now; 0 when NumVFs was 0 or beyond TotalVFs
     */
    record FunctionsEnabled(int functions) implements PciEffect {}

    /** VF Enable was cleared: {@code functions} virtual functions are gone, and all their state. */
    record FunctionsGone(int functions) implements PciEffect {}

    /**
     * A function level reset was initiated (PCI Express Base 2.1, 6.6.2).
     *
     * @param function which one, by its number in the device
     * @param gone virtual functions that went with it, when it was their physical function
     */
    record FunctionReset(int function, int gone) implements PciEffect {}
}
