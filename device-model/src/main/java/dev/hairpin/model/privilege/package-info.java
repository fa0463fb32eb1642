/**
 * Who may do what to a NIC. A guest controls its function, not the NIC; the privileged domain and the chassis manager manage
 * what is shared, or whatever part of it they choose to. All operations ask {@link
 * dev.hairpin.model.privilege.Privileges#authorise} first.
 *
 * <p>What an operation then does, and what a device or its driver makes of it, is not here: packages {@code management} and
 * {@code mailbox}.
 */
@NullMarked
package dev.hairpin.model.privilege;

import org.jspecify.annotations.NullMarked;
