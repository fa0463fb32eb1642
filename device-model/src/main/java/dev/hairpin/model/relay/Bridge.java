package dev.hairpin.model.relay;

import static dev.hairpin.model.decision.Outcome.drop;
import static dev.hairpin.model.decision.Outcome.forward;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import java.util.List;

/**
 * The adjacent bridge: a C-VLAN bridge that learns, with reflective relay per port. In this order, and the first that
 * holds decides:
 *
 * <ol>
 *   <li>no whole header: dropped; group or zero source: dropped;
 *   <li>PAUSE: dropped, and not learnt from; other reserved group addresses: for the bridge itself, not relayed, learnt
 *       from;
 *   <li>the source is learnt behind the port of arrival, an earlier entry moves there;
 *   <li>unicast known behind another port: to that port; behind the port of arrival: back there if it reflects, otherwise
 *       dropped and not flooded instead;
 *   <li>unknown unicast, broadcast and multicast: to all ports, that of arrival only if it reflects.
 * </ol>
 *
 * Tags pass through and play no part yet; all ports forward; nobody snoops.
 */
public final class Bridge extends Relay {
    private final List<String> ports;
    private final boolean[] reflects;
    private final FilteringDatabase database;
    private final FilteringDatabase.Overlay overlay;
    private final OutcomeMemo dropped = new OutcomeMemo(outcomes());
    private final OutcomeMemo known = new OutcomeMemo(outcomes());
    private final OutcomeMemo flooded = new OutcomeMemo(outcomes());

    /**
     * @param ports their names, in the order of inputs and outputs
     * @param reflects whether reflective relay is on, by port
     * @param ageingNanos of the filtering database
     * @param known what the filtering database holds at the start
     * @param latencyNanos from arrival to departure of every frame
     */
    public Bridge(
            String name, List<String> ports, boolean[] reflects, long ageingNanos, Learned known, long latencyNanos) {
        super(name, first(ports.size()), ports.size(), latencyNanos, List.of());
        this.ports = List.copyOf(ports);
        this.reflects = reflects.clone();
        this.database = new FilteringDatabase(ageingNanos);
        this.overlay = database.overlay();
        database.learn(known);
    }

    @Override
    public List<String> ports() {
        return ports;
    }

    @Override
    protected int outputOf(int port) {
        return port;
    }

    @Override
    protected int outcomeOf(Burst burst, int row) {
        int from = burst.port(row);
        long source = burst.source(row);
        long destination = burst.destination(row);
        if (burst.length(row) < EthernetHeader.OCTETS) {
            return dropped(from, Rule.BR_RUNT, DropReason.RUNT);
        }
        if (!Mac.isStation(source)) {
            return dropped(from, Rule.BR_INVALID_SA, DropReason.INVALID_SA);
        }
        if (destination == Mac.PAUSE) {
            return dropped(from, Rule.BR_PAUSE, DropReason.PAUSE_CONSUMED);
        }
        long now = burst.time(row);
        overlay.learn(source, from, now);
        if (Mac.isReserved(destination)) {
            return dropped(from, Rule.BR_RESERVED, DropReason.RESERVED_GROUP);
        }
        if (Mac.isGroup(destination)) {
            return flooded(from, destination == Mac.BROADCAST ? Rule.BR_BROADCAST : Rule.BR_MULTICAST);
        }
        int to = overlay.port(destination, now);
        if (to == FilteringDatabase.UNKNOWN) {
            return flooded(from, Rule.BR_UNKNOWN_UNICAST);
        }
        return known.get(from * ports.size() + to, () -> knownUnicast(from, to));
    }

    private Outcome knownUnicast(int from, int to) {
        if (to != from) {
            return forward(from, Rule.BR_KNOWN_UNICAST, to);
        }
        return reflects[from]
                ? forward(from, Rule.BR_REFLECTIVE_RELAY, from)
                : drop(from, Rule.BR_SAME_PORT, DropReason.HAIRPIN_DISABLED);
    }

    private int flooded(int from, Rule rule) {
        return flooded.get(rule.ordinal() * ports.size() + from, () -> {
            int[] all = first(ports.size());
            int[] egress = reflects[from] ? all : EdgeRelay.without(from, all);
            return egress.length == 0 ? drop(from, rule, DropReason.HAIRPIN_DISABLED) : forward(from, rule, egress);
        });
    }

    private int dropped(int from, Rule rule, DropReason reason) {
        return dropped.get(rule.ordinal() * ports.size() + from, () -> drop(from, rule, reason));
    }

    @Override
    protected Learned learned() {
        return overlay.take();
    }

    @Override
    protected void learn(Learned learned) {
        database.learn(learned);
    }

    @Override
    protected Learned stations() {
        return database.entries();
    }

    private static int[] first(int count) {
        return EdgeRelay.first(count);
    }
}
