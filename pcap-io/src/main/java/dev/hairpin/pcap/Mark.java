package dev.hairpin.pcap;

/**
 * A place in a capture, behind a frame, from which any reader of the same capture can go on. Made by {@link
 * CaptureReader#mark}.
 */
public final class Mark {
    private final long offset;
    private final long number;
    private final long time;
    private final PcapngSection section;

    Mark(long offset, long number, long time, PcapngSection section) {
        this.offset = offset;
        this.number = number;
        this.time = time;
        this.section = section;
    }

    /** Octets from the beginning of the capture in the clear to the next record. */
    public long offset() {
        return offset;
    }

    /** The number of the frame before it; 0 at the beginning. */
    public long number() {
        return number;
    }

    /** The time of the frame before it. */
    long time() {
        return time;
    }

    PcapngSection section() {
        return section;
    }
}
