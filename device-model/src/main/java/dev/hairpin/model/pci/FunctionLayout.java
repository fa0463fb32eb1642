package dev.hairpin.model.pci;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a function is made of.
 *
 * @param registers its table
 * @param bars windows of its own; of a virtual function, those that the physical function's capability places
 * @param express where its PCI Express capability is
 * @param sriov where its capability of SR-IOV is, if {@code numbers} are given
 * @param numbers of its virtual functions; null where it can have none
 */
record FunctionLayout(
        List<Register> registers, List<Bar> bars, int express, int sriov, Sriov.@Nullable Numbers numbers) {
    FunctionLayout {
        registers = List.copyOf(registers);
        bars = List.copyOf(bars);
    }

    /** One that can have no virtual functions. */
    FunctionLayout(List<Register> registers, List<Bar> bars, int express) {
        this(registers, bars, express, 0, null);
    }
}
