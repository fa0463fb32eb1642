/**
 * One run: the actors of a topology brought up over a journal, fed, and taken down, and the folder that keeps what was
 * decided. What is told of a run afterwards is in {@code projection}.
 */
@NullMarked
package dev.hairpin.experiments.run;

import org.jspecify.annotations.NullMarked;
