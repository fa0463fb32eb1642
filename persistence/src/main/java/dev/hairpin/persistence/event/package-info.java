/**
 * An event of a stage in octets: the messages of {@code journal.proto}, whose columns are encoded here. Nothing about
 * files, sequence numbers or actors.
 */
@NullMarked
package dev.hairpin.persistence.event;

import org.jspecify.annotations.NullMarked;
