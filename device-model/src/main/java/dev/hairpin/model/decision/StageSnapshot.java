package dev.hairpin.model.decision;

import java.util.List;

/**
 * What a stage has from the events up to a wave, so that these need not be read to decide the next. What waits in its
 * links and its server comes from the traffic, which a recovery feeds again.
 *
 * @param wave the last wave that is in it
 * @param outcomes the dictionary, in the order of its numbers
 * @param stations a filtering database's entries, empty where there is none
 */
public record StageSnapshot(long wave, List<Outcome> outcomes, Decided.Learned stations) {}
