/**
 * The NIC's actors: {@link dev.hairpin.actors.nic.Nic} supervises the functions ({@link dev.hairpin.actors.nic.Vf}), the
 * edge relay ({@link dev.hairpin.actors.nic.Veb}, which supervises its two directions) and the {@link
 * dev.hairpin.actors.nic.Uplink}. What they do to a frame is in the stages they host.
 */
@NullMarked
package dev.hairpin.actors.nic;

import org.jspecify.annotations.NullMarked;
