package dev.hairpin.model.wire;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Passing;
import dev.hairpin.model.link.Queues;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Turns;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The class queues of a wire port and what empties them, in virtual time. When a wire is free and something may be sent, the
 * next frame is chosen (802.1Q-2022 8.6.8): of the highest strict class that has one, else by turns among the classes that share
 * bandwidth, deficit round robin, which clause 37 permits. A class whose first frame is of a priority that is held back has none,
 * and what stands behind that frame waits with it (8.6.8, note). A frame under way is finished.
 *
 * <p>A choice is made when no frame can come before it any more; what waits is kept with its queue as its port, queues counted
 * class by class, wire by wire. When classes change, or wires go up or down, what waits is sorted anew in the order in which it
 * came; then no wire begins before all that was under way is through. So the frames of a conversation stay in order.
 */
final class WirePort implements Passing {
    private static final int CLASSES = TrafficClasses.MOST;
    private static final int[] NONE = {};

    private final boolean takesTime;
    private final int queue;
    private final Steps<WireSettings> steps;
    private final Server[] wires;
    private final Turns[] turns;
    private final boolean loses;

    /** By wire, the class of the last frame to begin, and when that is through. */
    private final long[] lastClass;

    private final long[] lastDeparture;

    /** Nothing begins before. */
    private long spread = Long.MIN_VALUE;

    private int holds;
    private Burst waiting = Burst.EMPTY;
    private final BurstBuilder[] out;
    private final BurstBuilder left;

    WirePort(long rate, int queue, Steps<WireSettings> steps) {
        int members = steps.now().bond().members().size();
        if (steps.all().stream().anyMatch(each -> each.bond().members().size() != members)) {
            throw new IllegalArgumentException("wires come or go while it runs");
        }
        this.takesTime = rate != Server.UNLIMITED;
        this.queue = queue;
        this.steps = steps;
        this.wires = new Server[members];
        this.turns = new Turns[members];
        this.out = new BurstBuilder[members];
        Arrays.setAll(wires, wire -> Server.wire(rate, Integer.MAX_VALUE));
        Arrays.setAll(turns, wire -> new Turns(CLASSES));
        Arrays.setAll(out, wire -> new BurstBuilder(0));
        this.lastClass = new long[members];
        this.lastDeparture = new long[members];
        Arrays.fill(lastDeparture, Long.MIN_VALUE);
        this.left = new BurstBuilder(0);
        boolean waits =
                takesTime || steps.all().stream().anyMatch(each -> each.flow().holds() != 0);
        this.loses = waits && queue != Integer.MAX_VALUE;
        configure();
    }

    private WirePort(WirePort other) {
        takesTime = other.takesTime;
        queue = other.queue;
        steps = other.steps.copy();
        wires = Arrays.stream(other.wires).map(Server::copy).toArray(Server[]::new);
        turns = Arrays.stream(other.turns).map(Turns::copy).toArray(Turns[]::new);
        loses = other.loses;
        lastClass = other.lastClass.clone();
        lastDeparture = other.lastDeparture.clone();
        spread = other.spread;
        holds = other.holds;
        waiting = other.waiting;
        out = other.out;
        left = other.left;
    }

    private void configure() {
        WireSettings now = steps.now();
        holds = now.flow().holds();
        for (Turns each : turns) {
            each.under(now.classes().weights(), now.classes().ranks());
        }
    }

    @Override
    public boolean loses() {
        return loses;
    }

    @Override
    public boolean mayLose(Batch arrived) {
        return (long) waiting.size() + arrived.burst().size() + 1 > queue;
    }

    /** The class, and beyond all classes once more for those of which something is held back. */
    @Override
    public int kind(Burst burst, int row) {
        WireSettings then = steps.at(burst.time(row));
        int tc = then.classes().of(burst.tag(row));
        for (int priority = 0; priority < TrafficClasses.PRIORITIES; priority++) {
            if (then.classes().classOf().get(priority) == tc && (then.flow().holds() & 1 << priority) != 0) {
                return CLASSES + tc;
            }
        }
        return tc;
    }

    @Override
    public boolean isOf(Outcome drop, Burst burst, int row) {
        return drop.ingress() == kind(burst, row) % CLASSES;
    }

    @Override
    public Passing copy() {
        return new WirePort(this);
    }

    @Override
    public Passed pass(Batch arrived, Admission admission) {
        return new Wave(arrived.burst()).pass(arrived, admission);
    }

    @Override
    public long earliest() {
        return Arrays.stream(wires).mapToLong(Server::earliest).min().orElseThrow();
    }

    @Override
    public Burst waiting() {
        return waiting;
    }

    @Override
    public void keep(Burst frames) {
        waiting = frames;
    }

    @Override
    public List<long[]> state() {
        List<long[]> state = new ArrayList<>();
        for (int wire = 0; wire < wires.length; wire++) {
            state.add(wires[wire].state());
            state.add(turns[wire].state());
        }
        state.add(lastClass);
        state.add(lastDeparture);
        state.add(new long[] {spread});
        state.addAll(steps.state());
        return state;
    }

    @Override
    public void restore(List<long[]> state) {
        int next = 0;
        for (int wire = 0; wire < wires.length; wire++) {
            wires[wire].restore(state.get(next++));
            turns[wire].restore(state.get(next++));
        }
        System.arraycopy(state.get(next++), 0, lastClass, 0, wires.length);
        System.arraycopy(state.get(next++), 0, lastDeparture, 0, wires.length);
        spread = state.get(next++)[0];
        steps.restore(state.subList(next, state.size()));
        configure();
    }

    /** One wave: frames that waited before it come first, then those that arrive. */
    private final class Wave {
        private final Burst arrived;
        private final Queues queues;

        /** When the latest frame came that is in a queue or was. */
        private long latest = Long.MIN_VALUE;

        Wave(Burst arrived) {
            this.arrived = arrived;
            this.queues = new Queues(wires.length * CLASSES, waiting, arrived);
        }

        Passed pass(Batch batch, Admission admission) {
            for (int row = 0; row < queues.waited(); row++) {
                enter(row, waiting.port(row), waiting.time(row));
            }
            int[] dropped = loses ? new int[arrived.size()] : NONE;
            int drops = 0;
            for (int row = 0; row < arrived.size(); row++) {
                long now = arrived.time(row);
                serveUntil(now);
                int wire = steps.now().bond().member(arrived, row);
                int tc = steps.now().classes().of(arrived.tag(row));
                int into = wire * CLASSES + tc;
                int underWay = lastClass[wire] == tc && lastDeparture[wire] > now ? 1 : 0;
                if (!admission.admits(row, !loses || queues.held(into) + underWay < queue)) {
                    queues.pass(queues.arrived(row));
                    dropped[drops++] = row;
                    continue;
                }
                long next = row + 1 < arrived.size() ? arrived.time(row + 1) : batch.promisedTime();
                if (!sendAtOnce(row, wire, tc, now, next)) {
                    enter(queues.arrived(row), into, now);
                }
            }
            serveUntil(batch.promisedTime());
            waiting = queues.left(left);
            return new Passed(Arrays.stream(out).map(BurstBuilder::build).toArray(Burst[]::new), dropped, drops);
        }

        private void enter(int row, int into, long now) {
            queues.enter(row, into);
            look(into);
            latest = now;
        }

        /** Whether a class of a wire has something to send follows from the first of its frames. */
        private void look(int at) {
            Turns its = turns[at / CLASSES];
            if (queues.held(at) == 0) {
                its.rests(at % CLASSES);
            } else {
                int head = queues.head(at);
                its.waits(at % CLASSES);
                its.stalls(at % CLASSES, isHeld(queues.burst(head).tag(queues.inBurst(head))));
            }
        }

        private boolean isHeld(int tag) {
            return (holds & 1 << TrafficClasses.priority(tag)) != 0;
        }

        /** Begins all frames that can begin before {@code limit}: only then is it known who contends. */
        private void serveUntil(long limit) {
            while (steps.isDue(limit)) {
                long change = steps.next();
                serveAllBefore(change);
                WireSettings before = steps.now();
                steps.reach(change);
                configure();
                sort(before);
                IntStream.range(0, wires.length * CLASSES).forEach(this::look);
            }
            serveAllBefore(limit);
        }

        /** What waits goes where it would go if it came now. */
        private void sort(WireSettings before) {
            WireSettings now = steps.now();
            boolean spreads = !before.bond().equals(now.bond());
            if (!spreads && before.classes().equals(now.classes())) {
                return;
            }
            queues.sort((row, in) -> {
                Burst burst = queues.burst(row);
                int wire = spreads ? now.bond().member(burst, queues.inBurst(row)) : in / CLASSES;
                return wire * CLASSES + now.classes().of(burst.tag(queues.inBurst(row)));
            });
            if (spreads) {
                spread = Math.max(spread, Arrays.stream(lastDeparture).max().orElseThrow());
            }
        }

        private void serveAllBefore(long limit) {
            for (int wire = 0; wire < wires.length; wire++) {
                while (turns[wire].anyWaits()) {
                    long now = Math.max(Math.max(free(wire), latest), steps.since());
                    if (now >= limit) {
                        break;
                    }
                    serve(wire, now);
                }
            }
        }

        private long free(int wire) {
            return Math.max(wires[wire].earliest(), spread);
        }

        private void serve(int wire, long now) {
            int first = wire * CLASSES;
            int tc = turns[wire].next(now, wires, next -> queues.length(queues.head(first + next)));
            turns[wire].spent(tc, queues.length(queues.head(first + tc)));
            int row = queues.take(first + tc);
            look(first + tc);
            send(queues.burst(row), queues.inBurst(row), wire, tc, now);
        }

        private void send(Burst burst, int row, int wire, int tc, long now) {
            lastClass[wire] = tc;
            lastDeparture[wire] = wires[wire].serve(now, burst.length(row));
            out[wire].add(burst, row, lastDeparture[wire], 0);
        }

        /**
         * A frame that nobody contends with begins as it comes; the turn is its class's as if it had been chosen. Where a wire
         * takes no time nobody contends, but for those of its class that are held back.
         */
        private boolean sendAtOnce(int row, int wire, int tc, long now, long next) {
            boolean alone = takesTime
                    ? queues.backlog() == 0 && next != now && wires[wire].earliest() <= now
                    : queues.held(wire * CLASSES + tc) == 0;
            if (!alone || spread > now || isHeld(arrived.tag(row))) {
                return false;
            }
            turns[wire].hasHad(tc);
            queues.pass(queues.arrived(row));
            latest = now;
            send(arrived, row, wire, tc, now);
            return true;
        }
    }
}
