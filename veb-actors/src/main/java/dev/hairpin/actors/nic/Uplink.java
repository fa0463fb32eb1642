package dev.hairpin.actors.nic;

import akka.actor.typed.Behavior;
import dev.hairpin.actors.link.LinkCommand;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.actors.link.StageHost;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;

/**
 * The NIC's wire port: a queue before the wire towards the bridge, and what the wire brings. Its journal holds the frames
 * that found the queue full.
 */
public final class Uplink {
    private Uplink() {}

    /** @param stages the port's two directions */
    public static Behavior<LinkCommand> create(Topology topology, List<StageSpec> stages, RecordedEvents journal) {
        return StageHost.create(topology, stages, journal);
    }
}
