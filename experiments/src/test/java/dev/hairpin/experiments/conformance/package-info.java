/**
 * Holds docs/conformance.md against the code: for each rule and each reason its source and grade, the class that decides
 * by it, and the tests that name it.
 */
@NullMarked
package dev.hairpin.experiments.conformance;

import org.jspecify.annotations.NullMarked;
