/** The NIC's functions as {@code lspci} shows them. What they are is in the device model's package {@code pci}. */
@NullMarked
package dev.hairpin.experiments.pci;

import org.jspecify.annotations.NullMarked;
