package dev.hairpin.actors.nic;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.hairpin.actors.link.Crew;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.actors.link.StageHost;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;

/**
 * The NIC's edge relay, in whichever mode: supervises its two directions, each an actor with a journal and a clock of its
 * own, so that sending never waits for receiving.
 */
public final class Veb {
    private Veb() {}

    /**
     * The edge relay whose directions are {@code stages}.
     *
     * @param replyTo is told who hosts them
     */
    public static Behavior<Void> create(
            Topology topology, List<StageSpec> stages, RecordedEvents journal, ActorRef<Crew.Hosting> replyTo) {
        return Behaviors.setup(context -> {
            for (StageSpec stage : stages) {
                Crew.spawn(
                        context,
                        stage.name(),
                        StageHost.create(topology, List.of(stage), journal),
                        List.of(stage),
                        replyTo);
            }
            return Crew.watching();
        });
    }
}
