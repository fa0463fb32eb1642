package dev.hairpin.model.pci;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a host's kernel does with a device, by configuration reads and writes alone: it finds the functions, measures their
 * windows and gives them addresses, and switches virtual functions on and off in the order that Linux does ({@code
 * drivers/pci/probe.c}, {@code setup-bus.c}, {@code iov.c}).
 */
public final class PciHost {
    private static final int COMMAND = 0x04;
    private static final int HEADER_BARS = 0x10;
    private static final int BARS_OCTETS = 24;
    private static final int CACHE_LINE = 0x0c;
    private static final int CACHE_LINE_WORDS = 64 / 4;
    private static final int INTERRUPT_LINE = 0x3c;
    private static final int INTERRUPT = 11;
    private static final int PORTS_MEMORY_MASTER = 0x0007;
    private static final int EXTENDED = 0x100;
    private static final int SRIOV_ID = 0x0010;

    private final PciDevice device;
    private final int virtualLimit;
    private long nextMemory32;
    private long nextMemory64;
    private long nextPorts;

    /**
     * Where addresses are given from.
     *
     * @param memory32 of windows of 32 bits
     * @param memory64 of windows of 64 bits
     * @param ports of I/O ports
     */
    public record Addresses(long memory32, long memory64, long ports) {
        /** As on a usual PC. */
        public static final Addresses USUAL = new Addresses(0xfb00_0000L, 0x38_4000_0000L, 0xd000);
    }

    /** Why the kernel does not do it: the number's name as {@code errno(3)} has it, and what was asked. */
    public record Refusal(String errno, String text) {}

    /** @param virtualLimit virtual functions that the device's driver takes at the most */
    public PciHost(PciDevice device, Addresses addresses, int virtualLimit) {
        this.device = device;
        this.virtualLimit = virtualLimit;
        this.nextMemory32 = addresses.memory32();
        this.nextMemory64 = addresses.memory64();
        this.nextPorts = addresses.ports();
    }

    /** Gives every function that answers at {@code now} its addresses, those of its virtual functions too, and enables it. */
    public void enumerate(long now) {
        for (int id : device.routingIds(now)) {
            place(id, HEADER_BARS, 1, 1, now);
            sriov(id, now).ifPresent(at -> place(id, at + Sriov.BARS, total(id, at, now), page(id, at, now), now));
            device.write(id, COMMAND, 2, PORTS_MEMORY_MASTER, now);
            device.write(id, CACHE_LINE, 1, CACHE_LINE_WORDS, now);
            device.write(id, INTERRUPT_LINE, 1, INTERRUPT, now);
        }
    }

    /** A window that was found by writing all ones. */
    private record Found(int at, long type, long size) {}

    /** The largest first, so that none wastes what another could have. */
    private void place(int id, int at, int functions, long smallest, long now) {
        List<Found> windows = new ArrayList<>();
        for (int bar = at; bar < at + BARS_OCTETS; bar += Integer.BYTES) {
            Found window = measure(id, bar, now);
            if (window.size > 0) {
                windows.add(window);
                bar += wide(window.type) ? Integer.BYTES : 0;
            }
        }
        windows.sort(Comparator.comparingLong((Found window) -> -window.size));
        for (Found window : windows) {
            long each = Math.max(window.size, smallest);
            long address = take(window.type, each, each * functions);
            device.write(id, window.at, 4, address & 0xffff_ffffL, now);
            if (wide(window.type)) {
                device.write(id, window.at + 4, 4, address >>> 32, now);
            }
        }
    }

    /** Writes all ones and reads which of them stay (PCI Local Bus 3.0, 6.2.5.1). */
    private Found measure(int id, int bar, long now) {
        long type = device.read(id, bar, 4, now);
        device.write(id, bar, 4, 0xffff_ffffL, now);
        long mask = device.read(id, bar, 4, now);
        device.write(id, bar, 4, type, now);
        boolean ports = (mask & 1) != 0;
        if (!wide(type)) {
            long size = -(mask & (ports ? ~3L : ~15L)) & 0xffff_ffffL;
            return new Found(bar, type, mask == 0 ? 0 : size);
        }
        device.write(id, bar + 4, 4, 0xffff_ffffL, now);
        long upper = device.read(id, bar + 4, 4, now);
        device.write(id, bar + 4, 4, 0, now);
        return new Found(bar, type, -(((upper << 32) | mask) & ~15L));
    }

    private static boolean wide(long type) {
        return (type & 7) == 4;
    }

    private long take(long type, long alignment, long octets) {
        if ((type & 1) != 0) {
            long at = align(nextPorts, alignment);
            nextPorts = at + octets;
            return at;
        }
        if (wide(type)) {
            long at = align(nextMemory64, alignment);
            nextMemory64 = at + octets;
            return at;
        }
        long at = align(nextMemory32, alignment);
        nextMemory32 = at + octets;
        return at;
    }

    private static long align(long address, long alignment) {
        return (address + alignment - 1) & -alignment;
    }

    /**
     * What {@code echo number > sriov_numvfs} does: numbers the virtual functions, enables them and their memory, and waits.
     *
     * @return why not, or empty when it was done
     */
    public Optional<Refusal> virtualFunctions(int number, long now) {
        int id = device.routingId(0);
        Optional<Integer> at = sriov(id, now);
        if (at.isEmpty()) {
            return refuse("ENOENT", "the function has no SR-IOV capability");
        }
        int limit = Math.min(virtualLimit, total(id, at.get(), now));
        boolean enabled = (device.read(id, at.get() + Sriov.CONTROL, 2, now) & Sriov.ENABLE) != 0;
        long present = enabled ? device.read(id, at.get() + Sriov.NUMBER, 2, now) : 0;
        if (number < 0 || number > limit) {
            return refuse("ERANGE", number + " virtual functions asked, there can be " + limit);
        }
        if (number == present) {
            return Optional.empty();
        }
        if (number > 0 && present > 0) {
            return refuse("EBUSY", present + " virtual functions are enabled: disable them first");
        }
        long control = device.read(id, at.get() + Sriov.CONTROL, 2, now);
        long on = Sriov.ENABLE | Sriov.MEMORY;
        if (number > 0) {
            device.write(id, at.get() + Sriov.NUMBER, 2, number, now);
            device.write(id, at.get() + Sriov.CONTROL, 2, control | on, now);
        } else {
            device.write(id, at.get() + Sriov.CONTROL, 2, control & ~on, now);
            device.write(id, at.get() + Sriov.NUMBER, 2, 0, now);
        }
        return Optional.empty();
    }

    /** Nanoseconds that the kernel waits after it has switched virtual functions on, or off. */
    public static long pause(boolean on) {
        return on ? Sriov.SETTLE_NANOS : Sriov.VANISH_NANOS;
    }

    /** Where the capability of SR-IOV is, found by walking the extended ones. */
    private Optional<Integer> sriov(int id, long now) {
        int at = EXTENDED;
        while (at != 0) {
            long head = device.read(id, at, 4, now);
            if ((head & 0xffff) == SRIOV_ID) {
                return Optional.of(at);
            }
            at = head == 0xffff_ffffL ? 0 : (int) (head >>> 20);
        }
        return Optional.empty();
    }

    private int total(int id, int at, long now) {
        return (int) device.read(id, at + 0x0e, 2, now);
    }

    private long page(int id, int at, long now) {
        return device.read(id, at + Sriov.PAGE_SIZE, 4, now) * 4096;
    }

    private static Optional<Refusal> refuse(String errno, String text) {
        return Optional.of(new Refusal(errno, text));
    }
}
