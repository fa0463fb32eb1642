package dev.hairpin.model.frame;

/**
 * Reads the Ethernet header of a captured frame, once, at ingress. Total: any octets give a row, never an exception. What
 * the capture does not hold whole reads as zero, and the EtherType as {@link #CUT}.
 */
public final class EthernetHeader {
    /** Destination, source and EtherType. */
    public static final int OCTETS = 14;

    /** The EtherType of a frame that ends before it. */
    public static final int CUT = -1;

    private static final int TAG_OCTETS = 4;

    private EthernetHeader() {}

    /**
     * Adds the frame at {@code offset} to {@code into}.
     *
     * @param captured octets present, which may be fewer than a header
     * @param length octets on the wire
     */
    public static void read(
            Slab slab, long offset, int captured, int length, long time, long number, int port, BurstBuilder into) {
        if (captured < OCTETS) {
            into.add(
                    slab,
                    time,
                    number,
                    address(slab, offset, captured),
                    address(slab, offset + 6, captured - 6),
                    VlanTag.NONE,
                    CUT,
                    offset,
                    captured,
                    length,
                    port);
            return;
        }
        // Octets 0 to 7 begin with the destination; octets 6 to 13 are the source and the EtherType.
        long first = slab.i64(offset);
        long second = slab.i64(offset + 6);
        int etherType = (int) (second & 0xFFFF);
        long source = second >>> 16;
        int tag = VlanTag.NONE;
        if (VlanTag.isTpid(etherType)) {
            if (captured >= OCTETS + TAG_OCTETS) {
                tag = VlanTag.of(etherType, slab.u16(offset + OCTETS));
                etherType = slab.u16(offset + OCTETS + 2);
            } else if (captured >= OCTETS + 2) {
                tag = VlanTag.of(etherType, slab.u16(offset + OCTETS));
                etherType = CUT;
            } else {
                etherType = CUT;
            }
        }
        into.add(slab, time, number, first >>> 16, source, tag, etherType, offset, captured, length, port);
    }

    /** Six octets as an address, zero unless all are there: half an address is nobody's. */
    private static long address(Slab slab, long offset, int present) {
        if (present < 6) {
            return 0;
        }
        long address = 0;
        for (int octet = 0; octet < 6; octet++) {
            address = (address << 8) | slab.octet(offset + octet);
        }
        return address;
    }
}
