/** The command {@code hairpin}: its verbs, their options, and what they print. What they do is in the packages beside. */
@NullMarked
package dev.hairpin.experiments.command;

import org.jspecify.annotations.NullMarked;
