package dev.hairpin.actors.nic;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.hairpin.actors.link.Crew;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.model.relay.Mode;
import dev.hairpin.model.topology.Lan;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.Device;

/** The NIC: supervises its functions, its edge relay and its wire port. When one of them fails, so does the NIC. */
public final class Nic {
    private Nic() {}

    /**
     * The NIC of {@code topology}.
     *
     * @param replyTo is told who hosts which stage
     */
    public static Behavior<Void> create(Topology topology, RecordedEvents journal, ActorRef<Crew.Hosting> replyTo) {
        return Behaviors.setup(context -> {
            topology.actors(Device.NIC).forEach((actor, hosted) -> {
                if (isEdgeRelay(actor)) {
                    ActorRef<Void> relay = context.spawn(Veb.create(topology, hosted, journal, replyTo), actor);
                    context.watch(relay);
                } else if (actor.equals(Lan.UPLINK)) {
                    Crew.spawn(context, actor, Uplink.create(topology, hosted, journal), hosted, replyTo);
                } else {
                    Crew.spawn(context, actor, Vf.create(topology, hosted, journal), hosted, replyTo);
                }
            });
            return Crew.watching();
        });
    }

    private static boolean isEdgeRelay(String actor) {
        for (Mode mode : Mode.values()) {
            if (actor.equals(mode.word())) {
                return true;
            }
        }
        return false;
    }
}
