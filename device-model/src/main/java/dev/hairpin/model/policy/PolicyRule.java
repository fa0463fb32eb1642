package dev.hairpin.model.policy;

import dev.hairpin.model.match.FrameMatch;
import java.util.List;

/**
 * One rule of a policy.
 *
 * @param match which frames, as they arrive at the relay
 * @param direction at an edge relay, whether frames of stations or from the uplink; a bridge knows {@link Direction#ANY}
 *     only
 * @param ports names of the ports of arrival; empty for all
 * @param action what to do with them
 */
public record PolicyRule(FrameMatch match, Direction direction, List<String> ports, PolicyAction action) {
    public PolicyRule {
        ports = List.copyOf(ports);
    }

    /** Where frames come from. */
    public enum Direction {
        ANY,
        FROM_STATION,
        FROM_UPLINK
    }

    /** As printed: {@code tcp dst port 23: drop}. */
    @Override
    public String toString() {
        String expression = match.toString().isBlank() ? "everything" : match.toString();
        return expression + ": " + action.text();
    }
}
