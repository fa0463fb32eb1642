package dev.hairpin.external;

import akka.actor.typed.Behavior;
import dev.hairpin.actors.link.LinkCommand;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.actors.link.StageHost;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;

/**
 * A port of the adjacent bridge: what its wire brings, and a queue before its wire. Its journal holds the frames that found
 * the queue full.
 */
public final class BridgePort {
    private BridgePort() {}

    /** @param stages the port's two directions */
    public static Behavior<LinkCommand> create(Topology topology, List<StageSpec> stages, RecordedEvents journal) {
        return StageHost.create(topology, stages, journal);
    }
}
