package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.Wires;
import dev.hairpin.model.decision.Outcome;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Of every frame of a run who received it and by which way, as numbers that can be compared with those of another run. */
final class Ways {
    private final Fates fates;
    private final Wires wires;

    /** By stage and number of the outcome. */
    private final List<List<@Nullable Step>> steps = new ArrayList<>();

    private int[] fate = new int[1024];

    /** A sum over a frame's decisions: in whatever order they came, it is the same. */
    private long[] way = new long[1024];

    private int last;

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
        int frame = Math.toIntExact(at.number());
        if (frame >= fate.length) {
            int length = Math.max(frame + 1, 2 * fate.length);
            fate = Arrays.copyOf(fate, length);
            way = Arrays.copyOf(way, length);
        }
        Step step = step(at);
        fate[frame] = fates.after(fate[frame], step.change);
        way[frame] += step.way;
        last = Math.max(last, frame);
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

    /** The greatest number of a frame. */
    int last() {
        return last;
    }

    int fate(int frame) {
        return frame < fate.length ? fate[frame] : Fates.NOBODY;
    }

    long way(int frame) {
        return frame < way.length ? way[frame] : 0;
    }
}
