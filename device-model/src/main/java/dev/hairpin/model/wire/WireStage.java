package dev.hairpin.model.wire;

import dev.hairpin.model.decision.DropReason;
import dev.hairpin.model.decision.Outcome;
import dev.hairpin.model.decision.Rule;
import dev.hairpin.model.link.LossyStage;
import dev.hairpin.model.link.QueueStage;
import dev.hairpin.model.link.Server;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.link.Steps;
import java.util.Collections;

/**
 * A wire port, or several that are one: frames wait in the queue of their class until the wire is theirs. A frame that finds its
 * queue full is dropped, and its outcome tells the class as the port; that goes by the name of the wire port.
 */
public final class WireStage extends LossyStage {
    private WireStage(String name, String port, int members, WirePort state) {
        super(
                name,
                1,
                members,
                Collections.nCopies(TrafficClasses.MOST, port),
                state,
                kind -> Outcome.dropCopy(
                        kind % TrafficClasses.MOST,
                        Rule.TAIL_DROP,
                        kind % TrafficClasses.MOST,
                        kind < TrafficClasses.MOST ? DropReason.QUEUE_FULL : DropReason.PAUSED));
    }

    /**
     * A wire port with one output for each of its wires. One that is ever a plain queue before one wire is no more than that.
     *
     * @param port the port that it stands for
     * @param rate of each wire, bits a second, or {@link Server#UNLIMITED}
     * @param queue frames that a class holds on a wire, the one under way included; {@link Integer#MAX_VALUE} for any number
     * @param steps that change all but the number of wires
     */
    public static Stage of(String name, String port, long rate, int queue, Steps<WireSettings> steps) {
        return steps.all().stream().allMatch(WireSettings::isPlain)
                ? new QueueStage(name, port, Server.wire(rate, queue), DropReason.QUEUE_FULL)
                : new WireStage(
                        name, port, steps.now().bond().members().size(), new WirePort(rate, queue, steps.copy()));
    }
}
