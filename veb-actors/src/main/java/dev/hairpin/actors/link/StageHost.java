package dev.hairpin.actors.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import dev.hairpin.actors.link.Checkpoints.Milestones;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.topology.Checkpoint;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;

/**
 * An actor that hosts stages of a topology: the protocol that all such actors share, and how to make one.
 *
 * <p>It is told its {@link Routes} once all hosts exist, answers that it is ready once its journal is recovered, and from
 * then on takes {@link Arrival}s. A stage that decides nothing is run as batches come; the decisions of the one stage that
 * keeps a journal are persisted before what they let out leaves.
 */
public final class StageHost {
    private StageHost() {}

    /** Who the stages are, said once, and from where to go on. */
    public record Connect(Routes routes, Milestones milestones, Start start, ActorRef<Ready> replyTo)
            implements LinkCommand {}

    /**
     * From where stages go on.
     *
     * @param slab where the octets of frames under way are
     */
    public record Start(Checkpoint checkpoint, Slab slab) {}

    /**
     * A host is recovered and connected.
     *
     * @param actor its name in the topology
     * @param wave the last wave that its journal holds, or {@link dev.hairpin.model.link.DecidingStage#NO_WAVE}
     */
    public record Ready(String actor, long wave) {}

    /**
     * The host of stages {@code hosted} of {@code topology}, of which one at most keeps a journal.
     *
     * @param journal how a stage's recorded events are read again
     */
    public static Behavior<LinkCommand> create(Topology topology, List<StageSpec> hosted, RecordedEvents journal) {
        List<StageSpec> keeping = hosted.stream()
                .filter(spec -> spec.make().get().keeping() != Stage.Keeping.NONE)
                .toList();
        return switch (keeping.size()) {
            case 0 -> PassingHost.create(topology, hosted);
            case 1 -> DecidingHost.create(topology, hosted, keeping.get(0), journal);
            default -> throw new IllegalArgumentException("two journals in one actor: " + keeping);
        };
    }
}
