package dev.hairpin.model.management;

/**
 * How 82576 and 82599 limit what a queue sends: the link's rate divided by that of the queue, 14 bits of it before the point
 * and 14 behind (RTTBCNRC; {@code igb_set_vf_rate_limit}, {@code ixgbe_set_vf_rate_limit}).
 *
 * @param register what is written; 0 limits nothing
 */
public record RateFactor(int register) {
    /** Nothing is limited. */
    public static final RateFactor NONE = new RateFactor(0);

    /** RS_ENA: the limit is on. */
    private static final int ON = 0x8000_0000;

    private static final int BEHIND_THE_POINT = 14;
    private static final int FACTOR = 0x0fff_ffff;

    /** The factor for {@code rate} of {@code link}, both in Mb/s and above zero; it is rounded down, the rate so up. */
    static RateFactor of(int link, int rate) {
        long factor = ((long) link << BEHIND_THE_POINT) / rate;
        return new RateFactor(ON | (int) (factor & FACTOR));
    }

    /** Bits a second that a queue sends at the most on a link of so many Mb/s; the link's own rate where nothing is limited. */
    public long bitsPerSecond(int link) {
        long rate = link * 1_000_000L;
        return isOn() ? (rate << BEHIND_THE_POINT) / (register & FACTOR) : rate;
    }

    /** Whether anything is limited. */
    public boolean isOn() {
        return (register & ON) != 0;
    }
}
