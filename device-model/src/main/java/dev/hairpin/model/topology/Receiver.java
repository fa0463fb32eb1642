package dev.hairpin.model.topology;

import dev.hairpin.model.frame.Burst;

/** Is told what reaches the ends of a topology. */
public interface Receiver {
    /** @param end the input of the sink, named in {@link Topology#sinks} */
    void received(int end, Burst burst);
}
