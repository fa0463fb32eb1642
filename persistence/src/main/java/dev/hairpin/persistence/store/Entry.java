package dev.hairpin.persistence.store;

/**
 * An event to be appended.
 *
 * @param id the persistence id
 * @param sequence its number, greater than that of any event the id ever had. A number may be left out on purpose; the
 *     event then says so, so that one lost later is told from one that never was
 * @param serializer number of the serializer that wrote {@code payload}
 * @param manifest what that serializer needs to read it again
 * @param envelope what else its writer wants kept with it; empty for nothing
 * @param payload its octets
 */
public record Entry(String id, long sequence, int serializer, String manifest, byte[] envelope, byte[] payload) {
    public Entry {
        if (sequence <= 0) {
            throw new IllegalArgumentException(id + ": sequence numbers begin at 1, not " + sequence);
        }
    }
}
