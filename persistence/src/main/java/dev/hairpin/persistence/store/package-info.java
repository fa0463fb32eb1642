/**
 * The journal of a run as a store of records: events and snapshots of all persistence ids in one RocksDB database in the
 * run's folder. {@link dev.hairpin.persistence.store.RocksJournal} is the way in.
 *
 * <p>A record is an event's or a snapshot's octets with the number of the serializer that knows them; what they mean is
 * none of the store's business, and nothing here knows Akka. What the store answers for: a batch is written whole or not
 * at all; what is on disk after a crash is a prefix of what was written; nothing is given out that was not written.
 */
@NullMarked
package dev.hairpin.persistence.store;

import org.jspecify.annotations.NullMarked;
