/**
 * The NIC's data path between the memory of the guests and the edge relay: receive rings with their interrupts, which of a
 * function's rings a frame goes to, transmit rings and who is served first where all functions contend, and PCI Express in
 * either direction.
 *
 * <p>What a frame's fate is in the relay is decided in {@code relay}; registers of a function are in {@code pci}. Whatever is
 * unlimited here stays on the same path and changes nothing.
 */
@NullMarked
package dev.hairpin.model.ring;

import org.jspecify.annotations.NullMarked;
