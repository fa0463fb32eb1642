package dev.hairpin.model.topology;

import dev.hairpin.model.decision.Decided;
import dev.hairpin.model.decision.DecisionLog;
import dev.hairpin.model.frame.Burst;
import dev.hairpin.model.frame.Slab;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Cut;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.link.Stage;
import java.util.List;

/**
 * Runs a whole topology in one thread, without actors and without a journal: the verifier, the reference that the actors
 * are held against, and the fastest way to an answer that need not last.
 */
public final class Rig {
    private final Topology topology;
    private final List<Stage> stages;
    private final DecisionLog log;
    private final Receiver receiver;

    /**
     * @param log is told every decision
     * @param receiver is told what reaches the ends
     */
    public Rig(Topology topology, DecisionLog log, Receiver receiver) {
        this(topology, topology.stages().stream().map(spec -> spec.make().get()).toList(), log, receiver);
        for (Stage stage : stages) {
            if (stage.keeping() != Stage.Keeping.NONE) {
                log.stage(stage.name(), stage.ports());
            }
        }
    }

    private Rig(Topology topology, List<Stage> stages, DecisionLog log, Receiver receiver) {
        this.topology = topology;
        this.stages = stages;
        this.log = log;
        this.receiver = receiver;
    }

    /** Runs all of {@code feed}. */
    public void run(Feed feed) {
        while (!wave(feed)) {
            // There is another.
        }
        for (Stage stage : stages) {
            if (stage.waiting() > 0) {
                throw new IllegalStateException(stage.name() + " has kept " + stage.waiting() + " frames");
            }
        }
    }

    /** Runs one wave of {@code feed}, and says whether it was the last. */
    boolean wave(Feed feed) {
        Batch[] entering = feed.next();
        wave(entering, (stage, arrived, event) -> {});
        return entering[0].last();
    }

    /**
     * Another that goes on from here, made from what a recovery has: the stages' snapshots and what is passing through them.
     * So that a recovery can be tried behind any wave, without a journal.
     *
     * @param slab where the octets of all frames are
     */
    Rig recovered(Slab slab) {
        List<Stage> others =
                topology.stages().stream().map(spec -> spec.make().get()).toList();
        for (int number = 0; number < others.size(); number++) {
            Stage stage = stages.get(number);
            if (stage instanceof DecidingStage deciding) {
                ((DecidingStage) others.get(number)).restore(deciding.snapshot());
            }
            others.get(number).restore(stage.passage(), slab);
        }
        return new Rig(topology, others, log, receiver);
    }

    /**
     * Runs {@code feed} until all frames before number {@code number} are through, and tells what became of those that were
     * under way when it entered.
     *
     * @param time when it enters, {@link Batch#NEVER} when there is no such frame
     */
    public Cut cut(Feed feed, long number, long time) {
        Settling settling = new Settling(number, time);
        boolean last = time == Batch.NEVER;
        boolean entered = false;
        while (!last && !(entered && stages.stream().noneMatch(stage -> stage.holdsBefore(number)))) {
            Batch[] entering = feed.next();
            last = entering[0].last();
            for (Batch batch : entering) {
                Burst burst = batch.burst();
                entered |= burst.size() > 0 && burst.number(burst.size() - 1) >= number;
            }
            wave(entering, settling);
        }
        return settling.cut();
    }

    /** Is told of every stage what came and what became of it. */
    interface Watcher {
        void stepped(Stage stage, Batch arrived, Decided event);
    }

    private void wave(Batch[] entering, Watcher watcher) {
        for (int port = 0; port < entering.length; port++) {
            carry(topology.feeds().get(port), entering[port]);
        }
        for (int stage = 0; stage < stages.size(); stage++) {
            step(stages.get(stage), topology.stages().get(stage).outputs(), watcher);
        }
    }

    private void step(Stage stage, List<Integer> outputs, Watcher watcher) {
        Batch arrived = stage.select();
        Decided event = stage.decide(arrived);
        watcher.stepped(stage, arrived, event);
        stage.apply(event);
        if (event.size() > 0) {
            log.decided(stage.name(), event);
        }
        Batch[] emitted = stage.emitted(event, arrived);
        for (int output = 0; output < emitted.length; output++) {
            carry(outputs.get(output), emitted[output]);
        }
    }

    private void carry(int link, Batch batch) {
        Topology.Link to = topology.links().get(link);
        if (to.to() == Topology.OUTSIDE) {
            receiver.received(to.input(), batch.burst());
        } else {
            stages.get(to.to()).offer(to.input(), batch);
        }
    }
}
