package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.dropCopy;
import static dev.hairpin.model.decision.Outcome.forward;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;

/**
 * What comes to the stations: copies from the loopback, whose fate {@link EdgeRelayTx} has decided and which pass in the
 * common order, and frames from the uplink, which are decided here:
 *
 * <ol>
 *   <li>unicast to the station that registered the address; nobody did: dropped, nothing goes back up;
 *   <li>broadcast to all stations, multicast to those that listen;
 *   <li>VEPA, and the source address is a station's own: the frame was reflected, and that station does not get it
 *       (source pruning over all its registered addresses). In VEB mode nothing is pruned, so that a bridge that reflects
 *       though it should not shows.
 * </ol>
 *
 * Input 0 is the loopback, 1 the uplink; output {@code j} goes to station {@code j}.
 */
public final class EdgeRelayRx extends EdgeRelay {
    /** Input from {@link EdgeRelayTx}. */
    public static final int LOOPBACK_INPUT = 0;

    /** Input from the wire port. */
    public static final int UPLINK_INPUT = 1;

    /** One more than the number of stations: nobody's own address, and every station's. */
    private final int senders;

    private final OutcomeMemo unmatched = new OutcomeMemo(outcomes());
    private final OutcomeMemo unicast = new OutcomeMemo(outcomes());
    private final OutcomeMemo broadcast = new OutcomeMemo(outcomes());
    private final OutcomeMemo multicast = new OutcomeMemo(outcomes());

    /** @param latencyNanos from arrival to departure of every frame */
    public EdgeRelayRx(Mode mode, StationTable stations, long latencyNanos) {
        super("rx", mode, stations, new int[] {0, stations.size()}, stations.size(), latencyNanos);
        this.senders = stations.size() + 1;
    }

    @Override
    protected boolean decides(int port) {
        return port == uplink;
    }

    @Override
    protected int outputOf(int port) {
        return port;
    }

    @Override
    protected int outcomeOf(Burst burst, int row) {
        long destination = burst.destination(row);
        int sender = mode == Mode.VEPA ? stations.owner(burst.source(row)) : StationTable.NOBODY;
        if (destination == Mac.BROADCAST) {
            return broadcast.get(sender + 1, () -> copies(sender, Rule.ER_UPLINK_BROADCAST, first(uplink)));
        }
        if (Mac.isGroup(destination)) {
            int set = stations.listenerSet(destination);
            return multicast.get(
                    set * senders + sender + 1,
                    () -> copies(sender, Rule.ER_UPLINK_MULTICAST, stations.listeners(set)));
        }
        int to = stations.owner(destination);
        if (to == StationTable.NOBODY) {
            return unmatched.get(0, () -> drop(uplink, Rule.ER_UPLINK_NO_MATCH, DropReason.NO_LOCAL_MATCH));
        }
        return to == sender
                ? unicast.get(
                        uplink + to, () -> dropCopy(uplink, Rule.VEPA_SOURCE_PRUNING, to, DropReason.SOURCE_PRUNED))
                : unicast.get(to, () -> forward(uplink, Rule.ER_UPLINK_UNICAST, to));
    }

    private Outcome copies(int sender, Rule rule, int[] accepting) {
        if (accepting.length == 0) {
            return drop(uplink, rule, DropReason.MC_NOT_SUBSCRIBED);
        }
        int[] others = without(sender, accepting);
        return others.length == accepting.length
                ? forward(uplink, rule, accepting)
                : new Outcome(uplink, Rule.VEPA_SOURCE_PRUNING, others, new int[] {sender}, new DropReason[] {
                    DropReason.SOURCE_PRUNED
                });
    }
}
