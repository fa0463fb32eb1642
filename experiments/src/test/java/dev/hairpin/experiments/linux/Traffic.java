package dev.hairpin.experiments.linux;

import dev.hairpin.model.frame.Mac;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** The frames of a set-up: families written out, and others by seeded chance. */
final class Traffic {
    private static final int BY_CHANCE = 250;
    private static final int BY_CHANCE_IN_A_ROUND = 50;
    private static final int SHORTEST = 14;
    private static final int LEAST = 60;
    private static final int MOST = 1514;

    private static final long ZERO = 0;
    private static final long NOWHERE = 0x0200_0000_0900L;
    private static final List<Long> GROUPS = List.of(
            SetUp.ALL_HOSTS, SetUp.GROUP, SetUp.SHARED_GROUP, SetUp.LONELY_GROUP, SetUp.ALIKE_GROUP, SetUp.PLAIN_GROUP);

    private final SetUp setUp;
    private final List<String> ends;

    /** The first and last of the functions, and a station outside; or two ports. */
    private final List<String> few;

    private final List<Probe> probes = new ArrayList<>();

    private Traffic(SetUp setUp) {
        this.setUp = setUp;
        this.ends = setUp.senders();
        this.few = setUp.functions().isEmpty()
                ? List.of("p0", "p1")
                : Stream.of("vf0", "vf" + (setUp.functions().size() - 1), "ext0")
                        .distinct()
                        .toList();
    }

    /** For each of the set-up's rounds. */
    static List<List<Probe>> of(SetUp setUp) {
        Traffic traffic = new Traffic(setUp);
        SplittableRandom dice = new SplittableRandom(setUp.name().hashCode());
        if (setUp.rounds().size() == 1) {
            traffic.all(dice);
            return List.of(List.copyOf(traffic.probes));
        }
        List<List<Probe>> rounds = new ArrayList<>();
        for (int round = 0; round < setUp.rounds().size(); round++) {
            int before = traffic.probes.size();
            traffic.round(dice);
            rounds.add(List.copyOf(traffic.probes.subList(before, traffic.probes.size())));
        }
        return rounds;
    }

    private void all(SplittableRandom dice) {
        everyoneToEveryone();
        unknown();
        groups();
        reserved();
        invalidSources();
        othersSources();
        everyoneToEveryone();
        tags();
        lengths();
        moves(SetUp.WANDERER);
        byChance(dice, BY_CHANCE);
    }

    /** Less of it, for what is looked at again after a change. */
    private void round(SplittableRandom dice) {
        for (int own = 0; own < 3; own++) {
            moves(SetUp.WANDERER + own);
        }
        everyoneToEveryone();
        unknown();
        groups();
        reserved();
        invalidSources();
        othersSources();
        everyoneToEveryone();
        if (setUp.needs().contains(SetUp.Feature.VLAN_FILTERING)) {
            vlans();
        }
        byChance(dice, BY_CHANCE_IN_A_ROUND);
    }

    /** Oneself included. The first time, a cold bridge learns from it. */
    private void everyoneToEveryone() {
        for (String from : ends) {
            for (String to : ends) {
                send(from, setUp.own(to));
            }
        }
    }

    private void unknown() {
        for (String from : ends) {
            send(from, NOWHERE);
            send(from, ZERO);
        }
    }

    private void groups() {
        for (String from : ends) {
            send(from, Mac.BROADCAST);
            for (long group : GROUPS) {
                send(from, group);
            }
        }
    }

    private void reserved() {
        for (String from : few) {
            for (int x = 0; x < 0x10; x++) {
                send(from, SetUp.RESERVED + x);
            }
            send(from, SetUp.RESERVED + 0x10);
            send(from, SetUp.RESERVED + 0x20);
            send(from, SetUp.RESERVED + 0x21);
            send(from, Mac.PAUSE, setUp.own(from), Probe.MAC_CONTROL, LEAST);
            send(from, SetUp.GROUP, setUp.own(from), Probe.MAC_CONTROL, LEAST);
            send(from, Mac.BROADCAST, setUp.own(from), Probe.MAC_CONTROL, LEAST);
            send(from, setUp.own(ends.get(1)), setUp.own(from), Probe.MAC_CONTROL, LEAST);
            send(from, SetUp.RESERVED + 0xE, setUp.own(from), "88cc", LEAST);
        }
        // Not learnt from, or learnt from: who the bridge thinks these are shows in the frame behind each.
        String outside = ends.get(ends.size() - 1);
        for (int x : new int[] {0x0, 0x1, 0x3, 0xE}) {
            send(outside, SetUp.RESERVED + x, SetUp.WANDERER + 0x10 + x, Probe.EXPERIMENTAL, LEAST);
            send(few.get(0), SetUp.WANDERER + 0x10 + x);
        }
    }

    private void invalidSources() {
        for (String from : few) {
            for (long source : new long[] {ZERO, SetUp.GROUP, Mac.BROADCAST}) {
                send(from, setUp.own(ends.get(1)), source);
                send(from, setUp.own(ends.get(ends.size() - 1)), source);
                send(from, NOWHERE, source);
                send(from, Mac.BROADCAST, source);
                send(from, SetUp.GROUP, source);
                send(from, SetUp.RESERVED, source);
            }
        }
    }

    /** Addresses of others, behind which the bridge then looks for them, until they speak up again. */
    private void othersSources() {
        for (String from : few) {
            for (String whose : ends) {
                long source = setUp.own(whose);
                for (String to : ends) {
                    send(from, setUp.own(to), source);
                }
                send(from, Mac.BROADCAST, source);
                send(from, SetUp.SHARED_GROUP, source);
                send(ends.get(1), source);
                send(ends.get(ends.size() - 1), source);
                send(whose, Mac.BROADCAST);
                send(ends.get(ends.size() - 1), source);
            }
        }
    }

    private void tags() {
        for (String tag : List.of("81000000", "81000001", "8100e00a", "81000fff", "88a80064", "88a800648100000a")) {
            for (String from : few) {
                send(from, setUp.own(ends.get(1)), setUp.own(from), tag + Probe.EXPERIMENTAL, LEAST + 4);
                send(from, setUp.own(ends.get(ends.size() - 1)), setUp.own(from), tag + Probe.EXPERIMENTAL, LEAST + 4);
                send(from, NOWHERE, setUp.own(from), tag + Probe.EXPERIMENTAL, LEAST + 4);
                send(from, Mac.BROADCAST, setUp.own(from), tag + Probe.EXPERIMENTAL, LEAST + 4);
                send(from, SetUp.SHARED_GROUP, setUp.own(from), tag + Probe.EXPERIMENTAL, LEAST + 4);
            }
        }
    }

    /** Everyone to everyone and to all, in a VLAN. */
    private void vlans() {
        for (String tag : List.of("81000001", "8100000a", "81004014", "8100000a81000014")) {
            for (String from : ends) {
                send(from, Mac.BROADCAST, setUp.own(from), tag + Probe.EXPERIMENTAL, LEAST + 4);
                for (String to : ends) {
                    send(from, setUp.own(to), setUp.own(from), tag + Probe.EXPERIMENTAL, LEAST + 4);
                }
            }
        }
    }

    private void lengths() {
        for (String from : few) {
            String to = ends.get(1);
            for (int length : new int[] {SHORTEST - 1, SHORTEST, SHORTEST + 1, LEAST - 1, LEAST, 61, MOST - 1, MOST}) {
                send(from, setUp.own(to), setUp.own(from), Probe.EXPERIMENTAL, length);
                send(from, Mac.BROADCAST, setUp.own(from), Probe.EXPERIMENTAL, length);
            }
            send(from, setUp.own(to), setUp.own(from), "8100000a" + Probe.EXPERIMENTAL, MOST + 4);
            // Tagged, and cut behind: the EtherType of the tag, half the tag, the tag, the next EtherType and 1 or 2.
            for (int length : new int[] {14, 16, 17, 18, 19, 20}) {
                send(from, setUp.own(to), setUp.own(from), "8100000a" + Probe.EXPERIMENTAL, length);
            }
        }
    }

    /** One station shows up at every end in turn; everyone writes to it each time. */
    private void moves(long station) {
        for (String at : ends) {
            send(at, NOWHERE, station);
            for (String from : ends) {
                send(from, station);
            }
        }
    }

    private void byChance(SplittableRandom dice, int count) {
        for (int i = 0; i < count; i++) {
            String from = ends.get(dice.nextInt(ends.size()));
            String types = dice.nextInt(8) == 0
                    ? "8100" + hex16(dice.nextInt(0x10000)) + Probe.EXPERIMENTAL
                    : Probe.EXPERIMENTAL;
            int length = dice.nextInt(4) > 0 ? LEAST : dice.nextInt(LEAST, MOST + 1);
            send(from, anyDestination(dice, from), anySource(dice, from), types, length);
        }
    }

    /** Reserved ones from outside only: of those from functions the kernel's bridge learns, and the model's does not. */
    private long anyDestination(SplittableRandom dice, String from) {
        int kind = dice.nextInt(100);
        if (kind < 65) {
            return anyStation(dice);
        }
        if (kind < 75) {
            return Mac.BROADCAST;
        }
        return kind < 92 || from.startsWith("vf")
                ? GROUPS.get(dice.nextInt(GROUPS.size()))
                : SetUp.RESERVED + dice.nextInt(0x11);
    }

    private long anySource(SplittableRandom dice, String from) {
        int kind = dice.nextInt(100);
        if (kind < 75) {
            return setUp.own(from);
        }
        return kind < 96 ? anyStation(dice) : kind < 98 ? ZERO : SetUp.GROUP;
    }

    private long anyStation(SplittableRandom dice) {
        return switch (dice.nextInt(8)) {
            case 0 -> NOWHERE + dice.nextInt(3);
            case 1 -> SetUp.WANDERER + dice.nextInt(3);
            default -> setUp.own(ends.get(dice.nextInt(ends.size())));
        };
    }

    private void send(String from, long destination) {
        send(from, destination, setUp.own(from));
    }

    private void send(String from, long destination, long source) {
        send(from, destination, source, Probe.EXPERIMENTAL, LEAST);
    }

    private void send(String from, long destination, long source, String types, int length) {
        probes.add(new Probe(from, destination, source, types, length, probes.size() + 1));
    }

    private static String hex16(int value) {
        return HexFormat.of().toHexDigits((short) value);
    }
}
