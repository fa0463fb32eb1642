package dev.hairpin.model.pci;

import java.util.List;
import java.util.Optional;

/**
 * A device as PCI knows it.
 *
 * @param name of the device, as in {@link dev.hairpin.model.device.Device#name}
 * @param vendor PCI's number of it
 * @param device PCI's number of the device
 * @param virtualDevice of its virtual functions
 * @param vendorTitle as the public list of PCI ids has it
 * @param title of its functions, likewise
 * @param virtualTitle of its virtual functions
 * @param subsystemTitle of the adapter it is on, likewise
 * @param modes that it can be in, the usual one first
 * @param virtualLimit virtual functions that Linux's driver of it takes at the most
 * @param paths virtual paths that its functions divide among them; 0 for a device that has none
 * @param tables that its functions have
 */
public record PciModel(
        String name,
        int vendor,
        int device,
        int virtualDevice,
        String vendorTitle,
        String title,
        String virtualTitle,
        String subsystemTitle,
        List<FunctionMode> modes,
        int virtualLimit,
        int paths,
        Tables tables) {
    public PciModel {
        modes = List.copyOf(modes);
    }

    /** The function mode of that name. */
    public Optional<FunctionMode> mode(String word) {
        return modes.stream().filter(mode -> mode.name().equals(word)).findFirst();
    }

    /** The functions that there can be in {@code mode}, as far as the driver takes them. */
    public int functions(FunctionMode mode) {
        return mode.kind() == FunctionMode.Kind.SR_IOV
                ? Math.min(mode.functions(), 1 + virtualLimit)
                : mode.functions();
    }

    /**
     * The virtual paths, each a pair of a transmit and a receive queue, that a function has in {@code mode}: as many as all
     * others, what does not divide is spare. For 17 functions vxge has them so, for fewer the split is assumed.
     */
    public int paths(FunctionMode mode) {
        return paths / mode.functions();
    }

    /** The tables of a device's functions. */
    interface Tables {
        /** Of function {@code number} in {@code mode}, in which it is no virtual one. */
        FunctionLayout function(FunctionMode mode, int number);

        /** Of a virtual function. */
        FunctionLayout virtual();
    }
}
