package dev.hairpin.actors.link;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A host none of whose stages keeps a journal. */
final class PassingHost extends AbstractBehavior<LinkCommand> {
    private final PassingStages stages;
    private @Nullable Routes routes;

    private PassingHost(ActorContext<LinkCommand> context, PassingStages stages) {
        super(context);
        this.stages = stages;
    }

    static Behavior<LinkCommand> create(Topology topology, List<StageSpec> hosted) {
        return Behaviors.setup(context -> new PassingHost(context, new PassingStages(topology, hosted)));
    }

    @Override
    public Receive<LinkCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(StageHost.Connect.class, this::onConnect)
                .onMessage(Arrival.class, this::onArrival)
                .build();
    }

    private Behavior<LinkCommand> onConnect(StageHost.Connect connect) {
        routes = connect.routes();
        stages.begin(connect);
        connect.replyTo().tell(new StageHost.Ready(getContext().getSelf().path().name(), DecidingStage.NO_WAVE));
        return this;
    }

    private Behavior<LinkCommand> onArrival(Arrival arrival) {
        if (routes == null || !stages.take(arrival, routes)) {
            throw new IllegalStateException("no place for a batch of link " + arrival.link());
        }
        return this;
    }
}
