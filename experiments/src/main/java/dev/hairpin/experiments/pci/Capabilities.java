package dev.hairpin.experiments.pci;

import java.util.List;
import java.util.Locale;

/** The lines that {@code lspci} prints of a function's capabilities. */
final class Capabilities {
    private static final int[] AUXILIARY_CURRENT = {0, 55, 100, 160, 220, 270, 320, 375};

    private final Registers registers;
    private final boolean all;
    private final List<String> lines;

    /** @param all whether to go into a capability, or to name it only */
    Capabilities(Registers registers, boolean all, List<String> lines) {
        this.registers = registers;
        this.all = all;
        this.lines = lines;
    }

    /** The capability in the first 256 octets that is at {@code at}. */
    void standard(int at) {
        switch (registers.octet(at)) {
            case 0x01 -> power(at);
            case 0x05 -> messages(at);
            case 0x11 -> messageTable(at);
            case 0x10 -> new ExpressText(registers, all, lines).tell(at);
            default -> throw new IllegalStateException("a capability of id " + registers.octet(at) + " at " + at);
        }
    }

    /** The extended capability at {@code at}. */
    void extended(int at) {
        long head = registers.doubleWord(at);
        String place = all
                ? String.format(Locale.ROOT, "\tCapabilities: [%x v%d] ", at, head >>> 16 & 0xf)
                : String.format(Locale.ROOT, "\tCapabilities: [%x] ", at);
        switch ((int) head & 0xffff) {
            case 0x0001 -> errors(place, at);
            case 0x000e -> alternativeRouting(place, at);
            case 0x0010 -> virtualization(place, at);
            default -> throw new IllegalStateException("an extended capability of id " + (head & 0xffff) + " at " + at);
        }
    }

    private void add(String format, Object... values) {
        lines.add(String.format(Locale.ROOT, format, values));
    }

    private void power(int at) {
        int can = registers.word(at + 2);
        int is = registers.word(at + 4);
        add("\tCapabilities: [%x] Power Management version %d", at, can & 7);
        if (all) {
            add(
                    "\t\tFlags: %s AuxCurrent=%dmA PME(%s)",
                    Flags.of(can, "PMEClk DSI D1 D2", 0x08, 0x20, 0x200, 0x400),
                    AUXILIARY_CURRENT[can >> 6 & 7],
                    Flags.from(0x800, can, "D0 D1 D2 D3hot D3cold").replace(' ', ','));
            add(
                    "\t\tStatus: D%d %s DSel=%d DScale=%d %s",
                    is & 3,
                    Flags.of(is, "NoSoftRst PME-Enable", 0x08, 0x100),
                    is >> 9 & 0xf,
                    is >> 13 & 3,
                    Flags.of(is, "PME", 0x8000));
        }
    }

    private void messages(int at) {
        int control = registers.word(at + 2);
        add(
                "\tCapabilities: [%x] MSI: %s Count=%d/%d %s",
                at,
                Flags.of(control, "Enable", 1),
                1 << (control >> 4 & 7),
                1 << (control >> 1 & 7),
                Flags.of(control, "Maskable 64bit", 0x100, 0x80));
        if (all) {
            add(
                    "\t\tAddress: %08x%08x  Data: %04x",
                    registers.doubleWord(at + 8), registers.doubleWord(at + 4), registers.word(at + 12));
            add("\t\tMasking: %08x  Pending: %08x", registers.doubleWord(at + 16), registers.doubleWord(at + 20));
        }
    }

    private void messageTable(int at) {
        int control = registers.word(at + 2);
        add(
                "\tCapabilities: [%x] MSI-X: %s Count=%d %s",
                at, Flags.of(control, "Enable", 0x8000), (control & 0x7ff) + 1, Flags.of(control, "Masked", 0x4000));
        if (all) {
            long table = registers.doubleWord(at + 4);
            long pending = registers.doubleWord(at + 8);
            add("\t\tVector table: BAR=%d offset=%08x", table & 7, table & ~7L);
            add("\t\tPBA: BAR=%d offset=%08x", pending & 7, pending & ~7L);
        }
    }

    private void errors(String place, int at) {
        lines.add(place + "Advanced Error Reporting");
        if (!all) {
            return;
        }
        String uncorrectable = "DLP SDES TLP FCP CmpltTO CmpltAbrt UnxCmplt RxOF MalfTLP ECRC UnsupReq ACSViol";
        long[] bits = {
            0x10, 0x20, 0x1000, 0x2000, 0x4000, 0x8000, 0x10000, 0x20000, 0x40000, 0x80000, 0x100000, 0x200000
        };
        String correctable = "RxErr BadTLP BadDLLP Rollover Timeout AdvNonFatalErr";
        long[] correctableBits = {0x1, 0x40, 0x80, 0x100, 0x1000, 0x2000};
        long control = registers.doubleWord(at + 0x18);
        add("\t\tUESta:\t%s", Flags.of(registers.doubleWord(at + 0x04), uncorrectable, bits));
        add("\t\tUEMsk:\t%s", Flags.of(registers.doubleWord(at + 0x08), uncorrectable, bits));
        add("\t\tUESvrt:\t%s", Flags.of(registers.doubleWord(at + 0x0c), uncorrectable, bits));
        add("\t\tCESta:\t%s", Flags.of(registers.doubleWord(at + 0x10), correctable, correctableBits));
        add("\t\tCEMsk:\t%s", Flags.of(registers.doubleWord(at + 0x14), correctable, correctableBits));
        add(
                "\t\tAERCap:\tFirst Error Pointer: %02x, %s",
                control & 0x1f, Flags.from(0x20, control, "ECRCGenCap ECRCGenEn ECRCChkCap ECRCChkEn"));
        add("\t\t\t%s", Flags.from(0x200, control, "MultHdrRecCap MultHdrRecEn TLPPfxPres HdrLogCap"));
        add(
                "\t\tHeaderLog: %08x %08x %08x %08x",
                registers.doubleWord(at + 0x1c),
                registers.doubleWord(at + 0x20),
                registers.doubleWord(at + 0x24),
                registers.doubleWord(at + 0x28));
    }

    private void alternativeRouting(String place, int at) {
        lines.add(place + "Alternative Routing-ID Interpretation (ARI)");
        if (all) {
            int can = registers.word(at + 4);
            int is = registers.word(at + 6);
            add("\t\tARICap:\t%s, Next Function: %d", Flags.from(1, can, "MFVC ACS"), can >> 8);
            add("\t\tARICtl:\t%s, Function Group: %d", Flags.from(1, is, "MFVC ACS"), is >> 4 & 7);
        }
    }

    private void virtualization(String place, int at) {
        lines.add(place + "Single Root I/O Virtualization (SR-IOV)");
        if (!all) {
            return;
        }
        long can = registers.doubleWord(at + 0x04);
        int control = registers.word(at + 0x08);
        add("\t\tIOVCap:\t%s Interrupt Message Number: %03x", Flags.of(can, "Migration 10BitTagReq", 1, 4), can >>> 21);
        add("\t\tIOVCtl:\t%s", Flags.from(1, control, "Enable Migration Interrupt MSE ARIHierarchy 10BitTagReq"));
        add("\t\tIOVSta:\t%s", Flags.of(registers.word(at + 0x0a), "Migration", 1));
        add(
                "\t\tInitial VFs: %d, Total VFs: %d, Number of VFs: %d, Function Dependency Link: %02x",
                registers.word(at + 0x0c),
                registers.word(at + 0x0e),
                registers.word(at + 0x10),
                registers.octet(at + 0x12));
        add(
                "\t\tVF offset: %d, stride: %d, Device ID: %04x",
                registers.word(at + 0x14), registers.word(at + 0x16), registers.word(at + 0x1a));
        add(
                "\t\tSupported Page Size: %08x, System Page Size: %08x",
                registers.doubleWord(at + 0x1c), registers.doubleWord(at + 0x20));
        for (int bar = 0; bar < 6; bar++) {
            long low = registers.doubleWord(at + 0x24 + 4 * bar);
            if (low != 0) {
                boolean wide = (low & 6) == 4;
                String address = wide
                        ? String.format(Locale.ROOT, "%08x%08x", registers.doubleWord(at + 0x28 + 4 * bar), low & ~15L)
                        : String.format(Locale.ROOT, "%08x", low & ~15L);
                add(
                        "\t\tRegion %d: Memory at %s (%s-bit, %sprefetchable)",
                        bar, address, wide ? "64" : "32", (low & 8) != 0 ? "" : "non-");
                bar += wide ? 1 : 0;
            }
        }
        long migration = registers.doubleWord(at + 0x3c);
        add("\t\tVF Migration: offset: %08x, BIR: %x", migration & ~7L, migration & 7);
    }
}
