/**
 * What a NIC does to octets on behalf of a guest's network stack: segmentation (TSO), checksums on transmit, their check on
 * receive, and VLAN tags that travel in descriptors. What is set for a function, which segments a frame becomes, and what
 * octets a frame has once that is done: these are made only where somebody asks for them.
 *
 * <p>Rings, where frames are segmented on their way, are in {@code ring}; tags that relays change are in {@code frame}.
 */
@NullMarked
package dev.hairpin.model.offload;

import org.jspecify.annotations.NullMarked;
