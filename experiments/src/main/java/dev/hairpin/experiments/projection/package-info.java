/**
 * What can be told of a finished run: tables, comparisons, captures of every port. All of it follows from the journal and
 * the capture; nothing is collected while the run goes on.
 */
@NullMarked
package dev.hairpin.experiments.projection;

import org.jspecify.annotations.NullMarked;
