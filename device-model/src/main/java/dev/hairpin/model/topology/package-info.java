/**
 * How stages are wired to a whole: a NIC with its functions and edge relay, an adjacent bridge, the stations behind it. A
 * {@link dev.hairpin.model.topology.Topology} is a value; the {@link dev.hairpin.model.topology.Rig} runs it in one
 * thread, and the actors of the other modules run the same value concurrently.
 */
@NullMarked
package dev.hairpin.model.topology;

import org.jspecify.annotations.NullMarked;
