package dev.hairpin.external;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.hairpin.actors.link.Crew;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.actors.link.StageHost;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.Device;
import dev.hairpin.model.topology.Topology.Part;

/** The adjacent bridge: supervises its relay, which learns and reflects, and its ports. When one fails, so does it. */
public final class AdjacentBridge {
    private AdjacentBridge() {}

    /**
     * The bridge of {@code topology}.
     *
     * @param replyTo is told who hosts which stage
     */
    public static Behavior<Void> create(Topology topology, RecordedEvents journal, ActorRef<Crew.Hosting> replyTo) {
        return Behaviors.setup(context -> {
            topology.actors(Device.BRIDGE)
                    .forEach((actor, hosted) -> Crew.spawn(
                            context,
                            actor,
                            hosted.get(0).part() == Part.BRIDGE_RELAY
                                    ? StageHost.create(topology, hosted, journal)
                                    : BridgePort.create(topology, hosted, journal),
                            hosted,
                            replyTo));
            return Crew.watching();
        });
    }
}
