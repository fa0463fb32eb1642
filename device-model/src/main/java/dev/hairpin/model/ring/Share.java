package dev.hairpin.model.ring;

import dev.hairpin.model.link.Server;

/**
 * How a function takes part where all functions of a NIC contend to send. Rates are bits a second of frames without FCS.
 *
 * @param ring frames that its transmit ring holds, the one under way among them; {@link Integer#MAX_VALUE} for any number
 * @param weight of its turns where nobody else is before it
 * @param priority the greater goes first, whatever the weights: strict
 * @param minRate that it is served at before all others, or 0
 * @param maxRate beyond which it is not served, or {@link Server#UNLIMITED}: {@code max_tx_rate} of {@code ip link set vf}
 */
public record Share(int ring, int weight, int priority, long minRate, long maxRate) {
    /** As all others, without limits. */
    public static final Share EQUAL = new Share(Integer.MAX_VALUE, 1, 0, 0, Server.UNLIMITED);

    public Share {
        boolean possible = minRate >= 0 && minRate != Server.UNLIMITED && minRate <= maxRate && maxRate >= 1;
        if (ring < 1 || weight < 1 || priority < 0 || !possible) {
            throw new IllegalArgumentException("a transmit ring of " + ring + " frames, weight " + weight
                    + ", priority " + priority + ", at least " + minRate + " and at most " + maxRate + " bit/s");
        }
    }
}
