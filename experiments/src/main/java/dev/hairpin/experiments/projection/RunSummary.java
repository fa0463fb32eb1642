package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.RecordedSettings;
import dev.hairpin.experiments.run.Wires;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** What a run came to, counted from its journal and the capture: totals, and for every frame who received it. */
public final class RunSummary {
    private static final int DECIDED = 1;
    private static final int FLOODED = 2;
    private static final int COPY_SHIFT = 2;
    private static final int COPY = 1 << COPY_SHIFT;

    private final Fates fates;
    private final RecordedSettings settings;
    private final LongFunction<@Nullable String> uplinkOf;
    private final FrameIndex frames;
    private final long[] byRule = new long[Rule.values().length];
    private final long[] byEvidence = new long[Evidence.values().length];
    private final long[] byReason = new long[DropReason.values().length];

    /** By stage and outcome number. */
    private final List<List<@Nullable Effect>> effects = new ArrayList<>();

    private final PerFrame fateOf = new PerFrame();

    /**
     * What is to arrive of each frame: copies made and not dropped, the one that entered among them, as a multiple of {@link
     * #COPY}; and {@link #DECIDED} and {@link #FLOODED}.
     */
    private final PerFrame accounts = new PerFrame();

    private long decisions;
    private long dropped;
    private long delivered;
    private long learningFloodCopies;
    private long switchedLocally;
    private long hairpinned;
    private long betweenNics;
    private long seenByBridge;
    private long uplinkFramesOut;
    private long uplinkFramesIn;
    private long uplinkOctetsOut;
    private long uplinkOctetsIn;

    private RunSummary(
            Fates fates, FrameIndex frames, RecordedSettings settings, LongFunction<@Nullable String> uplinkOf) {
        this.settings = settings;
        this.fates = fates;
        this.frames = frames;
        this.uplinkOf = uplinkOf;
    }

    /**
     * Reads all of {@code decisions}.
     *
     * @param fates shared by the runs that are to be compared
     * @param settings of the run
     * @param uplinkOf the wire port of the NIC that has a station with a unicast address, or null
     */
    public static RunSummary of(
            Decisions decisions,
            FrameIndex frames,
            Fates fates,
            RecordedSettings settings,
            LongFunction<@Nullable String> uplinkOf) {
        RunSummary summary = new RunSummary(fates, frames, settings, uplinkOf);
        for (int stage = 0; stage < decisions.stages(); stage++) {
            summary.effects.add(new ArrayList<>());
        }
        while (decisions.next()) {
            summary.take(decisions);
        }
        return summary;
    }

    private void take(Decisions at) {
        Effect effect = effect(at);
        long frame = at.number();
        fateOf.set(frame, fates.after(fateOf.get(frame), effect.fateChange));
        int account = accounts.get(frame);
        int before = account == 0 ? COPY | DECIDED : account;
        accounts.set(frame, before + COPY * (effect.made - effect.drops));
        decisions++;
        dropped += effect.drops;
        delivered += effect.delivered;
        byRule[effect.rule.ordinal()]++;
        byEvidence[effect.evidence.ordinal()]++;
        for (DropReason reason : effect.reasons) {
            byReason[reason.ordinal()]++;
        }
        if (effect.out) {
            frames.find(frame);
            uplinkFramesOut++;
            uplinkOctetsOut += frames.headers().length(frames.row());
        }
        if (effect.atBridge) {
            takeAtBridge(frame, effect);
        }
        if (effect.rule == Rule.VEB_LOCAL_UNICAST) {
            switchedLocally++;
        }
    }

    private void takeAtBridge(long frame, Effect effect) {
        frames.find(frame);
        Burst headers = frames.headers();
        int row = frames.row();
        uplinkFramesIn += effect.in;
        uplinkOctetsIn += (long) effect.in * headers.length(row);
        long destination = headers.destination(row);
        String uplink = Mac.isGroup(destination) ? null : uplinkOf.apply(destination);
        boolean toVsi = uplink != null;
        if (effect.fromUplink != null && toVsi) {
            seenByBridge++;
            if (effect.in > 0) {
                hairpinned += effect.fromUplink.equals(uplink) ? 1 : 0;
                betweenNics += effect.fromUplink.equals(uplink) ? 0 : 1;
            }
        }
        if (effect.rule == Rule.BR_UNKNOWN_UNICAST) {
            accounts.set(frame, accounts.get(frame) | FLOODED);
            learningFloodCopies += Math.max(0, effect.delivered - (toVsi ? 0 : 1));
        }
    }

    private Effect effect(Decisions at) {
        List<@Nullable Effect> known = effects.get(at.stage());
        int number = at.outcomeNumber();
        while (known.size() <= number) {
            known.add(null);
        }
        Effect effect = known.get(number);
        if (effect == null) {
            effect = Effect.of(at.stageName(at.stage()), at.ports(at.stage()), at.outcome(), fates, settings);
            known.set(number, effect);
        }
        return effect;
    }

    /** Decisions in the journal. */
    public long decisions() {
        return decisions;
    }

    /** Copies that reached an end. */
    public long delivered() {
        return delivered;
    }

    /** Frames and copies that went no further. */
    public long dropped() {
        return dropped;
    }

    /** How many were dropped for {@code reason}. */
    public long dropped(DropReason reason) {
        return byReason[reason.ordinal()];
    }

    /** Decisions under rules of grade {@code evidence}. */
    public long decisions(Evidence evidence) {
        return byEvidence[evidence.ordinal()];
    }

    /** Decisions under {@code rule}. */
    public long decisions(Rule rule) {
        return byRule[rule.ordinal()];
    }

    /** Delivered copies that a station got which was not addressed, because the bridge did not know the one that was. */
    public long learningFloodCopies() {
        return learningFloodCopies;
    }

    /** Unicast frames between stations of one NIC that did not leave it. */
    public long switchedLocally() {
        return switchedLocally;
    }

    /** Unicast frames between stations of one NIC that the bridge sent back. */
    public long hairpinned() {
        return hairpinned;
    }

    /** Unicast frames from a station of one NIC to one of another that the bridge sent there. */
    public long betweenNics() {
        return betweenNics;
    }

    /** Unicast frames between stations of NICs that came to the bridge. */
    public long seenByBridge() {
        return seenByBridge;
    }

    /** Frames that edge relays sent to the wire. */
    public long uplinkFramesOut() {
        return uplinkFramesOut;
    }

    /** Frames that the bridge sent to the wire. */
    public long uplinkFramesIn() {
        return uplinkFramesIn;
    }

    /** Octets of {@link #uplinkFramesOut}, from destination address to the end of the payload. */
    public long uplinkOctetsOut() {
        return uplinkOctetsOut;
    }

    /** Octets of {@link #uplinkFramesIn}, likewise. */
    public long uplinkOctetsIn() {
        return uplinkOctetsIn;
    }

    /** Gives the frames of this run and the other, in their order: those of the capture, and segments. */
    void forEach(RunSummary other, LongConsumer take) {
        PerFrame.forEach(accounts, other.accounts, take);
    }

    /** How many frames their NICs have segmented. */
    public long segmentedFrames() {
        return Arrays.stream(accounts.segments())
                .map(FrameNumber::frame)
                .distinct()
                .count();
    }

    /** How many segments they made of them. */
    public long segments() {
        return accounts.segments().length;
    }

    /** Who received frame {@code number}, as a fate of {@link Fates}. */
    public int fate(long number) {
        return fateOf.get(number);
    }

    /** Whether the bridge did not know the destination of frame {@code number}. */
    public boolean flooded(long number) {
        return (accounts.get(number) & FLOODED) != 0;
    }

    /**
     * The first frame of which copies made do not equal copies delivered and dropped, or of which a segment is missing; 0 when
     * there is none.
     *
     * @param deliveredCopies by frame, how many copies did arrive
     */
    public long firstUnbalanced(PerFrame deliveredCopies) {
        long[] first = {firstIncomplete()};
        PerFrame.forEach(accounts, deliveredCopies, frame -> {
            int arrived = deliveredCopies.get(frame);
            if (first[0] == 0
                    && (arrived != accounts.get(frame) >> COPY_SHIFT || arrived != fates.copies(fate(frame)))) {
                first[0] = frame;
            }
        });
        return first[0];
    }

    /** The first segment behind which another is missing; 0 when there is none. */
    private long firstIncomplete() {
        long[] segments = accounts.segments();
        for (int at = 0; at < segments.length; at++) {
            boolean begins = at == 0 || FrameNumber.isLast(segments[at - 1]);
            int expected = begins ? 1 : FrameNumber.segment(segments[at - 1]) + 1;
            boolean ends = at + 1 < segments.length || FrameNumber.isLast(segments[at]);
            if (FrameNumber.segment(segments[at]) != expected || !ends) {
                return segments[at];
            }
        }
        return 0;
    }

    /** What one outcome of one stage does to the counts. */
    private record Effect(
            Rule rule,
            Evidence evidence,
            int made,
            int drops,
            int delivered,
            List<DropReason> reasons,
            int fateChange,
            boolean atBridge,
            @Nullable String fromUplink,
            boolean out,
            int in) {
        static Effect of(String stage, List<String> ports, Outcome outcome, Fates fates, RecordedSettings settings) {
            Wires wires = settings.wires();
            boolean relay = !outcome.rule().takesBack();
            List<Integer> change = new ArrayList<>();
            boolean out = false;
            int in = 0;
            for (int copy = 0; copy < outcome.copies(); copy++) {
                String port = ports.get(outcome.egress(copy));
                if (wires.isAtNic(port)) {
                    out = true;
                } else if (wires.isAtBridge(port)) {
                    in++;
                } else {
                    change.add(fates.end(port));
                }
            }
            List<DropReason> reasons = new ArrayList<>();
            for (int drop = 0; drop < outcome.drops(); drop++) {
                reasons.add(outcome.droppedReason(drop));
            }
            int delivered = change.size();
            String ingress = ports.get(outcome.ingress());
            if (!relay && wires.isEnd(ingress)) {
                change.add(~fates.end(ingress));
                delivered = -1;
            }
            return new Effect(
                    outcome.rule(),
                    settings.device(stage).evidence(outcome.rule()),
                    // A relay takes one copy and makes others; a queue makes none.
                    relay ? outcome.copies() + outcome.drops() - 1 : 0,
                    outcome.drops(),
                    delivered,
                    reasons,
                    fates.change(change.stream().mapToInt(Integer::intValue).toArray()),
                    stage.equals(Lan.BRIDGE),
                    stage.equals(Lan.BRIDGE) ? wires.toNic().get(ports.get(outcome.ingress())) : null,
                    out,
                    in);
        }
    }
}
