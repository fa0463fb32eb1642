package dev.hairpin.experiments.topology;

import java.util.List;
import java.util.Optional;

/**
 * What came of reading a file.
 *
 * @param topology what it describes; empty when there are mistakes
 * @param problems mistakes and warnings, in the order of the lines
 */
public record Reading(Optional<TopologyFile> topology, List<Problem> problems) {
    public Reading {
        problems = List.copyOf(problems);
    }
}
