package dev.hairpin.pcap;

import dev.hairpin.model.frame.Slab;

/**
 * What kind of capture a file is, and for pcap what its one header says.
 *
 * @param isPcapng whether it is pcapng, whose blocks then say the rest; otherwise it is pcap
 * @param littleEndian byte order, of the first section for pcapng
 * @param nanoseconds whether the times of pcap have nanoseconds, not microseconds
 * @param fcsLength octets of frame check sequence behind each frame of pcap
 * @param snapLength octets kept of each frame of pcap at most
 */
record Container(boolean isPcapng, boolean littleEndian, boolean nanoseconds, int fcsLength, long snapLength) {
    /** What is said to be expected of a file. */
    static final String EXPECTED = "a pcap or pcapng capture of Ethernet frames";

    static final int PCAP_HEADER = 24;

    private static final int SHORTEST_SECTION_HEADER = 28;
    private static final int MAGIC_MICROSECONDS = 0xA1B2C3D4;
    private static final int MAGIC_NANOSECONDS = 0xA1B23C4D;
    private static final int MAJOR_VERSION = 2;
    private static final int FCS_PRESENT = 1 << 26;

    /**
     * Looks at the first octets of a file.
     *
     * @param file its name for messages
     * @throws CaptureRefused when frames cannot be read from it
     */
    static Container of(Slab slab, String file) throws CaptureRefused {
        if (slab.size() < Integer.BYTES) {
            String found = slab.size() == 0 ? "an empty file" : "a file of " + slab.size() + " octets";
            throw refused(file, slab.size(), found, EXPECTED);
        }
        int magic = slab.i32(0);
        if (magic == BlockType.SECTION_HEADER) {
            return pcapng(slab, file);
        }
        if (magic == MAGIC_MICROSECONDS || magic == MAGIC_NANOSECONDS) {
            return pcap(slab, file, false, magic == MAGIC_NANOSECONDS);
        }
        int reversed = Integer.reverseBytes(magic);
        if (reversed == MAGIC_MICROSECONDS || reversed == MAGIC_NANOSECONDS) {
            return pcap(slab, file, true, reversed == MAGIC_NANOSECONDS);
        }
        throw refused(file, 0, ForeignFormat.describe(slab), EXPECTED);
    }

    /** Words for people: {@code pcap nanosecond big-endian}. */
    String description() {
        return (isPcapng ? "pcapng" : "pcap")
                + (nanoseconds && !isPcapng ? " nanosecond" : "")
                + (littleEndian ? " little-endian" : " big-endian");
    }

    private static Container pcap(Slab slab, String file, boolean littleEndian, boolean nanoseconds)
            throws CaptureRefused {
        if (slab.size() < PCAP_HEADER) {
            throw refused(file, slab.size(), "the end of the file", "a pcap header of " + PCAP_HEADER + " octets");
        }
        int major = littleEndian ? Short.reverseBytes((short) slab.u16(4)) & 0xFFFF : slab.u16(4);
        if (major != MAJOR_VERSION) {
            throw refused(file, 4, "pcap version " + major, "version " + MAJOR_VERSION);
        }
        int network = i32(slab, 20, littleEndian);
        int linkType = network & 0xFFFF;
        if (linkType != LinkType.ETHERNET) {
            throw refused(file, 20, LinkType.describe(linkType), LinkType.describe(LinkType.ETHERNET));
        }
        int fcsLength = (network & FCS_PRESENT) != 0 ? 2 * (network >>> 28) : 0;
        long snapLength = i32(slab, 16, littleEndian) & 0xFFFFFFFFL;
        return new Container(false, littleEndian, nanoseconds, fcsLength, snapLength);
    }

    private static Container pcapng(Slab slab, String file) throws CaptureRefused {
        if (slab.size() < SHORTEST_SECTION_HEADER) {
            throw refused(
                    file,
                    slab.size(),
                    "the end of the file",
                    "a pcapng section header of at least " + SHORTEST_SECTION_HEADER + " octets");
        }
        SectionHeader header = SectionHeader.at(slab, 0);
        if (!header.problem().isEmpty()) {
            throw refused(file, header.problemOffset(), header.problem(), SectionHeader.EXPECTED);
        }
        return new Container(true, header.littleEndian(), false, 0, 0);
    }

    private static int i32(Slab slab, long offset, boolean littleEndian) {
        int value = slab.i32(offset);
        return littleEndian ? Integer.reverseBytes(value) : value;
    }

    private static CaptureRefused refused(String file, long offset, String found, String expected) {
        return new CaptureRefused(new Damage(file, offset, found, expected));
    }
}
