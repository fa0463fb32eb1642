/**
 * How a guest's driver asks for what only the physical function's driver may do: the mailbox of a virtual function, its
 * messages, and what the driver of the physical function answers. A guest controls its function, not the NIC: whatever is
 * shared it must ask for, and each refusal has a reason.
 *
 * <p>What is granted here takes effect in the edge relay, package {@code relay}.
 */
@NullMarked
package dev.hairpin.model.mailbox;

import org.jspecify.annotations.NullMarked;
