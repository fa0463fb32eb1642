package dev.hairpin.pcap;

/** A slab whose numbers are read in a byte order that changes, as that of pcapng does from section to section. */
final class OrderedOctets {
    private final MappedSlab slab;
    private boolean littleEndian;

    OrderedOctets(MappedSlab slab) {
        this.slab = slab;
    }

    boolean isLittleEndian() {
        return littleEndian;
    }

    void order(boolean littleEndian) {
        this.littleEndian = littleEndian;
    }

    int octet(long at) {
        return slab.octet(at);
    }

    int u16(long at) {
        int number = slab.u16(at);
        return littleEndian ? Short.reverseBytes((short) number) & 0xFFFF : number;
    }

    int i32(long at) {
        int number = slab.i32(at);
        return littleEndian ? Integer.reverseBytes(number) : number;
    }

    long u32(long at) {
        return Integer.toUnsignedLong(i32(at));
    }

    long i64(long at) {
        long number = slab.i64(at);
        return littleEndian ? Long.reverseBytes(number) : number;
    }

    /** Two 32-bit numbers, the first in the high half. */
    long words(long at) {
        long words = slab.i64(at);
        return littleEndian ? Long.rotateLeft(Long.reverseBytes(words), Integer.SIZE) : words;
    }

    void copy(long at, byte[] into) {
        slab.copy(at, into, 0, into.length);
    }
}
