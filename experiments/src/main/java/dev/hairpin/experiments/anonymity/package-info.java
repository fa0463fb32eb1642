/**
 * Addresses in frames made unrecognisable, so that a capture may be shared: each becomes another one, always the same under
 * one key, and what a bridge or an edge relay makes of it stays what it was.
 */
@NullMarked
package dev.hairpin.experiments.anonymity;

import org.jspecify.annotations.NullMarked;
