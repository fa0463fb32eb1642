package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.PolicyRule.Direction;
import java.util.List;

/**
 * What comes to the stations: copies from the loopback, whose fate {@link EdgeRelayTx} has decided and which pass in the
 * common order, and frames from the uplink, of which {@link ReceivingRules} says what becomes.
 *
 * <p>Input 0 is the loopback, 1 the uplink; all copies leave by one output and bear the number of the station that they go to.
 */
public final class EdgeRelayRx extends EdgeRelay {
    /** Input from {@link EdgeRelayTx}. */
    public static final int LOOPBACK_INPUT = 0;

    /** Input from the wire port. */
    public static final int UPLINK_INPUT = 1;

    /** Of a NIC that is the only one. */
    public EdgeRelayRx(String name, NicSettings nic, List<Timed<NicSettings>> changes, long latencyNanos) {
        this(name, "", nic, changes, latencyNanos);
    }

    /**
     * @param prefix of the ports' names in a LAN that has several NICs, otherwise empty
     * @param nic its configuration at the start
     * @param changes of it, at their times
     * @param latencyNanos from arrival to departure of every frame
     */
    public EdgeRelayRx(
            String name, String prefix, NicSettings nic, List<Timed<NicSettings>> changes, long latencyNanos) {
        super(
                name,
                prefix,
                Direction.FROM_UPLINK,
                nic,
                changes,
                new int[] {0, nic.vsis().size()},
                1,
                latencyNanos);
    }

    @Override
    protected boolean decides(int port) {
        return port == uplink;
    }

    @Override
    protected int outputOf(int port) {
        return 0;
    }

    @Override
    protected int portBeyond(int port) {
        return port;
    }

    @Override
    Outcome decide(EdgeTable now, Burst burst, int row, Verdict verdict) {
        return ReceivingRules.decide(now, burst, row, verdict);
    }
}
