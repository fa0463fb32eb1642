/**
 * A NIC's wires: traffic classes and which of them sends next, what a peer's PAUSE and priority-based flow control hold back,
 * and how two wires are one uplink.
 *
 * <p>What a frame's fate is in the relay is decided in {@code relay}, and by which port of the adjacent bridge it comes in
 * {@code bridge}. A wire of one class that nobody pauses is a queue of {@code link}. Frames that ask for a pause are not made
 * here: pauses come at given times.
 */
@NullMarked
package dev.hairpin.model.wire;

import org.jspecify.annotations.NullMarked;
