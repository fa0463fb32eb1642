package dev.hairpin.experiments.run;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.Config;
import dev.hairpin.actors.link.Checkpoints;
import dev.hairpin.actors.link.Checkpoints.Milestones;
import dev.hairpin.actors.link.Crew;
import dev.hairpin.actors.link.LinkCommand;
import dev.hairpin.actors.link.RecordedEvents;
import dev.hairpin.actors.link.Routes;
import dev.hairpin.actors.link.StageHost;
import dev.hairpin.actors.link.StageHost.Start;
import dev.hairpin.actors.nic.Nic;
import dev.hairpin.actors.traffic.Sink;
import dev.hairpin.actors.traffic.Source;
import dev.hairpin.experiments.run.ActorRun.Means;
import dev.hairpin.external.AdjacentBridge;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.topology.Checkpoint;
import dev.hairpin.model.topology.Feed;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.model.topology.SeekableFeed;
import dev.hairpin.model.topology.Topology;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The topology as an actor: supervises the NICs, the adjacent bridge and the two ends, wires them, starts the traffic when
 * every journal is recovered, and ends the run when all is through or something has failed.
 */
final class LanRun extends AbstractBehavior<LanRun.Command> {
    private static final String READ_JOURNAL = "hairpin.home.read";
    private static final String IDS = "hairpin.home.ids";
    private static final String CHECKPOINT_WAVES = "hairpin.checkpoint-waves";

    private final Topology topology;
    private final Feed feed;
    private final Means means;
    private final CompletableFuture<Long> finished;
    private final ActorRef<LinkCommand> sink;
    private final Milestones milestones;
    private final Map<String, ActorRef<LinkCommand>> hosts = new HashMap<>();
    private @Nullable Start start;
    private @Nullable Routes routes;
    private int recovering;

    /** The last wave that any journal holds. */
    private long recorded = DecidingStage.NO_WAVE;

    private @Nullable ActorRef<Source.Command> source;
    private long began;

    private LanRun(
            ActorContext<Command> context,
            Topology topology,
            Feed feed,
            Receiver receiver,
            Means means,
            CompletableFuture<Long> finished) {
        super(context);
        this.topology = topology;
        this.feed = feed;
        this.means = means;
        this.finished = finished;
        ActorRef<Sink.Done> done = context.messageAdapter(Sink.Done.class, all -> new Finished());
        this.sink = context.spawn(Sink.create(topology, receiver, done), "sink");
        Config settings = context.getSystem().settings().config();
        RecordedEvents journal =
                RecordedEvents.of(context.getSystem(), settings.getString(READ_JOURNAL), settings.getString(IDS));
        ActorRef<Checkpoints.Command> checkpoints =
                context.spawn(Checkpoints.create(journal, topology.stages().size()), "checkpoints");
        context.watch(checkpoints);
        this.milestones =
                new Milestones(checkpoints, feed instanceof SeekableFeed ? settings.getLong(CHECKPOINT_WAVES) : 0);
        checkpoints.tell(new Checkpoints.Recover(context.messageAdapter(Checkpoints.Recovered.class, StartFound::new)));
        ActorRef<Crew.Hosting> hosting = context.messageAdapter(Crew.Hosting.class, Hosted::new);
        context.watch(sink);
        for (Topology.Device nic : topology.devices(Topology.Device.Kind.NIC)) {
            context.watch(context.spawn(Nic.create(topology, nic, journal, hosting), nic.name()));
        }
        context.watch(context.spawn(AdjacentBridge.create(topology, journal, hosting), Topology.Device.BRIDGE.name()));
    }

    /** What a run is told. */
    sealed interface Command permits StartFound, Hosted, HostReady, Stop, Stopped, Finished {}

    private record StartFound(Checkpoints.Recovered recovered) implements Command {}

    private record Hosted(Crew.Hosting hosting) implements Command {}

    private record HostReady(StageHost.Ready ready) implements Command {}

    /** End before the end: feed no more, and let what is under way come through. */
    record Stop() implements Command {}

    private record Stopped() implements Command {}

    private record Finished() implements Command {}

    /** A run was told to stop, and did. */
    private static final class ToldToStop extends Exception {
        private static final long serialVersionUID = 1L;

        ToldToStop() {
            super("it was told to");
        }
    }

    /** @param finished completes with the nanoseconds that all took since the first frame, or fails with what has failed */
    static Behavior<Command> create(
            Topology topology, Feed feed, Receiver receiver, Means means, CompletableFuture<Long> finished) {
        return Behaviors.setup(context -> {
            try {
                return new LanRun(context, topology, feed, receiver, means, finished);
            } catch (RuntimeException failed) {
                // Whoever waits for the run must be told: a journal that cannot be opened comes to light here.
                finished.completeExceptionally(failed);
                return Behaviors.stopped();
            }
        });
    }

    @Override
    public Receive<Command> createReceive() {
        return newReceiveBuilder()
                .onMessage(StartFound.class, this::onStartFound)
                .onMessage(Hosted.class, this::onHosted)
                .onMessage(HostReady.class, this::onHostReady)
                .onMessage(Stop.class, stop -> onStop())
                .onMessage(Stopped.class, stopped -> onStopped())
                .onMessage(Finished.class, all -> onFinished())
                .onSignal(ChildFailed.class, this::onFailed)
                .build();
    }

    /** A feed that cannot begin in the middle begins anew, whatever checkpoint there is. */
    private Behavior<Command> onStartFound(StartFound found) {
        if (feed instanceof SeekableFeed seekable) {
            Checkpoint checkpoint = found.recovered().checkpoint();
            seekable.seek(checkpoint.position());
            start = new Start(checkpoint, seekable.slab());
        } else {
            start = new Start(Checkpoint.BEGINNING, Slab.NONE);
        }
        connectOnceAllAreThere();
        return this;
    }

    private Behavior<Command> onHosted(Hosted hosted) {
        hosts.put(hosted.hosting().stage(), hosted.hosting().host());
        connectOnceAllAreThere();
        return this;
    }

    private void connectOnceAllAreThere() {
        Start from = start;
        if (from != null && hosts.size() == topology.stages().size()) {
            connect(from);
        }
    }

    private void connect(Start from) {
        Routes wired = new Routes(topology.links().stream()
                .map(link -> link.to() == Topology.OUTSIDE
                        ? sink
                        : hosts.get(topology.stages().get(link.to()).name()))
                .toList());
        ActorRef<StageHost.Ready> ready = getContext().messageAdapter(StageHost.Ready.class, HostReady::new);
        Set<ActorRef<LinkCommand>> distinct = new HashSet<>(hosts.values());
        recovering = distinct.size();
        distinct.forEach(host -> host.tell(new StageHost.Connect(wired, milestones, from, ready)));
        routes = wired;
    }

    private Behavior<Command> onHostReady(HostReady ready) {
        recovering--;
        recorded = Math.max(recorded, ready.ready().wave());
        Routes wired = routes;
        if (recovering == 0 && wired != null) {
            Source.Flow flow = new Source.Flow(means.credits(), means.pace(), recorded, milestones);
            ActorRef<Source.Command> feeding = getContext().spawn(Source.create(topology, feed, wired, flow), "source");
            getContext().watch(feeding);
            began = System.nanoTime();
            sink.tell(new Sink.Begin(feeding, milestones));
            feeding.tell(new Source.Feeding());
            source = feeding;
        }
        return this;
    }

    private Behavior<Command> onStop() {
        ActorRef<Source.Command> feeding = source;
        if (feeding == null) {
            return onStopped();
        }
        feeding.tell(new Source.Stop(getContext().messageAdapter(Source.Stopped.class, all -> new Stopped())));
        return this;
    }

    private Behavior<Command> onStopped() {
        finished.completeExceptionally(new ToldToStop());
        return Behaviors.stopped();
    }

    private Behavior<Command> onFinished() {
        finished.complete(System.nanoTime() - began);
        return Behaviors.stopped();
    }

    private Behavior<Command> onFailed(ChildFailed failed) {
        finished.completeExceptionally(failed.getCause());
        return Behaviors.stopped();
    }
}
