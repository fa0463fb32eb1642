package dev.hairpin.actors.link;

import dev.hairpin.actors.link.Checkpoints.Milestones;
import dev.hairpin.model.link.Batch;
import dev.hairpin.model.link.Stage;
import dev.hairpin.model.topology.Topology;
import dev.hairpin.model.topology.Topology.StageSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The stages of a host that decide nothing: what comes in goes out at once. */
final class PassingStages {
    private final Topology topology;
    private final Map<Integer, Place> byNumber = new HashMap<>();
    private @Nullable Milestones milestones;

    PassingStages(Topology topology, List<StageSpec> specs) {
        this.topology = topology;
        for (StageSpec spec : specs) {
            byNumber.put(topology.stage(spec.name()), new Place(spec.make().get(), spec.outputs()));
        }
    }

    /** Goes on from where {@code connect} says. */
    void begin(StageHost.Connect connect) {
        milestones = connect.milestones();
        byNumber.forEach((number, place) -> connect.start()
                .checkpoint()
                .of(number)
                .ifPresent(state ->
                        place.stage.restore(state.passage(), connect.start().slab())));
    }

    /** Takes a batch and sends on what it allows. False when the link does not lead to one of these stages. */
    boolean take(Arrival arrival, Routes routes) {
        Topology.Link link = topology.links().get(arrival.link());
        Place place = byNumber.get(link.to());
        if (place == null) {
            return false;
        }
        place.stage.offer(link.input(), arrival.batch());
        while (place.stage.ready()) {
            Batch arrived = place.stage.select();
            send(place.stage.emitted(place.stage.decide(arrived), arrived), place.outputs, routes);
            if (milestones != null && milestones.at(arrived.wave())) {
                milestones.passed(arrived.wave(), link.to(), 0, place.stage.passage());
            }
        }
        return true;
    }

    static void send(Batch[] emitted, List<Integer> outputs, Routes routes) {
        for (int output = 0; output < emitted.length; output++) {
            routes.send(outputs.get(output), emitted[output]);
        }
    }

    private record Place(Stage stage, List<Integer> outputs) {}
}
