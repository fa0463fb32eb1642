/**
 * How stages are wired to a whole: NICs with their functions and edge relays, an adjacent bridge, the stations behind it. A
 * {@link dev.hairpin.model.topology.Topology} is a value; the {@link dev.hairpin.model.topology.Rig} runs it in one
 * thread, and the actors of the other modules run the same value concurrently.
 */
@NullMarked
package dev.hairpin.model.topology;

import org.jspecify.annotations.NullMarked;
