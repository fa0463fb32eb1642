/**
 * The NIC as the system sees it on PCI Express: configuration spaces as tables of registers, functions with their base
 * address registers and capabilities, SR-IOV and what software must do to switch it on, function modes, resets. A host
 * reaches a {@link dev.hairpin.model.pci.PciDevice} by configuration reads and writes only, as on a bus.
 *
 * <p>What frames do is not here: a function mode changes what is enumerated and who is privileged, never forwarding.
 */
@NullMarked
package dev.hairpin.model.pci;

import org.jspecify.annotations.NullMarked;
