package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.Wires;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Evidence;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.device.Device;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Mac;
import dev.hairpin.model.topology.Lan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.LongToIntFunction;
import org.jspecify.annotations.Nullable;

/** What a run came to, counted from its journal and the capture: totals, and for every frame who received it. */
public final class RunSummary {
    private final Fates fates;
    private final Wires wires;
    private final LongToIntFunction vsiOf;
    private final FrameIndex frames;
    private final Device device;
    private final long[] byRule = new long[Rule.values().length];
    private final long[] byReason = new long[DropReason.values().length];

    /** By stage and outcome number. */
    private final List<List<@Nullable Effect>> effects = new ArrayList<>();

    private int[] fateOf = new int[1024];

    /** By frame: copies made beyond the one that entered, less those dropped. */
    private int[] balance = new int[1024];

    private final BitSet decided = new BitSet();
    private final BitSet flooded = new BitSet();
    private long decisions;
    private long dropped;
    private long delivered;
    private long learningFloodCopies;
    private long switchedLocally;
    private long hairpinned;
    private long seenByBridge;
    private long uplinkFramesOut;
    private long uplinkFramesIn;
    private long uplinkOctetsOut;
    private long uplinkOctetsIn;
    private long lastFrame;

    private RunSummary(Fates fates, FrameIndex frames, Wires wires, LongToIntFunction vsiOf, Device device) {
        this.wires = wires;
        this.device = device;
        this.fates = fates;
        this.frames = frames;
        this.vsiOf = vsiOf;
    }

    /**
     * Reads all of {@code decisions}.
     *
     * @param fates shared by the runs that are to be compared
     * @param wires between NIC and bridge
     * @param vsiOf the NIC's station that has a unicast address, or a negative number
     * @param device that grades the rules
     */
    public static RunSummary of(
            Decisions decisions, FrameIndex frames, Fates fates, Wires wires, LongToIntFunction vsiOf, Device device) {
        RunSummary summary = new RunSummary(fates, frames, wires, vsiOf, device);
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
        int frame = (int) at.number();
        if (frame >= fateOf.length) {
            int length = Math.max(frame + 1, 2 * fateOf.length);
            fateOf = Arrays.copyOf(fateOf, length);
            balance = Arrays.copyOf(balance, length);
        }
        lastFrame = Math.max(lastFrame, frame);
        fateOf[frame] = fates.after(fateOf[frame], effect.fateChange);
        decided.set(frame);
        balance[frame] += effect.made - effect.drops;
        decisions++;
        dropped += effect.drops;
        delivered += effect.delivered;
        byRule[effect.rule.ordinal()]++;
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

    private void takeAtBridge(int frame, Effect effect) {
        frames.find(frame);
        Burst headers = frames.headers();
        int row = frames.row();
        if (effect.in) {
            uplinkFramesIn++;
            uplinkOctetsIn += headers.length(row);
        }
        long destination = headers.destination(row);
        boolean toVsi = !Mac.isGroup(destination) && vsiOf.applyAsInt(destination) >= 0;
        if (effect.fromUplink && toVsi) {
            seenByBridge++;
            hairpinned += effect.in ? 1 : 0;
        }
        if (effect.rule == Rule.BR_UNKNOWN_UNICAST) {
            flooded.set(frame);
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
            effect = Effect.of(at.stageName(at.stage()), at.ports(at.stage()), at.outcome(), fates, wires);
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
        long count = 0;
        for (Rule rule : Rule.values()) {
            count += device.evidence(rule) == evidence ? byRule[rule.ordinal()] : 0;
        }
        return count;
    }

    /** Decisions under {@code rule}. */
    public long decisions(Rule rule) {
        return byRule[rule.ordinal()];
    }

    /** Delivered copies that a station got which was not addressed, because the bridge did not know the one that was. */
    public long learningFloodCopies() {
        return learningFloodCopies;
    }

    /** Unicast frames between stations of the NIC that did not leave it. */
    public long switchedLocally() {
        return switchedLocally;
    }

    /** Unicast frames between stations of the NIC that the bridge sent back. */
    public long hairpinned() {
        return hairpinned;
    }

    /** Unicast frames between stations of the NIC that came to the bridge. */
    public long seenByBridge() {
        return seenByBridge;
    }

    /** Frames that the edge relay sent to the wire. */
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

    /** Frame numbers go up to this. */
    public long lastFrame() {
        return lastFrame;
    }

    /** Who received frame {@code number}, as a fate of {@link Fates}. */
    public int fate(int number) {
        return number < fateOf.length ? fateOf[number] : Fates.NOBODY;
    }

    /** Whether the bridge did not know the destination of frame {@code number}. */
    public boolean flooded(int number) {
        return flooded.get(number);
    }

    /**
     * The first frame of which copies made do not equal copies delivered and dropped, or 0 when there is none.
     *
     * @param deliveredCopies by frame number, how many copies did arrive
     */
    public long firstUnbalanced(int[] deliveredCopies) {
        int frames = Math.max((int) lastFrame + 1, deliveredCopies.length);
        for (int frame = 1; frame < frames; frame++) {
            int arrived = frame < deliveredCopies.length ? deliveredCopies[frame] : 0;
            int expected = decided.get(frame) ? 1 + balance[frame] : 0;
            if (arrived != expected || arrived != fates.copies(fate(frame))) {
                return frame;
            }
        }
        return 0;
    }

    /** What one outcome of one stage does to the counts. */
    private record Effect(
            Rule rule,
            int made,
            int drops,
            int delivered,
            List<DropReason> reasons,
            int fateChange,
            boolean atBridge,
            boolean fromUplink,
            boolean out,
            boolean in) {
        static Effect of(String stage, List<String> ports, Outcome outcome, Fates fates, Wires wires) {
            boolean relay = outcome.rule() != Rule.TAIL_DROP;
            List<Integer> change = new ArrayList<>();
            boolean out = false;
            boolean in = false;
            for (int copy = 0; copy < outcome.copies(); copy++) {
                String port = ports.get(outcome.egress(copy));
                if (wires.isAtNic(port)) {
                    out = true;
                } else if (wires.isAtBridge(port)) {
                    in = true;
                } else {
                    change.add(fates.end(port));
                }
            }
            List<DropReason> reasons = new ArrayList<>();
            for (int drop = 0; drop < outcome.drops(); drop++) {
                reasons.add(outcome.droppedReason(drop));
            }
            int delivered = change.size();
            if (!relay && wires.isEnd(ports.get(0))) {
                change.add(~fates.end(ports.get(0)));
                delivered = -1;
            }
            return new Effect(
                    outcome.rule(),
                    // A relay takes one copy and makes others; a queue makes none.
                    relay ? outcome.copies() + outcome.drops() - 1 : 0,
                    outcome.drops(),
                    delivered,
                    reasons,
                    fates.change(change.stream().mapToInt(Integer::intValue).toArray()),
                    stage.equals(Lan.BRIDGE),
                    stage.equals(Lan.BRIDGE) && wires.isAtBridge(ports.get(outcome.ingress())),
                    out,
                    in);
        }
    }
}
