package dev.hairpin.actors.link;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import dev.hairpin.actors.link.Checkpoints.Milestones;
import dev.hairpin.actors.link.RecordedEvents.Reader;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.model.decision.StageOpened;
import dev.hairpin.model.decision.StageSnapshot;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.topology.Checkpoint.OfStage;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A host one of whose stages keeps a journal. Decide, persist, then forward: an event's frames leave in the callback that
 * runs once it is durable.
 *
 * <p>After a restart the source feeds the traffic again, from the last checkpoint. Waves that the journal holds are not
 * decided twice: their events are read once more, and what they let out leaves by the function that forwards normally. Only
 * then does deciding go on, from the state that the journal gave.
 */
final class DecidingHost extends EventSourcedBehavior<LinkCommand, StageEvent, DecidingHost.State> {
    /** A stage that seldom decides says at least so often how far it is: 16 waves of 4,096 frames are 65,536. */
    private static final long WAVES_WITHOUT_EVENT = 16;

    private static final int EVENTS_BETWEEN_SNAPSHOTS = 512;
    private static final int SNAPSHOTS_KEPT = 2;

    private final ActorContext<LinkCommand> context;
    private final StageSpec spec;
    private final Topology topology;
    private final int number;
    private final PassingStages passing;
    private final RecordedEvents journal;

    private @Nullable Routes routes;
    private @Nullable Milestones milestones;

    /** Present while waves come that the journal holds already. */
    private @Nullable Reader again;

    /** The recorded event that was read last, and whether the journal has more. */
    private @Nullable Decided recorded;

    /** The wave whose event is being read. */
    private @Nullable Batch awaiting;

    private DecidingHost(
            ActorContext<LinkCommand> context,
            Topology topology,
            List<StageSpec> hosted,
            StageSpec keeping,
            RecordedEvents journal) {
        super(PersistenceId.ofUniqueId(journal.id(keeping.name())));
        this.context = context;
        this.spec = keeping;
        this.topology = topology;
        this.number = topology.stage(keeping.name());
        this.passing = new PassingStages(
                topology,
                hosted.stream()
                        .filter(other -> !other.name().equals(keeping.name()))
                        .toList());
        this.journal = journal;
    }

    static Behavior<LinkCommand> create(
            Topology topology, List<StageSpec> hosted, StageSpec keeping, RecordedEvents journal) {
        return Behaviors.setup(context -> new DecidingHost(context, topology, hosted, keeping, journal));
    }

    /** The stage itself is the state: private to this actor, changed by events alone. */
    static final class State {
        private final DecidingStage stage;
        private boolean opened;

        State(StageSpec spec) {
            this.stage = (DecidingStage) spec.make().get();
        }
    }

    /** A recorded event was read. */
    private record Recorded(Optional<Decided> event) implements LinkCommand {}

    /** Another wave is complete already. */
    private record Proceed() implements LinkCommand {}

    /** What could not be read stops the actor. */
    private record Unreadable(Throwable cause) implements LinkCommand {}

    @Override
    public State emptyState() {
        return new State(spec);
    }

    @Override
    public CommandHandler<LinkCommand, StageEvent, State> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Arrival.class, this::onArrival)
                .onCommand(Proceed.class, (state, proceed) -> advance(state))
                .onCommand(Recorded.class, this::onRecorded)
                .onCommand(StageHost.Connect.class, this::onConnect)
                .onCommand(Unreadable.class, (state, unreadable) -> {
                    throw new IllegalStateException(spec.name() + ": the journal cannot be read", unreadable.cause());
                })
                .build();
    }

    @Override
    public EventHandler<State, StageEvent> eventHandler() {
        return newEventHandlerBuilder()
                .forAnyState()
                .onEvent(Decided.class, (state, event) -> {
                    state.stage.apply(event);
                    return state;
                })
                .onEvent(StageOpened.class, (state, event) -> {
                    state.opened = true;
                    return state;
                })
                .build();
    }

    private Effect<StageEvent, State> onConnect(State state, StageHost.Connect connect) {
        routes = connect.routes();
        milestones = connect.milestones();
        passing.begin(connect);
        begin(state.stage, connect.start());
        StageHost.Ready ready = new StageHost.Ready(context.getSelf().path().name(), state.stage.wave());
        return state.opened
                ? Effect().none().thenRun(recovered -> connect.replyTo().tell(ready))
                : Effect()
                        .persist(new StageOpened(spec.name(), state.stage.ports()))
                        .thenRun(opened -> connect.replyTo().tell(ready));
    }

    /** What the checkpoint has is done with; what the journal has beyond it is read again. */
    private void begin(DecidingStage stage, StageHost.Start start) {
        long wave = start.checkpoint().wave();
        Optional<OfStage> checkpoint = start.checkpoint().of(number);
        checkpoint.ifPresent(from -> stage.restore(from.passage(), start.slab()));
        if (stage.wave() < wave && stage.keeping() == Stage.Keeping.DECISIONS) {
            throw new IllegalStateException(spec.name() + ": the journal ends at wave " + stage.wave()
                    + ", before the checkpoint at wave " + wave);
        }
        if (stage.wave() > wave) {
            again = journal.behind(
                    spec.name(), checkpoint.map(OfStage::sequence).orElse(0L));
        }
    }

    private Effect<StageEvent, State> onArrival(State state, Arrival arrival) {
        Topology.Link link = topology.links().get(arrival.link());
        if (link.to() != number) {
            if (!passing.take(arrival, routes())) {
                throw new IllegalStateException("no place for a batch of link " + arrival.link());
            }
            return Effect().none();
        }
        state.stage.offer(link.input(), arrival.batch());
        return advance(state);
    }

    /** Takes the next wave, if it is complete and the one before is done with. */
    private Effect<StageEvent, State> advance(State state) {
        if (awaiting != null || !state.stage.ready()) {
            return Effect().none();
        }
        Batch arrived = state.stage.select();
        if (again != null && arrived.wave() <= state.stage.wave()) {
            awaiting = arrived;
            return letOutAgain(state);
        }
        Decided event = state.stage.decide(arrived);
        if (!worthAnEvent(state.stage, event)) {
            forward(state, event, arrived);
            return Effect().none();
        }
        return Effect().persist(event).thenRun(durable -> forward(durable, event, arrived));
    }

    private static boolean worthAnEvent(DecidingStage stage, Decided event) {
        return stage.keeping() == Stage.Keeping.DECISIONS
                || event.size() > 0
                || event.wave() - stage.wave() >= WAVES_WITHOUT_EVENT;
    }

    private void forward(State state, Decided event, Batch arrived) {
        PassingStages.send(state.stage.emitted(event, arrived), spec.outputs(), routes());
        // While old events are let out again, the journal is further than the stage.
        if (milestones != null && milestones.at(arrived.wave()) && again == null) {
            milestones.passed(arrived.wave(), number, lastSequenceNumber(context), state.stage.passage());
        }
        if (state.stage.ready()) {
            context.getSelf().tell(new Proceed());
        }
    }

    private Effect<StageEvent, State> letOutAgain(State state) {
        Batch arrived = awaiting;
        if (arrived == null) {
            return Effect().none();
        }
        if (recorded == null || recorded.wave() < arrived.wave()) {
            readOn();
            return Effect().none();
        }
        Decided event = recorded.wave() == arrived.wave() ? recorded : Decided.nothing(arrived.wave());
        awaiting = null;
        if (arrived.wave() == state.stage.wave() && again != null) {
            again.close();
            again = null;
        }
        forward(state, event, arrived);
        return Effect().none();
    }

    private void readOn() {
        Reader reader = again;
        if (reader == null) {
            throw new IllegalStateException(spec.name() + ": nothing to read from");
        }
        context.pipeToSelf(
                reader.next(), (event, failure) -> event == null ? new Unreadable(failure) : new Recorded(event));
    }

    private Effect<StageEvent, State> onRecorded(State state, Recorded read) {
        recorded = read.event()
                .orElseThrow(() -> new IllegalStateException(
                        spec.name() + ": the journal ends before wave " + state.stage.wave() + ", which it had"));
        return letOutAgain(state);
    }

    private Routes routes() {
        if (routes == null) {
            throw new IllegalStateException(spec.name() + " is not connected");
        }
        return routes;
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(EVENTS_BETWEEN_SNAPSHOTS, SNAPSHOTS_KEPT);
    }

    /** A snapshot is a copy made at once; the stage itself never leaves the actor. */
    @Override
    public SnapshotAdapter<State> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(State state) {
                return state.stage.snapshot();
            }

            @Override
            public State fromJournal(Object snapshot) {
                State state = new State(spec);
                state.stage.restore((StageSnapshot) snapshot);
                state.opened = true;
                return state;
            }
        };
    }
}
