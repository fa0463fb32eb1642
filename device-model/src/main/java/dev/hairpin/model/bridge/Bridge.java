package dev.hairpin.model.bridge;

import static dev.hairpin.model.decision.Outcome.drop;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Decided.Metered;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.EthernetHeader;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.DecisionMemo;
import dev.hairpin.model.relay.Meters;
import dev.hairpin.model.relay.PolicyTable;
import dev.hairpin.model.relay.Relay;
import dev.hairpin.model.relay.StormTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The adjacent bridge: learns, with reflective relay per port. In this order, which is Linux's, and the first that ends it
 * decides:
 *
 * <ol>
 *   <li>no whole header: dropped; group or zero source: dropped;
 *   <li>PAUSE: dropped, and not learnt from; reserved group addresses that this component does not relay: for the bridge
 *       itself, whatever the port's state, and learnt from;
 *   <li>a port that neither learns nor forwards: dropped;
 *   <li>the VLAN, where the bridge filters VLANs: that of the tag, or the PVID; the port must be a member;
 *   <li>a locked port: the source must be known behind it already;
 *   <li>the source is learnt behind the port of arrival, an earlier entry moves there; reports of listeners are heard;
 *   <li>a port that learns only: dropped;
 *   <li>storm control of the port of arrival;
 *   <li>the policy;
 *   <li>unicast known behind another port: to that port; behind the port of arrival: back there if it reflects; if it may
 *       not leave there: dropped and not flooded instead;
 *   <li>multicast that somebody listens for: to the listeners and to routers;
 *   <li>all else: to all ports that flood it, that of arrival only if it reflects.
 * </ol>
 */
public final class Bridge extends Relay {
    private final List<String> ports;
    private final List<Timed<BridgeSettings>> changes;

    /** By number of changes. */
    private final List<BridgeTable> tables = new ArrayList<>();

    private final Meters meters = new Meters();
    private final FilteringDatabase database = new FilteringDatabase();
    private final FilteringDatabase.Overlay overlay;
    private final MulticastDatabase groups;
    private final Snooper snooper;
    private final PortSets sets = new PortSets();
    private final BitSet listeners = new BitSet();
    private BridgeTable table;

    /** Numbers of the outcomes that drop at once, by rule and port. */
    private int[] drops = {};

    /** Whether a wave is being decided, at which number of changes, and the time of the frame looked at last. */
    private boolean deciding;

    private int step;
    private long latest;

    /**
     * @param settings from the start; inputs, outputs and ports have the same numbers
     * @param changes of settings, in the order of their times; ports neither come nor go
     * @param known what the filtering database has learned before the start
     * @param latencyNanos from arrival to departure of every frame
     */
    public Bridge(
            String name,
            BridgeSettings settings,
            List<Timed<BridgeSettings>> changes,
            Learned known,
            long latencyNanos) {
        super(name, first(settings.ports().size()), settings.ports().size(), latencyNanos, changes);
        this.ports = settings.names();
        this.changes = List.copyOf(changes);
        this.table = tables(settings);
        this.overlay = database.overlay();
        this.overlay.configure(settings.ageing(), settings.maxLearned());
        this.groups = new MulticastDatabase(ports.size());
        this.snooper = new Snooper(groups, settings);
        for (int i = 0; i < known.size(); i++) {
            database.begin(known.key()[i], known.port()[i], known.seen()[i], EntryKind.of(known.kind()[i]));
        }
        table.stations.forEach((key, entry) -> database.begin(key, entry.port(), 0, entry.kind()));
    }

    /** Made of settings, with nothing learned. */
    public Bridge(String name, BridgeSettings settings) {
        this(name, settings, List.of(), Learned.NOTHING, 0);
    }

    private BridgeTable tables(BridgeSettings first) {
        List<BridgeSettings> all = new ArrayList<>(List.of(first));
        changes.forEach(change -> all.add(change.settings()));
        for (BridgeSettings each : all) {
            if (!each.names().equals(ports)) {
                throw new IllegalArgumentException(name() + ": ports come or go while it runs");
            }
            BridgeTable before = tables.isEmpty() ? null : tables.get(tables.size() - 1);
            if (before != null && before.settings.equals(each)) {
                tables.add(before);
            } else {
                PolicyTable policy = before != null && before.settings.policy().equals(each.policy())
                        ? before.policy
                        : new PolicyTable(each.policy(), ports, Direction.ANY, meters);
                StormTable storms = new StormTable(
                        each.ports().stream().map(BridgePort::storm).toList(),
                        before == null ? null : before.storms,
                        meters);
                tables.add(new BridgeTable(each, policy, storms));
            }
        }
        return tables.get(0);
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
    protected void configured(int steps) {
        if (!deciding) {
            deciding = true;
            overlay.clear();
            groups.clear();
            step = steps;
            hold(tables.get(steps));
            return;
        }
        while (step < steps) {
            change(changes.get(step).time(), tables.get(step + 1));
            step++;
        }
    }

    @Override
    protected void under(int steps) {
        hold(tables.get(steps));
    }

    private void hold(BridgeTable now) {
        table = now;
        overlay.configure(now.settings.ageing(), now.settings.maxLearned());
        snooper.configure(now.settings);
    }

    private void change(long time, BridgeTable after) {
        overlay.change(table, after, time);
        groups.change(table.settings, after.settings, time);
        latest = Math.max(latest, time);
        hold(after);
    }

    @Override
    protected int outcomeOf(Burst burst, int row) {
        BridgeTable now = table;
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
        latest = burst.time(row);
        boolean reserved = Mac.isReserved(destination) && !now.isOrdinary(destination);
        if (reserved && !now.relays(destination)) {
            return consumed(now, burst, row);
        }
        PortState state = now.state[from];
        if (!state.learns()) {
            return state == PortState.DISABLED
                    ? dropped(from, Rule.BR_PORT_DOWN, DropReason.ADMIN_DOWN)
                    : dropped(from, Rule.BR_PORT_STATE, DropReason.STP_STATE);
        }
        int vid = now.classify(burst, row);
        if (vid < 0) {
            return vid == BridgeTable.NO_PVID
                    ? dropped(from, Rule.BR_NO_PVID, DropReason.VLAN_NO_PVID)
                    : dropped(from, Rule.BR_INGRESS_VLAN, DropReason.VLAN_NOT_MEMBER);
        }
        long key = FilteringDatabase.key(now.settings.filteringId(vid), source);
        if (now.locked[from] && !overlay.admits(key, from, latest, now.mab[from])) {
            return dropped(from, Rule.BR_LOCKED, DropReason.FDB_LOCKED);
        }
        if (now.learns[from]) {
            overlay.learn(key, from, latest);
        }
        boolean snoops = now.snoops && !reserved && BridgeTable.isMulticast(destination);
        int heard = snoops ? heard(now, burst, row, vid) : Snooper.NEVER_PRUNED;
        if (state != PortState.FORWARDING) {
            return dropped(from, Rule.BR_PORT_STATE, DropReason.STP_STATE);
        }
        if (!now.storms.isOff() && !now.storms.admits(burst, row, known(now, vid, destination))) {
            return dropped(from, Rule.BR_STORM, DropReason.STORM);
        }
        return forwarded(now, burst, row, vid, heard);
    }

    private boolean known(BridgeTable now, int vid, long destination) {
        long key = FilteringDatabase.key(now.settings.filteringId(vid), destination);
        return overlay.port(key, latest) != FilteringDatabase.UNKNOWN;
    }

    /** A reserved group address that is not relayed. */
    private int consumed(BridgeTable now, Burst burst, int row) {
        int from = burst.port(row);
        if (now.learnsLinkLocal && now.learns[from] && now.state[from].learns()) {
            int vid = now.classify(burst, row);
            if (vid >= 0) {
                overlay.learn(
                        FilteringDatabase.key(now.settings.filteringId(vid), burst.source(row)), from, burst.time(row));
            }
        }
        return dropped(from, Rule.BR_RESERVED, DropReason.RESERVED_GROUP);
    }

    private int heard(BridgeTable now, Burst burst, int row, int vid) {
        int tag = burst.tag(row);
        boolean payload = now.filters && tag != now.tag(tag);
        return snooper.listen(burst, row, FilteringDatabase.key(now.settings.filteringId(vid), 0), payload);
    }

    private int forwarded(BridgeTable now, Burst burst, int row, int classified, int heard) {
        int verdict = now.policy.isEmpty() ? PolicyTable.NO_RULE : now.policy.verdict(burst, row);
        int vid = verdict == PolicyTable.NO_RULE
                ? classified
                : BridgeRules.vlan(now, now.policy.get(verdict).vid(), classified);
        long destination = burst.destination(row);
        int from = burst.port(row);
        int kind;
        int known = 0;
        if (!Mac.isGroup(destination)) {
            known = overlay.port(FilteringDatabase.key(now.settings.filteringId(vid), destination), latest);
            kind = known >= 0
                    ? BridgeRules.KNOWN
                    : known == FilteringDatabase.OWN ? BridgeRules.OWN_ADDRESS : BridgeRules.UNKNOWN_UNICAST;
            known = Math.max(known, 0);
        } else if (destination == Mac.BROADCAST) {
            kind = BridgeRules.BROADCAST;
        } else if (Mac.isReserved(destination) && !now.isOrdinary(destination)) {
            kind = BridgeRules.RESERVED;
        } else if (now.snoops
                && pruned(now, FilteringDatabase.key(now.settings.filteringId(vid), destination), heard)) {
            kind = BridgeRules.SNOOPED;
            known = sets.number(listeners);
        } else {
            kind = BridgeRules.MULTICAST;
        }
        int tag = now.filters || verdict != PolicyTable.NO_RULE ? now.tag(burst.tag(row)) : 0;
        if (!now.filters && verdict == PolicyTable.NO_RULE && kind != BridgeRules.SNOOPED) {
            return plain(now, from, kind, known);
        }
        return remembered(now, verdict, from, kind, known, tag, classified);
    }

    /** Whether a group is sent to {@link #listeners} only, which are found out by the way. */
    private boolean pruned(BridgeTable now, long key, int heard) {
        boolean six = heard == Snooper.IPV6 || heard == Snooper.REPORT6;
        boolean report = heard == Snooper.REPORT4 || heard == Snooper.REPORT6;
        BitSet given = report ? null : now.given(key);
        boolean pruned =
                heard == Snooper.OTHER ? given != null : heard != Snooper.NEVER_PRUNED && snooper.prunes(six, latest);
        if (!pruned) {
            return false;
        }
        listeners.clear();
        listeners.or(now.routers);
        groups.listeners(MulticastDatabase.bridge(six), latest, listeners);
        if (!report) {
            groups.listeners(key, latest, listeners);
        }
        if (given != null) {
            listeners.or(given);
        }
        return true;
    }

    private int plain(BridgeTable now, int from, int kind, int known) {
        int index = (kind == BridgeRules.KNOWN ? BridgeRules.KINDS + known : kind) * ports.size() + from;
        int number = now.plain[index];
        if (number == BridgeTable.UNKNOWN) {
            BridgeRules rules = new BridgeRules(now, now.policy.get(PolicyTable.NO_RULE), from, 0, 0);
            number = outcomes().number(rules.decide(kind, known, port -> false));
            now.plain[index] = number;
        }
        return number;
    }

    private int remembered(BridgeTable now, int verdict, int from, int kind, int known, int tag, int vid) {
        long one = ((long) verdict << 40) | ((long) kind << 36) | ((long) from << 18) | known;
        int number = now.memo.get(one, tag);
        if (number == DecisionMemo.UNKNOWN) {
            BridgeRules rules = new BridgeRules(now, now.policy.get(verdict), from, tag, vid);
            number = outcomes().number(rules.decide(kind, known, port -> sets.contains(known, port)));
            now.memo.put(one, tag, number);
        }
        return number;
    }

    private int dropped(int from, Rule rule, DropReason reason) {
        int index = rule.ordinal() * ports.size() + from;
        if (index >= drops.length) {
            int before = drops.length;
            drops = Arrays.copyOf(drops, index + ports.size());
            Arrays.fill(drops, before, drops.length, BridgeTable.UNKNOWN);
        }
        if (drops[index] == BridgeTable.UNKNOWN) {
            drops[index] = outcomes().number(drop(from, rule, reason));
        }
        return drops[index];
    }

    @Override
    protected Learned learned() {
        deciding = false;
        return MulticastDatabase.both(overlay.take(latest), groups.take(latest));
    }

    @Override
    protected void learn(Learned learned) {
        for (int i = 0; i < learned.size(); i++) {
            long key = learned.key()[i];
            if (Mac.isGroup(key)) {
                groups.learn(key, learned.port()[i], learned.seen()[i], learned.kind()[i]);
            } else {
                database.learn(key, learned.port()[i], learned.seen()[i], learned.kind()[i]);
            }
        }
    }

    @Override
    protected Learned stations() {
        return MulticastDatabase.both(database.entries(), groups.entries());
    }

    @Override
    protected Metered metered() {
        return meters.take();
    }

    @Override
    protected void meter(Metered metered) {
        meters.meter(metered);
    }

    @Override
    protected Metered meters() {
        return meters.all();
    }

    private static int[] first(int count) {
        return IntStream.range(0, count).toArray();
    }
}
