/**
 * How bursts cross from one stage to the next: batches with promises, the merge that puts the frames of several links
 * into the one total order, servers that take virtual time, and stages that take time and may lose frames.
 *
 * <p>The order is (time, frame number, port, position on the link). It depends on the frames alone and on no thread, which
 * is why a run has one digest on any machine. What a frame meets at a stage is decided in {@code relay}.
 */
@NullMarked
package dev.hairpin.model.link;

import org.jspecify.annotations.NullMarked;
