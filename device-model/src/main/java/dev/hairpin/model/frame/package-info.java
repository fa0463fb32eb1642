/**
 * Ethernet frames as the switch sees them: addresses and tags as numbers, headers parsed once, bursts of frames in
 * columns over an immutable {@link dev.hairpin.model.frame.Slab slab} of octets.
 *
 * <p>What lives here says what a frame <em>is</em>. Where it goes is decided in {@code relay}; how a capture file is laid
 * out belongs to the module {@code pcap-io}.
 */
@NullMarked
package dev.hairpin.model.frame;

import org.jspecify.annotations.NullMarked;
