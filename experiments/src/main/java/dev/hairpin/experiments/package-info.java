/** The program's entry. */
@NullMarked
package dev.hairpin.experiments;

import org.jspecify.annotations.NullMarked;
