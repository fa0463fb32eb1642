package dev.hairpin.model.topology;

import dev.hairpin.model.link.Batch;

/** Where frames come from: a capture, or a generator. For one thread. */
public interface Feed {
    /**
     * The next wave: one batch for each source port of the topology. The wave that is the last says so in each of its
     * batches; it must not be asked for another then. Frames enter in the order of their time and number.
     */
    Batch[] next();
}
