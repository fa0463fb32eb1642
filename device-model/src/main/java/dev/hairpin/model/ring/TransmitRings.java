package dev.hairpin.model.ring;

import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Passing;
import dev.hairpin.model.link.Queues;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Turns;
import dev.hairpin.model.offload.Offloads;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The transmit rings of all functions and the scheduler that empties them, in virtual time. What they contend for is PCI
 * Express towards the device, and a rate at which the NIC takes frames; one frame is under way at a time, and holds its place
 * in the ring until it is through.
 *
 * <p>Who is next is decided when the way is free and somebody may send, with all frames known that have come by then: what is
 * not certain yet waits here. First come functions that are behind their minimum, the longest behind first; then the greatest
 * priority; then turns by weight (deficit round robin, of which 82599 and X3100 have a weighted form). A function with a
 * maximum may begin its next frame when the one before would be through at that rate (82599 RTTBCNRC).
 *
 * <p>Between waves the state is the frames that wait and a few numbers for each function.
 */
final class TransmitRings implements Passing {
    private static final int[] NONE = {};

    private final Steps<HostSide> steps;
    private List<Share> shares;
    private final List<Offloads> offloads;
    private final Charges charges;
    private final Server bus;
    private Server taking;

    /** By function: when it may begin again under its maximum, and when its minimum is due again. */
    private final Server[] most;

    private final Server[] least;
    private final Turns turns;
    private final boolean takesNoTime;
    private final boolean loses;

    /** By function, the fewest places that its ring ever has. */
    private final int[] fewest;

    /** What waits, of all rings in the order in which it came, with its function as the port. */
    private Burst waiting = Burst.EMPTY;

    /** Whose frame was the last to begin, and when that is through. */
    private int lastFunction = -1;

    private long lastDeparture = Long.MIN_VALUE;

    private final BurstBuilder out;
    private final BurstBuilder left;

    /** @param steps that change rings, shares and the rate at which the NIC takes frames, but not the slot */
    TransmitRings(Steps<HostSide> steps) {
        this.steps = steps;
        HostSide host = steps.now();
        this.shares = shares(host);
        this.offloads =
                host.functions().stream().map(HostSide.Function::offloads).toList();
        this.charges = new Charges(host.pcie()::towardsDevice);
        this.bus = host.pcie().server(Integer.MAX_VALUE);
        this.taking = new Server(host.rate(), Integer.MAX_VALUE, 0, 0);
        this.most = new Server[shares.size()];
        this.least = new Server[shares.size()];
        this.fewest = new int[shares.size()];
        for (int function = 0; function < most.length; function++) {
            int which = function;
            most[function] = new Server(shares.get(function).maxRate(), Integer.MAX_VALUE, 0, 0);
            least[function] = new Server(least(shares.get(function)), Integer.MAX_VALUE, 0, 0);
            fewest[function] = steps.all().stream()
                    .mapToInt(each -> each.functions().get(which).sends().ring())
                    .min()
                    .orElseThrow();
        }
        this.turns = new Turns(shares.size());
        share(host);
        this.takesNoTime = steps.all().stream().allMatch(TransmitRings::takesNoTime);
        this.loses = !takesNoTime && Arrays.stream(fewest).anyMatch(places -> places != Integer.MAX_VALUE);
        this.out = new BurstBuilder(0);
        this.left = new BurstBuilder(0);
    }

    private static List<Share> shares(HostSide host) {
        return host.functions().stream().map(HostSide.Function::sends).toList();
    }

    private static long least(Share share) {
        return share.minRate() == 0 ? Server.UNLIMITED : share.minRate();
    }

    private static boolean takesNoTime(HostSide host) {
        return host.pcie().takesNoTime()
                && host.rate() == Server.UNLIMITED
                && host.functions().stream()
                        .allMatch(function ->
                                function.sends().maxRate() == Server.UNLIMITED && function.stall() != Stall.SENDS);
    }

    private TransmitRings(TransmitRings other) {
        steps = other.steps.copy();
        shares = other.shares;
        offloads = other.offloads;
        charges = other.charges;
        bus = other.bus.copy();
        taking = other.taking.copy();
        most = Arrays.stream(other.most).map(Server::copy).toArray(Server[]::new);
        least = Arrays.stream(other.least).map(Server::copy).toArray(Server[]::new);
        turns = other.turns.copy();
        takesNoTime = other.takesNoTime;
        loses = other.loses;
        fewest = other.fewest;
        waiting = other.waiting;
        lastFunction = other.lastFunction;
        lastDeparture = other.lastDeparture;
        out = other.out;
        left = other.left;
    }

    @Override
    public boolean loses() {
        return loses;
    }

    @Override
    public boolean mayLose(Batch arrived) {
        int[] held = new int[most.length];
        if (lastFunction >= 0) {
            held[lastFunction]++;
        }
        return reaches(held, waiting) || reaches(held, arrived.burst());
    }

    private boolean reaches(int[] held, Burst burst) {
        for (int row = 0; row < burst.size(); row++) {
            int function = burst.port(row);
            if (++held[function] > fewest[function]) {
                return true;
            }
        }
        return false;
    }

    @Override
    public Passing copy() {
        return new TransmitRings(this);
    }

    @Override
    public Passed pass(Batch arrived, Admission admission) {
        return takesNoTime
                ? new Passed(new Burst[] {arrived.burst()}, NONE, 0)
                : new Wave(arrived.burst()).pass(arrived, admission);
    }

    @Override
    public long earliest() {
        return takesNoTime ? Long.MIN_VALUE : free();
    }

    @Override
    public Burst waiting() {
        return waiting;
    }

    @Override
    public List<long[]> state() {
        List<long[]> state = new ArrayList<>();
        servers().forEach(server -> state.add(server.state()));
        state.add(turns.state());
        state.add(new long[] {lastFunction, lastDeparture});
        state.addAll(steps.state());
        return state;
    }

    @Override
    public void restore(List<long[]> state) {
        int next = (int) servers().count() + 2;
        steps.restore(state.subList(next, state.size()));
        configure();
        next = 0;
        for (Server server : servers().toList()) {
            server.restore(state.get(next++));
        }
        turns.restore(state.get(next++));
        lastFunction = (int) state.get(next)[0];
        lastDeparture = state.get(next)[1];
    }

    /** Goes on under the settings that hold now. */
    private void configure() {
        HostSide host = steps.now();
        shares = shares(host);
        taking = taking.at(host.rate());
        for (int function = 0; function < most.length; function++) {
            most[function] = most[function].at(shares.get(function).maxRate());
            least[function] = least[function].at(least(shares.get(function)));
        }
        share(host);
    }

    private void share(HostSide host) {
        turns.under(
                shares.stream().mapToInt(Share::weight).toArray(),
                shares.stream().mapToInt(Share::priority).toArray());
        for (int function = 0; function < shares.size(); function++) {
            Share share = shares.get(function);
            turns.limited(function, share.minRate() > 0, share.maxRate() != Server.UNLIMITED);
            turns.stalls(function, host.functions().get(function).stall() == Stall.SENDS);
        }
    }

    @Override
    public void keep(Burst frames) {
        waiting = frames;
    }

    private Stream<Server> servers() {
        return Stream.concat(Stream.of(bus, taking), Stream.concat(Arrays.stream(most), Arrays.stream(least)));
    }

    /** When the next frame may begin, if somebody may send. */
    private long free() {
        return Math.max(bus.earliest(), taking.earliest());
    }

    /** One wave: frames that waited before it come first, then those that arrive. */
    private final class Wave {
        private final Burst arrived;
        private final Queues queues;

        /** When the latest frame came that is in a ring or was. */
        private long latest = Long.MIN_VALUE;

        Wave(Burst arrived) {
            this.arrived = arrived;
            this.queues = new Queues(most.length, waiting, arrived);
        }

        Passed pass(Batch batch, Admission admission) {
            for (int row = 0; row < queues.waited(); row++) {
                enter(row, waiting.port(row), waiting.time(row));
            }
            int[] dropped = new int[loses ? arrived.size() : 0];
            int drops = 0;
            for (int row = 0; row < arrived.size(); row++) {
                long now = arrived.time(row);
                serveUntil(now);
                int function = arrived.port(row);
                int underWay = function == lastFunction && lastDeparture > now ? 1 : 0;
                boolean place =
                        queues.held(function) + underWay < shares.get(function).ring();
                if (!admission.admits(row, place)) {
                    queues.pass(queues.arrived(row));
                    dropped[drops++] = row;
                    continue;
                }
                long next = row + 1 < arrived.size() ? arrived.time(row + 1) : batch.promisedTime();
                if (!sendAtOnce(row, function, now, next)) {
                    enter(queues.arrived(row), function, now);
                }
            }
            serveUntil(batch.promisedTime());
            waiting = queues.left(left);
            return new Passed(new Burst[] {out.build()}, dropped, drops);
        }

        private void enter(int row, int function, long now) {
            queues.enter(row, function);
            turns.waits(function);
            latest = now;
        }

        /** Begins all frames that can begin before {@code limit}: only then is it known who contends. */
        private void serveUntil(long limit) {
            while (steps.isDue(limit)) {
                long change = steps.next();
                serveAllBefore(change);
                steps.reach(change);
                configure();
            }
            serveAllBefore(limit);
        }

        private void serveAllBefore(long limit) {
            while (queues.backlog() > 0) {
                long now = Math.max(Math.max(free(), latest), Math.max(steps.since(), turns.earliest(most)));
                if (now >= limit) {
                    return;
                }
                serve(now);
            }
        }

        private void serve(long now) {
            int function = turns.behind(now, most, least);
            if (function >= 0) {
                least[function].serve(queues.time(queues.head(function)), queues.length(queues.head(function)));
            } else {
                function = turns.next(now, most, next -> queues.length(queues.head(next)));
                turns.spent(function, queues.length(queues.head(function)));
            }
            int row = queues.take(function);
            if (queues.held(function) == 0) {
                turns.rests(function);
            }
            send(queues.burst(row), queues.inBurst(row), function, now);
        }

        private void send(Burst burst, int row, int function, long now) {
            int octets = burst.length(row);
            int fetched = octets - offloads.get(function).sparedSending(burst.tag(row));
            long through = Math.max(taking.serve(now, octets), bus.serve(now, charges.of(fetched)));
            most[function].serve(now, octets);
            lastFunction = function;
            lastDeparture = through;
            out.add(burst, row, through, function);
        }

        /** A frame that nobody contends with begins as it comes; the turn is its function's as if it had been chosen. */
        private boolean sendAtOnce(int row, int function, long now, long next) {
            if (queues.backlog() > 0
                    || next == now
                    || turns.isStalled(function)
                    || free() > now
                    || most[function].earliest() > now) {
                return false;
            }
            if (!turns.isBehind(function, now, least)) {
                turns.hasHad(function);
            } else {
                least[function].serve(now, arrived.length(row));
            }
            queues.pass(queues.arrived(row));
            latest = now;
            send(arrived, row, function, now);
            return true;
        }
    }
}
