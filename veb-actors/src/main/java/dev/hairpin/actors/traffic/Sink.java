package dev.hairpin.actors.traffic;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.hairpin.actors.link.Arrival;
import dev.hairpin.actors.link.Checkpoints.Milestones;
import dev.hairpin.actors.link.LinkCommand;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.topology.Receiver;
import dev.hairpin.model.topology.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects the ends of a topology, wave by wave, and gives the source its credits back. */
public final class Sink extends AbstractBehavior<LinkCommand> {
    private final Topology topology;
    private final Receiver receiver;
    private final ActorRef<Done> replyTo;

    /** Batches by end, of waves that have not come out everywhere. */
    private final List<Deque<Batch>> waiting = new ArrayList<>();

    private @Nullable Begin begun;

    private Sink(ActorContext<LinkCommand> context, Topology topology, Receiver receiver, ActorRef<Done> replyTo) {
        super(context);
        this.topology = topology;
        this.receiver = receiver;
        this.replyTo = replyTo;
        topology.sinks().forEach(end -> waiting.add(new ArrayDeque<>()));
    }

    /** Whom to give credits back to; comes before the first batch. */
    public record Begin(ActorRef<Source.Command> source, Milestones milestones) implements LinkCommand {}

    /** The last wave is through. */
    public record Done(long waves) {}

    /** @param receiver is told what comes out, in one thread at a time, end by end within a wave */
    public static Behavior<LinkCommand> create(Topology topology, Receiver receiver, ActorRef<Done> replyTo) {
        return Behaviors.setup(context -> new Sink(context, topology, receiver, replyTo));
    }

    @Override
    public Receive<LinkCommand> createReceive() {
        return newReceiveBuilder()
                .onMessage(Arrival.class, this::onArrival)
                .onMessage(Begin.class, this::onBegin)
                .build();
    }

    private Behavior<LinkCommand> onBegin(Begin begin) {
        begun = begin;
        return this;
    }

    private Behavior<LinkCommand> onArrival(Arrival arrival) {
        waiting.get(topology.links().get(arrival.link()).input()).add(arrival.batch());
        while (waiting.stream().noneMatch(Deque::isEmpty)) {
            collectWave();
        }
        return this;
    }

    private void collectWave() {
        Begin begin = begun;
        if (begin == null) {
            throw new IllegalStateException("frames come out, but nobody feeds");
        }
        boolean last = true;
        long wave = 0;
        for (int end = 0; end < waiting.size(); end++) {
            Batch batch = waiting.get(end).removeFirst();
            receiver.received(end, batch.burst());
            last &= batch.last();
            wave = batch.wave();
        }
        begin.source().tell(new Source.WaveThrough(wave));
        if (begin.milestones().at(wave)) {
            begin.milestones().out(wave);
        }
        if (last) {
            replyTo.tell(new Done(wave + 1));
        }
    }
}
