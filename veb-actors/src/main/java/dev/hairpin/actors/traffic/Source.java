package dev.hairpin.actors.traffic;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.hairpin.actors.link.Routes;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.Topology;

/**
 * Feeds a topology. It runs ahead of the sink by as many waves as it has credits and no further: that bounds what is under
 * way everywhere, and since a wave travels every link and no stage waits for a later one, one credit is enough.
 */
public final class Source extends AbstractBehavior<Source.Command> {
    private final Topology topology;
    private final Feed feed;
    private final Routes routes;
    private int credits;
    private boolean finished;

    private Source(ActorContext<Command> context, Topology topology, Feed feed, Routes routes, int credits) {
        super(context);
        this.topology = topology;
        this.feed = feed;
        this.routes = routes;
        this.credits = credits;
    }

    /** What a source is told. */
    public sealed interface Command permits Feeding, WaveThrough {}

    /** Begin; also what it tells itself to go on. */
    public record Feeding() implements Command {}

    /** All of a wave has reached the sink. */
    public record WaveThrough(long wave) implements Command {}

    /** @param credits waves that may be under way, at least 1 */
    public static Behavior<Command> create(Topology topology, Feed feed, Routes routes, int credits) {
        if (credits < 1) {
            throw new IllegalArgumentException(credits + " credits");
        }
        return Behaviors.setup(context -> new Source(context, topology, feed, routes, credits));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Feeding.class, feeding -> feedWave())
                .onMessage(WaveThrough.class, through -> onWaveThrough())
                .build();
    }

    private Behavior<Command> onWaveThrough() {
        credits++;
        return credits == 1 ? feedWave() : this;
    }

    /** One wave for each message, so that others get their turn on the same thread. */
    private Behavior<Command> feedWave() {
        if (finished || credits == 0) {
            return this;
        }
        Batch[] wave = feed.next();
        for (int port = 0; port < wave.length; port++) {
            routes.send(topology.feeds().get(port), wave[port]);
        }
        finished = wave[0].last();
        credits--;
        if (credits > 0) {
            getContext().getSelf().tell(new Feeding());
        }
        return this;
    }
}
