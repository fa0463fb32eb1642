package dev.hairpin.model.topology;

import dev.hairpin.model.link.Cut;
import dev.hairpin.model.link.DecidingStage;
import dev.hairpin.model.link.Stage;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Stages and the links between them, as a value from which any number of runs can be made.
 *
 * @param stages in an order in which every link leads forward
 * @param links by number
 * @param feeds by source port, the link that takes what enters there
 * @param sources names of the source ports
 * @param sinks names of the ends, by the input of the sink that they are
 */
public record Topology(
        List<StageSpec> stages, List<Link> links, List<Integer> feeds, List<String> sources, List<String> sinks) {

    /** In place of a stage: the source, or the sink. */
    public static final int OUTSIDE = -1;

    public Topology {
        stages = List.copyOf(stages);
        links = List.copyOf(links);
        feeds = List.copyOf(feeds);
        sources = List.copyOf(sources);
        sinks = List.copyOf(sinks);
    }

    /** The same for a run that was forked at {@code cuts}, in the order of their times. */
    public Topology forkedAt(List<Cut> cuts) {
        return cuts.isEmpty()
                ? this
                : new Topology(
                        stages.stream().map(stage -> stage.forkedAt(cuts)).toList(), links, feeds, sources, sinks);
    }

    /** A device that stages are part of. */
    public record Device(String name, Kind kind) {
        /** The adjacent bridge. */
        public static final Device BRIDGE = new Device(Lan.BRIDGE, Kind.BRIDGE);

        /** What it is. */
        public enum Kind {
            NIC,
            BRIDGE
        }
    }

    /** What a stage is in its device. */
    public enum Part {
        FUNCTION,
        EDGE_RELAY,
        UPLINK,
        BRIDGE_RELAY,
        BRIDGE_PORT
    }

    /**
     * A stage to be.
     *
     * @param actor the part of the device that it belongs to; stages of one actor take turns
     * @param part what that is
     * @param make makes it, in its initial state
     * @param outputs its links, by output
     */
    public record StageSpec(
            String name, Device device, Part part, String actor, Supplier<Stage> make, List<Integer> outputs) {
        public StageSpec {
            outputs = List.copyOf(outputs);
        }

        private StageSpec forkedAt(List<Cut> cuts) {
            Supplier<Stage> forked = () -> {
                Stage stage = make.get();
                if (stage instanceof DecidingStage deciding) {
                    deciding.keep(cuts);
                }
                return stage;
            };
            return new StageSpec(name, device, part, actor, forked, outputs);
        }
    }

    /**
     * A link; what enters it leaves it in the same order.
     *
     * @param to the stage it leads to, or {@link #OUTSIDE} for the sink
     * @param input the input of that stage, or of the sink
     */
    public record Link(int id, int to, int input) {}

    /** The devices of a kind, in order. */
    public List<Device> devices(Device.Kind kind) {
        return stages.stream()
                .map(StageSpec::device)
                .filter(device -> device.kind() == kind)
                .distinct()
                .toList();
    }

    /** The stages of {@code device}, by actor, in order. */
    public Map<String, List<StageSpec>> actors(Device device) {
        return stages.stream()
                .filter(stage -> stage.device().equals(device))
                .collect(Collectors.groupingBy(StageSpec::actor, LinkedHashMap::new, Collectors.toList()));
    }

    /** The number of the stage {@code name}; throws when there is none. */
    public int stage(String name) {
        for (int stage = 0; stage < stages.size(); stage++) {
            if (stages.get(stage).name().equals(name)) {
                return stage;
            }
        }
        throw new IllegalArgumentException("no stage " + name);
    }
}
