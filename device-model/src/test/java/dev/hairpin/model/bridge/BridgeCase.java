package dev.hairpin.model.bridge;

import static dev.hairpin.model.testkit.Frame.station;

import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.relay.Refused;
import dev.hairpin.model.relay.StormControl;
import dev.hairpin.model.relay.Storms;
import dev.hairpin.model.testkit.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Configurations of a bridge by chance: few addresses, groups and VLANs, so that everything collides.
 *
 * @param before the configuration at the start
 * @param changes of it, in the order of their times
 */
record BridgeCase(BridgeSettings before, List<Timed<BridgeSettings>> changes) {
    /** 239.1.1.1, 239.0.0.5, which has the address of 224.0.0.5, ff02::1, ff02::5, ff05::1:3, and one that is not IP. */
    static final long[] GROUPS = {
        0x0100_5E01_0101L, 0x0100_5E00_0005L, 0x3333_0000_0001L, 0x3333_0000_0005L, 0x3333_0001_0003L, 0x0300_0000_0001L
    };

    static final int[] VLANS = {1, 10, 20, 4_094};
    private static final int STATIONS = 7;

    private static final List<FrameMatch> MATCHES = Stream.of(
                    "",
                    "",
                    "ip",
                    "arp",
                    "vlan 10",
                    "not vlan",
                    "ether src 02:00:00:00:00:01",
                    "ether dst 02:00:00:00:00:02",
                    "ether broadcast",
                    "ether multicast",
                    "greater 1000",
                    "less 60")
            .map(FrameMatch::compile)
            .toList();

    static BridgeCase of(Dice dice, long begin, long end, int pace) {
        // What ports have in common in one case, so that neither all is open nor all is shut.
        int shut = dice.pick(0, 3, 10, 25);
        int count = dice.percent(90) ? dice.between(2, 5) : dice.pick(1, 9, 33);
        BridgeSettings before = valid(dice, settings(dice, count, shut, pace), next -> next);
        List<Timed<BridgeSettings>> changes = new ArrayList<>();
        BridgeSettings last = before;
        for (int times = dice.percent(50) ? 0 : dice.between(1, 6); times > 0; times--) {
            long since =
                    changes.isEmpty() ? begin : changes.get(changes.size() - 1).time();
            long time = dice.percent(20) ? since : dice.between(since, Math.max(since, end + 5));
            if (dice.percent(10)) {
                changes.add(new Timed<>(time, "nonsense", "no such port", last));
                continue;
            }
            last = valid(dice, last, known -> next(dice, known, shut, pace));
            changes.add(new Timed<>(time, "change " + times, "", last));
        }
        return new BridgeCase(before, changes);
    }

    /** What is refused because of an entry made by hand is tried without such entries. */
    private static BridgeSettings valid(Dice dice, BridgeSettings from, UnaryOperator<BridgeSettings> change) {
        try {
            return withEntries(dice, change.apply(from));
        } catch (Refused e) {
            return withEntries(dice, change.apply(from.withStations(List.of())));
        }
    }

    private static BridgeSettings settings(Dice dice, int count, int shut, int pace) {
        List<BridgePort> ports = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            ports.add(port(dice, number, shut));
        }
        BridgeSettings plain = BridgeSettings.of(ports)
                .withComponent(dice.pick(List.of(Component.values())))
                .withSpanningTree(dice.pick(List.of(SpanningTree.values())))
                .withGroupForwardMask(dice.percent(50) ? 0 : dice.below(0x10000) & 0xFFF8)
                .withVlanFiltering(dice.percent(60))
                .withProtocol(dice.percent(70) ? VlanTag.TPID_C : VlanTag.TPID_S)
                .withSharedLearning(dice.percent(30))
                .withAgeing(ageing(dice, pace))
                .withMaxLearned(dice.percent(70) ? 0 : dice.between(1, 4))
                .withLearnsLinkLocal(dice.percent(70))
                .withSnooping(snooping(dice, pace));
        return plain.withPolicy(policy(dice, plain.names()));
    }

    private static long ageing(Dice dice, int pace) {
        return dice.percent(10) ? 0 : dice.pick(20L, 100L, 1_000_000L) * pace;
    }

    private static Snooping snooping(Dice dice, int pace) {
        return Snooping.ON
                .withOn(dice.percent(60))
                .withQuerier(dice.percent(40))
                .withMembership(dice.pick(20L, 200L, 100_000L) * pace)
                .withOtherQuerier(dice.pick(50L, 300L, 100_000L) * pace)
                .withLastMember((long) pace * dice.below(20), dice.between(1, 3));
    }

    private static BridgePort port(Dice dice, int number, int shut) {
        Map<Integer, Boolean> vlans = new TreeMap<>();
        for (int vid : VLANS) {
            if (dice.percent(60)) {
                vlans.put(vid, dice.percent(40));
            }
        }
        int pvid = vlans.isEmpty() || dice.percent(25) ? 0 : dice.pick(List.copyOf(vlans.keySet()));
        boolean locked = dice.percent(shut);
        return BridgePort.named("p" + number)
                .withState(dice.percent(100 - 3 * shut) ? PortState.FORWARDING : dice.pick(List.of(PortState.values())))
                .withVlans(Map.of(1, true))
                .withVlans(vlans.containsKey(1) ? vlans : with(vlans, 1))
                .withPvid(pvid)
                .withVlans(pvid == 1 || vlans.containsKey(1) ? with(vlans, 1) : vlans)
                .withReflects(dice.percent(35))
                .withLearns(!dice.percent(shut))
                .withFloodsUnicast(!dice.percent(2 * shut))
                .withFloodsMulticast(!dice.percent(2 * shut))
                .withFloodsBroadcast(!dice.percent(2 * shut))
                .withIsolated(dice.percent(3 * shut))
                .withLocked(locked)
                .withMab(locked && dice.percent(60))
                .withRouter(dice.percent(60) ? RouterPort.QUERIED : dice.pick(List.of(RouterPort.values())))
                .withLeavesFast(dice.percent(30))
                .withStorm(dice.percent(85) ? StormControl.OFF : Storms.of(dice));
    }

    private static Map<Integer, Boolean> with(Map<Integer, Boolean> vlans, int vid) {
        Map<Integer, Boolean> more = new TreeMap<>(vlans);
        more.putIfAbsent(vid, true);
        return more;
    }

    private static BridgeSettings next(Dice dice, BridgeSettings last, int shut, int pace) {
        int port = dice.below(last.ports().size());
        return switch (dice.below(14)) {
            case 0, 1, 2 -> last.withPort(port, old -> port(dice, port, shut));
            case 3, 4 -> last.withoutVlan(port, dice.pick(VLANS));
            case 5 -> last.withVlanFiltering(!last.vlanFiltering());
            case 6 -> last.withAgeing(ageing(dice, pace));
            case 7 -> last.withMaxLearned(dice.below(4));
            case 8 -> last.withSnooping(snooping(dice, pace));
            case 9 -> last.withStations(List.of());
            case 10 -> last.withGroups(List.of());
            case 11 -> last.withPolicy(policy(dice, last.names()));
            case 12 -> last.withSharedLearning(!last.sharedLearning());
            default ->
                last.withPort(
                        port,
                        old -> old.withRouter(dice.pick(List.of(RouterPort.values())))
                                .withReflects(!old.reflects()));
        };
    }

    private static BridgeSettings withEntries(Dice dice, BridgeSettings plain) {
        List<FdbEntry> stations = new ArrayList<>(plain.stations());
        for (int more = dice.percent(50) ? 0 : dice.between(1, 4); more > 0; more--) {
            int port = dice.below(plain.ports().size());
            List<Integer> vids = new ArrayList<>(plain.ports().get(port).vlans().keySet());
            vids.add(0);
            EntryKind kind = dice.pick(List.of(EntryKind.STATIC, EntryKind.STICKY, EntryKind.LOCAL));
            FdbEntry entry = new FdbEntry(
                    address(dice),
                    dice.pick(vids),
                    kind == EntryKind.LOCAL && dice.percent(50) ? FdbEntry.BRIDGE : port,
                    kind);
            stations.removeIf(other -> other.address() == entry.address() && other.vid() == entry.vid());
            stations.add(entry);
        }
        List<MdbEntry> groups = new ArrayList<>(plain.groups());
        for (int more = dice.percent(60) ? 0 : dice.between(1, 4); more > 0; more--) {
            int vid = dice.percent(40) ? 0 : dice.pick(VLANS);
            groups.add(new MdbEntry(
                    dice.pick(GROUPS), vid, dice.below(plain.ports().size())));
        }
        return plain.withStations(stations).withGroups(groups);
    }

    private static Policy policy(Dice dice, List<String> ports) {
        List<PolicyRule> rules = new ArrayList<>();
        for (int number = dice.percent(60) ? 0 : dice.between(1, 5); number > 0; number--) {
            List<String> from = dice.percent(60) ? List.of() : List.of(dice.pick(ports));
            rules.add(new PolicyRule(dice.pick(MATCHES), Direction.ANY, from, action(dice, dice.pick(ports))));
        }
        return new Policy(rules);
    }

    private static PolicyAction action(Dice dice, String port) {
        return switch (dice.below(11)) {
            case 0 -> new PolicyAction.Permit();
            case 1 -> new PolicyAction.Drop();
            case 2 -> new PolicyAction.Redirect(port);
            case 3 -> new PolicyAction.Hairpin();
            case 4, 5 -> new PolicyAction.Mirror(port);
            case 6, 7 -> new PolicyAction.SetVlan(dice.pick(VLANS));
            case 8 -> new PolicyAction.SetPriority(dice.below(8));
            default ->
                new PolicyAction.RateLimit(
                        dice.pick(1L, 800_000L, 1_000_000_000L, Long.MAX_VALUE), dice.pick(1L, 60L, 2_000L, 40_000L));
        };
    }

    /** A station's address. */
    static long address(Dice dice) {
        return station(dice.between(1, STATIONS));
    }

    /** A destination that frames have; groups with IP behind them are made by the traffic. */
    static long destination(Dice dice) {
        int kind = dice.below(100);
        if (kind < 70) {
            return kind < 1 ? 0 : address(dice);
        }
        return kind < 85 ? Mac.BROADCAST : 0x0180_C200_0000L + dice.below(0x12);
    }
}
