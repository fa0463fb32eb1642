package dev.hairpin.model.decision;

import dev.hairpin.model.decision.Decided.Learned;
import dev.hairpin.model.decision.Decided.Metered;
import java.util.List;

/**
 * What a stage has from the events up to a wave, so that these need not be read to decide the next. What waits in its
 * links and its server comes from the traffic, which a recovery feeds again.
 *
 * @param wave the last wave that is in it
 * @param outcomes the dictionary, in the order of its numbers
 * @param stations a filtering database's entries, empty where there is none
 * @param meters levels of token buckets
 * @param applied how many changes of configuration have been applied
 */
public record StageSnapshot(long wave, List<Outcome> outcomes, Learned stations, Metered meters, int applied) {}
