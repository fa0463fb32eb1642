/** What the tests of this module share: captures, runs in both shells, and the command as a test uses it. */
@NullMarked
package dev.hairpin.experiments.testkit;

import org.jspecify.annotations.NullMarked;
