package dev.hairpin.actors.nic;

import akka.actor.typed.Behavior;
import dev.hairpin.actors.link.LinkCommand;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.actors.link.StageHost;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;

/**
 * A PCI function of the NIC, virtual or physical: what its guest sends goes to the edge relay, what the edge relay gives it
 * waits in its receive ring. Its journal holds the frames that found the ring full.
 */
public final class Vf {
    private Vf() {}

    /** @param stages the function's sending and receiving side */
    public static Behavior<LinkCommand> create(Topology topology, List<StageSpec> stages, RecordedEvents journal) {
        return StageHost.create(topology, stages, journal);
    }
}
