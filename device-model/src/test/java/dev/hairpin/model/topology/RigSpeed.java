package dev.hairpin.model.topology;

import static dev.hairpin.model.testkit.Frame.group;
import static dev.hairpin.model.testkit.Frame.station;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.relay.Vsi;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.topology.LanSettings.Limits;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/**
 * Frames a second through the Rig, not a test: eight VFs and eight stations outside, 60 % between VFs, 30 % to or from the
 * outside, 5 % broadcast, 5 % multicast, in waves of 4,096. Arguments: rounds, frames of a round.
 */
final class RigSpeed implements Feed, DecisionLog, Receiver {
    private static final int VFS = 8;
    private static final int EXTERNALS = 8;
    private static final int WAVE = 4_096;
    private static final int HEADER = 14;
    private static final int VARIETY = 1 << 16;

    private final Slab slab;
    private final int[] port;
    private final int frames;
    private final Waves waves = new Waves(VFS + EXTERNALS);
    private int next;
    private long copies;
    private long decisions;

    private RigSpeed(Slab slab, int[] port, int frames) {
        this.slab = slab;
        this.port = port;
        this.frames = frames;
    }

    public static void main(String[] arguments) {
        int rounds = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 5;
        int frames = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 4_000_000;
        int[] port = new int[VARIETY];
        Slab slab = traffic(new Dice(1), port);
        for (int round = 0; round < rounds; round++) {
            for (Mode mode : Mode.values()) {
                for (boolean contended : new boolean[] {false, true}) {
                    RigSpeed run = new RigSpeed(slab, port, frames);
                    long before = System.nanoTime();
                    new Rig(Lan.of(settings(mode, contended)), run, run).run(run);
                    double seconds = (System.nanoTime() - before) / 1e9;
                    System.out.printf(
                            Locale.ROOT,
                            "%s %s %.2f M frames/s, %.2f decisions and %.2f copies a frame%n",
                            mode.word(),
                            contended ? "contended" : "bridging ",
                            frames / seconds / 1e6,
                            (double) run.decisions / frames,
                            (double) run.copies / frames);
                }
            }
        }
    }

    private static LanSettings settings(Mode mode, boolean contended) {
        List<Vsi> vsis = IntStream.range(0, VFS)
                .mapToObj(vf -> new Vsi("vf" + vf, List.of(station(vf)), List.of(), true))
                .toList();
        long[] addresses = new long[VFS + EXTERNALS];
        int[] behind = new int[VFS + EXTERNALS];
        for (int i = 0; i < addresses.length; i++) {
            addresses[i] = station(i);
            behind[i] = Math.max(0, i - VFS + 1);
        }
        Learned known = new Learned(addresses, behind, new long[addresses.length]);
        Limits limits = contended
                ? new Limits(10_000_000_000L, 1_000, 20_000_000_000L, 1_024, 500, 2_000, Limits.DEFAULT_AGEING)
                : Limits.NONE;
        return new LanSettings(mode, mode == Mode.VEPA, vsis, EXTERNALS, known, limits);
    }

    private static Slab traffic(Dice dice, int[] port) {
        ByteBuffer octets = ByteBuffer.allocate(VARIETY * HEADER + 2);
        for (int frame = 0; frame < VARIETY; frame++) {
            int from = dice.below(VFS);
            long to = station((from + dice.between(1, VFS - 1)) % VFS);
            int kind = dice.below(100);
            if (kind >= 60 && kind < 75) {
                to = station(VFS + dice.below(EXTERNALS));
            } else if (kind >= 75 && kind < 90) {
                from = VFS + dice.below(EXTERNALS);
                to = station(dice.below(VFS));
            } else if (kind >= 90) {
                to = kind < 95 ? Mac.BROADCAST : group(dice.below(4));
            }
            port[frame] = from;
            int at = frame * HEADER;
            octets.putLong(at, to << 16);
            octets.putLong(at + 6, station(from) << 16 | 0x0800);
        }
        return Slab.of(octets.array());
    }

    @Override
    public Batch[] next() {
        int end = Math.min(frames, next + WAVE);
        for (; next < end; next++) {
            int kind = next & (VARIETY - 1);
            waves.add(slab, (long) kind * HEADER, HEADER, 60 + (kind & 0x3FF), 500L * next, next + 1L, port[kind]);
        }
        return waves.cut(next == frames);
    }

    @Override
    public void stage(String stage, List<String> ports) {}

    @Override
    public void decided(String stage, Decided event) {
        decisions += event.size();
    }

    @Override
    public void received(int end, Burst burst) {
        copies += burst.size();
    }
}
