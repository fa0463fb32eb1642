package dev.hairpin.persistence.store;

/**
 * A snapshot of an actor's state.
 *
 * @param id the persistence id
 * @param sequence number of the last event that is in it
 * @param timestamp milliseconds since 1970-01-01T00:00Z by the clock of the one who took it
 * @param serializer number of the serializer that wrote {@code payload}
 * @param manifest what that serializer needs to read it again
 * @param envelope what else its writer wants kept with it; empty for nothing
 * @param payload its octets
 */
public record Snapshot(
        String id, long sequence, long timestamp, int serializer, String manifest, byte[] envelope, byte[] payload) {
    public Snapshot {
        if (sequence < 0) {
            throw new IllegalArgumentException(id + ": a snapshot cannot be of event " + sequence);
        }
    }
}
