/**
 * The journals of a finished or running run's stages, read without an actor system: for tools that question, export or
 * verify a run.
 */
@NullMarked
package dev.hairpin.persistence.stage;

import org.jspecify.annotations.NullMarked;
