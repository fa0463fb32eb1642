package dev.hairpin.actors.nic;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.hairpin.actors.link.Crew;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.Device;
import dev.hairpin.model.topology.Topology.Part;

/** The NIC: supervises its functions, its edge relay and its wire port. When one of them fails, so does the NIC. */
public final class Nic {
    private Nic() {}

    /**
     * A NIC of {@code topology}.
     *
     * @param device which one
     * @param replyTo is told who hosts which stage
     */
    public static Behavior<Void> create(
            Topology topology, Device device, RecordedEvents journal, ActorRef<Crew.Hosting> replyTo) {
        return Behaviors.setup(context -> {
            topology.actors(device).forEach((actor, hosted) -> {
                Part part = hosted.get(0).part();
                if (part == Part.EDGE_RELAY) {
                    ActorRef<Void> relay = context.spawn(Veb.create(topology, hosted, journal, replyTo), actor);
                    context.watch(relay);
                } else if (part == Part.UPLINK) {
                    Crew.spawn(context, actor, Uplink.create(topology, hosted, journal), hosted, replyTo);
                } else {
                    Crew.spawn(context, actor, Vf.create(topology, hosted, journal), hosted, replyTo);
                }
            });
            return Crew.watching();
        });
    }
}
