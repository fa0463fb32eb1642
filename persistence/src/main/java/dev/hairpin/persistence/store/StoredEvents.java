package dev.hairpin.persistence.store;

import java.util.List;

/** The events of a run as they are kept, wherever that is, for reading. */
public interface StoredEvents extends AutoCloseable {
    /** Names of those that ever had an event, ascending. */
    List<String> ids();

    /** The events of {@code id} from number {@code from} to {@code to}, both included. To be closed. */
    Events events(String id, long from, long to);

    /** Octets that they take where they are kept. */
    long bytes();

    @Override
    void close();
}
