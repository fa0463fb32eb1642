package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;

/**
 * What the header of a pcapng section says first.
 *
 * @param littleEndian byte order of all numbers of the section
 * @param problem what is wrong with it, or empty
 * @param problemOffset where in the slab
 */
record SectionHeader(boolean littleEndian, String problem, long problemOffset) {
    static final String EXPECTED = "a section header of pcapng version 1";

    private static final int BYTE_ORDER_MAGIC = 0x1A2B3C4D;
    private static final int MAJOR_VERSION = 1;

    /** Looks at the block at {@code offset}, of which the slab must hold 16 octets. */
    static SectionHeader at(Slab slab, long offset) {
        int order = slab.i32(offset + 8);
        boolean littleEndian = Integer.reverseBytes(order) == BYTE_ORDER_MAGIC;
        if (!littleEndian && order != BYTE_ORDER_MAGIC) {
            return new SectionHeader(false, "byte-order magic " + PcapngReader.hex(order), offset + 8);
        }
        int major = slab.u16(offset + 12);
        major = littleEndian ? Short.reverseBytes((short) major) & 0xFFFF : major;
        if (major != MAJOR_VERSION) {
            return new SectionHeader(littleEndian, "pcapng version " + major, offset + 12);
        }
        return new SectionHeader(littleEndian, "", offset);
    }
}
