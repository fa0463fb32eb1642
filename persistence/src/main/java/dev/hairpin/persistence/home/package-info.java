/**
 * Where the journal of a run is kept: in RocksDB in the run's folder, or on a PostgreSQL server, of which the folder then
 * tells the address. Whoever writes or reads a run asks {@link dev.hairpin.persistence.home.JournalHome} and need not know.
 */
@NullMarked
package dev.hairpin.persistence.home;

import org.jspecify.annotations.NullMarked;
