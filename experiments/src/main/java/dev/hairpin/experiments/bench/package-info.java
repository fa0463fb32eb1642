/** The benchmark: a workload made from a seed, and what it takes to carry it through. */
@NullMarked
package dev.hairpin.experiments.bench;

import org.jspecify.annotations.NullMarked;
