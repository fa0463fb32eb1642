package dev.hairpin.actors.traffic;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.hairpin.actors.link.Checkpoints.Milestones;
import dev.hairpin.actors.link.Routes;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.SeekableFeed;
import dev.hairpin.model.topology.Topology;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Feeds a topology. It runs ahead of the sink by as many waves as it has credits and no further: that bounds what is under
 * way everywhere, and since a wave travels every link and no stage waits for a later one, one credit is enough.
 *
 * <p>Told to stop, it feeds nothing more, and says so once all that was under way is through.
 */
public final class Source extends AbstractBehavior<Source.Command> {
    private final Topology topology;
    private final Feed feed;
    private final Routes routes;
    private final Flow flow;
    private int credits;
    private boolean finished;

    /** Frames that were fed at a pace. */
    private long paced;

    private boolean pausing;
    private @Nullable ActorRef<Stopped> stopping;

    private Source(ActorContext<Command> context, Topology topology, Feed feed, Routes routes, Flow flow) {
        super(context);
        this.topology = topology;
        this.feed = feed;
        this.routes = routes;
        this.flow = flow;
        this.credits = flow.credits();
    }

    /**
     * How fast frames come.
     *
     * @param credits waves that may be under way, at least 1
     * @param recorded the last wave that a journal holds already, or a negative number; there is no pace up to it
     * @param milestones where to tell how far the feed is, if it can say so
     */
    public record Flow(int credits, Pace pace, long recorded, Milestones milestones) {
        public Flow {
            if (credits < 1) {
                throw new IllegalArgumentException(credits + " credits");
            }
        }
    }

    /** What a source is told. */
    public sealed interface Command permits Feeding, PauseOver, WaveThrough, Stop {}

    /** Begin; also what it tells itself to go on. */
    public record Feeding() implements Command {}

    /** The next wave is due. */
    private record PauseOver() implements Command {}

    /** Feed nothing more. */
    public record Stop(ActorRef<Stopped> replyTo) implements Command {}

    /** Nothing is under way any more. */
    public record Stopped() {}

    /** All of a wave has reached the sink. */
    public record WaveThrough(long wave) implements Command {}

    public static Behavior<Command> create(Topology topology, Feed feed, Routes routes, Flow flow) {
        return Behaviors.setup(context -> new Source(context, topology, feed, routes, flow));
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(Feeding.class, feeding -> feedWave())
                .onMessage(PauseOver.class, over -> onPauseOver())
                .onMessage(WaveThrough.class, through -> onWaveThrough())
                .onMessage(Stop.class, this::onStop)
                .build();
    }

    private Behavior<Command> onWaveThrough() {
        credits++;
        tellIfStopped();
        return credits == 1 ? feedWave() : this;
    }

    private Behavior<Command> onPauseOver() {
        pausing = false;
        return feedWave();
    }

    private Behavior<Command> onStop(Stop stop) {
        stopping = stop.replyTo();
        tellIfStopped();
        return this;
    }

    private void tellIfStopped() {
        // A run that was fed to its end ends by itself.
        if (stopping != null && !finished && credits == flow.credits()) {
            stopping.tell(new Stopped());
        }
    }

    /** One wave for each message, so that others get their turn on the same thread. */
    private Behavior<Command> feedWave() {
        if (finished || credits == 0 || pausing || stopping != null) {
            return this;
        }
        Duration pause = flow.pace().pause(paced);
        if (paced > 0 && pause.compareTo(Duration.ZERO) > 0) {
            pausing = true;
            getContext().scheduleOnce(pause, getContext().getSelf(), new PauseOver());
            return this;
        }
        Batch[] wave = feed.next();
        for (int port = 0; port < wave.length; port++) {
            routes.send(topology.feeds().get(port), wave[port]);
            paced += wave[port].wave() > flow.recorded() ? wave[port].burst().size() : 0;
        }
        finished = wave[0].last();
        if (feed instanceof SeekableFeed seekable && flow.milestones().at(wave[0].wave())) {
            flow.milestones().fed(seekable.position());
        }
        credits--;
        if (credits > 0) {
            getContext().getSelf().tell(new Feeding());
        }
        return this;
    }
}
