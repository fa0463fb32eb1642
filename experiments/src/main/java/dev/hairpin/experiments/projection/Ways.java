package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.Wires;
import dev.hairpin.model.decision.Outcome;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/** Of every frame of a run who received it and by which way, as numbers that can be compared with those of another run. */
final class Ways {
    private final Fates fates;
    private final Wires wires;

    /** By stage and number of the outcome. */
    private final List<List<@Nullable Step>> steps = new ArrayList<>();

    private final PerFrame fate = new PerFrame();

    /**
     * Of each frame the number of its way. A way is a sum over a frame's decisions, in whatever order they came the same; few
     * exist among millions of frames.
     */
    private final PerFrame way = new PerFrame();

    private final List<Long> sums = new ArrayList<>(List.of(0L));
    private final Map<Long, Integer> numbers = new HashMap<>(Map.of(0L, 0));

    /** What a decision does to a frame's fate and way. */
    private record Step(int change, long way) {}

    private Ways(Fates fates, Wires wires) {
        this.fates = fates;
        this.wires = wires;
    }

    /** Reads all of {@code decisions}; {@code fates} is shared by the runs that are compared. */
    static Ways of(Decisions decisions, Fates fates, Wires wires) {
        Ways ways = new Ways(fates, wires);
        for (int stage = 0; stage < decisions.stages(); stage++) {
            ways.steps.add(new ArrayList<>());
        }
        while (decisions.next()) {
            ways.take(decisions);
        }
        return ways;
    }

    private void take(Decisions at) {
        long frame = at.number();
        Step step = step(at);
        fate.set(frame, fates.after(fate.get(frame), step.change));
        long sum = sums.get(way.get(frame)) + step.way;
        way.set(frame, numbers.computeIfAbsent(sum, unknown -> {
            sums.add(sum);
            return sums.size() - 1;
        }));
    }

    private Step step(Decisions at) {
        List<@Nullable Step> known = steps.get(at.stage());
        while (known.size() <= at.outcomeNumber()) {
            known.add(null);
        }
        Step step = known.get(at.outcomeNumber());
        if (step == null) {
            step = step(at.stageName(at.stage()), at.ports(at.stage()), at.outcome());
            known.set(at.outcomeNumber(), step);
        }
        return step;
    }

    private Step step(String stage, List<String> ports, Outcome outcome) {
        List<Integer> change = new ArrayList<>();
        for (int copy = 0; copy < outcome.copies(); copy++) {
            String port = ports.get(outcome.egress(copy));
            if (wires.isEnd(port)) {
                change.add(fates.end(port));
            }
        }
        if (outcome.rule().takesBack() && wires.isEnd(ports.get(outcome.ingress()))) {
            change.add(~fates.end(ports.get(outcome.ingress())));
        }
        // An edge relay is the same place in whatever mode it is.
        String place = stage.replaceFirst("\\b(veb|vepa)\\.", "edge.");
        String words = place + " " + ports.get(outcome.ingress()) + " > " + outcome.egressText(ports) + " - "
                + outcome.droppedText(ports);
        return new Step(fates.change(change.stream().mapToInt(Integer::intValue).toArray()), mixed(words));
    }

    /** FNV-1a, 64 bits. */
    private static long mixed(String words) {
        long hash = 0xcbf29ce484222325L;
        for (int at = 0; at < words.length(); at++) {
            hash = (hash ^ words.charAt(at)) * 0x100000001b3L;
        }
        return hash;
    }

    /** Gives the frames of this run and the other, in their order. */
    void forEach(Ways other, LongConsumer take) {
        PerFrame.forEach(fate, other.fate, take);
    }

    int fate(long frame) {
        return fate.get(frame);
    }

    long way(long frame) {
        return sums.get(way.get(frame));
    }
}
