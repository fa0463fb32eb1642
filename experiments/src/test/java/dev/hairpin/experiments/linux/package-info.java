/**
 * The model held against the running Linux kernel: macvlan is the NIC's edge relay, the kernel's bridge the adjacent one.
 * What differs and why is in {@link KnownDifference} and, for readers, in docs/conformance.md.
 */
@NullMarked
package dev.hairpin.experiments.linux;

import org.jspecify.annotations.NullMarked;
