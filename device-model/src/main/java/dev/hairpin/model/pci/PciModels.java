package dev.hairpin.model.pci;

import static dev.hairpin.model.decision.Evidence.ASSUMED;
import static dev.hairpin.model.decision.Evidence.CODE;
import static dev.hairpin.model.decision.Evidence.DOCUMENT;
import static dev.hairpin.model.decision.Evidence.EMULATOR;
import static dev.hairpin.model.decision.Evidence.INFERRED;

import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.pci.FunctionMode.Kind;
import java.util.List;
import java.util.Optional;

/** The devices whose side towards PCI is known. */
public final class PciModels {
    private static final int INTEL = 0x8086;
    private static final int NETERION = 0x17d5;
    private static final long KIB = 1024;

    private static final int POWER = 0x40;
    private static final int MSI = 0x50;
    private static final int MSI_X = 0x70;
    private static final int EXPRESS = 0xa0;
    private static final int ERRORS = 0x100;
    private static final int ARI = 0x150;
    private static final int SRIOV = 0x160;
    private static final int HEADER_BARS = 0x10;

    /** Memory and bus master, parity and system errors, no INTx; with I/O ports one more. */
    private static final int COMMANDS = 0x0546;

    private static final int COMMANDS_WITH_PORTS = 0x0547;
    /** A virtual function's memory is its physical function's to switch (SR-IOV 1.1, 3.4.1.3). */
    private static final int COMMANDS_VIRTUAL = 0x0004;

    /** Role-based errors; payloads of 512 octets; L0s and L1 in short. */
    private static final int DEVICE_CAPABILITIES = 0x8cc2;

    private static final int LINK_2_5GT_X4 = 0x36c41;
    private static final int LINK_5GT_X8 = 0x36c82;
    private static final int LINK_2_5GT_X8 = 0x36c81;

    private static final List<PciModel> ALL = List.of(i82576(), i82599(), x3100());

    private PciModels() {}

    /** All of them. */
    public static List<PciModel> all() {
        return ALL;
    }

    /** The one of the device of that name. */
    public static Optional<PciModel> named(String name) {
        return ALL.stream().filter(model -> model.name().equals(name)).findFirst();
    }

    private static PciModel i82576() {
        String qemu = "QEMU's igb";
        var link = new Link(DEVICE_CAPABILITIES, LINK_2_5GT_X4, DOCUMENT, "82576 datasheet: PCIe 2.5 GT/s, up to x4");
        List<Bar> bars = List.of(
                new Bar(0, Bar.Kind.MEMORY_32, false, 128 * KIB),
                new Bar(1, Bar.Kind.MEMORY_32, false, 128 * KIB),
                new Bar(2, Bar.Kind.IO, false, 32),
                new Bar(3, Bar.Kind.MEMORY_64, false, 16 * KIB));
        return new PciModel(
                "82576",
                INTEL,
                0x10c9,
                0x10ca,
                "Intel Corporation",
                "82576 Gigabit Network Connection",
                "82576 Virtual Function",
                "Gigabit ET Dual Port Server Adapter",
                List.of(new FunctionMode("sr-iov", Kind.SR_IOV, 9, EMULATOR, qemu + ": InitialVFs = TotalVFs = 8")),
                7,
                0,
                new IntelTables(
                        new Identity(0x10c9, 1, 0xa03c, EMULATOR, qemu),
                        bars,
                        25,
                        3,
                        new Sriov.Numbers(8, 0x80, 2, 0x10ca),
                        link));
    }

    private static PciModel i82599() {
        var link = new Link(DEVICE_CAPABILITIES, LINK_5GT_X8, DOCUMENT, "82599 datasheet: PCIe 5 GT/s, up to x8");
        List<Bar> bars = List.of(
                new Bar(0, Bar.Kind.MEMORY_64, true, 512 * KIB),
                new Bar(2, Bar.Kind.IO, false, 32),
                new Bar(4, Bar.Kind.MEMORY_64, true, 16 * KIB));
        String where = "ixgbe: 63 VFs; where and how many vectors, as lspci of such cards is remembered";
        return new PciModel(
                "82599",
                INTEL,
                0x10fb,
                0x10ed,
                "Intel Corporation",
                "82599ES 10-Gigabit SFI/SFP+ Network Connection",
                "82599 Ethernet Controller Virtual Function",
                "Ethernet Server Adapter X520-2",
                List.of(new FunctionMode(
                        "sr-iov", Kind.SR_IOV, 65, INFERRED, "64 pools: TotalVFs = 64, of which ixgbe uses 63")),
                63,
                0,
                new IntelTables(
                        new Identity(0x10fb, 1, 0x0003, ASSUMED, where),
                        bars,
                        64,
                        4,
                        new Sriov.Numbers(64, 0x80, 2, 0x10ed),
                        link));
    }

    private static PciModel x3100() {
        String vxge = "vxge: function modes of the firmware";
        String uncounted = "vxge knows the mode and no count: as its name says";
        return new PciModel(
                "x3100",
                NETERION,
                0x5833,
                0x5833,
                "Exar Corp.",
                "X3100 Series 10 Gigabit Ethernet PCIe",
                "X3100 Series 10 Gigabit Ethernet PCIe",
                "X3120 Dual Port SR",
                List.of(
                        new FunctionMode("sr-iov", Kind.SR_IOV, 17, CODE, vxge),
                        new FunctionMode("single-function", Kind.LEGACY, 1, CODE, vxge),
                        new FunctionMode("multi-function", Kind.LEGACY, 8, CODE, vxge),
                        new FunctionMode("multi-function-17", Kind.LEGACY, 17, CODE, vxge),
                        new FunctionMode("sr-iov-8", Kind.SR_IOV, 8, CODE, vxge),
                        new FunctionMode("sr-iov-4", Kind.SR_IOV, 4, CODE, vxge),
                        new FunctionMode("multi-function-2", Kind.LEGACY, 2, CODE, vxge),
                        new FunctionMode("multi-function-4", Kind.LEGACY, 4, ASSUMED, uncounted),
                        new FunctionMode("mr-iov", Kind.MR_IOV, 17, CODE, vxge),
                        new FunctionMode("mr-iov-8", Kind.MR_IOV, 8, CODE, vxge),
                        new FunctionMode("mr-iov-4", Kind.MR_IOV, 4, ASSUMED, uncounted)),
                16,
                17,
                new NeterionTables());
    }

    /** Who a function says it is. */
    private record Identity(int device, int revision, int subsystem, Evidence evidence, String source) {}

    /** What its capability of PCI Express says of device and link. */
    private record Link(int device, int link, Evidence evidence, String source) {}

    /** Physical and virtual functions of Intel's NICs, whose capabilities stand in the same places. */
    private record IntelTables(
            Identity identity, List<Bar> bars, int vectors, int tableBar, Sriov.Numbers numbers, Link link)
            implements PciModel.Tables {
        private static final int VECTORS_VIRTUAL = 3;

        @Override
        public FunctionLayout function(FunctionMode mode, int number) {
            RegisterTable table = new RegisterTable()
                    .from(identity.evidence, identity.source)
                    .identity(INTEL, identity.device, identity.revision, INTEL, identity.subsystem)
                    .header(COMMANDS_WITH_PORTS, true, 1)
                    .bars(bars, HEADER_BARS, "")
                    .powerManagement(POWER, 0xc823)
                    .msi(MSI)
                    .msiX(MSI_X, vectors, tableBar, 0x2000)
                    .errorReporting(ERRORS, 1)
                    .alternativeRouting(ARI, 0)
                    .sriov(SRIOV, numbers, virtualBars());
            express(table);
            return new FunctionLayout(table.build(), bars, EXPRESS, SRIOV, numbers);
        }

        @Override
        public FunctionLayout virtual() {
            RegisterTable table = new RegisterTable()
                    .from(
                            DOCUMENT,
                            "SR-IOV 1.1, 3.4.1.1: software takes the physical function's vendor, and VF Device ID")
                    .identity(0xffff, 0xffff, identity.revision, INTEL, identity.subsystem)
                    .from(identity.evidence, identity.source)
                    .header(COMMANDS_VIRTUAL, false, 0)
                    .msiX(MSI_X, VECTORS_VIRTUAL, 3, 0x2000)
                    .errorReporting(ERRORS, 1)
                    .alternativeRouting(ARI, 0);
            express(table);
            return new FunctionLayout(table.build(), virtualBars(), EXPRESS);
        }

        private void express(RegisterTable table) {
            table.from(link.evidence, link.source).express(EXPRESS, link.device, link.link);
        }

        private static List<Bar> virtualBars() {
            return List.of(
                    new Bar(0, Bar.Kind.MEMORY_64, true, 16 * KIB), new Bar(3, Bar.Kind.MEMORY_64, true, 16 * KIB));
        }
    }

    /** The X3100: one window, in which a table of contents leads to the groups of registers; functions are all alike. */
    private record NeterionTables() implements PciModel.Tables {
        private static final String WHERE = "vxge maps BAR0 alone; sizes and places of capabilities are not told";
        private static final List<Bar> BARS = List.of(new Bar(0, Bar.Kind.MEMORY_64, true, 8192 * KIB));
        private static final int VECTORS = 4;

        @Override
        public FunctionLayout function(FunctionMode mode, int number) {
            boolean virtualising = mode.kind() == Kind.SR_IOV && number == 0;
            int virtuals = mode.functions() - 1;
            RegisterTable table = common(NETERION, 0x5833)
                    .header(COMMANDS, mode.functions() > 1, 1 + number % 4)
                    .bars(BARS, HEADER_BARS, "")
                    .powerManagement(POWER, 0xc803)
                    .msi(MSI)
                    .alternativeRouting(ARI, next(mode, number));
            Sriov.Numbers numbers = new Sriov.Numbers(virtuals, 1, 1, 0x5833);
            if (virtualising) {
                table.sriov(SRIOV, numbers, BARS);
            }
            return new FunctionLayout(table.build(), BARS, EXPRESS, SRIOV, virtualising ? numbers : null);
        }

        @Override
        public FunctionLayout virtual() {
            RegisterTable table =
                    common(0xffff, 0xffff).header(COMMANDS_VIRTUAL, false, 0).alternativeRouting(ARI, 0);
            return new FunctionLayout(table.build(), BARS, EXPRESS);
        }

        private static int next(FunctionMode mode, int number) {
            return mode.kind() == Kind.LEGACY && number + 1 < mode.functions() ? number + 1 : 0;
        }

        private static RegisterTable common(int vendor, int device) {
            return new RegisterTable()
                    .from(CODE, "vxge: 17d5:5833, revision 2 is Titan1A")
                    .identity(vendor, device, 2, NETERION, 0x6031)
                    .from(ASSUMED, WHERE)
                    .msiX(MSI_X, VECTORS, 0, 0x2000)
                    .errorReporting(ERRORS, 1)
                    .express(EXPRESS, DEVICE_CAPABILITIES, LINK_2_5GT_X8);
        }
    }
}
