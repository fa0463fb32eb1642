package dev.hairpin.model.link;

import dev.hairpin.model.frame.FrameColumns;
import java.util.List;

/**
 * What is passing through a stage between two waves: the part of its state that comes from the traffic and not from its
 * events. With it, and the events, a stage goes on from there as if it had seen all traffic before.
 *
 * @param waiting by input, frames that virtual time has not reached; last, those that the stage itself keeps waiting
 * @param held what the kind of stage at hand keeps beside, in columns that mean something to it alone
 */
public record Passage(List<FrameColumns> waiting, List<long[]> held) {
    public Passage {
        waiting = List.copyOf(waiting);
        held = List.copyOf(held);
    }
}
