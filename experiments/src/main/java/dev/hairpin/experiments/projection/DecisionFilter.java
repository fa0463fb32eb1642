package dev.hairpin.experiments.projection;

import dev.hairpin.experiments.run.Decisions;
import dev.hairpin.experiments.run.Moment;
import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.FrameNumber;
import dev.hairpin.model.frame.VlanTag;
import dev.hairpin.model.match.FrameMatch;

/** Which of a run's decisions are asked for: a condition on each decision and the frame that it is about. */
@FunctionalInterface
public interface DecisionFilter {
    /** All of them. */
    DecisionFilter ALL = (at, frames) -> true;

    /** In place of a VLAN: frames without a tag. */
    int UNTAGGED = -1;

    /** Whether the decision is one of them that {@code at} stands on. */
    boolean takes(Decisions at, FrameIndex frames);

    /** Both this and {@code other}. */
    default DecisionFilter and(DecisionFilter other) {
        return (at, frames) -> takes(at, frames) && other.takes(at, frames);
    }

    /** The frame came by the port, a copy left by it, or one was dropped on its way to it. */
    static DecisionFilter atPort(String port) {
        return (at, frames) -> {
            int number = at.ports(at.stage()).indexOf(port);
            return number >= 0 && concerns(at.outcome(), number);
        };
    }

    private static boolean concerns(Outcome outcome, int port) {
        boolean concerns = outcome.ingress() == port;
        for (int copy = 0; copy < outcome.copies(); copy++) {
            concerns |= outcome.egress(copy) == port;
        }
        for (int drop = 0; drop < outcome.drops(); drop++) {
            concerns |= outcome.droppedPort(drop) == port;
        }
        return concerns;
    }

    /** The frame is from that address or to it. */
    static DecisionFilter withAddress(long mac) {
        return (at, frames) -> {
            frames.find(at.number());
            return frames.headers().source(frames.row()) == mac
                    || frames.headers().destination(frames.row()) == mac;
        };
    }

    /** The frame was captured with that VID in its outermost tag, or with no tag: {@link #UNTAGGED}. */
    static DecisionFilter inVlan(int vid) {
        return (at, frames) -> {
            frames.find(at.number());
            int tag = frames.headers().tag(frames.row());
            return vid == (tag == VlanTag.NONE ? UNTAGGED : VlanTag.vid(tag));
        };
    }

    /** The frame, or a copy of it, was dropped for that reason. */
    static DecisionFilter dropped(DropReason reason) {
        return (at, frames) -> {
            Outcome outcome = at.outcome();
            for (int drop = 0; drop < outcome.drops(); drop++) {
                if (outcome.droppedReason(drop) == reason) {
                    return true;
                }
            }
            return false;
        };
    }

    /** That rule decided. */
    static DecisionFilter by(Rule rule) {
        return (at, frames) -> at.outcome().rule() == rule;
    }

    /**
     * It was decided at {@code moment} or later; of a frame, the frame or one behind it.
     *
     * @param start when the run's first frame entered
     */
    static DecisionFilter from(Moment moment, long start) {
        return moment.frame()
                ? (at, frames) -> FrameNumber.frame(at.number()) >= moment.value()
                : (at, frames) -> at.time() - start >= moment.value();
    }

    /** It was decided at {@code moment} or before; likewise. */
    static DecisionFilter until(Moment moment, long start) {
        return moment.frame()
                ? (at, frames) -> FrameNumber.frame(at.number()) <= moment.value()
                : (at, frames) -> at.time() - start <= moment.value();
    }

    /** The frame matches as it was captured, a segment as its NIC made it. */
    static DecisionFilter matching(FrameMatch match) {
        return (at, frames) -> {
            frames.find(at.number());
            return match.matches(frames.headers(), frames.row(), frames.octets());
        };
    }
}
