package dev.hairpin.pcap;

import java.util.List;
import java.util.Optional;

/** A pass over a pcap file: a header, then records of a 16-octet header and a frame each. */
final class PcapReader extends CaptureReader {
    private static final int RECORD_HEADER = 16;
    private static final long MICRO = 1_000;
    private static final long SECOND = 1_000_000_000;
    private static final long U32 = 0xFFFF_FFFFL;

    private final boolean littleEndian;
    private final long subsecond;
    private final int fcsLength;
    private final long lastRecord;
    private final List<CaptureInterface> interfaces;

    PcapReader(MappedSlab slab, String file, Optional<Damage> damageAtEnd, Container container) {
        super(slab, file, damageAtEnd);
        this.littleEndian = container.littleEndian();
        this.subsecond = container.nanoseconds() ? 1 : MICRO;
        this.fcsLength = container.fcsLength();
        this.lastRecord = slab.size() - RECORD_HEADER;
        this.nextRecord = Container.PCAP_HEADER;
        TimeResolution resolution = container.nanoseconds() ? TimeResolution.NANOSECONDS : TimeResolution.MICROSECONDS;
        this.interfaces = List.of(new CaptureInterface(
                0, 0, "", "", LinkType.ETHERNET, container.snapLength(), resolution, container.fcsLength()));
    }

    @Override
    public boolean next() {
        long at = nextRecord;
        if (at > lastRecord) {
            return at == slab.size() ? ended() : cut(at, slab.size() - at + " octets", "a record header of 16");
        }
        // Two numbers of 32 bits each: seconds and their fraction, then octets captured and octets on the wire.
        long stamp = slab.i64(at);
        long sizes = slab.i64(at + 8);
        if (littleEndian) {
            stamp = Long.rotateLeft(Long.reverseBytes(stamp), Integer.SIZE);
            sizes = Long.rotateLeft(Long.reverseBytes(sizes), Integer.SIZE);
        }
        long present = sizes >>> Integer.SIZE;
        if (present > Math.min(lastRecord - at, LONGEST_FRAME)) {
            return overlong(at, present);
        }
        number++;
        time = (stamp >>> Integer.SIZE) * SECOND + (stamp & U32) * subsecond;
        offset = at + RECORD_HEADER;
        nextRecord = at + RECORD_HEADER + present;
        captured = (int) present;
        // There are files whose frames are longer in the file than they were on the wire.
        length = (int) Math.min(Integer.MAX_VALUE, Math.max(present, sizes & U32));
        if (fcsLength != 0) {
            length = Math.max(0, length - fcsLength);
            captured = Math.min(captured, length);
        }
        return true;
    }

    @Override
    public List<CaptureInterface> interfaces() {
        return interfaces;
    }

    private boolean overlong(long at, long present) {
        if (present > LONGEST_FRAME) {
            return damaged(at + 8, "a frame of " + present + " octets", "at most " + LONGEST_FRAME);
        }
        long left = lastRecord - at;
        return cut(at + RECORD_HEADER, left + " octets", "a frame of " + present);
    }
}
