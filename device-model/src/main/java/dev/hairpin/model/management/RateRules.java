package dev.hairpin.model.management;

import dev.hairpin.model.relay.Refused;

/** What a driver takes of {@code ip link set dev NIC vf N min_tx_rate A max_tx_rate B}, in Mb/s; 0 is no limit. */
public enum RateRules {
    /** {@code igb_ndo_set_vf_bw}, on 82576: up to what the link has. */
    IGB("igb") {
        @Override
        boolean takes(int link, int most) {
            return most <= link;
        }
    },
    /** {@code ixgbe_ndo_set_vf_bw}: on a link of 10 Gb/s and no other, from 11 Mb/s, since 10 is where it stops taking them. */
    IXGBE("ixgbe") {
        @Override
        boolean takes(int link, int most) {
            return link == TEN_GIGABIT && most > LEAST && most <= link;
        }
    };

    /** RTTBCNRM of 82599. */
    public static final int MEMORY_82599 = 0x04;
    /** RTTBCNRM of X540, and of 82576. */
    public static final int MEMORY_X540 = 0x14;

    private static final int TEN_GIGABIT = 10_000;
    private static final int LEAST = 10;

    private final String driver;

    RateRules(String driver) {
        this.driver = driver;
    }

    abstract boolean takes(int link, int most);

    /**
     * What is written for a function whose rate is to be limited.
     *
     * @param link rate of the wire, 0 when it is down
     * @throws Refused when the driver does not take it (EINVAL)
     */
    public RateFactor limit(int link, int least, int most) {
        if (least != 0) {
            throw new Refused(driver + " guarantees no rate: min_tx_rate " + least + ", expected 0 (EINVAL)");
        }
        if (link == 0) {
            throw new Refused(driver + " limits no rate while the wire is down (EINVAL)");
        }
        if (most == 0) {
            return RateFactor.NONE;
        }
        if (most < 0 || !takes(link, most)) {
            throw new Refused(driver + " takes no max_tx_rate " + most + " on a link of " + link + " Mb/s (EINVAL)");
        }
        return RateFactor.of(link, most);
    }

    /** What is left of a limit when the wire's rate changes: nothing, and the driver logs it ({@code check_vf_rate_limit}). */
    public RateFactor after(RateFactor limit, int before, int now) {
        return before == now ? limit : RateFactor.NONE;
    }

    /** What a function of {@code queues} queues sends at the most: each has the limit. Inferred; the drivers assume one. */
    public long bitsPerSecond(RateFactor limit, int link, int queues) {
        return limit.isOn() ? queues * limit.bitsPerSecond(link) : limit.bitsPerSecond(link);
    }
}
