package dev.hairpin.model.relay;

import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.station;

import dev.hairpin.model.device.Choice;
import dev.hairpin.model.device.Choice.Xcast;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.match.FrameMatch;
import dev.hairpin.model.policy.Policy;
import dev.hairpin.model.policy.PolicyAction;
import dev.hairpin.model.policy.PolicyRule;
import dev.hairpin.model.policy.PolicyRule.Direction;
import dev.hairpin.model.testkit.Dice;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Configurations of a NIC by chance, for any device: few addresses, groups and VLANs, so that everything collides.
 *
 * @param before the configuration at the start
 * @param changes of it, in the order of their times
 */
record EdgeCase(NicSettings before, List<Timed<NicSettings>> changes) {
    /** Of the stations and of nobody. */
    static final long[] ADDRESSES = {
        station(0), station(1), station(2), station(3), station(4), station(5), station(6), station(7), station(8)
    };

    /** Of each of the first three another has the same twelve bits; the fourth is reserved. */
    static final long[] GROUPS = {
        group(1), group(0x1020), group(3), group(0x0F01), group(0x1320), 0x0100_5E00_0003L, 0x0180_C200_000EL
    };

    static final int[] VLANS = {10, 20, 30};

    /** With more stations than that, each has an address that is nobody else's. */
    private static final int FEW = 7;

    private static final List<FrameMatch> MATCHES = Stream.of(
                    "",
                    "",
                    "",
                    "ip",
                    "arp",
                    "vlan 10",
                    "not vlan",
                    "vlan and vlan",
                    "ether src 02:00:00:00:00:01",
                    "ether dst 02:00:00:00:00:02 or ether dst 02:00:00:00:00:03",
                    "ether broadcast",
                    "ether multicast and not ether broadcast",
                    "greater 1000",
                    "less 60",
                    "udp",
                    "udp dst port 53",
                    "vlan and ip and udp",
                    "ether[14] & 1 = 1",
                    "ether[6:4] = 0x02000000")
            .map(FrameMatch::compile)
            .toList();

    /** For that device. */
    static EdgeCase of(Dice dice, Device like, long begin, long end) {
        Device device = like;
        for (int more = dice.percent(40) ? 0 : dice.between(1, 8); more > 0; more--) {
            device = changed(dice, device, dice.pick(Choice.all()));
        }
        // What stations have in common in one case, so that neither all is open nor all is shut.
        int shut = dice.pick(0, 3, 3, 10, 30);
        int count = dice.percent(97) ? dice.between(1, FEW) : dice.between(FEW + 1, most(device));
        NicSettings before = settings(dice, device, vsis(dice, device, count, shut));
        List<Timed<NicSettings>> changes = new ArrayList<>();
        NicSettings last = before;
        for (int times = dice.percent(60) ? 0 : dice.between(1, 4); times > 0; times--) {
            long since =
                    changes.isEmpty() ? begin : changes.get(changes.size() - 1).time();
            long time = dice.percent(20) ? since : dice.between(since, Math.max(since, end + 5));
            if (dice.percent(15)) {
                changes.add(new Timed<>(time, "vf9 up", "no such station", last));
                continue;
            }
            last = next(dice, last, shut);
            changes.add(new Timed<>(time, "change " + times, "", last));
        }
        return new EdgeCase(before, changes);
    }

    private static int most(Device device) {
        return Math.min(70, device.get(Choice.STATIONS));
    }

    private static NicSettings next(Dice dice, NicSettings last, int shut) {
        return switch (dice.below(4)) {
            case 0 -> last.in(dice.pick(List.of(Mode.values())));
            case 1 -> last.under(policy(dice, last.vsis(), last.device()));
            case 2 -> last.with(vsis(dice, last.device(), last.vsis().size(), shut));
            default ->
                settings(
                        dice,
                        last.device(),
                        vsis(dice, last.device(), last.vsis().size(), shut));
        };
    }

    /** With another answer; what the tables do not speak of stays. */
    private static <T> Device changed(Dice dice, Device device, Choice<T> choice) {
        boolean capacity = List.of(
                        Choice.STATIONS,
                        Choice.ADDRESSES,
                        Choice.VLANS,
                        Choice.GROUPS,
                        Choice.MIRRORS,
                        Choice.CLASSES,
                        Choice.STATIONS_OF_4_CLASSES,
                        Choice.STATIONS_OF_8_CLASSES)
                .contains(choice);
        if (capacity || choice == Choice.MOST_MSS || choice == Choice.STATION_MODES || ofMacvlan(device, choice)) {
            return device;
        }
        String word = choice == Choice.LONGEST_FRAME
                ? dice.pick(List.of("60", "1514", "unlimited"))
                : dice.pick(List.of(choice.expected().split(" or ")));
        return device.with(choice, choice.parse(word).orElseThrow());
    }

    /** Where stations have modes, an address is of one, nobody is the default, and there are no VLANs. */
    private static boolean ofMacvlan(Device device, Choice<?> choice) {
        return device.get(Choice.STATION_MODES)
                && List.of(Choice.SHARED_ADDRESSES, Choice.DEFAULT_STATION, Choice.FILTERS_INGRESS_VLAN)
                        .contains(choice);
    }

    private static NicSettings settings(Dice dice, Device device, List<Vsi> vsis) {
        int station = device.get(Choice.DEFAULT_STATION) && dice.percent(40) ? dice.below(vsis.size()) : -1;
        return new NicSettings(
                "nic0",
                device,
                dice.pick(List.of(Mode.values())),
                vsis,
                policy(dice, vsis, device),
                station,
                dice.percent(92));
    }

    private static Policy policy(Dice dice, List<Vsi> vsis, Device device) {
        List<PolicyRule> rules = new ArrayList<>();
        int mirrors = 0;
        for (int number = dice.percent(50) ? 0 : dice.between(1, 6); number > 0; number--) {
            List<String> ports = new ArrayList<>();
            for (int names = dice.percent(70) ? 0 : dice.between(1, 3); names > 0; names--) {
                ports.add(port(dice, vsis));
            }
            PolicyAction action = action(dice, port(dice, vsis));
            boolean full = action instanceof PolicyAction.Mirror && ++mirrors > device.get(Choice.MIRRORS);
            rules.add(new PolicyRule(
                    dice.pick(MATCHES),
                    dice.pick(List.of(Direction.values())),
                    ports,
                    full ? new PolicyAction.Permit() : action));
        }
        return new Policy(rules);
    }

    private static String port(Dice dice, List<Vsi> vsis) {
        return dice.percent(30) ? "uplink" : dice.pick(vsis).name();
    }

    private static PolicyAction action(Dice dice, String port) {
        return switch (dice.below(12)) {
            case 0 -> new PolicyAction.Permit();
            case 1 -> new PolicyAction.Drop();
            case 2 -> new PolicyAction.Redirect(port);
            case 3 -> new PolicyAction.Hairpin();
            case 4 -> new PolicyAction.SwitchLocally();
            case 5, 6 -> new PolicyAction.Mirror(port);
            case 7, 8 -> new PolicyAction.SetVlan(dice.pick(VLANS));
            case 9 -> new PolicyAction.SetPriority(dice.below(8));
            default ->
                new PolicyAction.RateLimit(
                        dice.pick(1L, 800_000L, 1_000_000_000L, 333_333_333_333L, Long.MAX_VALUE),
                        dice.pick(1L, 60L, 2_000L, 40_000L, PolicyAction.RateLimit.MOST_OCTETS));
        };
    }

    private static List<Vsi> vsis(Dice dice, Device device, int count, int shut) {
        List<Vsi> vsis = new ArrayList<>();
        List<Long> taken = new ArrayList<>();
        for (int number = 0; number < count; number++) {
            List<Long> addresses = new ArrayList<>();
            if (count > FEW) {
                addresses.add(own(number));
            }
            for (int more = count > FEW ? dice.below(2) : dice.pick(0, 1, 1, 2, 3); more > 0; more--) {
                long address = dice.pick(ADDRESSES);
                if (!addresses.contains(address) && (device.get(Choice.SHARED_ADDRESSES) || !taken.contains(address))) {
                    addresses.add(address);
                    taken.add(address);
                }
            }
            List<Long> groups = new ArrayList<>();
            for (long group : GROUPS) {
                if (dice.percent(15)) {
                    groups.add(group);
                }
            }
            VsiSettings common = settings(dice, shut).withPhysical(number == 0 && dice.percent(50));
            vsis.add(new Vsi(
                    "vf" + number,
                    addresses,
                    groups,
                    device.get(Choice.STATION_MODES) ? moded(dice, common) : managed(dice, common, shut)));
        }
        return vsis;
    }

    private static VsiSettings settings(Dice dice, int shut) {
        return VsiSettings.DEFAULT
                .withUp(!dice.percent(shut))
                .withAssociated(!dice.percent(shut))
                .withTxEnabled(!dice.percent(shut))
                .withRxEnabled(!dice.percent(shut))
                .withTrouble(dice.percent(shut) ? dice.pick(List.of(Trouble.values())) : Trouble.NONE)
                .withBroadcast(!dice.percent(2 * shut))
                .withXcast(dice.pick(List.of(Xcast.values())))
                .withTrusted(dice.percent(40))
                .withLoopback(dice.percent(40))
                .withStorm(dice.percent(80) ? StormControl.OFF : Storms.of(dice))
                .withLongestFrame(dice.percent(80) ? Integer.MAX_VALUE : dice.pick(60, 64, 1_514, 1_518));
    }

    /** With VLANs and anti-spoofing. */
    private static VsiSettings managed(Dice dice, VsiSettings common, int shut) {
        VlanSet vlans = dice.percent(40)
                ? VlanSet.ANY
                : dice.pick(List.of(VlanSet.NONE, VlanSet.of(10), VlanSet.of(10, 20), VlanSet.of(20, 30, 4094)));
        return common.withPortVlan(dice.percent(30) ? dice.pick(VLANS) : 0)
                .withPortPriority(dice.below(8))
                .withVlans(vlans)
                .withUntagged(dice.percent(70))
                .withSpoofMac(dice.percent(3 * shut))
                .withSpoofVlan(dice.percent(3 * shut))
                .withSpoofEtherType(dice.percent(3 * shut));
    }

    /** With a mode of its own, and a list of sources. */
    private static VsiSettings moded(Dice dice, VsiSettings common) {
        List<Long> sources = new ArrayList<>();
        for (int more = dice.below(4); more > 0; more--) {
            sources.add(dice.pick(ADDRESSES));
        }
        StationMode mode = dice.percent(30)
                ? StationMode.AS_RELAY
                : dice.percent(10) ? StationMode.PASSTHRU : dice.pick(List.of(StationMode.values()));
        return common.withMode(mode == StationMode.PASSTHRU && dice.percent(60) ? StationMode.BRIDGE : mode)
                .withSources(sources)
                .withConsumes(dice.percent(30));
    }

    private static long own(int number) {
        return station(100 + number);
    }

    /** An address that frames have where there are so many stations. */
    static long destination(Dice dice, int stations) {
        int kind = dice.below(stations > FEW ? 200 : 100);
        if (kind >= 100) {
            return own(dice.below(stations));
        }
        if (kind < 60) {
            return dice.pick(ADDRESSES);
        }
        if (kind < 75) {
            return Mac.BROADCAST;
        }
        if (kind < 95) {
            return dice.pick(GROUPS);
        }
        return kind < 99 ? 0x0180_C200_0000L + dice.below(0x12) : 0;
    }
}
