/**
 * What is decided about a frame, with its reasons: rules and their evidence, outcomes, the event that records them, and
 * the digest by which two runs are compared.
 *
 * <p>These are the values that are persisted, exported, shown and counted; nothing else in Hairpin words a decision. How a
 * decision comes about is in {@code relay} and {@code link}.
 */
@NullMarked
package dev.hairpin.model.decision;

import org.jspecify.annotations.NullMarked;
