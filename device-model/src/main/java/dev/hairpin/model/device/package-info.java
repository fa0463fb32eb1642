/**
 * How far a NIC's embedded switch follows the standard is its vendor's choice. A {@link dev.hairpin.model.device.Device} is a
 * table of such choices, each with the source it was read from and the grade of that evidence. What a relay makes of them
 * is in package {@code relay}.
 */
@NullMarked
package dev.hairpin.model.device;

import org.jspecify.annotations.NullMarked;
