package dev.hairpin.model.topology;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Outcomes;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.decision.RunDigest;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Cut;
import dev.hairpin.model.testkit.Dice;
import dev.hairpin.model.testkit.Frame;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** A run of the Rig and all that can be seen of it. */
final class RigRun implements DecisionLog, Receiver {
    private final Topology topology;
    private final RunDigest digest = new RunDigest();
    private final Map<String, List<String>> ports = new HashMap<>();
    private final Map<String, Outcomes> outcomes = new HashMap<>();
    private final Map<Long, List<String>> fates = new HashMap<>();
    private final Map<Long, Integer> underWay = new HashMap<>();
    private final List<List<Frame>> received = new ArrayList<>();
    private final Map<DropReason, Integer> reasons = new EnumMap<>(DropReason.class);
    private final Set<Rule> rules = EnumSet.noneOf(Rule.class);

    private RigRun(LanSettings settings, List<Cut> cuts) {
        this.topology = Lan.of(settings).forkedAt(cuts);
        topology.sinks().forEach(end -> received.add(new ArrayList<>()));
    }

    /** Runs {@code sent}, whose {@link Frame#port} is the source port, in waves of so many frames. */
    static RigRun inWavesOf(int frames, LanSettings settings, List<Frame> sent) {
        List<Integer> waves = new ArrayList<>();
        for (int left = sent.size(); left > 0; left -= frames) {
            waves.add(Math.min(left, frames));
        }
        return run(waves, settings, List.of(), sent);
    }

    /** Runs {@code sent} in waves of any sizes, none included. */
    static RigRun inAnyWaves(Dice dice, LanSettings settings, List<Frame> sent) {
        return run(anyWaves(dice, sent), settings, List.of(), sent);
    }

    /** Likewise, forked at {@code cuts}. */
    static RigRun forked(Dice dice, LanSettings settings, List<Cut> cuts, List<Frame> sent) {
        return run(anyWaves(dice, sent), settings, cuts, sent);
    }

    /** Cuts a run, which may be forked itself, before frame {@code number}. */
    static Cut cut(Dice dice, LanSettings settings, List<Cut> cuts, List<Frame> sent, long number) {
        Topology topology = Lan.of(settings).forkedAt(cuts);
        DecisionLog nobody = new RunDigest();
        long time = sent.stream()
                .filter(frame -> frame.number() >= number)
                .mapToLong(Frame::time)
                .findFirst()
                .orElse(Batch.NEVER);
        return new Rig(topology, nobody, (end, burst) -> {})
                .cut(new ListFeed(topology.sources().size(), sent, anyWaves(dice, sent)), number, time);
    }

    private static List<Integer> anyWaves(Dice dice, List<Frame> sent) {
        List<Integer> waves = new ArrayList<>();
        for (int cut : dice.cuts(sent.size(), dice.pick(3, 20, 1_000))) {
            if (dice.percent(20)) {
                waves.add(0);
            }
            waves.add(cut);
        }
        if (dice.percent(30)) {
            waves.add(0);
        }
        return waves;
    }

    /** Likewise, taken up anew behind every wave from what a recovery has. */
    static RigRun recovered(Dice dice, LanSettings settings, List<Cut> cuts, List<Frame> sent) {
        RigRun run = of(settings, cuts, sent);
        ListFeed feed = new ListFeed(run.topology.sources().size(), sent, anyWaves(dice, sent));
        Rig rig = new Rig(run.topology, run, run);
        while (!rig.wave(feed)) {
            rig = rig.recovered(feed.slab);
        }
        run.fates.values().forEach(Collections::sort);
        return run;
    }

    private static RigRun of(LanSettings settings, List<Cut> cuts, List<Frame> sent) {
        RigRun run = new RigRun(settings, cuts);
        sent.forEach(frame -> run.underWay.put(frame.number(), 1));
        sent.forEach(frame -> run.fates.put(frame.number(), new ArrayList<>()));
        return run;
    }

    private static RigRun run(List<Integer> waves, LanSettings settings, List<Cut> cuts, List<Frame> sent) {
        RigRun run = of(settings, cuts, sent);
        new Rig(run.topology, run, run).run(new ListFeed(run.topology.sources().size(), sent, waves));
        run.fates.values().forEach(Collections::sort);
        return run;
    }

    @Override
    public void stage(String stage, List<String> names) {
        digest.stage(stage, names);
        ports.put(stage, names);
        outcomes.put(stage, new Outcomes());
    }

    @Override
    public void decided(String stage, Decided event) {
        digest.decided(stage, event);
        Outcomes known = there(outcomes, stage);
        known.define(event.firstNewOutcome(), event.newOutcomes());
        for (int row = 0; row < event.size(); row++) {
            Outcome outcome = known.get(event.outcome(row));
            rules.add(outcome.rule());
            know(event.number(row));
            underWay.merge(event.number(row), outcome.copies() - 1, Integer::sum);
            assertThat(outcome.copies() + outcome.drops())
                    .as("copies of %s", outcome)
                    .isPositive();
            for (int drop = 0; drop < outcome.drops(); drop++) {
                int port = outcome.droppedPort(drop);
                String where =
                        port == Outcome.NO_PORT ? "-" : there(ports, stage).get(port);
                fate(event.number(row)).add(stage + " " + where + ":" + outcome.droppedReason(drop));
                reasons.merge(outcome.droppedReason(drop), 1, Integer::sum);
            }
        }
    }

    @Override
    public void received(int end, Burst burst) {
        for (Frame frame : Frame.frames(burst)) {
            received.get(end).add(frame);
            fate(frame.number()).add(topology.sinks().get(end));
            underWay.merge(frame.number(), -1, Integer::sum);
        }
    }

    /** A segment is one frame more under way; the one that it is a part of is none any longer. */
    private void know(long number) {
        if (FrameNumber.isSegment(number) && underWay.putIfAbsent(number, 1) == null) {
            underWay.put(FrameNumber.frame(number), 0);
            fates.put(number, new ArrayList<>());
        }
    }

    /** Of a frame, by number: who received it, and where copies were dropped and why; sorted. */
    Map<Long, List<String>> fates() {
        return fates;
    }

    List<String> fate(long number) {
        return there(fates, number);
    }

    /** Copies of a frame that neither arrived nor were dropped, by number; of none there should be any. */
    Map<Long, Integer> underWay() {
        return underWay;
    }

    /** What arrived at an end, in order. */
    List<Frame> received(String end) {
        return received.get(topology.sinks().indexOf(end));
    }

    /** How many copies, or frames as a whole, were dropped for a reason. */
    int dropped(DropReason reason) {
        return reasons.getOrDefault(reason, 0);
    }

    /** The rules by which something was decided. */
    Set<Rule> rules() {
        return rules;
    }

    /** All that must not depend on how a run is cut into waves. */
    List<Object> result() {
        return List.of(digest.fate(), digest.timed(), received, fates);
    }

    private static <K, V> V there(Map<K, V> map, K key) {
        return Objects.requireNonNull(map.get(key), () -> "nothing known of " + key);
    }

    /** Frames of a list, in waves of given sizes. */
    private static final class ListFeed implements Feed {
        private final Waves waves;
        private final List<Frame> frames;
        private final List<Integer> sizes;
        private final Slab slab;
        private long offset;
        private int next;
        private int wave;

        ListFeed(int sources, List<Frame> frames, List<Integer> sizes) {
            this.waves = new Waves(sources);
            this.frames = frames;
            this.sizes = sizes;
            this.slab = Frame.slab(frames);
        }

        @Override
        public Batch[] next() {
            for (int left = wave < sizes.size() ? sizes.get(wave) : 0; left > 0; left--) {
                Frame frame = frames.get(next++);
                int captured = frame.octets().length;
                waves.add(slab, offset, captured, frame.length(), frame.time(), frame.number(), frame.port());
                offset += captured;
            }
            wave++;
            return waves.cut(wave >= sizes.size());
        }
    }
}
