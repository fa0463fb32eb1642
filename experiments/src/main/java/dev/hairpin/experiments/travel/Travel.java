package dev.hairpin.experiments.travel;

import dev.hairpin.experiments.projection.FrameIndex;
import dev.hairpin.experiments.run.CaptureExperiment;
import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.Lineage;
import dev.hairpin.experiments.run.Moment;
import dev.hairpin.experiments.run.RunFolder;
import dev.hairpin.model.bridge.BridgeSettings;
import dev.hairpin.model.bridge.EntryKind;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.BurstBuilder;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.link.Steps;
import dev.hairpin.model.link.Timed;
import dev.hairpin.model.relay.NicSettings;
import dev.hairpin.model.ring.HostSide;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.LanNic;
import dev.hairpin.model.topology.LanSettings;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.persistence.stage.DecidedCursor;
import dev.hairpin.persistence.stage.StageJournal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Goes to a time of a run. The bridge itself takes in the journal's events up to there, and of the wave in which the time
 * lies it decides anew the frames before, so that its state is the one it had; nothing is told that it would not know.
 */
public final class Travel {
    private final RunFolder run;
    private final Lineage lineage;
    private final LanSettings lan;
    private final CaptureExperiment experiment;

    /**
     * @param experiment the run's, made again; stays open as long as this is used
     * @param lineage the run's
     * @throws IOException also when it is another than the run's
     */
    public Travel(RunFolder run, CaptureExperiment experiment, Lineage lineage) throws IOException {
        run.requireSame(experiment, lineage);
        this.run = run;
        this.lineage = lineage;
        this.lan = lineage.lan();
        this.experiment = experiment;
    }

    /**
     * The state at {@code moment}: of seconds, after all that happened until then, that time included; of a frame, when it
     * enters and before it does anything. When absent, after all that the journal has.
     *
     * @throws IOException also when the capture has no such frame
     */
    public StateAt at(Optional<Moment> moment) throws IOException {
        return at(here(moment));
    }

    /**
     * What changed from one moment to a later one; each as with {@link #at}.
     *
     * @throws IOException also when {@code from} is the later one
     */
    public Difference between(Optional<Moment> from, Optional<Moment> to) throws IOException {
        Here first = here(from);
        Here last = here(to);
        if (last.compareTo(first) < 0) {
            throw new IOException(run.path() + ": found " + first.since(run.firstTime()) + " first and "
                    + last.since(run.firstTime()) + " second, expected the earlier moment first");
        }
        try (StageJournal journal = StageJournal.open(run.path())) {
            return Difference.of(
                    run.firstTime(), at(first), at(last), AppliedChange.between(journal, first.time(), last.time()));
        }
    }

    private StateAt at(Here here) throws IOException {
        FrameIndex frames = new FrameIndex(experiment.capture());
        try (StageJournal journal = StageJournal.open(run.path())) {
            Bridge bridge = new Bridge(lineage.topology());
            Part part = journal.stages().contains(Lan.BRIDGE) ? bridge.takeIn(journal, here) : Part.NOTHING;
            Counting counting = new Counting(frames, run.settings(), rings(), part.first());
            run.read(decisions -> count(decisions, here, counting));
            bridge.decide(part, here, frames, counting);
            return state(bridge.stage, here, counting);
        }
    }

    /** Of functions that ever have several receive rings, or whose NIC checks checksums, by port. */
    private Map<String, Counting.Rings> rings() {
        Map<String, Counting.Rings> rings = new HashMap<>();
        for (int nic = 0; nic < lan.nics().size(); nic++) {
            LanNic each = lan.nics().get(nic);
            Steps<HostSide> host = Steps.of(each.settings(), each.changes(), NicSettings::host);
            for (int port = 0; port < each.settings().vsis().size(); port++) {
                int number = port;
                Steps<HostSide.Function> function =
                        host.of(side -> side.functions().get(number));
                if (HostSide.Function.mostQueues(function) > 1
                        || function.now().offloads().rx()) {
                    rings.put(
                            lan.prefix(nic) + each.settings().vsis().get(port).name(),
                            new Counting.Rings(function, each.relayLatency()));
                }
            }
        }
        return rings;
    }

    private Here here(Optional<Moment> place) throws IOException {
        if (place.isEmpty()) {
            return Here.after(end());
        }
        Moment moment = place.get();
        if (!moment.frame()) {
            return Here.after(Math.addExact(run.firstTime(), moment.value()));
        }
        long time = experiment
                .time(moment.value())
                .orElseThrow(() -> new IOException(
                        moment + ": " + experiment.name() + " has no such frame; expected one of its numbers"));
        return new Here(time, moment.value());
    }

    /** When the last thing happened that the journal tells of, or that was set for a time by then. */
    private long end() throws IOException {
        long last = run.read(decisions -> {
            long latest = run.firstTime();
            while (decisions.next()) {
                latest = Math.max(latest, decisions.time());
            }
            return latest;
        });
        if (run.isFinished()) {
            for (LanNic nic : lan.nics()) {
                last = Math.max(last, latest(nic.changes()));
            }
            last = Math.max(last, latest(lan.bridge().changes()));
        }
        return last;
    }

    private static long latest(List<? extends Timed<?>> changes) {
        return changes.isEmpty() ? 0 : changes.get(changes.size() - 1).time();
    }

    private static Void count(Decisions decisions, Here here, Counting counting) {
        while (decisions.next()) {
            if (here.follows(decisions.time(), decisions.number())) {
                counting.take(decisions);
            }
        }
        return null;
    }

    private StateAt state(DecidingStage bridge, Here here, Counting counting) {
        BridgeSettings settings =
                here.settings(lan.bridge().settings(), lan.bridge().changes());
        List<StateAt.Station> stations = new ArrayList<>();
        List<StateAt.Group> groups = new ArrayList<>();
        Learned rows = bridge.snapshot().stations();
        for (int row = 0; row < rows.size(); row++) {
            long key = rows.key()[row];
            long address = key & Mac.BROADCAST;
            int vid = (int) (key >>> 48);
            long time = rows.seen()[row];
            EntryKind kind = EntryKind.of(rows.kind()[row]);
            switch (kind) {
                case LEARNED, LOCKED -> {
                    if (here.time() - time < settings.ageing()) {
                        stations.add(new StateAt.Station(address, vid, rows.port()[row], time, kind));
                    }
                }
                case STATIC, STICKY, LOCAL ->
                    stations.add(new StateAt.Station(address, vid, rows.port()[row], time, kind));
                case GROUP, ROUTER -> {
                    if (time > here.time()) {
                        groups.add(new StateAt.Group(address, vid, rows.port()[row], kind == EntryKind.ROUTER, time));
                    }
                }
                case REMOVED, QUERIER, PRUNED -> {}
            }
        }
        stations.sort(Comparator.comparingInt(StateAt.Station::port)
                .thenComparingLong(StateAt.Station::address)
                .thenComparingInt(StateAt.Station::vid));
        return new StateAt(here.time(), nics(here), settings, stations, groups, counting.counters());
    }

    private List<StateAt.Nic> nics(Here here) {
        return IntStream.range(0, lan.nics().size())
                .mapToObj(nic -> new StateAt.Nic(
                        lan.prefix(nic),
                        here.settings(
                                lan.nics().get(nic).settings(),
                                lan.nics().get(nic).changes())))
                .toList();
    }

    /**
     * A place in the order of time and frames.
     *
     * @param number what frames of that time have come to pass: those of lower numbers
     */
    private record Here(long time, long number) implements Comparable<Here> {
        static Here after(long time) {
            return new Here(time, Long.MAX_VALUE);
        }

        @Override
        public int compareTo(Here other) {
            return time == other.time ? Long.compare(number, other.number) : Long.compare(time, other.time);
        }

        /** In words; seconds are those since {@code start}. */
        String since(long start) {
            Moment seconds = new Moment(false, Math.max(0, time - start));
            return (number == Long.MAX_VALUE ? "" : new Moment(true, number) + " at ") + seconds + " s";
        }

        /** Whether this comes after what was decided at {@code when} about frame {@code frame}. */
        boolean follows(long when, long frame) {
            return when < time || (when == time && FrameNumber.frame(frame) < number);
        }

        /** What is set: changes come before the frames of their time. */
        <S> S settings(S first, List<Timed<S>> changes) {
            S now = first;
            for (Timed<S> change : changes) {
                now = change.time() <= time ? change.settings() : now;
            }
            return now;
        }
    }

    /**
     * What a wave had decided when its time came.
     *
     * @param event of the wave
     * @param outcomes of its rows
     * @param size how many of its rows come before
     */
    private record Part(Decided event, List<Outcome> outcomes, int size, boolean there) {
        static final Part NOTHING = new Part(Decided.nothing(0), List.of(), 0, false);

        long first() {
            return size == 0 ? Long.MAX_VALUE : event.number(0);
        }
    }

    /** The bridge on its way through the journal. */
    private static final class Bridge {
        private final DecidingStage stage;

        Bridge(Topology topology) {
            stage = (DecidingStage)
                    topology.stages().get(topology.stage(Lan.BRIDGE)).make().get();
        }

        /** Takes in all waves that are over by {@code here}; returns what there is of the next. */
        Part takeIn(StageJournal journal, Here here) {
            try (DecidedCursor events = journal.decided(Lan.BRIDGE)) {
                while (events.next()) {
                    Decided event = events.event();
                    int before = 0;
                    while (before < event.size() && here.follows(event.time(before), event.number(before))) {
                        before++;
                    }
                    boolean changes =
                            event.effects().applied().stream().anyMatch(applied -> applied.time() > here.time());
                    if (before < event.size() || changes) {
                        List<Outcome> outcomes = new ArrayList<>();
                        for (int row = 0; row < before; row++) {
                            outcomes.add(events.outcome(row));
                        }
                        return new Part(event, outcomes, before, true);
                    }
                    stage.apply(event);
                }
            }
            return Part.NOTHING;
        }

        /** Decides the frames of {@code part} anew. */
        void decide(Part part, Here here, FrameIndex frames, Counting counting) throws IOException {
            if (!part.there()) {
                return;
            }
            BurstBuilder builder = new BurstBuilder(part.size());
            for (int row = 0; row < part.size(); row++) {
                long number = part.event().number(row);
                frames.find(number);
                builder.add(
                        frames.headers(),
                        frames.row(),
                        part.event().time(row),
                        part.outcomes().get(row).ingress(),
                        counting.retagging(number));
            }
            Burst burst = builder.build();
            Decided again = stage.decide(new Batch(part.event().wave(), burst, here.time(), here.number(), false));
            stage.apply(again);
            for (int row = 0; row < part.size(); row++) {
                Outcome now = stage.outcomes().get(again.outcome(row));
                if (!now.equals(part.outcomes().get(row))) {
                    throw new IOException("frame " + again.number(row) + ": the journal has "
                            + part.outcomes().get(row) + ", decided again it is " + now
                            + ": hairpin verify tells more");
                }
            }
        }
    }
}
