package dev.hairpin.persistence.plugin;

import akka.dispatch.Futures;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import com.typesafe.config.Config;
import dev.hairpin.persistence.JournalDamage;
import dev.hairpin.persistence.store.Snapshot;
import dev.hairpin.persistence.store.SnapshotRange;
import dev.hairpin.persistence.store.Snapshots;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.Future;

/**
 * Akka Persistence's snapshot store, in the same database as the events; configuration {@code hairpin.snapshots}.
 *
 * <p>A snapshot that cannot be read, for whatever reason, is logged and passed over: an earlier one is taken, or the
 * state is built from the events.
 */
public final class RocksSnapshotStore extends SnapshotStore {
    private static final Logger LOG = LoggerFactory.getLogger(RocksSnapshotStore.class);

    private final JournalInUse journal;
    private final Payloads payloads;

    /** Made by Akka, with what is configured. */
    public RocksSnapshotStore(Config config) {
        this.journal = new JournalInUse(context().system(), config);
        this.payloads = new Payloads(context().system());
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return Futures.future(
                () -> journal.get().snapshots().latest(persistenceId, range(criteria), new Reader()),
                context().dispatcher());
    }

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return run(() -> journal.get().snapshots().save(payloads.snapshot(metadata, snapshot)));
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        long timestamp = metadata.timestamp();
        long sequence = metadata.sequenceNr();
        SnapshotRange range = timestamp == 0
                ? SnapshotRange.at(sequence)
                : new SnapshotRange(sequence, sequence, timestamp, timestamp);
        return run(() -> journal.get().snapshots().delete(metadata.persistenceId(), range));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return run(() -> journal.get().snapshots().delete(persistenceId, range(criteria)));
    }

    private Future<Void> run(Runnable work) {
        return Futures.future(
                () -> {
                    work.run();
                    return null;
                },
                context().dispatcher());
    }

    private static SnapshotRange range(SnapshotSelectionCriteria criteria) {
        return new SnapshotRange(
                criteria.minSequenceNr(), criteria.maxSequenceNr(), criteria.minTimestamp(), criteria.maxTimestamp());
    }

    private final class Reader implements Snapshots.Reader<SelectedSnapshot> {
        @Override
        public Optional<SelectedSnapshot> read(Snapshot snapshot) {
            try {
                return Optional.of(SelectedSnapshot.create(payloads.metadata(snapshot), payloads.state(snapshot)));
            } catch (Exception e) {
                LOG.warn("{}, snapshot {} is passed over: it cannot be read", snapshot.id(), snapshot.sequence(), e);
                return Optional.empty();
            }
        }

        @Override
        public void unreadable(JournalDamage damage) {
            LOG.warn("a snapshot is passed over: {}", damage.getMessage());
        }
    }
}
