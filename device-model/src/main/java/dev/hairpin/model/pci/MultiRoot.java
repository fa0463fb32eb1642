package dev.hairpin.model.pci;

import dev.hairpin.model.pci.FunctionMode.Kind;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A device that several root complexes share (Multi-Root I/O Virtualization 1.0; the X3100's modes of that name). To each it
 * is a device of its own, in a hierarchy of its own: with its functions and no others, its own routing ids and addresses, and
 * its own resets. How the functions are divided, and that a hierarchy with more than one switches them on by SR-IOV, no source
 * tells: assumed. Mutable, as {@link PciDevice}.
 */
public final class MultiRoot {
    private final Map<String, PciDevice> hierarchies = new LinkedHashMap<>();

    /**
     * @param functions how many each root complex has, by its name, function 0 included; the base hierarchy first
     * @param bus that the slot leads to in each
     * @throws IllegalArgumentException when the model has no such mode, or it has fewer functions
     */
    public MultiRoot(PciModel model, FunctionMode mode, Map<String, Integer> functions, int bus) {
        int all = functions.values().stream().mapToInt(Integer::intValue).sum();
        if (!model.modes().contains(mode) || mode.kind() != Kind.MR_IOV || all > mode.functions()) {
            throw new IllegalArgumentException(
                    model.name() + " in mode " + mode.name() + " with functions " + functions);
        }
        functions.forEach((name, count) -> hierarchies.put(name, new PciDevice(model, mode.hierarchy(count), bus)));
    }

    /** The root complexes, the base hierarchy's first. */
    public List<String> names() {
        return List.copyOf(hierarchies.keySet());
    }

    /** What the root complex of that name sees. */
    public PciDevice in(String name) {
        PciDevice device = hierarchies.get(name);
        if (device == null) {
            throw new IllegalArgumentException("no hierarchy " + name + ", expected " + hierarchies.keySet());
        }
        return device;
    }
}
