/**
 * Where a frame's fate is decided: the edge relay of the NIC in its modes VEB and VEPA ({@link
 * dev.hairpin.model.relay.EdgeRelayTx} for what stations send, {@link dev.hairpin.model.relay.EdgeRelayRx} for what the
 * uplink brings), and what it shares with the adjacent bridge.
 *
 * <p>A relay maps a frame and its port to an outcome. It knows nothing of actors, journals or captures.
 */
@NullMarked
package dev.hairpin.model.relay;

import org.jspecify.annotations.NullMarked;
