package dev.hairpin.actors.link;

import akka.actor.typed.ActorRef;
import dev.hairpin.model.link.Batch;
import java.util.List;

/**
 * Who takes what a link carries, by link number.
 *
 * @param takers one for each link of the topology
 */
public record Routes(List<ActorRef<LinkCommand>> takers) {
    public Routes {
        takers = List.copyOf(takers);
    }

    /** Sends the next batch of {@code link} on its way. */
    public void send(int link, Batch batch) {
        takers.get(link).tell(new Arrival(link, batch));
    }
}
