/**
 * A run at any time of it: what was set, what the filtering database held, and what each port had counted, read from the
 * journal and told in the words and layouts of iproute2 and ethtool. Nothing is written.
 */
@NullMarked
package dev.hairpin.experiments.travel;

import org.jspecify.annotations.NullMarked;
