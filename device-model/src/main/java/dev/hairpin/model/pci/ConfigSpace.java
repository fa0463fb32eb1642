package dev.hairpin.model.pci;

import java.util.List;
import java.util.Optional;

/**
 * The configuration space of one function: 4,096 octets, of which 256 can be reached without PCI Express. Registers behave
 * as their rows say and no more; what else a write sets off is the function's business.
 */
final class ConfigSpace {
    /** Octets of it. */
    static final int SIZE = 4096;

    private final List<Register> table;
    private final byte[] value = new byte[SIZE];
    private final byte[] writable = new byte[SIZE];
    private final byte[] clears = new byte[SIZE];

    ConfigSpace(List<Register> table) {
        this.table = List.copyOf(table);
        int end = 0;
        for (Register register : table) {
            if (register.offset() < end) {
                throw new IllegalArgumentException(register.name() + " at " + register.offset()
                        + " overlaps the register before it, which ends at " + end);
            }
            end = register.end();
            put(value, register, register.reset());
            put(writable, register, register.writable());
            put(clears, register, register.clears());
        }
    }

    /** The rows, ascending. */
    List<Register> table() {
        return table;
    }

    /** The row that the octet at {@code offset} belongs to. */
    Optional<Register> at(int offset) {
        return table.stream()
                .filter(register -> register.offset() <= offset && offset < register.end())
                .findFirst();
    }

    /** What software reads. */
    long read(int offset, int octets) {
        return get(value, offset, octets);
    }

    /** Takes a write of software, as far as the registers take it. */
    void write(int offset, int octets, long written) {
        for (int i = 0; i < octets; i++) {
            int at = offset + i;
            int octet = (int) (written >>> (8 * i));
            value[at] = (byte) ((value[at] & ~writable[at] & ~(clears[at] & octet)) | (octet & writable[at]));
        }
    }

    /** Sets what the device itself sets, whatever software may write. */
    void set(int offset, int octets, long now) {
        for (int i = 0; i < octets; i++) {
            value[offset + i] = (byte) (now >>> (8 * i));
        }
    }

    /** A function level reset: every register gets its reset value, but for the bits that survive it. */
    void reset() {
        for (Register register : table) {
            long kept = read(register.offset(), register.octets()) & register.kept();
            put(value, register, (register.reset() & ~register.kept()) | kept);
        }
    }

    private static void put(byte[] column, Register register, long bits) {
        for (int i = 0; i < register.octets(); i++) {
            column[register.offset() + i] = (byte) (bits >>> (8 * i));
        }
    }

    private static long get(byte[] column, int offset, int octets) {
        long bits = 0;
        for (int i = octets - 1; i >= 0; i--) {
            bits = (bits << 8) | Byte.toUnsignedInt(column[offset + i]);
        }
        return bits;
    }
}
