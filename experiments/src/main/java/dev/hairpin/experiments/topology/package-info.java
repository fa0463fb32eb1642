/**
 * Topology files: NICs, one bridge, stations outside and changes at their times, read from HOCON. Every mistake is collected
 * and told with its file, line and word, what was found and what was expected; what is good becomes values of the model. The
 * grammar of changes is iproute2's.
 */
@NullMarked
package dev.hairpin.experiments.topology;

import org.jspecify.annotations.NullMarked;
