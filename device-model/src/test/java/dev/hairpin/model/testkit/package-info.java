/** What the tests of the device model share: seeded chance, properties, and builders of frames and of registrations. */
@NullMarked
package dev.hairpin.model.testkit;

import org.jspecify.annotations.NullMarked;
