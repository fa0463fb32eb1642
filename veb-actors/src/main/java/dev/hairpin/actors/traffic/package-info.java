/** The two ends of a run: the source that feeds frames in, wave by wave, and the sink that collects what comes out. */
@NullMarked
package dev.hairpin.actors.traffic;

import org.jspecify.annotations.NullMarked;
