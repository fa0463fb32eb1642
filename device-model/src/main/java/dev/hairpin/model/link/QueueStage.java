package dev.hairpin.model.link;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A queue before a server: a wire port, a receive ring. Frames leave when the {@link Server} has served them; one that
 * finds no place is dropped at its tail. Only drops are decisions.
 */
public final class QueueStage extends DecidingStage {
    /** The outcome of every drop; it has number 0 in the stage's dictionary. */
    private final Outcome tailDrop;

    private final String port;
    private final Server server;
    private final BurstBuilder out = new BurstBuilder(0);

    /**
     * @param port the port that it stands for
     * @param full why a frame is dropped that finds no place
     */
    public QueueStage(String name, String port, Server server, DropReason full) {
        super(name, new int[] {0}, 1);
        this.port = port;
        this.server = server;
        this.tailDrop = Outcome.dropCopy(0, Rule.TAIL_DROP, 0, full);
    }

    @Override
    public List<String> ports() {
        return List.of(port);
    }

    @Override
    public Keeping keeping() {
        return server.refuses() ? Keeping.DROPS : Keeping.NONE;
    }

    /** The server's clock, and what cuts keep. */
    @Override
    protected List<long[]> held() {
        List<long[]> held = new ArrayList<>(super.held());
        held.add(0, server.state());
        return held;
    }

    @Override
    protected void hold(List<long[]> held) {
        server.restore(held.get(0));
        super.hold(held.subList(1, held.size()));
    }

    @Override
    public Decided decide(Batch arrived) {
        Burst burst = arrived.burst();
        if (!server.refuses() || burst.size() == 0) {
            return Decided.nothing(arrived.wave());
        }
        if (!anySettled(burst) && server.hasPlaces(burst.size(), burst.time(0))) {
            return Decided.nothing(arrived.wave());
        }
        rewindCuts();
        Server ahead = server.copy();
        long[] time = new long[burst.size()];
        long[] number = new long[burst.size()];
        int drops = 0;
        for (int row = 0; row < burst.size(); row++) {
            if (takes(ahead, burst, row)) {
                ahead.serve(burst.time(row), burst.length(row));
            } else {
                time[drops] = burst.time(row);
                number[drops] = burst.number(row);
                drops++;
            }
        }
        if (drops == 0) {
            return Decided.nothing(arrived.wave());
        }
        int[] outcome = new int[drops];
        Arrays.fill(outcome, outcomes().number(tailDrop));
        return event(arrived.wave(), drops, time, number, outcome, Decided.Effects.NONE);
    }

    private boolean anySettled(Burst burst) {
        for (int row = 0; isCut() && row < burst.size(); row++) {
            if (settledBy(burst.number(row), burst.time(row)) != UnderWay.NOTHING) {
                return true;
            }
        }
        return false;
    }

    /** A frame whose fate is settled gets in or does not, whatever is here by now. */
    private boolean takes(Server ahead, Burst burst, int row) {
        boolean place = ahead.hasPlace(burst.time(row));
        UnderWay cut = settledBy(burst.number(row), burst.time(row));
        return cut == UnderWay.NOTHING ? place : cut.next(burst.number(row)).drops() == 0;
    }

    /** The server's clock moves here: departures follow from the arrivals that were not dropped. */
    @Override
    public Batch[] emitted(Decided event, Batch arrived) {
        Burst served = event.size() == 0 ? serve(arrived.burst()) : serveOthers(event, arrived.burst());
        long promised = Math.max(arrived.promisedTime(), server.earliest());
        long promisedNumber = promised == arrived.promisedTime() ? arrived.promisedNumber() : 0;
        return new Batch[] {new Batch(arrived.wave(), served, promised, promisedNumber, arrived.last())};
    }

    /** Of all frames nothing changes but the time, and not even that where nothing takes any. */
    private Burst serve(Burst burst) {
        if (server.takesNoTime()) {
            return burst;
        }
        long[] departure = new long[burst.size()];
        for (int row = 0; row < departure.length; row++) {
            departure[row] = serve(burst, row);
        }
        return burst.at(departure);
    }

    private Burst serveOthers(Decided drops, Burst burst) {
        int drop = 0;
        for (int row = 0; row < burst.size(); row++) {
            if (drop < drops.size() && drops.number(drop) == burst.number(row) && drops.time(drop) == burst.time(row)) {
                drop++;
                settled(burst.number(row), burst.time(row));
            } else {
                out.add(burst, row, serve(burst, row), burst.port(row));
            }
        }
        return out.build();
    }

    private long serve(Burst burst, int row) {
        long time = burst.time(row);
        boolean place = server.hasPlace(time);
        if (isCut() && server.refuses()) {
            place |= settledBy(burst.number(row), time) != UnderWay.NOTHING;
            settled(burst.number(row), time);
        }
        if (!place) {
            throw new IllegalStateException(name() + ": frame " + burst.number(row) + " finds no place at " + time
                    + " but the journal does not tell of its drop: is it the same capture?");
        }
        return server.serve(time, burst.length(row));
    }
}
