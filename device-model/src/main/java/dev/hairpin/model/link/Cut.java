package dev.hairpin.model.link;

import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import java.util.List;
import java.util.Map;

/**
 * Where a run parts from another one: frames before {@code number}, and all that they cause, keep the fate that they had
 * there; frames from it on are decided anew.
 *
 * <p>What came before {@code time} at a stage no later frame can have touched, so there the stage comes to the same by
 * itself. From then on the two sorts of frames mix wherever ways of different latency meet; those under way keep what is
 * written here.
 *
 * @param number of the first frame that is decided anew
 * @param time when that enters, in nanoseconds; {@link Batch#NEVER} when there is none
 * @param fates by stage and frame number, what became of a frame that came at {@code time} or later, as often as it came.
 *     A queue's are drops and, for a frame that it took, {@link #TAKEN}
 */
public record Cut(long number, long time, Map<String, Map<Long, List<Outcome>>> fates) {
    /** A queue had a place for the frame. */
    public static final Outcome TAKEN = Outcome.forward(0, Rule.TAIL_DROP, 0);

    /** What became of the frames of {@code stage} that were under way. */
    Map<Long, List<Outcome>> at(String stage) {
        return fates.getOrDefault(stage, Map.of());
    }
}
