package dev.hairpin.model.decision;

import java.util.List;

/**
 * The first event of every stage that keeps a journal.
 *
 * @param stage its name, such as {@code veb.tx}
 * @param ports names of its ports, in the order of the numbers that outcomes use
 */
public record StageOpened(String stage, List<String> ports) implements StageEvent {
    public StageOpened {
        ports = List.copyOf(ports);
    }
}
