package dev.hairpin.actors.link;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.SnapshotAdapter;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.Effect;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.RetentionCriteria;
import dev.hairpin.model.link.Passage;
import dev.hairpin.model.topology.Checkpoint;
import dev.hairpin.model.topology.Checkpoint.OfStage;
import dev.hairpin.model.topology.SeekableFeed.Position;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the run's {@link Checkpoint}. Every so many waves, each stage tells what is passing through it once the wave's
 * decisions are durable, the source how far it is, and the sink that the wave has come out. When all have, the checkpoint is
 * whole and takes the place of the one before: a recovery needs no traffic from before it.
 *
 * <p>Its events are the waves that were reached; what was there is in its snapshot. A checkpoint that is lost costs a
 * recovery time and nothing else.
 */
public final class Checkpoints extends EventSourcedBehavior<Checkpoints.Command, Long, Checkpoints.State> {
    private static final String NAME = "checkpoint";
    private static final int SNAPSHOTS_KEPT = 2;

    private final int stages;

    /** Checkpoints that are not whole yet, by wave. */
    private final Map<Long, Parts> collecting = new HashMap<>();

    private Checkpoints(String id, int stages) {
        super(PersistenceId.ofUniqueId(id));
        this.stages = stages;
    }

    /** @param stages how many the topology has */
    public static Behavior<Command> create(RecordedEvents journal, int stages) {
        return new Checkpoints(journal.id(NAME), stages);
    }

    /** What it is told. */
    public sealed interface Command permits Recover, StageAt, FeedAt, SinkAt {}

    /** Asks for the checkpoint to go on from. */
    public record Recover(ActorRef<Recovered> replyTo) implements Command {}

    /** The latest checkpoint. */
    public record Recovered(Checkpoint checkpoint) {}

    /** A stage is done with {@code wave}, and its decisions are durable. */
    public record StageAt(long wave, int stage, OfStage state) implements Command {}

    /** The source has fed the wave that {@code position} names. */
    public record FeedAt(Position position) implements Command {}

    /** All of {@code wave} has come out. */
    public record SinkAt(long wave) implements Command {}

    /**
     * What those who take part in a run are given.
     *
     * @param replyTo whom to tell
     * @param waves after how many waves there is a checkpoint; none at all when it is 0
     */
    public record Milestones(ActorRef<Command> replyTo, long waves) {
        /** Whether there is one behind {@code wave}. */
        public boolean at(long wave) {
            return waves > 0 && (wave + 1) % waves == 0;
        }

        void passed(long wave, int stage, long sequence, Passage passage) {
            replyTo.tell(new StageAt(wave, stage, new OfStage(sequence, passage)));
        }

        /** A feed is there. */
        public void fed(Position position) {
            replyTo.tell(new FeedAt(position));
        }

        /** All of {@code wave} has come out. */
        public void out(long wave) {
            replyTo.tell(new SinkAt(wave));
        }
    }

    /** The latest checkpoint. */
    static final class State {
        private Checkpoint latest = Checkpoint.BEGINNING;
    }

    /** A checkpoint that is not whole yet. */
    private static final class Parts {
        private final @Nullable OfStage[] stages;
        private @Nullable Position position;
        private boolean out;

        Parts(int stages) {
            this.stages = new OfStage[stages];
        }

        Optional<Checkpoint> whole() {
            Position at = position;
            if (at == null || !out || Arrays.asList(stages).contains(null)) {
                return Optional.empty();
            }
            return Optional.of(new Checkpoint(at, List.of(stages)));
        }
    }

    @Override
    public State emptyState() {
        return new State();
    }

    @Override
    public CommandHandler<Command, Long, State> commandHandler() {
        return newCommandHandlerBuilder()
                .forAnyState()
                .onCommand(Recover.class, (state, recover) -> {
                    recover.replyTo().tell(new Recovered(state.latest));
                    return Effect().none();
                })
                .onCommand(StageAt.class, (state, at) -> {
                    parts(at.wave()).stages[at.stage()] = at.state();
                    return keepIfWhole(at.wave());
                })
                .onCommand(FeedAt.class, (state, at) -> {
                    parts(at.position().wave()).position = at.position();
                    return keepIfWhole(at.position().wave());
                })
                .onCommand(SinkAt.class, (state, at) -> {
                    parts(at.wave()).out = true;
                    return keepIfWhole(at.wave());
                })
                .build();
    }

    private Parts parts(long wave) {
        return collecting.computeIfAbsent(wave, first -> new Parts(stages));
    }

    private Effect<Long, State> keepIfWhole(long wave) {
        return parts(wave).whole().isPresent()
                ? Effect().persist(wave)
                : Effect().none();
    }

    @Override
    public EventHandler<State, Long> eventHandler() {
        return newEventHandlerBuilder().forAnyState().onAnyEvent((state, wave) -> {
            // In a recovery nothing is being collected: what was reached is in the snapshot, or is not known any more.
            Parts reached = collecting.get(wave);
            if (reached != null) {
                state.latest = reached.whole().orElseThrow();
                collecting.keySet().removeIf(before -> before <= wave);
            }
            return state;
        });
    }

    @Override
    public RetentionCriteria retentionCriteria() {
        return RetentionCriteria.snapshotEvery(1, SNAPSHOTS_KEPT);
    }

    @Override
    public SnapshotAdapter<State> snapshotAdapter() {
        return new SnapshotAdapter<>() {
            @Override
            public Object toJournal(State state) {
                return state.latest;
            }

            @Override
            public State fromJournal(Object snapshot) {
                State state = new State();
                state.latest = (Checkpoint) snapshot;
                return state;
            }
        };
    }
}
