package dev.hairpin.model.link;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.frame.Burst;
import java.util.List;

/**
 * A queue before a server: a wire port. Frames leave when the {@link Server} has served them; one that finds no place is
 * dropped at its tail.
 */
public final class QueueStage extends LossyStage {
    /**
     * @param port the port that it stands for
     * @param full why a frame is dropped that finds no place
     */
    public QueueStage(String name, String port, Server server, DropReason full) {
        super(name, 1, 1, List.of(port), new Queue(server), tail -> Outcome.dropCopy(tail, Rule.TAIL_DROP, tail, full));
    }

    private static final class Queue extends Line {
        private final Server server;

        Queue(Server server) {
            this.server = server;
        }

        @Override
        public boolean loses() {
            return server.refuses();
        }

        @Override
        public boolean mayLose(Batch arrived) {
            return !server.hasPlaces(arrived.burst().size(), arrived.burst().time(0));
        }

        @Override
        public Passing copy() {
            return new Queue(server.copy());
        }

        @Override
        protected boolean takesNoTime() {
            return server.takesNoTime();
        }

        @Override
        protected boolean hasPlace(Burst burst, int row) {
            return server.hasPlace(burst.time(row));
        }

        @Override
        protected long serve(Burst burst, int row) {
            return server.serve(burst.time(row), burst.length(row));
        }

        @Override
        public long earliest() {
            return server.earliest();
        }

        @Override
        public List<long[]> state() {
            return List.of(server.state());
        }

        @Override
        public void restore(List<long[]> state) {
            server.restore(state.get(0));
        }
    }
}
