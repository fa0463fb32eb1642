package dev.hairpin.model.pci;

/**
 * A base address register: a window of the function into the system's addresses.
 *
 * @param number 0 to 5; one of 64 bits takes the number after it, too
 * @param kind of addresses
 * @param prefetchable whether reads have no side effects
 * @param size of the window in octets, a power of two
 */
public record Bar(int number, Kind kind, boolean prefetchable, long size) {
    public Bar {
        int numbers = kind == Kind.MEMORY_64 ? 2 : 1;
        if (number < 0 || number + numbers > 6 || Long.bitCount(size) != 1 || size < kind.smallest) {
            throw new IllegalArgumentException("BAR " + number + " of " + size + " octets");
        }
    }

    /** Octets of the register. */
    int octets() {
        return kind == Kind.MEMORY_64 ? Long.BYTES : Integer.BYTES;
    }

    /** What its lowest bits say, which software cannot change (PCI Local Bus 3.0, 6.2.5.1). */
    long type() {
        return switch (kind) {
            case IO -> 1;
            case MEMORY_32 -> prefetchable ? 8 : 0;
            case MEMORY_64 -> prefetchable ? 12 : 4;
        };
    }

    /** The bits that hold an address: all above the size. */
    long address() {
        return -size & (kind == Kind.MEMORY_64 ? -1 : 0xffff_ffffL);
    }

    /** What a window is into. */
    public enum Kind {
        IO(4),
        MEMORY_32(16),
        MEMORY_64(16);

        private final long smallest;

        Kind(long smallest) {
            this.smallest = smallest;
        }
    }
}
