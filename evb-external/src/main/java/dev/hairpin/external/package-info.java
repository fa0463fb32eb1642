/**
 * The external side of Edge Virtual Bridging: the adjacent bridge and its ports as actors. What they do to a frame is in
 * the stages they host; of the NIC's actors nothing is known here but the package {@code link}.
 */
@NullMarked
package dev.hairpin.external;

import org.jspecify.annotations.NullMarked;
