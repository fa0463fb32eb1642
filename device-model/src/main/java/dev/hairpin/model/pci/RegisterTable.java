package dev.hairpin.model.pci;

import dev.hairpin.model.decision.Evidence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Puts the table of a function together, block by block. The rows of a block are those of its specification; what differs
 * from device to device is given with where it was read. Capabilities are chained in the order of their offsets.
 */
final class RegisterTable {
    private static final int EXTENDED = 0x100;
    private static final String PCI = "PCI Local Bus 3.0, 6";
    private static final String EXPRESS = "PCI Express Base 2.1, 7";

    private final List<Register> rows = new ArrayList<>();
    private final List<Head> heads = new ArrayList<>();
    private Evidence evidence = Evidence.DOCUMENT;
    private String source = "";

    private record Head(int offset, int id, int version) {}

    /** What the following rows' own values come from. */
    RegisterTable from(Evidence grade, String where) {
        evidence = grade;
        source = where;
        return this;
    }

    /** The header of a function, type 0: who it is. The rest of the header follows. */
    RegisterTable identity(int vendor, int device, int revision, int subsystemVendor, int subsystem) {
        row(0x00, 2, "Vendor ID", vendor);
        row(0x02, 2, "Device ID", device);
        row(0x08, 1, "Revision ID", revision);
        row(0x09, 3, "Class Code", 0x020000);
        row(0x2c, 2, "Subsystem Vendor ID", subsystemVendor);
        return row(0x2e, 2, "Subsystem ID", subsystem);
    }

    /**
     * What every header has.
     *
     * @param commandBits that software can set
     * @param multiFunction whether the device has other functions beside this
     * @param pin of the legacy interrupt, 1 for A; 0 for none
     */
    RegisterTable header(int commandBits, boolean multiFunction, int pin) {
        standard(0x04, 2, "Command", 0, commandBits, 0, PCI + ".2.2");
        standard(0x06, 2, "Status", 0x0010, 0, 0xf900, PCI + ".2.3");
        standard(0x0c, 1, "Cache Line Size", 0, pin == 0 ? 0 : 0xff, 0, PCI + ".2.4");
        standard(0x0e, 1, "Header Type", multiFunction ? 0x80 : 0, 0, 0, PCI + ".2.1");
        standard(0x3c, 1, "Interrupt Line", 0, pin == 0 ? 0 : 0xff, 0, PCI + ".2.4");
        return standard(0x3d, 1, "Interrupt Pin", pin, 0, 0, PCI + ".2.4");
    }

    /** Base address registers, in the header or, for all virtual functions, in the capability at {@code offset}. */
    RegisterTable bars(List<Bar> bars, int offset, String prefix) {
        for (Bar bar : bars) {
            add(offset + 4 * bar.number(), bar.octets(), prefix + "BAR" + bar.number(), bar.type(), bar.address(), 0);
        }
        return this;
    }

    /** Power management, version {@code capabilities & 7}. */
    RegisterTable powerManagement(int offset, int capabilities) {
        String where = "PCI Power Management 1.2, 3.2";
        capability(offset, 0x01, 0);
        row(offset + 2, 2, "PMC", capabilities);
        return keeping(offset + 4, 2, "PMCSR", 0x0008, 0x1f03, 0x8000, 0x8100, where);
    }

    /** Message signalled interrupts: one vector, of 64 bits, maskable. */
    RegisterTable msi(int offset) {
        capability(offset, 0x05, 0);
        standard(offset + 0x02, 2, "MSI Message Control", 0x0180, 0x0001, 0, PCI + ".8.1.3");
        standard(offset + 0x04, 8, "MSI Message Address", 0, ~3L, 0, PCI + ".8.1.4");
        standard(offset + 0x0c, 2, "MSI Message Data", 0, 0xffff, 0, PCI + ".8.1.6");
        standard(offset + 0x10, 4, "MSI Mask Bits", 0, 1, 0, PCI + ".8.1.7");
        return standard(offset + 0x14, 4, "MSI Pending Bits", 0, 0, 0, PCI + ".8.1.8");
    }

    /** {@code vectors} of MSI-X, whose table is at the start of BAR {@code bar}, pending bits {@code pending} behind. */
    RegisterTable msiX(int offset, int vectors, int bar, int pending) {
        capability(offset, 0x11, 0);
        add(offset + 0x02, 2, "MSI-X Message Control", vectors - 1, 0xc000, 0);
        row(offset + 0x04, 4, "MSI-X Table Offset and BIR", bar);
        return row(offset + 0x08, 4, "MSI-X PBA Offset and BIR", pending | bar);
    }

    /**
     * An endpoint's PCI Express capability, version 2.
     *
     * @param device its Device Capabilities, without function level reset, which all have here
     * @param link its Link Capabilities; the link is trained to the highest speed and width of them
     */
    RegisterTable express(int offset, int device, int link) {
        capability(offset, 0x10, 0);
        standard(offset + 0x02, 2, "PCI Express Capabilities", 0x0002, 0, 0, EXPRESS + ".8.2");
        row(offset + 0x04, 4, "Device Capabilities", device | PciFunction.CAN_RESET);
        keeping(offset + 0x08, 2, "Device Control", 0x2810, 0x78ff, 0, 0x00e0, EXPRESS + ".8.4");
        standard(offset + 0x0a, 2, "Device Status", 0, 0, 0x000f, EXPRESS + ".8.5");
        row(offset + 0x0c, 4, "Link Capabilities", link);
        keeping(offset + 0x10, 2, "Link Control", 0, 0x01cb, 0, 0x004b, EXPRESS + ".8.7");
        row(offset + 0x12, 2, "Link Status", link & 0x3ff);
        row(offset + 0x24, 4, "Device Capabilities 2", 0x10);
        standard(offset + 0x28, 2, "Device Control 2", 0, 0x001f, 0, EXPRESS + ".8.16");
        standard(offset + 0x30, 2, "Link Control 2", link & 0xf, 0x0f, 0, EXPRESS + ".8.19");
        return standard(offset + 0x32, 2, "Link Status 2", 0, 0, 0, EXPRESS + ".8.20");
    }

    /** Advanced error reporting. Status and header log survive a function level reset, as all sticky bits do. */
    RegisterTable errorReporting(int offset, int version) {
        capability(offset, 0x0001, version);
        String where = EXPRESS + ".10";
        sticky(offset + 0x04, 4, "Uncorrectable Error Status", 0, 0, 0x001ff030, where + ".2");
        sticky(offset + 0x08, 4, "Uncorrectable Error Mask", 0, 0x001ff030, 0, where + ".3");
        sticky(offset + 0x0c, 4, "Uncorrectable Error Severity", 0x00062030, 0x001ff030, 0, where + ".4");
        sticky(offset + 0x10, 4, "Correctable Error Status", 0, 0, 0x31c1, where + ".5");
        sticky(offset + 0x14, 4, "Correctable Error Mask", 0x2000, 0x31c1, 0, where + ".6");
        sticky(offset + 0x18, 4, "Advanced Error Capabilities and Control", 0xa0, 0x140, 0, where + ".7");
        sticky(offset + 0x1c, 8, "Header Log, first half", 0, 0, 0, where + ".8");
        return sticky(offset + 0x24, 8, "Header Log, second half", 0, 0, 0, where + ".8");
    }

    /** Alternative routing: {@code next} is the function after this one, 0 at the end. */
    RegisterTable alternativeRouting(int offset, int next) {
        capability(offset, 0x000e, 1);
        standard(offset + 0x04, 2, "ARI Capability", next << 8, 0, 0, EXPRESS + ".23");
        return standard(offset + 0x06, 2, "ARI Control", 0, 0, 0, EXPRESS + ".23");
    }

    /** The capability of SR-IOV, see {@link Sriov}. */
    RegisterTable sriov(int offset, Sriov.Numbers numbers, List<Bar> bars) {
        String where = "Single Root I/O Virtualization 1.1, 3.3";
        capability(offset, 0x0010, 1);
        row(offset + 0x04, 4, "SR-IOV Capabilities", 0);
        standard(offset + Sriov.CONTROL, 2, "SR-IOV Control", 0, Sriov.CONTROLS, 0, where + ".3");
        standard(offset + 0x0a, 2, "SR-IOV Status", 0, 0, 0, where + ".4");
        row(offset + 0x0c, 2, "InitialVFs", numbers.total());
        row(offset + 0x0e, 2, "TotalVFs", numbers.total());
        standard(offset + Sriov.NUMBER, 2, "NumVFs", 0, 0xffff, 0, where + ".7");
        standard(offset + 0x12, 1, "Function Dependency Link", 0, 0, 0, where + ".8");
        row(offset + Sriov.OFFSET, 2, "First VF Offset", numbers.offset());
        row(offset + Sriov.STRIDE, 2, "VF Stride", numbers.stride());
        row(offset + 0x1a, 2, "VF Device ID", numbers.device());
        standard(offset + 0x1c, 4, "Supported Page Sizes", Sriov.PAGE_SIZES, 0, 0, where + ".12");
        standard(offset + Sriov.PAGE_SIZE, 4, "System Page Size", 1, Sriov.PAGE_SIZES, 0, where + ".13");
        bars(bars, offset + Sriov.BARS, "VF ");
        return standard(offset + 0x3c, 4, "VF Migration State Array Offset", 0, 0, 0, where + ".15");
    }

    /** The whole, ascending, with the capabilities chained. */
    List<Register> build() {
        heads.sort(Comparator.comparingInt(Head::offset));
        Head previous = null;
        for (Head head : heads) {
            link(previous, head);
            previous = head;
        }
        link(previous, null);
        rows.sort(Comparator.comparingInt(Register::offset));
        return List.copyOf(rows);
    }

    /** A capability's first octets: for an extended one its version, too; where the next one is comes at the end. */
    private void capability(int offset, int id, int version) {
        heads.add(new Head(offset, id, version));
    }

    /** Writes the head of {@code capability}, which leads to {@code next}; the first of all is named by the header. */
    private void link(@Nullable Head capability, @Nullable Head next) {
        String where = capability != null && capability.offset >= EXTENDED ? EXPRESS + ".9.3" : PCI + ".7";
        if (capability == null) {
            standard(0x34, 1, "Capabilities Pointer", next == null ? 0 : next.offset, 0, 0, where);
        } else if (capability.offset < EXTENDED) {
            int to = next == null || next.offset >= EXTENDED ? 0 : next.offset;
            standard(capability.offset, 2, "Capability Header", capability.id | (to << 8), 0, 0, where);
        } else {
            long to = next == null ? 0 : next.offset;
            long bits = capability.id | ((long) capability.version << 16) | (to << 20);
            standard(capability.offset, 4, "Extended Capability Header", bits, 0, 0, where);
        }
    }

    /** A row that no software changes, founded as the block is. */
    private RegisterTable row(int offset, int octets, String name, long value) {
        return add(offset, octets, name, value, 0, 0);
    }

    private RegisterTable add(int offset, int octets, String name, long reset, long writable, long clears) {
        rows.add(new Register(offset, octets, name, reset, writable, clears, 0, evidence, source));
        return this;
    }

    /** A row as every function has it. */
    private RegisterTable standard(
            int offset, int octets, String name, long reset, long writable, long clears, String where) {
        return keeping(offset, octets, name, reset, writable, clears, 0, where);
    }

    /** A row whose bits all survive a function level reset. */
    private RegisterTable sticky(
            int offset, int octets, String name, long reset, long writable, long clears, String where) {
        long all = octets == Long.BYTES ? -1 : (1L << (8 * octets)) - 1;
        return keeping(offset, octets, name, reset, writable, clears, all, where);
    }

    private RegisterTable keeping(
            int offset, int octets, String name, long reset, long writable, long clears, long kept, String where) {
        rows.add(new Register(offset, octets, name, reset, writable, clears, kept, Evidence.DOCUMENT, where));
        return this;
    }
}
