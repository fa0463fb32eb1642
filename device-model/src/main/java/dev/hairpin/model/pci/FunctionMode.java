package dev.hairpin.model.pci;

import dev.hairpin.model.decision.Evidence;

/**
 * As what a device shows its functions to the system. A mode changes what is enumerated and who is privileged, never what
 * becomes of a frame.
 *
 * @param name as written: {@code multi-function-8}
 * @param kind how functions are enumerated
 * @param functions how many there can be, the physical one included
 * @param evidence how well the count is founded
 * @param source where it was read
 */
public record FunctionMode(String name, Kind kind, int functions, Evidence evidence, String source) {
    public FunctionMode {
        if (functions < 1 || functions > 256) {
            throw new IllegalArgumentException(name + ": " + functions + " functions");
        }
    }

    /** How functions are enumerated. */
    public enum Kind {
        /** Each is there from the start, as functions of any PCI device are. */
        LEGACY,
        /** Virtual functions are there once software has enabled them. */
        SR_IOV,
        /** Each of several root complexes has some of them, see {@link MultiRoot}. */
        MR_IOV
    }

    /** What a root complex sees of a device in this mode: with one function of any PCI device, with more by SR-IOV. */
    FunctionMode hierarchy(int count) {
        return new FunctionMode(name, count > 1 ? Kind.SR_IOV : Kind.LEGACY, count, evidence, source);
    }
}
