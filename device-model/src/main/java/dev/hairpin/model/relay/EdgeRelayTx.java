package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.PolicyRule.Direction;
import java.util.List;

/**
 * What stations send; {@link SendingRules} says what becomes of it. Frames come by one link and bear the station's number as
 * their port. Output 0 is the loopback to {@link EdgeRelayRx}, whose frames bear the port they go to; output 1 is the uplink.
 */
public final class EdgeRelayTx extends EdgeRelay {
    /** Output to {@link EdgeRelayRx} within the relay. */
    public static final int LOOPBACK_OUTPUT = 0;

    /** Output to the wire port. */
    public static final int UPLINK_OUTPUT = 1;

    /** Of a NIC that is the only one. */
    public EdgeRelayTx(String name, NicSettings nic, List<Timed<NicSettings>> changes, long latencyNanos) {
        this(name, "", nic, changes, latencyNanos);
    }

    /**
     * @param prefix of the ports' names in a LAN that has several NICs, otherwise empty
     * @param nic its configuration at the start
     * @param changes of it, at their times
     * @param latencyNanos from arrival to departure of every frame
     */
    public EdgeRelayTx(
            String name, String prefix, NicSettings nic, List<Timed<NicSettings>> changes, long latencyNanos) {
        super(name, prefix, Direction.FROM_STATION, nic, changes, new int[] {0}, 2, latencyNanos);
    }

    @Override
    protected int outputOf(int port) {
        return port == uplink ? UPLINK_OUTPUT : LOOPBACK_OUTPUT;
    }

    @Override
    protected int portBeyond(int port) {
        return port == uplink ? 0 : port;
    }

    @Override
    Outcome decide(EdgeTable now, Burst burst, int row, Verdict verdict) {
        return SendingRules.decide(now, burst, row, verdict);
    }
}
