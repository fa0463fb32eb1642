package dev.hairpin.pcap;

/** Whether the capturing interface received or sent a frame, where the capture says so. */
public enum Direction {
    /** The capture does not say. */
    UNKNOWN(0),
    /** Received by the interface. */
    INBOUND(1),
    /** Sent by the interface. */
    OUTBOUND(2);

    private static final int MASK = 3;

    private final int flag;

    Direction(int flag) {
        this.flag = flag;
    }

    /** The two low bits of the option {@code epb_flags}. */
    int flag() {
        return flag;
    }

    static Direction ofFlags(int flags) {
        return switch (flags & MASK) {
            case 1 -> INBOUND;
            case 2 -> OUTBOUND;
            default -> UNKNOWN;
        };
    }
}
