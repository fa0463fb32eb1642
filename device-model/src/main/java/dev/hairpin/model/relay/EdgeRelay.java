package dev.hairpin.model.relay;

import dev.hairpin.model.decision.Decided.Metered;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyRule.Direction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * One direction of a NIC's edge relay. The ports are the stations, from 0, and behind them the uplink. The two directions
 * share what is registered and nothing else: an edge relay does not learn, so sending never waits for receiving.
 *
 * <p>A decision is worked out once for all frames that are alike, by {@link SendingRules}, {@link ReceivingRules} or {@link
 * MacvlanRules}, and remembered.
 */
abstract class EdgeRelay extends Relay {
    /** The uplink's name among the ports. */
    static final String UPLINK = "uplink";

    /** What these decide has not got as far as the policy. */
    private static final Set<Rule> NOT_ADMITTED = EnumSet.of(
            Rule.ER_TROUBLE,
            Rule.ER_ADMIN_DOWN,
            Rule.ER_NOT_ASSOCIATED,
            Rule.ER_TX_DISABLED,
            Rule.ER_RUNT,
            Rule.ER_OVERSIZE,
            Rule.ER_INVALID_SA,
            Rule.ER_SPOOF_MAC,
            Rule.ER_SPOOF_VLAN,
            Rule.ER_SPOOF_ETHERTYPE,
            Rule.ER_TAGGED_ON_PORT_VLAN,
            Rule.ER_NO_PVID,
            Rule.ER_INGRESS_VLAN,
            Rule.ER_PAUSE,
            Rule.ER_RESERVED,
            Rule.ER_UPLINK_DOWN,
            Rule.ER_UPLINK_PAUSE);

    /** As the NIC's policies know them, and as they are called in the LAN. */
    private final List<String> ports;

    private final List<String> portsInLan;
    private final Meters meters = new Meters();

    /** By number of changes; those not in use yet are made when their time comes. */
    private final List<EdgeTable> tables = new ArrayList<>();

    /** The number of the uplink's port. */
    protected final int uplink;

    private EdgeTable table;

    /** Numbers of the outcomes of what storm control drops, by port. */
    private final int[] stormed;

    /**
     * See {@link dev.hairpin.model.link.Stage} for {@code firstPort} and {@code outputs}.
     *
     * @param prefix of the ports' names in a LAN that has several NICs, otherwise empty
     */
    EdgeRelay(
            String name,
            String prefix,
            Direction direction,
            NicSettings nic,
            List<Timed<NicSettings>> changes,
            int[] firstPort,
            int outputs,
            long latencyNanos) {
        super(name, firstPort, outputs, latencyNanos, changes);
        this.uplink = nic.vsis().size();
        List<String> names = new ArrayList<>(nic.vsis().stream().map(Vsi::name).toList());
        names.add(UPLINK);
        this.ports = List.copyOf(names);
        this.portsInLan = ports.stream().map(port -> prefix + port).toList();
        this.stormed = new int[ports.size()];
        Arrays.fill(stormed, DecisionMemo.UNKNOWN);
        this.table = tables(direction, nic, changes);
    }

    /** All configurations; a policy that stays keeps its buckets. */
    private EdgeTable tables(Direction direction, NicSettings nic, List<Timed<NicSettings>> changes) {
        List<NicSettings> settings = new ArrayList<>(List.of(nic));
        changes.forEach(change -> settings.add(change.settings()));
        for (NicSettings each : settings) {
            if (each.vsis().size() != uplink) {
                throw new IllegalArgumentException(name() + ": stations come or go while it runs");
            }
            EdgeTable before = tables.isEmpty() ? null : tables.get(tables.size() - 1);
            if (before != null && before.nic.decidesAs(each)) {
                tables.add(before);
                continue;
            }
            Policy policy = each.policy();
            PolicyTable compiled = before != null && before.nic.policy().equals(policy)
                    ? before.policy
                    : new PolicyTable(policy, ports, direction, meters);
            // What comes by the uplink is the adjacent bridge's to control.
            List<StormControl> storms = direction == Direction.FROM_STATION
                    ? each.vsis().stream().map(vsi -> vsi.settings().storm()).toList()
                    : List.of();
            StormTable controlled = new StormTable(storms, before == null ? null : before.storms, meters);
            tables.add(new EdgeTable(each, direction, compiled, controlled));
        }
        return tables.get(0);
    }

    @Override
    public final List<String> ports() {
        return portsInLan;
    }

    @Override
    protected final void configured(int steps) {
        table = tables.get(steps);
    }

    @Override
    protected final void under(int steps) {
        table = tables.get(steps);
    }

    @Override
    protected final int outcomeOf(Burst burst, int row) {
        EdgeTable now = table;
        int plain = remembered(now, burst, row, PolicyTable.NO_RULE);
        if ((now.policy.isEmpty() && now.storms.isOff())
                || NOT_ADMITTED.contains(outcomes().get(plain).rule())) {
            return plain;
        }
        if (!now.storms.isOff() && !now.storms.admits(burst, row, now.isRegistered(burst.destination(row)))) {
            return stormed(burst.port(row));
        }
        if (now.policy.isEmpty()) {
            return plain;
        }
        int verdict = now.policy.verdict(burst, row);
        return verdict == PolicyTable.NO_RULE ? plain : remembered(now, burst, row, verdict);
    }

    private int stormed(int port) {
        if (stormed[port] == DecisionMemo.UNKNOWN) {
            stormed[port] = outcomes().number(Outcome.drop(port, Rule.ER_STORM, DropReason.STORM));
        }
        return stormed[port];
    }

    private int remembered(EdgeTable now, Burst burst, int row, int verdict) {
        long parties = now.parties(burst, row, verdict);
        long shape = now.shape(burst, row);
        int known = now.memo.get(parties, shape);
        if (known == DecisionMemo.UNKNOWN) {
            known = outcomes().number(decide(now, burst, row, now.policy.get(verdict)));
            now.memo.put(parties, shape, known);
        }
        return known;
    }

    /** Works a decision out. */
    abstract Outcome decide(EdgeTable now, Burst burst, int row, Verdict verdict);

    @Override
    protected final Metered metered() {
        return meters.take();
    }

    @Override
    protected final void meter(Metered metered) {
        meters.meter(metered);
    }

    @Override
    protected final Metered meters() {
        return meters.all();
    }

    /** {@code ports} but for {@code port}. */
    static int[] without(int port, int[] ports) {
        return Arrays.stream(ports).filter(other -> other != port).toArray();
    }

    /** {@code ports} and behind them {@code port}. */
    static int[] and(int[] ports, int port) {
        int[] all = Arrays.copyOf(ports, ports.length + 1);
        all[ports.length] = port;
        return all;
    }

    /** The ports 0 to {@code count - 1}. */
    static int[] first(int count) {
        int[] ports = new int[count];
        Arrays.setAll(ports, port -> port);
        return ports;
    }
}
