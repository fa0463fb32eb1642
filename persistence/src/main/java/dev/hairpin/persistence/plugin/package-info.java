/**
 * The store as Akka Persistence's journal, snapshot store and read journal, and the serializers that the store's records
 * name. What to configure is in {@code reference.conf} under {@code hairpin}.
 */
@NullMarked
package dev.hairpin.persistence.plugin;

import org.jspecify.annotations.NullMarked;
