package dev.hairpin.actors.link;

import dev.hairpin.model.link.Batch;

/**
 * What travels between actors: the next batch of a link.
 *
 * @param link its number in the {@link dev.hairpin.model.topology.Topology}
 */
public record Arrival(int link, Batch batch) implements LinkCommand {}
