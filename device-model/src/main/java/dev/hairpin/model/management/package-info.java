/**
 * Management of a NIC: what a guest asks for from inside, through the drivers of its function, and what a chassis manager
 * puts on a function at once, an I/O profile. Each operation is authorised first, then the driver decides, then the tables
 * that all functions share.
 *
 * <p>Who may ask for what is in {@code privilege}, the messages between the drivers are in {@code mailbox}, and what is
 * granted takes effect in the edge relay, {@code relay}.
 */
@NullMarked
package dev.hairpin.model.management;

import org.jspecify.annotations.NullMarked;
