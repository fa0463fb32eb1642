package dev.hairpin.persistence.plugin;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.RecoveryFailed;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import akka.persistence.typed.javadsl.SignalHandler;
import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.StageEvent;
import dev.hairpin.model.decision.StageSnapshot;
import dev.hairpin.persistence.RandomEvents;
import java.util.List;

/** A persistent actor whose n-th event is {@link #event} n, and whose state is how many there were. */
final class WaveCounter extends EventSourcedBehavior<WaveCounter.Command, StageEvent, StageSnapshot> {
    private static final int SNAPSHOT_EVERY = 50;

    private final String id;
    private final ActorRef<String> told;

    sealed interface Command permits Next, Ask {}

    /** Persist the next event, and say {@code ID NUMBER} once that is done. */
    enum Next implements Command {
        NEXT
    }

    /** Say how many events there were, as {@code ID has NUMBER}. */
    enum Ask implements Command {
        ASK
    }

    private WaveCounter(ActorContext<Command> context, String id, ActorRef<String> told) {
        super(PersistenceId.ofUniqueId(id));
        this.id = id;
        this.told = told;
        context.getLog().debug("{} begins", id);
    }

    static Behavior<Command> create(String id, ActorRef<String> told) {
        return Behaviors.setup(context -> new WaveCounter(context, id, told));
    }

    /** The {@code wave}-th event of {@code id}; always the same. */
    static Decided event(String id, long wave) {
        Decided any = new RandomEvents(id.hashCode() * 1_000_003L + wave).decided();
        long[] time = new long[any.size()];
        long[] number = new long[any.size()];
        int[] outcome = new int[any.size()];
        for (int row = 0; row < any.size(); row++) {
            time[row] = any.time(row);
            number[row] = any.number(row);
            outcome[row] = any.outcome(row);
        }
        return new Decided(
                wave, any.size(), time, number, outcome, any.firstNewOutcome(), any.newOutcomes(), any.learned());
    }

    @Override
    public StageSnapshot emptyState() {
        return new StageSnapshot(0, List.of(), Decided.Learned.NOTHING, Decided.Metered.NOTHING, 0);
    }

    @Override
    public CommandHandler<Command, StageEvent, StageSnapshot> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(
                        Next.class,
                        (state, next) -> Effect()
                                .persist((StageEvent) event(id, state.wave() + 1))
                                .thenRun(after -> told.tell(id + " " + after.wave())))
                .onCommand(Ask.class, (state, ask) -> {
                    told.tell(id + " has " + state.wave());
                    return Effect().none();
                })
                .build();
    }

    @Override
    public EventHandler<StageSnapshot, StageEvent> eventHandler() {
        return (state, event) -> {
            if (!event.equals(event(id, state.wave() + 1))) {
                throw new IllegalStateException(id + ": not the event after " + state.wave() + ": " + event);
            }
            return new StageSnapshot(
                    state.wave() + 1, state.outcomes(), state.stations(), state.meters(), state.applied());
        };
    }

    @Override
    public SignalHandler<StageSnapshot> signalHandler() {
        return newSignalHandlerBuilder()
                .onSignal(RecoveryCompleted.instance(), state -> told.tell(id + " recovered " + state.wave()))
                .onSignal(RecoveryFailed.class, (state, failed) -> told.tell(id + " failed " + failed.getFailure()))
                .build();
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(SNAPSHOT_EVERY, 2);
    }
}
