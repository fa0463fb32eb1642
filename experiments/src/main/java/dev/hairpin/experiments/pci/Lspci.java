package dev.hairpin.experiments.pci;

import dev.hairpin.model.pci.Bar;
import dev.hairpin.model.pci.PciDevice;
import dev.hairpin.model.pci.PciModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** A device as {@code lspci} of pciutils 3.9 lists it: one line a function, and with {@code -v} or {@code -vvv} more. */
public final class Lspci {
    /** What stands before a slot where several domains are told apart. */
    public static final String DOMAIN = "0000:";

    private static final int MASTER = 0x0004;
    private static final int CAPABILITIES = 0x34;
    private static final int EXTENDED = 0x100;
    private static final String CLASS = "Ethernet controller";

    private final PciDevice device;
    private final long now;
    private final Detail detail;
    private final String selected;

    /** How much is told. */
    public enum Detail {
        /** A line each. */
        LINES,
        /** A line each, in numbers: {@code -n}. */
        NUMBERS,
        /** {@code -v} */
        VERBOSE,
        /** {@code -vv} and {@code -vvv}, which tell the same of such devices. */
        ALL
    }

    private Lspci(PciDevice device, long now, Detail detail, String selected) {
        this.device = device;
        this.now = now;
        this.detail = detail;
        this.selected = selected;
    }

    /**
     * The lines of the functions of {@code device} that answer at {@code now}, in nanoseconds of virtual time.
     *
     * @param selected as {@code -d} has it, vendor and device in four hexadecimal digits each, {@code 8086:10ca}; either may
     *     be missing for any
     */
    public static List<String> lines(PciDevice device, long now, Detail detail, String selected) {
        return new Lspci(device, now, detail, selected).all();
    }

    /** The configuration spaces as {@code lspci -xxxx} prints them, which {@code lspci -F} reads. */
    public static List<String> dump(PciDevice device, long now) {
        List<String> lines = new ArrayList<>();
        for (int id : device.routingIds(now)) {
            Registers registers = new Registers(device, id, now);
            lines.add(slot(id) + " " + CLASS);
            for (int at = 0; at < 4096; at += 16) {
                StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%02x:", at));
                for (int i = at; i < at + 16; i++) {
                    line.append(String.format(Locale.ROOT, " %02x", registers.octet(i)));
                }
                lines.add(line.toString());
            }
            lines.add("");
        }
        return lines;
    }

    private List<String> all() {
        List<String> lines = new ArrayList<>();
        for (int id : device.routingIds(now)) {
            int number = device.function(id).orElseThrow();
            if (!isSelected(number)) {
                continue;
            }
            Registers registers = new Registers(device, id, now);
            lines.add(slot(id) + " " + title(number) + revision(registers));
            if (detail == Detail.ALL) {
                header(number, registers, lines);
                chained(registers, lines);
                lines.add("");
            } else if (detail == Detail.VERBOSE) {
                briefHeader(number, registers, lines);
                chained(registers, lines);
                lines.add("");
            }
        }
        return lines;
    }

    /** Where the functions are that answer at {@code now}, in the order of their numbers. */
    public static List<String> slots(PciDevice device, long now) {
        return device.routingIds(now).stream().map(Lspci::slot).toList();
    }

    /** Bus, device and function, {@code 05:10.2}. */
    static String slot(int routingId) {
        return String.format(Locale.ROOT, "%02x:%02x.%x", routingId >> 8, routingId >> 3 & 0x1f, routingId & 7);
    }

    private String title(int number) {
        PciModel model = device.model();
        boolean isVirtual = device.isVirtual(number);
        if (detail == Detail.NUMBERS) {
            return String.format(
                    Locale.ROOT, "0200: %04x:%04x", model.vendor(), isVirtual ? model.virtualDevice() : model.device());
        }
        return CLASS + ": " + model.vendorTitle() + " " + (isVirtual ? model.virtualTitle() : model.title());
    }

    private String ids(int number) {
        PciModel model = device.model();
        return String.format(
                Locale.ROOT,
                "%04x:%04x",
                model.vendor(),
                device.isVirtual(number) ? model.virtualDevice() : model.device());
    }

    private boolean isSelected(int number) {
        String ids = ids(number);
        return ids.startsWith(selected.substring(0, Math.max(0, selected.indexOf(':'))))
                && ids.endsWith(selected.substring(selected.indexOf(':') + 1));
    }

    private static String revision(Registers registers) {
        int revision = registers.octet(0x08);
        return revision == 0 ? "" : String.format(Locale.ROOT, " (rev %02x)", revision);
    }

    private void header(int number, Registers registers, List<String> lines) {
        int command = registers.word(0x04);
        int status = registers.word(0x06);
        int line = registers.octet(0x0c);
        int pin = registers.octet(0x3d);
        lines.add("\tSubsystem: " + device.model().vendorTitle() + " "
                + device.model().subsystemTitle());
        lines.add("\tControl: "
                + Flags.from(
                        1,
                        command,
                        "I/O Mem BusMaster SpecCycle MemWINV VGASnoop ParErr Stepping SERR FastB2B DisINTx"));
        lines.add("\tStatus: "
                + Flags.of(status, "Cap 66MHz UDF FastB2B ParErr", 0x10, 0x20, 0x40, 0x80, 0x100)
                + " DEVSEL=fast "
                + Flags.of(
                        status,
                        ">TAbort <TAbort <MAbort >SERR <PERR INTx",
                        0x800,
                        0x1000,
                        0x2000,
                        0x4000,
                        0x8000,
                        0x08));
        if ((command & MASTER) != 0) {
            lines.add("\tLatency: " + registers.octet(0x0d)
                    + (line == 0 ? "" : ", Cache Line Size: " + 4 * line + " bytes"));
        }
        if (pin != 0) {
            lines.add("\tInterrupt: pin " + (char) ('A' + pin - 1) + " routed to IRQ " + registers.octet(0x3c));
        }
        regions(number, command, true, lines);
    }

    private void briefHeader(int number, Registers registers, List<String> lines) {
        int command = registers.word(0x04);
        int pin = registers.octet(0x3d);
        lines.add("\tSubsystem: " + device.model().vendorTitle() + " "
                + device.model().subsystemTitle());
        lines.add("\tFlags: " + ((command & MASTER) != 0 ? "bus master, " : "") + "fast devsel"
                + ((command & MASTER) != 0 ? ", latency " + registers.octet(0x0d) : "")
                + (pin != 0 ? ", IRQ " + registers.octet(0x3c) : ""));
        regions(number, command, false, lines);
    }

    /** A virtual function's windows are told by the system, not by the function: lspci calls them virtual. */
    private void regions(int number, int command, boolean numbered, List<String> lines) {
        boolean isVirtual = device.isVirtual(number);
        for (PciDevice.Placed window : device.windows(number)) {
            Bar bar = window.bar();
            boolean ports = bar.kind() == Bar.Kind.IO;
            boolean disabled = !isVirtual && (command & (ports ? 1 : 2)) == 0;
            String where = ports
                    ? String.format(Locale.ROOT, "I/O ports at %04x", window.address())
                    : String.format(
                            Locale.ROOT,
                            "Memory at %s (%s-bit, %sprefetchable)",
                            window.address() == 0
                                    ? "<unassigned>"
                                    : String.format(Locale.ROOT, "%08x", window.address()),
                            bar.kind() == Bar.Kind.MEMORY_64 ? "64" : "32",
                            bar.prefetchable() ? "" : "non-");
            lines.add("\t" + (numbered ? "Region " + bar.number() + ": " : "") + (isVirtual ? "[virtual] " : "") + where
                    + (disabled ? " [disabled]" : "") + " [size=" + size(bar.size()) + "]");
        }
    }

    private static String size(long octets) {
        long kib = 1024;
        return octets < kib
                ? Long.toString(octets)
                : octets < kib * kib ? octets / kib + "K" : octets / kib / kib + "M";
    }

    private void chained(Registers registers, List<String> lines) {
        Capabilities told = new Capabilities(registers, detail == Detail.ALL, lines);
        int at = registers.octet(CAPABILITIES);
        while (at != 0) {
            told.standard(at);
            at = registers.octet(at + 1);
        }
        at = EXTENDED;
        while (at != 0 && registers.doubleWord(at) != 0) {
            told.extended(at);
            at = (int) (registers.doubleWord(at) >>> 20);
        }
    }
}
