package dev.hairpin.persistence;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.model.decision.StageOpened;
import dev.hairpin.model.frame.TagChange;
import dev.hairpin.model.frame.VlanTag;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Events of all shapes from a seed; {@code -Dseed=N} repeats a run. */
public final class RandomEvents {
    private static final Rule[] RULES = Rule.values();
    private static final DropReason[] REASONS = DropReason.values();

    private final SplittableRandom random;

    public RandomEvents(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** The seed of this run of the tests, to be named in every message. */
    public static long seed() {
        return Long.getLong("seed", System.nanoTime());
    }

    /** Any event at all. */
    public StageEvent any() {
        return random.nextInt(10) == 0 ? opened() : decided();
    }

    public StageOpened opened() {
        return new StageOpened(random.nextInt(4) == 0 ? "" : "stage." + random.nextInt(9), names(random.nextInt(12)));
    }

    private List<String> names(int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(random.nextInt(8) == 0 ? "Straße ⇄ " + i : "vf" + i);
        }
        return names;
    }

    public Decided decided() {
        int rows = random.nextInt(3) == 0 ? random.nextInt(3) : random.nextInt(300);
        int slack = random.nextInt(3);
        long[] time = column(rows + slack);
        long[] number = column(rows + slack);
        int[] outcome = new int[rows + slack];
        int known = 1 + random.nextInt(random.nextBoolean() ? 3 : 1_000_000);
        boolean steady = random.nextBoolean();
        for (int row = 0; row < outcome.length; row++) {
            outcome[row] = steady && row > 0 && random.nextInt(20) > 0 ? outcome[row - 1] : random.nextInt(known);
        }
        List<Outcome> fresh = new ArrayList<>();
        for (int i = random.nextInt(5); i > 0; i--) {
            fresh.add(outcome());
        }
        return new Decided(wild(), rows, time, number, outcome, random.nextInt(1000), fresh, effects());
    }

    /** Steady, nearly steady, or anything. */
    private long[] column(int rows) {
        long[] column = new long[rows];
        long value = wild();
        long step = random.nextInt(2000);
        int kind = random.nextInt(4);
        for (int row = 0; row < rows; row++) {
            column[row] = value;
            value += switch (kind) {
                case 0 -> step;
                case 1 -> random.nextInt(16) == 0 ? random.nextLong() : step;
                case 2 -> random.nextInt(-200, 20_000);
                default -> random.nextLong();
            };
        }
        return column;
    }

    private long wild() {
        return switch (random.nextInt(5)) {
            case 0 -> 0;
            case 1 -> random.nextInt(100);
            case 2 -> Long.MAX_VALUE - random.nextInt(3);
            case 3 -> Long.MIN_VALUE + random.nextInt(3);
            default -> random.nextLong();
        };
    }

    public Outcome outcome() {
        int ports = 1 + random.nextInt(70);
        int copies = random.nextInt(4);
        int drops = copies == 0 ? 1 + random.nextInt(3) : random.nextInt(3);
        int[] droppedPort = random.ints(drops, Outcome.NO_PORT, ports).sorted().toArray();
        DropReason[] reasons = new DropReason[drops];
        Arrays.setAll(reasons, i -> REASONS[random.nextInt(REASONS.length)]);
        return new Outcome(
                random.nextInt(ports),
                RULES[random.nextInt(RULES.length)],
                random.ints(copies, 0, ports).sorted().toArray(),
                random.nextBoolean()
                        ? new long[0]
                        : random.longs(copies).map(RandomEvents::change).toArray(),
                droppedPort,
                reasons,
                random.ints(random.nextInt(3), 1, 200).toArray());
    }

    private static long change(long any) {
        int tag = VlanTag.of((any & 1) == 0 ? VlanTag.TPID_C : VlanTag.TPID_S, (int) (any >>> 40));
        return switch ((int) (any & 6)) {
            case 0 -> TagChange.KEEP;
            case 2 -> TagChange.POP;
            case 4 -> TagChange.push(tag);
            default -> TagChange.replace(tag);
        };
    }

    private Decided.Effects effects() {
        List<Decided.Applied> applied = new ArrayList<>();
        for (int i = random.nextInt(10) - 7; i > 0; i--) {
            applied.add(
                    new Decided.Applied(wild(), "ip link set dev nic" + i, random.nextBoolean() ? "" : "no such NIC"));
        }
        return new Decided.Effects(learned(), metered(), applied);
    }

    public Decided.Metered metered() {
        int meters = Math.max(0, random.nextInt(10) - 5);
        return meters == 0
                ? Decided.Metered.NOTHING
                : new Decided.Metered(
                        random.ints(meters, 0, 1_000).toArray(),
                        random.longs(meters).toArray(),
                        random.longs(meters).toArray());
    }

    public Decided.Learned learned() {
        if (random.nextBoolean()) {
            return Decided.Learned.NOTHING;
        }
        int stations = random.nextInt(50);
        int kinds = random.nextBoolean() ? 1 : 9;
        return new Decided.Learned(
                random.longs(stations).toArray(),
                random.ints(stations).toArray(),
                random.longs(stations).toArray(),
                random.ints(stations, 0, kinds).toArray());
    }

    /** A sound stage: it opens with {@code ports} ports, and each event uses only outcomes that it or others define. */
    public List<StageEvent> stage(String name, int ports, int events, int rows) {
        List<StageEvent> stage = new ArrayList<>();
        stage.add(new StageOpened(
                name,
                java.util.stream.IntStream.range(0, ports)
                        .mapToObj(i -> "p" + i)
                        .toList()));
        Outcomes known = new Outcomes();
        long time = 1_000_000_000;
        long number = 0;
        for (int wave = 1; wave <= events; wave++) {
            int before = known.size();
            long[] times = new long[rows];
            long[] numbers = new long[rows];
            int[] outcomes = new int[rows];
            for (int row = 0; row < rows; row++) {
                time += random.nextInt(2000);
                times[row] = time;
                numbers[row] = ++number;
                outcomes[row] = known.number(
                        Outcome.forward(random.nextInt(ports), RULES[random.nextInt(4)], random.nextInt(ports)));
            }
            stage.add(new Decided(
                    wave, rows, times, numbers, outcomes, before, known.from(before), Decided.Learned.NOTHING));
        }
        return stage;
    }
}
