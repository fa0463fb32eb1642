package dev.hairpin.model.decision;

import java.util.List;

/**
 * What a stage must know to go on after a wave, so that the events before it need not be read.
 *
 * @param wave the last wave that is in it
 * @param outcomes the dictionary, in the order of its numbers
 * @param stations a filtering database's entries, empty where there is none
 */
public record StageSnapshot(long wave, List<Outcome> outcomes, Decided.Learned stations) {}
