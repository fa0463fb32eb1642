package dev.hairpin.actors.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;

/**
 * How an actor supervises others here: when one of them ends, so does the whole. A stage that failed may have lost a frame
 * that others wait for; its journal has not, so the run stops at once, keeps what is durable, and can be taken up again.
 */
public final class Crew {
    private Crew() {}

    /** Says that {@code host} hosts {@code stage}. */
    public record Hosting(String stage, ActorRef<LinkCommand> host) {}

    /** Something in a run has failed; names the actor and keeps the cause. */
    public static final class MemberFailed extends RuntimeException {
        private static final long serialVersionUID = 1L;

        MemberFailed(String actor, Throwable cause) {
            super(actor + " failed: " + cause.getMessage(), cause);
        }
    }

    /** Spawns a host named {@code actor}, watches it, and says who hosts its stages. */
    public static void spawn(
            ActorContext<?> context,
            String actor,
            Behavior<LinkCommand> host,
            List<StageSpec> hosted,
            ActorRef<Hosting> replyTo) {
        ActorRef<LinkCommand> ref = context.spawn(host, actor);
        context.watch(ref);
        hosted.forEach(stage -> replyTo.tell(new Hosting(stage.name(), ref)));
    }

    /** A behaviour that only watches those whom {@code context} has spawned, and ends when one of them does. */
    public static <T> Behavior<T> watching() {
        return Behaviors.<T>receive((context, message) -> Behaviors.unhandled(), (context, signal) -> {
            if (signal instanceof ChildFailed failed) {
                throw new MemberFailed(failed.getRef().path().name(), failed.getCause());
            }
            if (signal instanceof Terminated ended) {
                throw new MemberFailed(
                        ended.getRef().path().name(), new IllegalStateException("it has stopped, though not told to"));
            }
            return Behaviors.same();
        });
    }
}
